"""Studies: opened, moved along their life, calculations kept as they were; each structure has its own."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from clausette.advice.enums import Method, StudyState
from clausette.advice.models import Study, StudyCalibration, StudyLot
from clausette.advice.operations import StudiedLot, create_study, keep_calibration, move_study
from clausette.advice.queries import list_studies, study_sheet
from clausette.advice.rules import TRANSITIONS, Ask, Completed, next_study_states
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.kernel.integrity import sentence_of
from clausette.kernel.operation import isolated, writing
from tests.hats import TODAY, acting, as_owner
from tests.world import Two, body, member, two_structures

pytestmark = pytest.mark.django_db

MILLION = Ask(
    Method.LOT, amount=Decimal(1_000_000), labour_share=Decimal("0.5"), insertion_rate=Decimal("0.05"),
    hourly_cost=Decimal(30),
)  # fmt: skip
S = StudyState


@pytest.fixture
def two() -> Two:
    return two_structures()


def opened(who: Actor, **options: Any) -> UUID:
    with acting(who) as actor:
        return create_study(actor=actor, buyer_name="Ville", title="École Pasteur", asked_on=TODAY, **options)


def moved(who: Actor, uid: UUID, state: StudyState, reason: str = "") -> None:
    with acting(who) as actor:
        move_study(actor=actor, study_uid=uid, state=state, reason=reason)


def test_an_opinion_is_due_in_four_weeks_unless_told_otherwise(two: Two) -> None:
    first, second = opened(two.first), opened(two.first, answer_due_on=TODAY)
    with acting(two.first) as actor:
        assert study_sheet(actor=actor, uid=first).line.answer_due_on == TODAY + timedelta(days=28)
        assert study_sheet(actor=actor, uid=second).line.answer_due_on == TODAY
        rows, total = list_studies(actor=actor)
    assert ([row.uid for row in rows], total) == ([second, first], 2)
    with pytest.raises(Invalid) as refused:
        opened(two.first, answer_due_on=TODAY - timedelta(days=1))
    assert list(refused.value.errors) == ["answer_due_on"]


def test_a_study_goes_along_its_life_and_a_refusal_has_its_reason(two: Two) -> None:
    uid = opened(two.first)
    moved(two.first, uid, S.UNDER_STUDY)
    moved(two.first, uid, S.OPINION_GIVEN)
    with pytest.raises(Invalid, match="Donnez le motif du refus de l'acheteur"):
        moved(two.first, uid, S.REFUSED)
    moved(two.first, uid, S.REFUSED, "Trop tard pour le DCE")
    with acting(two.first) as actor:
        line = study_sheet(actor=actor, uid=uid).line
    assert (line.state, line.reason) == (S.REFUSED, "Trop tard pour le DCE")
    with pytest.raises(WrongState, match="« Refusé par l'acheteur » ne peut pas passer à « Accepté »"):
        moved(two.first, uid, S.ACCEPTED)
    moved(two.first, uid, S.UNDER_STUDY)
    with as_owner():
        reasons = sorted(event.reason for event in Event.objects.filter(verb="advice.study.moved"))
    assert reasons == ["", "", "", "Trop tard pour le DCE"]


def test_what_awaits_an_answer_comes_first_and_says_how_late_it_is(two: Two) -> None:
    given, waiting = opened(two.first, answer_due_on=TODAY), opened(two.first)
    moved(two.first, given, S.OPINION_GIVEN)
    with acting(two.first) as actor:
        rows, _ = list_studies(actor=actor)
    assert [row.uid for row in rows] == [waiting, given]
    due = rows[0].answer_due_on
    assert [rows[0].late(due + timedelta(days=n)) for n in (-1, 0, 1, 12)] == [0, 0, 1, 12]
    assert rows[1].late(due + timedelta(days=12)) == 0


def test_every_state_is_reached_and_left() -> None:
    assert set(TRANSITIONS) == set(S)
    assert {state for following in TRANSITIONS.values() for state in following} == set(S)
    assert next_study_states(S.OPINION_GIVEN) == [S.UNDER_STUDY, S.ACCEPTED, S.REFUSED, S.ABANDONED]


def test_a_calculation_is_kept_with_its_figures_its_rules_and_its_author(two: Two) -> None:
    uid = opened(two.first, lots=[StudiedLot("1", "Gros œuvre", Decimal(1_000_000), "45220000")])
    with acting(two.first) as actor:
        lot = study_sheet(actor=actor, uid=uid).lots[0]
        keep_calibration(
            actor=actor, study_uid=uid, completed=Completed(MILLION), on=TODAY, lot_uid=lot.uid
        )
        keep_calibration(actor=actor, study_uid=uid, completed=Completed(MILLION), on=TODAY)
        kept = study_sheet(actor=actor, uid=uid).kept
    assert [one.lot_number for one in kept] == ["", "1"]
    assert (kept[1].hours, kept[1].rule_version, kept[1].kept_by) == (
        Decimal(833), "calcul-2026.1", two.first.account_name,
    )  # fmt: skip
    with as_owner():
        row = StudyCalibration.objects.order_by("id")[0]
    assert row.inputs["labour_share"] == "0.5"
    assert row.result == {
        "raw": "833.33", "labour_hours": "16666.67", "rate": "0.05", "cost": "24990.00", "amount": "1000000",
        "warnings": [],
    }  # fmt: skip


def test_another_structure_sees_nothing_and_touches_nothing(two: Two) -> None:
    uid = opened(two.first)
    for act in (
        lambda a: study_sheet(actor=a, uid=uid),
        lambda a: move_study(actor=a, study_uid=uid, state=S.UNDER_STUDY),
        lambda a: keep_calibration(actor=a, study_uid=uid, completed=Completed(MILLION), on=TODAY),
    ):
        with pytest.raises(Absent), acting(two.second) as actor:
            act(actor)
    with acting(two.second) as actor:
        assert list_studies(actor=actor) == ((), 0)
        assert not Study.objects.exists(), "the database itself shows nothing"


def test_a_lot_of_another_study_is_not_one_of_this_one(two: Two) -> None:
    uid, other = opened(two.first), opened(two.first, lots=[StudiedLot("1", "Peinture")])
    with acting(two.first) as actor:
        lot = study_sheet(actor=actor, uid=other).lots[0]
        with pytest.raises(Absent):
            keep_calibration(
                actor=actor, study_uid=uid, completed=Completed(MILLION), on=TODAY, lot_uid=lot.uid
            )


def test_only_a_facilitator_opens_a_study() -> None:
    buyer = member(body("Lys Métropole", "buyer"), "marc@lys.example")
    with pytest.raises(NotAllowed, match="Seule une structure facilitatrice étudie"):
        opened(buyer)


def test_a_kept_calculation_is_never_changed(two: Two) -> None:
    uid = opened(two.first)
    with acting(two.first) as actor:
        keep_calibration(actor=actor, study_uid=uid, completed=Completed(MILLION), on=TODAY)
    with (
        pytest.raises(ProgrammingError, match="permission denied"), acting(two.first), writing("a test"),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute("UPDATE advice_studycalibration SET hours = 1")


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (lambda: Study.objects.update(state=S.REFUSED), "Un refus porte son motif."),
        (
            lambda: Study.objects.update(answer_due_on=date(2020, 1, 1)),
            "L'avis ne peut pas être attendu avant la demande.",
        ),
        (
            lambda: StudyLot(
                owner_org_id=Study.objects.get().owner_org_id, study=Study.objects.get(), number="1", uid=uuid4()
            ).save(force_insert=True),
            "Ce numéro de lot est déjà dans l'étude.",
        ),
    ],
)  # fmt: skip
def test_what_the_tables_refuse_by_themselves(two: Two, broken: Any, sentence: str) -> None:
    opened(two.first, lots=[StudiedLot("1", "Peinture")])
    with as_owner(), pytest.raises(IntegrityError) as refused, isolated():
        broken()
    assert sentence_of(refused.value) == sentence
