"""A balance taken over and withdrawn: by whom, with which document, and no hour twice."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.hours.enums import MonthStatus
from clausette.hours.operations import record_opening_balance, withdraw_opening_balance
from clausette.hours.queries import months_curve, openings_of, progress_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from tests.files.builders import TEXT
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, SEPT, World, world

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2026, 7, 31), date(2026, 8, 31)


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def actor(w: World) -> Iterator[Actor]:
    with acting(w.pilot) as pilot:
        yield pilot


def paper(actor: Actor, w: World) -> UUID:
    """The document of the balance."""
    return store_file(
        actor=actor, name="reprise.txt", data=TEXT, purpose=Purpose.EVIDENCE, contract_id=w.contract.pk
    )


def record(actor: Actor, w: World, document: UUID | None = None, **values: Any) -> UUID:
    """Take over 420 hours on 31 August."""
    given: dict[str, Any] = {"as_of": AUGUST, "hours": Decimal(420), "by_year": {}, "on": TODAY} | values
    return record_opening_balance(
        actor=actor, commitment_uid=w.commitment.uid, document_uid=document or paper(actor, w), **given
    )


def test_recorded_with_its_years_and_its_document(w: World, actor: Actor) -> None:
    uid = record(actor, w, by_year={2026: Decimal("400.5")})
    (opening,) = openings_of(actor=actor, commitment_id=w.commitment.pk)
    assert (opening.uid, opening.as_of, opening.hours) == (uid, AUGUST, Decimal(420))
    assert opening.by_year == ((2026, Decimal("400.5")),)
    assert opening.document_name == "reprise.txt"


def test_before_its_day_it_counts_no_hour_and_its_months_are_asked_of_nobody(w: World, actor: Actor) -> None:
    """A bilan of an earlier day, made after the takeover, does not say that statements are missing."""
    record(actor, w)
    for day, hours in ((JULY, Decimal(0)), (AUGUST, Decimal(420))):
        found = progress_of(actor=actor, as_of=day)[w.commitment.pk]
        assert (found.validated, found.missing_months) == (hours, ())
        assert found.makeup.taken_over_on == (AUGUST if hours else None)
        points = months_curve(actor=actor, commitment_uid=w.commitment.uid, as_of=day)
        assert [point.status for point in points[:2]] == [MonthStatus.TAKEN_OVER] * 2
        assert [point.validated for point in points[:3]] == [None, hours or None, None]


def test_one_balance_at_a_time(w: World, actor: Actor) -> None:
    uid = record(actor, w)
    with pytest.raises(Refusal, match="a déjà une reprise"):
        record(actor, w)
    withdraw_opening_balance(actor=actor, uid=uid, reason="Mauvais engagement", at=noon(TODAY))
    record(actor, w, hours=Decimal(300))
    hours = [(o.hours, o.withdrawn_reason) for o in openings_of(actor=actor, commitment_id=w.commitment.pk)]
    assert hours == [(Decimal(300), ""), (Decimal(420), "Mauvais engagement")]
    with pytest.raises(WrongState, match="déjà retirée"):
        withdraw_opening_balance(actor=actor, uid=uid, reason="Encore une fois", at=noon(TODAY))


def test_withdrawn_with_a_reason(w: World, actor: Actor) -> None:
    uid = record(actor, w)
    with pytest.raises(Invalid, match="Dites pourquoi"):
        withdraw_opening_balance(actor=actor, uid=uid, reason=" non", at=noon(TODAY))


def test_no_hour_twice_whichever_comes_first(w: World, actor: Actor) -> None:
    record(actor, w, as_of=date(2026, 9, 30))
    with pytest.raises(Invalid, match=r"compris dans la reprise au 30.septembre 2026"):
        w.save(actor, SEPT, w.entry(w.lemaire, "100"))
    w.save(actor, OCT, w.entry(w.lemaire, "100"))


def test_refused_over_hours_already_typed(w: World, actor: Actor) -> None:
    w.save(actor, SEPT, w.entry(w.lemaire, "100"))
    with pytest.raises(Invalid, match="deux fois"):
        record(actor, w, as_of=date(2026, 9, 30))
    assert openings_of(actor=actor, commitment_id=w.commitment.pk) == ()
    record(actor, w, as_of=AUGUST)


@pytest.mark.parametrize(("who", "error"), [("firm", NotAllowed), ("buyer", NotAllowed), ("stranger", Absent)])
def test_only_the_structures_in_charge(w: World, who: str, error: type[Exception]) -> None:
    with acting(w.pilot) as pilot:
        document = paper(pilot, w)
        uid = record(pilot, w)
    with acting(getattr(w, who)) as other:
        with pytest.raises(error):
            record(other, w, document, as_of=JULY)
        with pytest.raises(error):
            withdraw_opening_balance(actor=other, uid=uid, reason="Pas la mienne", at=noon(TODAY))
    with acting(w.pilot) as pilot:
        assert openings_of(actor=pilot, commitment_id=w.commitment.pk)[0].withdrawn_at is None


def test_a_document_of_others_does_not_exist(w: World, actor: Actor) -> None:
    with pytest.raises(Absent):
        record(actor, w, UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8"))
