"""Hours retained under reserve, then settled; hours worked before the decision, with their reason."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from clausette.hours.enums import LineState
from clausette.hours.errors import ErrorsRemain
from clausette.hours.models import HoursLine
from clausette.hours.operations import Reserve, settle_reserve, submit_statement, validate_statement
from clausette.hours.queries import progress_of, reserves_ending
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, NotAllowed, Refusal, WrongState
from clausette.placements.operations import withdraw_placement
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, World, world

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
LIMIT = date(2026, 12, 15)


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def actor(w: World) -> Iterator[Actor]:
    with acting(w.pilot) as pilot:
        yield pilot


def decisions(w: World, **values: object) -> None:
    """Change the decisions about Lemaire."""
    with as_owner():
        checks = apps.get_model("participants.EligibilityCheck").objects
        checks.filter(participant_id=w.lemaire.participant_id).update(**values)


def handed(actor: Actor, w: World) -> UUID:
    """October of two people, handed over: 121,5 h and 100 h."""
    ref = w.save(actor, OCT, w.entry(w.lemaire, "121.5"), w.entry(w.diallo, "100"))
    return submit_statement(actor=actor, uid=ref.uid, version=ref.version, at=AT, on=TODAY).uid


def line(w: World) -> HoursLine:
    with as_owner():
        return HoursLine.objects.get(placement=w.lemaire)


def validate(actor: Actor, uid: UUID, **values: Any) -> None:
    validate_statement(
        actor=actor, uid=uid, version=None, justifications={"W104": "Feuilles vues."}, at=AT, on=TODAY, **values
    )


def test_it_counts_told_apart_until_the_piece_is_there(w: World, actor: Actor) -> None:
    decisions(w, state="in_review", decided_on=None, decided_by=None, hire_before=None)
    uid = handed(actor, w)
    with pytest.raises(ErrorsRemain):
        validate(actor, uid)
    validate(actor, uid, reserves={line(w).uid: Reserve(LIMIT, "Attestation RSA attendue")})
    done = progress_of(actor=actor, as_of=TODAY)[w.commitment.pk]
    assert (done.validated, done.makeup.reserved, done.makeup.named) == (
        Decimal("221.5"), Decimal("121.5"), Decimal(100),
    )  # fmt: skip
    (near,) = reserves_ending(actor=actor, until=LIMIT)
    assert (near.person, near.hours, near.until) == ("Lemaire David", Decimal("121.5"), LIMIT)
    assert reserves_ending(actor=actor, until=date(2026, 12, 14)) == ()


def test_lifted_once_a_decision_is_there(w: World, actor: Actor) -> None:
    decisions(w, state="in_review", decided_on=None, decided_by=None, hire_before=None)
    uid = handed(actor, w)
    validate(actor, uid, reserves={line(w).uid: Reserve(LIMIT, "Attestation attendue")})
    with pytest.raises(ErrorsRemain, match="Aucune décision favorable"):
        settle_reserve(actor=actor, line_uid=line(w).uid, kept=True, reason="Pièce reçue", on=TODAY)
    decisions(w, state="eligible", decided_on=TODAY, decided_by_id=w.pilot.account_id, hire_before=LIMIT)
    assert settle_reserve(actor=actor, line_uid=line(w).uid, kept=True, reason="Pièce reçue", on=TODAY) == uid
    done = progress_of(actor=actor, as_of=TODAY)[w.commitment.pk]
    assert (done.validated, done.makeup.reserved) == (Decimal("221.5"), Decimal(0))
    with pytest.raises(WrongState, match="pas sous réserve"):
        settle_reserve(actor=actor, line_uid=line(w).uid, kept=True, reason="Encore", on=TODAY)


def test_not_retained_when_the_piece_never_comes(w: World, actor: Actor) -> None:
    uid = handed(actor, w)
    validate(actor, uid, reserves={line(w).uid: Reserve(LIMIT, "Attestation attendue")})
    settle_reserve(actor=actor, line_uid=line(w).uid, kept=False, reason="Jamais reçue", on=TODAY)
    done = progress_of(actor=actor, as_of=TODAY)[w.commitment.pk]
    assert (done.validated, done.refused) == (Decimal(100), Decimal("121.5"))
    assert (line(w).state, line(w).reason, line(w).reserve_reason) == (
        LineState.REFUSED, "Jamais reçue", "Attestation attendue",
    )  # fmt: skip


@pytest.mark.parametrize("reserve", [Reserve(None, "Attendue"), Reserve(LIMIT, ""), Reserve(date(2026, 11, 1), "Tard")])
def test_a_reserve_needs_its_reason_and_its_limit(w: World, actor: Actor, reserve: Reserve) -> None:
    uid = handed(actor, w)
    with pytest.raises(Invalid) as caught:
        validate(actor, uid, reserves={line(w).uid: reserve})
    assert list(caught.value.errors) == [str(line(w).uid)]
    assert line(w).state == LineState.DECLARED


def test_hours_before_the_decision_are_regularised_with_a_reason(w: World, actor: Actor) -> None:
    decisions(w, asked_on=date(2026, 11, 2), decided_on=date(2026, 11, 2), hire_before=date(2027, 2, 2))
    uid = handed(actor, w)
    with pytest.raises(ErrorsRemain):
        validate(actor, uid)
    validate(actor, uid, late={line(w).uid: "Pièce datée d'avant l'embauche, vue le 2 novembre"})
    held = line(w)
    assert (held.state, held.late_reason) == (
        LineState.VALIDATED, "Pièce datée d'avant l'embauche, vue le 2 novembre",
    )  # fmt: skip


def test_nothing_is_regularised_without_a_decision(w: World, actor: Actor) -> None:
    decisions(w, state="in_review", decided_on=None, decided_by=None, hire_before=None)
    uid = handed(actor, w)
    with pytest.raises(Invalid, match="Aucune décision favorable"):
        validate(actor, uid, late={line(w).uid: "Parce que"})


def test_a_firm_settles_nothing(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = handed(pilot, w)
        validate(pilot, uid, reserves={line(w).uid: Reserve(LIMIT, "Attendue")})
    with acting(w.firm) as firm, pytest.raises(NotAllowed):
        settle_reserve(actor=firm, line_uid=line(w).uid, kept=True, reason="Pièce reçue", on=TODAY)


def test_a_hiring_with_hours_is_ended_not_withdrawn(w: World, actor: Actor) -> None:
    w.save(actor, OCT, w.entry(w.lemaire, "10"))
    with pytest.raises(Refusal, match="Des heures sont saisies"):
        withdraw_placement(actor=actor, uid=w.lemaire.uid, reason="Saisie deux fois", at=AT)
    withdraw_placement(actor=actor, uid=w.diallo.uid, reason="Saisie deux fois", at=AT)
    with pytest.raises(Invalid, match="n'est pas mise à l'emploi"):
        w.save(actor, OCT, w.entry(w.diallo, "10"), version=1)
