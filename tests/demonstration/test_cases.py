"""The hard cases of the model as they stand in the demonstration world, each with its figure."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import Sum

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.queries import lines_visible_to, progress_of
from clausette.hours.queries.progress import Progress
from clausette.kernel.actor import Actor
from clausette.placements.queries import placements_visible_to
from config.world.cases.kit import Case
from config.world.script import World
from tests.hats import TODAY

pytestmark = pytest.mark.slow


@pytest.fixture
def nadia(world: World) -> Iterator[Actor]:
    """The facilitator who follows them."""
    with world.stage.structure("plie") as actor:
        yield actor


def stands(actor: Actor, uid: UUID) -> Progress:
    """Where an engagement stands."""
    pk = commitments_visible_to(actor).filter(uid=uid).values_list("pk", flat=True).get()
    return progress_of(actor=actor, commitment_ids=[pk], as_of=TODAY)[pk]


def hours_of(actor: Actor, case: Case, person: str, owed: str = "") -> Decimal:
    """Validated hours of somebody, perhaps on one engagement."""
    lines = lines_visible_to(actor).filter(placement__participant__uid=case.people[person], state="validated")
    if owed:
        lines = lines.filter(commitment__uid=case.owed[owed])
    total: Decimal | None = lines.aggregate(total=Sum("hours"))["total"]
    return total or Decimal(0)


def test_7_what_is_due_is_the_offer_when_it_is_above_the_minimum(world: World, nadia: Actor) -> None:
    found = stands(nadia, world.cases[7].owed["lycee"])
    assert found.due_firm == Decimal(3000)
    # 3 × 90 + 70 + 2 × 80 (Awa) + 6 × 60 (Denis) + 3 × 110 + 5 × 120 (Lamine) + 20 × 25 (Samuel)
    assert (found.validated, found.missing_months) == (Decimal(2290), ())


def test_10_one_work_contract_of_a_geiq_is_credited_to_three_firms(world: World, nadia: Actor) -> None:
    case = world.cases[10]
    assert placements_visible_to(nadia).filter(participant__uid=case.people["inaya"]).count() == 1
    assert [hours_of(nadia, case, "inaya", lot) for lot in ("1", "2", "3")] == [300, 180, 240]
    assert [stands(nadia, case.owed[lot]).validated for lot in ("1", "2", "3")] == [300, 180, 240]


def test_11_twenty_weekly_missions_keep_their_hours(world: World, nadia: Actor) -> None:
    case = world.cases[11]
    assert placements_visible_to(nadia).filter(participant__uid=case.people["samuel"]).count() == 20
    assert hours_of(nadia, case, "samuel") == Decimal(500)


def test_12_a_mission_then_a_cdi_are_two_work_contracts_of_one_person(world: World, nadia: Actor) -> None:
    case = world.cases[12]
    works = placements_visible_to(nadia).filter(participant__uid=case.people["lamine"]).order_by("starts_on")
    assert [(one.work_contract, one.link) for one in works] == [
        ("temp_mission", ""),
        ("cdi", "hired_after_mission"),
    ]
    assert hours_of(nadia, case, "lamine") == Decimal(930)


def test_14_someone_already_employed_is_there_with_the_reason_written(world: World, nadia: Actor) -> None:
    case = world.cases[14]
    work = placements_visible_to(nadia).get(participant__uid=case.people["denis"])
    assert "temps partiel subi" in work.already_employed_reason
    assert hours_of(nadia, case, "denis") == Decimal(360)


def test_15_hours_go_on_after_a_second_decision_at_24_months(world: World, nadia: Actor) -> None:
    assert hours_of(nadia, world.cases[15], "awa") == Decimal(500)
