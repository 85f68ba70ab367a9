"""Hours worked on one contract and credited to another: once, within the act, and the totals of the territory stay."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from clausette.hours.models import CorrectionProposal, HoursLine
from clausette.hours.operations import globalise, propose_correction
from clausette.hours.queries import YearScope, hours_of_year, lines_behind, progress_of
from clausette.hours.queries.lines import LineFilters
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.integrity import violated_constraint
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, made, world
from tests.hours.test_constraints_balances import document

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


@pytest.fixture
def w() -> World:
    return world()


@pytest.fixture
def other(w: World) -> Any:
    """The engagement of the same titulaire on another contract of the same buyer."""
    return w.another()


@pytest.fixture
def act(w: World, other: Any) -> Any:
    """150 hours from September on."""
    return made(
        "commitments.CommitmentAct", owner_org_id=w.pilot.organisation_id, kind="globalisation",
        from_commitment_id=w.commitment.pk, from_contract_id=w.contract.pk, to_commitment_id=other.pk,
        to_contract_id=other.contract_id, ceiling=Decimal(150), starts_on=date(2026, 9, 1), signed_on=date(2026, 9, 1),
        document_id=document(w).pk, reason="Accord des deux maîtres d'ouvrage",
    )  # fmt: skip


@pytest.fixture
def actor(w: World, act: Any) -> Iterator[Actor]:
    """September (100 h) and October (80 h) of Lemaire are validated."""
    with acting(w.pilot) as pilot:
        w.validated(pilot)
        yield pilot


def validated(actor: Actor, *owed: Any) -> list[Decimal]:
    done = progress_of(actor=actor, as_of=TODAY)
    return [done[one.pk].validated for one in owed]


def test_the_balance_follows_the_credit_the_territory_the_work(
    w: World, other: Any, act: Any, actor: Actor
) -> None:
    assert globalise(actor=actor, act_uid=act.uid, hours=Decimal(120), at=noon(TODAY), on=TODAY) == 2
    assert validated(actor, w.commitment, other) == [Decimal(60), Decimal(120)]
    year = hours_of_year(actor=actor, year=2026, as_of=TODAY)
    assert (year.named, year.people) == (Decimal(180), 1)
    assert year.by_month == ((SEPT, Decimal(100)), (OCT, Decimal(80)))
    here = hours_of_year(actor=actor, year=2026, as_of=TODAY, scope=YearScope(contract_ids=[w.contract.pk]))
    there = hours_of_year(actor=actor, year=2026, as_of=TODAY, scope=YearScope(contract_ids=[other.contract_id]))
    assert (here.named, there.named) == (Decimal(180), Decimal(0))


def test_in_several_times_up_to_the_ceiling(w: World, other: Any, act: Any, actor: Actor) -> None:
    globalise(actor=actor, act_uid=act.uid, hours=Decimal(60), at=noon(TODAY), on=TODAY)
    globalise(actor=actor, act_uid=act.uid, hours=Decimal(70), at=noon(TODAY), on=TODAY)
    assert validated(actor, w.commitment, other) == [Decimal(50), Decimal(130)]
    with pytest.raises(Invalid, match="laisse 20"):
        globalise(actor=actor, act_uid=act.uid, hours=Decimal(21), at=noon(TODAY), on=TODAY)
    globalise(actor=actor, act_uid=act.uid, hours=Decimal(20), at=noon(TODAY), on=TODAY)
    assert validated(actor, w.commitment, other) == [Decimal(30), Decimal(150)]


def test_the_ceiling_and_the_dates_are_held_by_the_database(w: World, other: Any, act: Any, actor: Actor) -> None:
    globalise(actor=actor, act_uid=act.uid, hours=Decimal(100), at=noon(TODAY), on=TODAY)
    with as_owner():
        held = HoursLine.objects.filter(contract_id=other.contract_id).order_by("id")[0]
        own = [f.attname for f in HoursLine._meta.concrete_fields if f.name not in ("id", "uid", "created_at")]
        values = {name: getattr(held, name) for name in own} | {"corrects_id": held.pk}

    def add(hours: int) -> None:
        HoursLine.objects.create(**values | {"hours": Decimal(hours)})
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS hours_line_within_act IMMEDIATE")

    for hours in (60, 1):  # beyond the ceiling; within, but taken from nowhere
        with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
            add(hours)
        assert violated_constraint(caught.value) == "hours_line_within_act"


def test_an_act_with_hours_is_not_withdrawn(act: Any, actor: Actor) -> None:
    globalise(actor=actor, act_uid=act.uid, hours=Decimal(10), at=noon(TODAY), on=TODAY)
    with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
        type(act).objects.filter(pk=act.pk).update(withdrawn_on=TODAY, withdrawn_reason="Erreur")
    assert violated_constraint(caught.value) == "hours_act_used"


def test_firm_and_buyer_see_both_sides_and_strangers_none(w: World, other: Any, act: Any, actor: Actor) -> None:
    globalise(actor=actor, act_uid=act.uid, hours=Decimal(120), at=noon(TODAY), on=TODAY)
    for who in (w.firm, w.buyer):
        with acting(who) as one:
            assert validated(one, w.commitment, other) == [Decimal(60), Decimal(120)]
            assert lines_behind(actor=one, filters=LineFilters(), with_names=False).hours == Decimal(180)
    with acting(w.stranger) as one:
        assert lines_behind(actor=one, filters=LineFilters(), with_names=False).count == 0
        with pytest.raises(Absent):
            globalise(actor=one, act_uid=act.uid, hours=Decimal(1), at=noon(TODAY), on=TODAY)


def test_a_correction_proposed_on_a_line_that_an_act_takes_from_has_no_object_any_more(
    w: World, actor: Actor, act: Any
) -> None:
    lines = HoursLine.objects.filter(corrects=None).order_by("month")
    taken, left = lines[0], lines[1]
    with acting(w.firm) as firm:
        for line in (taken, left):
            propose_correction(
                actor=firm, line_uid=line.uid, hours=Decimal(70), reason="Feuille mal lue", at=noon(TODAY), on=TODAY
            )
    with acting(w.pilot) as pilot:
        globalise(actor=pilot, act_uid=act.uid, hours=Decimal(60), at=noon(TODAY), on=TODAY)
    with as_owner():
        found = dict(CorrectionProposal.objects.values_list("month", "state"))
    assert found == {taken.month: "moot", left.month: "open"}
    with acting(w.firm) as firm:
        again = propose_correction(
            actor=firm, line_uid=taken.uid, hours=Decimal(35), reason="Feuille relue", at=noon(TODAY), on=TODAY
        )
    assert not again.already, "what is left of it may be proposed again"
