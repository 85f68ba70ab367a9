"""The titulaire answers on hours that the ETTI declared, the facilitator decides and validates."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from clausette.hours.enums import ConfirmationState, ContestReason, LineState
from clausette.hours.errors import AlreadyDone, ErrorsRemain
from clausette.hours.models import Confirmation, HoursLine, WorkedMonth
from clausette.hours.operations import (
    Answer,
    answer_hours,
    decide_confirmation,
    submit_statement,
    validate_clean,
    validate_statement,
)
from clausette.hours.queries import confirmations_waiting
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Conflict, NotAllowed, WrongState
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, made, world

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
LATER = TODAY + timedelta(days=10)
SEEN = {"W104": "Feuilles vues."}


@pytest.fixture
def w() -> World:
    small = world()
    with as_owner():
        small.commitment.confirmed_by_firm = True
        small.commitment.save()
    return small


def handed(w: World, hours: str = "100") -> UUID:
    """October of the ETTI, handed over by it."""
    with acting(w.etti) as etti:
        ref = w.save(etti, OCT, w.entry(w.diallo, hours), declarant=w.uids["etti"])
        return submit_statement(actor=etti, uid=ref.uid, version=None, at=AT, on=TODAY).uid


def line() -> Any:
    with as_owner():
        return HoursLine.objects.get()


def answer(w: World, actor: Any = None, hours: str | None = None, **more: Any) -> Any:
    contest: dict[str, Any] = {}
    if hours:
        contest = {"contested": True, "hours": Decimal(hours), "reason": ContestReason.OTHER_FIGURE}
    with acting(actor or w.firm) as firm:
        return answer_hours(actor=firm, answers=[Answer(line().uid, **(contest | more))], at=AT)


def validate(w: World, uid: UUID, on: Any = TODAY) -> None:
    with acting(w.pilot) as pilot:
        validate_statement(actor=pilot, uid=uid, version=None, justifications=SEEN, at=noon(on), on=on)


def row() -> Any:
    with as_owner():
        return Confirmation.objects.get()


def test_confirmed_then_validated(w: World) -> None:
    uid = handed(w)
    with acting(w.firm) as firm:
        (sheet,) = confirmations_waiting(actor=firm, on=TODAY)
    assert (sheet.declarant_name, sheet.hours, sheet.lines[0].person) == ("Intérim Plus", Decimal(100), "Diallo Salif")
    with pytest.raises(ErrorsRemain):
        validate(w, uid)
    assert (answer(w).confirmed, answer(w).already) == (1, 1)
    with acting(w.firm) as firm:
        assert confirmations_waiting(actor=firm, on=TODAY) == ()
    validate(w, uid)
    assert line().state == LineState.VALIDATED
    with as_owner():
        assert Event.objects.filter(verb="hours.confirmation.answered").count() >= 1


def test_a_disagreement_is_decided_with_a_reason_and_the_line_follows(w: World) -> None:
    uid = handed(w)
    assert answer(w, hours="80").contested == 1
    with pytest.raises(ErrorsRemain) as caught:
        validate(w, uid)
    assert "tranchez d'abord" in caught.value.message

    def decide(actor: Actor, *, followed: bool = True) -> None:
        decide_confirmation(actor=actor, uid=row().uid, followed=followed, reason="Feuille de pointage vue", at=AT)

    with acting(w.pilot) as pilot:
        decide(pilot)
        with pytest.raises(AlreadyDone):
            decide(pilot)
        with pytest.raises(WrongState):
            decide(pilot, followed=False)
    with as_owner():
        assert (WorkedMonth.objects.get().hours, line().hours) == (Decimal(80), Decimal(80))
    assert (row().state, row().declared, row().hours) == ("followed", 100, 80)
    with pytest.raises(WrongState):
        answer(w, hours="70")
    validate(w, uid)


def test_the_declared_figure_upheld_and_zero_followed(w: World) -> None:
    handed(w)
    answer(w, hours="0")
    with acting(w.pilot) as pilot:
        decide_confirmation(actor=pilot, uid=row().uid, followed=True, reason="Absent tout le mois", at=AT)
    assert (line().state, line().hours) == (LineState.REFUSED, 100)


def test_silence_becomes_uncontested_after_its_days_and_never_in_one_gesture_for_all(w: World) -> None:
    uid = handed(w)
    with acting(w.pilot) as pilot:
        left = validate_clean(actor=pilot, uids=[uid], at=AT, on=LATER).left
    assert left
    with pytest.raises(ErrorsRemain):
        validate(w, uid, LATER - timedelta(days=1))
    validate(w, uid, LATER)
    assert row().state == ConfirmationState.UNCONTESTED
    with pytest.raises(WrongState):
        answer(w, hours="80")


def test_hours_changed_since_ask_for_a_new_answer(w: World) -> None:
    handed(w)
    answer(w)
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.diallo, "90"), declarant=w.uids["etti"], version=2)
    with acting(w.firm) as firm:
        assert len(confirmations_waiting(actor=firm, on=TODAY)) == 1
    with pytest.raises(Conflict):
        answer(w, seen=Decimal(100))
    assert answer(w, seen=Decimal(90)).confirmed == 1


def test_only_the_titulaire_that_is_asked_answers(w: World) -> None:
    handed(w)
    for who, kind in ((w.etti, NotAllowed), (w.pilot, NotAllowed), (w.stranger, Absent)):
        with pytest.raises(kind):
            answer(w, who)
    with as_owner():
        w.commitment.confirmed_by_firm = False
        w.commitment.save()
    with pytest.raises(NotAllowed):
        answer(w)


@pytest.mark.parametrize("values", [{"hours": Decimal(100)}, {"reason_code": ""}, {"state": "upheld"}])
def test_the_database_holds_both_figures_and_the_decision(w: World, values: dict[str, Any]) -> None:
    handed(w)
    held = line()
    written = {
        "statement_id": held.statement_id, "contract_id": held.contract_id, "declarant_id": held.declarant_id,
        "month": OCT, "commitment_id": held.commitment_id, "contractor_id": w.firm.organisation_id, "kind": "work",
        "placement_id": held.placement_id, "declared": Decimal(100), "hours": Decimal(80), "state": "contested",
        "reason_code": "absent", "answered_at": AT, "answered_by_id": w.firm.account_id,
    }  # fmt: skip
    with pytest.raises(IntegrityError):
        made("hours.Confirmation", **(written | values))
