"""The hard cases of the model as they stand in the demonstration world, each with its figure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import Sum

from clausette.commitments.queries import commitment_key, commitments_visible_to, shares_of
from clausette.hours.queries import (
    Progress,
    YearScope,
    hours_by_firm,
    hours_of_year,
    lines_visible_to,
    progress_of,
    reporting_sheet,
    split_sheet,
    targets_reached,
)
from clausette.hours.rules.members import member_of
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months, first_day
from clausette.placements.queries import placements_visible_to
from clausette.procurement.queries import (
    contract_key,
    contract_sheet,
    contracts_visible_to,
    framework_orders,
    heads_of,
    parties_visible_to,
)
from clausette.web.guide.cases import HARD_CASES
from config.world.cases.kit import Case
from config.world.cast import BODY
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


def test_1_an_accord_cadre_owes_nothing_and_its_three_orders_do(world: World, nadia: Actor) -> None:
    case = world.cases[1]
    framework = contract_key(nadia, case.contracts["cadre"])
    assert not commitments_visible_to(nadia).filter(contract_id=framework.id).exists()
    assert [stands(nadia, case.owed[rank]).due_firm for rank in ("1", "2", "3")] == [71, 100, 43]
    orders = framework_orders(actor=nadia, uid=case.contracts["cadre"])
    assert (orders.ceiling.ordered, orders.ceiling.maximum) == (Decimal(300_000), Decimal(900_000))


def test_2_a_reconduction_not_made_leaves_the_firm_hours_only(world: World, nadia: Actor) -> None:
    found = stands(nadia, world.cases[2].owed["restauration"])
    assert (found.due_firm, found.due_possible, found.validated) == (Decimal(300), Decimal(0), Decimal(300))


def test_3_a_tranche_made_firm_is_due(world: World, nadia: Actor) -> None:
    found = stands(nadia, world.cases[3].owed["quais"])
    assert (found.due_firm, found.due_possible) == (Decimal(600), Decimal(0))


def test_4_hours_of_a_sub_contractor_of_rank_2_are_credited_to_the_group(world: World, nadia: Actor) -> None:
    case = world.cases[4]
    assert stands(nadia, case.owed["tram"]).validated == Decimal(400)
    owed = commitment_key(nadia, case.owed["tram"])
    members = {one.organisation_id: one for one in shares_of(actor=nadia, commitment_id=owed.id, as_of=TODAY)}
    done = hours_by_firm(actor=nadia, commitment_id=owed.id, as_of=TODAY).firms
    heads = heads_of(actor=nadia, contract_id=owed.contract_id)
    credited = {members[member_of(firm, heads, members) or 0].name: hours for firm, hours in done.items()}
    assert credited == {"Menuiseries Castan": Decimal(400)}  # 300 h of 1,000 h are its share
    assert [one.share for one in members.values()] == [Decimal("0.5"), Decimal("0.3"), Decimal("0.2")]
    assert targets_reached(commitment_id=owed.id, as_of=TODAY)["under_26"].hours == Decimal(400)
    lines = parties_visible_to(nadia).filter(contract__uid=case.contracts["tram"], revoked_at=None)
    told = {firm: (role, head) for firm, role, head in lines.values_list(
        "organisation__name", "role", "head__name")}  # fmt: skip
    assert told["Paysages du Lauzet"] == ("subcontractor", "Routes et Réseaux d'Orselle")
    assert told["Routes et Réseaux d'Orselle"] == ("subcontractor", "Menuiseries Castan")


def test_5_the_balance_goes_to_the_next_titulaire(world: World, nadia: Actor) -> None:
    case = world.cases[5]
    before, after = stands(nadia, case.owed["castan"]), stands(nadia, case.owed["ferrand"])
    assert (before.due_firm, before.validated) == (Decimal(400), Decimal(400))
    assert (after.due_firm, after.validated) == (Decimal(500), Decimal(0))


def test_6_hours_without_names_count_and_nobody_is_named(world: World, nadia: Actor) -> None:
    case = world.cases[6]
    found = stands(nadia, case.owed["conditionnement"])
    assert (found.validated, found.due_firm, found.raw) == (Decimal(632), None, None)
    assert not placements_visible_to(nadia).filter(participant__uid__in=case.people.values()).exists()


def test_7_what_is_due_is_the_offer_when_it_is_above_the_minimum(world: World, nadia: Actor) -> None:
    found = stands(nadia, world.cases[7].owed["lycee"])
    assert found.due_firm == Decimal(3000)
    # 3 × 90 + 70 + 2 × 80 (Awa) + 6 × 60 (Denis) + 3 × 110 + 5 × 120 (Lamine) + 20 × 25 (Samuel)
    assert (found.validated, found.missing_months) == (Decimal(2290), ())


def test_8_hours_hors_clause_are_in_no_rate(world: World, nadia: Actor) -> None:
    case = world.cases[8]
    first, free = stands(nadia, case.owed["1"]), stands(nadia, case.owed["2"])
    assert (first.due_firm, first.validated) == (Decimal(350), Decimal(240))
    assert (free.due_firm, free.raw, free.validated) == (None, None, Decimal(180))


def test_9_a_fruitless_contract_begins_again_with_its_lots(world: World, nadia: Actor) -> None:
    case = world.cases[9]
    first, second = (contract_sheet(actor=nadia, uid=case.contracts[key]) for key in ("gare", "gare-2"))
    assert first.state == "fruitless"
    ties = second.ties
    assert ties.relaunches is not None
    assert ties.relaunches.uid == case.contracts["gare"]
    assert [lot.title for lot in second.lots] == [lot.title for lot in first.lots] == ["Charpente", "Couverture"]


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


def test_13_hours_worked_before_the_decision_are_marked(world: World, nadia: Actor) -> None:
    case = world.cases[13]
    lines = lines_visible_to(nadia).filter(placement__participant__uid=case.people["moussa"])
    assert [(one.state, one.hours, bool(one.late_reason)) for one in lines] == [("validated", Decimal(70), True)]


def test_14_someone_already_employed_is_there_with_the_reason_written(world: World, nadia: Actor) -> None:
    case = world.cases[14]
    work = placements_visible_to(nadia).get(participant__uid=case.people["denis"])
    assert "temps partiel subi" in work.already_employed_reason
    assert hours_of(nadia, case, "denis") == Decimal(360)


def test_15_hours_go_on_after_a_second_decision_at_24_months(world: World, nadia: Actor) -> None:
    assert hours_of(nadia, world.cases[15], "awa") == Decimal(500)


def test_16_december_declared_in_march_is_a_catch_up_of_the_closed_year(world: World, nadia: Actor) -> None:
    scope = YearScope(contract_ids=[contract_key(nadia, world.cases[15].contracts["lycee"]).id])
    closed = hours_of_year(actor=nadia, year=TODAY.year - 1, as_of=TODAY, scope=scope)
    running = hours_of_year(actor=nadia, year=TODAY.year, as_of=TODAY, scope=scope)
    december = date(TODAY.year - 1, 12, 1)
    assert december not in dict(closed.by_month)
    assert dict(running.catch_up_by_month) == {december: Decimal(70)}


def test_17_hours_credited_by_an_act_are_counted_once(world: World, nadia: Actor) -> None:
    case = world.cases[17]
    assert stands(nadia, case.owed["musee"]).validated == Decimal(600)
    assert stands(nadia, case.owed["kiosque"]).validated == Decimal(100)
    assert hours_of(nadia, case, "nadege") == Decimal(700)


def test_18_a_shared_contract_is_reported_by_one_structure_a_line(world: World, nadia: Actor) -> None:
    """Each hour of the contract has one structure déclarante: the two totals make the whole."""
    contract = world.market.contracts["gymnase"]
    lines = lines_visible_to(nadia).filter(contract_id=contract.id, state="validated")
    whole = lines.aggregate(total=Sum("hours"))["total"]
    by_structure = dict(lines.order_by().values_list("reporting_org_id").annotate(total=Sum("hours")))
    assert whole == sum(by_structure.values())
    assert nadia.organisation_id in by_structure


def test_19_a_balance_taken_over_counts_in_the_progress_and_in_no_year(world: World, nadia: Actor) -> None:
    case = world.cases[19]
    assert stands(nadia, case.owed["stade"]).validated == Decimal(1420)
    scope = YearScope(contract_ids=[contract_key(nadia, case.contracts["stade"]).id])
    year = hours_of_year(actor=nadia, year=TODAY.year, as_of=TODAY, scope=scope)
    assert (year.worked, year.opening) == (Decimal(300), Decimal(0))


def test_20_a_portfolio_is_in_other_hands(world: World, nadia: Actor) -> None:
    uids = list(world.cases[20].contracts.values())
    names = contracts_visible_to(nadia).filter(uid__in=uids).values_list("referent__full_name", flat=True)
    assert list(names.order_by("id")) == ["Hélène Vasseur"] * 3


def test_21_a_total_stated_by_a_geiq_is_split_between_two_firms(world: World, nadia: Actor) -> None:
    case, month = world.cases[21], add_months(first_day(TODAY), -1)
    work = placements_visible_to(nadia).get(participant__uid=case.people["mehdi"])
    sheet = split_sheet(actor=nadia, placement_uid=work.uid, month=month, on=TODAY)
    assert (sheet.stated, sheet.credited) == (Decimal(126), Decimal(118))
    assert [stands(nadia, case.owed[key]).declared for key in ("halte", "cuisine")] == [Decimal(70), Decimal(48)]


def test_the_neighbour_reports_the_lot_where_its_own_person_works(world: World, nadia: Actor) -> None:
    owed, month = world.market.owed["gymnase-3"], add_months(first_day(TODAY), -1)
    sheet = reporting_sheet(actor=nadia, commitment_uid=owed.uid, on=TODAY)
    names = [sheet.name_of(sheet.reports(one)) for one in (add_months(month, -1), month)]
    assert names == ["PLIE du Val d'Orselle", BODY["mde"].name]


def test_the_guide_says_the_figures_of_the_demonstration(world: World, nadia: Actor) -> None:
    """Each figure of the page of hard cases that is one of an engagement or of a person, read again here."""
    said = {case.number: case.figure for case in HARD_CASES}
    cases = world.cases
    found: dict[int, list[Decimal | None]] = {
        1: [stands(nadia, cases[1].owed[rank]).due_firm for rank in ("1", "2", "3")],
        2: [stands(nadia, cases[2].owed["restauration"]).validated],
        3: [stands(nadia, cases[3].owed["quais"]).due_firm],
        4: [stands(nadia, cases[4].owed["tram"]).validated],
        5: [stands(nadia, cases[5].owed["castan"]).validated, stands(nadia, cases[5].owed["ferrand"]).due_firm],
        6: [stands(nadia, cases[6].owed["conditionnement"]).validated],
        7: [stands(nadia, cases[7].owed["lycee"]).due_firm],
        8: [stands(nadia, cases[8].owed[lot]).validated for lot in ("1", "2")],
        10: [stands(nadia, cases[10].owed[lot]).validated for lot in ("1", "2", "3")],
        11: [hours_of(nadia, cases[11], "samuel")],
        12: [hours_of(nadia, cases[12], "lamine")],
        13: [hours_of(nadia, cases[13], "moussa")],
        14: [hours_of(nadia, cases[14], "denis")],
        15: [hours_of(nadia, cases[15], "awa")],
        17: [stands(nadia, cases[17].owed[name]).validated for name in ("musee", "kiosque")],
        19: [stands(nadia, cases[19].owed["stade"]).validated],
    }
    for number, hours in found.items():
        for one in hours:
            assert one is not None
            assert f"{one:,.0f}".replace(",", " ") in said[number].replace("\u202f", " "), number


def test_the_guide_names_contracts_of_the_demonstration(world: World, nadia: Actor) -> None:
    names = set(contracts_visible_to(nadia).values_list("common_name", flat=True))
    assert {name for case in HARD_CASES for name in case.names} <= names


def test_a_surplus_is_counted_where_a_rule_admits_it_and_a_training_before_hiring_beside(
    world: World, nadia: Actor
) -> None:
    case = world.cases[23]
    gives, takes = stands(nadia, case.owed["grains"]), stands(nadia, case.owed["preau"])
    assert (gives.due_firm, gives.validated) == (Decimal(300), Decimal(300))
    done = Decimal(60) + Decimal(70) + Decimal(60) * 3 + Decimal(110) * 2
    assert (takes.due_firm, takes.validated) == (Decimal(400), done)
