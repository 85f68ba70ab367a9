"""The desks, the board and the search: what each one sees, and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.agenda.queries import (
    BoardFilters,
    board,
    day_of_buyer,
    day_of_facilitator,
    day_of_firm,
    day_of_prescriber,
    rest_of_facilitator,
    search,
)
from clausette.hours.operations import return_statement
from clausette.hours.queries import statements_visible_to
from clausette.kernel.actor import Actor
from tests.agenda.builders import AT, filled
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import OCT, World, commitment, contract, made, party, worker
from tests.world import body, member

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


def _person(w: World, last: str, **values: Any) -> Any:
    return made(
        "participants.Participant", owner_org_id=w.pilot.organisation_id, first_name="Ana", last_name=last,
        birth_date=date(1999, 1, 1), sort_key=f"{last.lower()} ana", **values,
    )  # fmt: skip


def test_facilitator_finds_what_waits() -> None:
    w = filled()
    _person(w, "Nouvelle")
    with acting(w.pilot) as pilot:
        day = day_of_facilitator(actor=pilot, on=TODAY)
    assert [(one.name, one.starts_on) for one in day.publics.rows] == [("Ana Nouvelle", None)]
    assert [(one.declarant_name, one.month, one.hours) for one in day.waiting.rows] == [
        ("Bâti Ouche", OCT, Decimal("221.5"))
    ]
    assert [(row.contractor_name, row.late_months, row.days_late) for row in day.missing.rows] == [
        ("Bâti Ouche", (JULY, AUGUST), 98)
    ]
    assert (day.year.validated, day.year.declared) == (Decimal(140), Decimal("221.5"))
    assert day.year.due == Decimal("419.92")  # 833 h over 365 days, 184 of them in 2026


def test_what_waits_counts_hours_without_names_and_not_what_is_refused() -> None:
    w = filled()
    with acting(w.pilot) as pilot, as_owner():
        own = statements_visible_to(pilot).get(month=OCT)
        paper = made(
            "files.StoredFile", owner_org_id=w.pilot.organisation_id, name="relevé.pdf", size=1, sha256="0" * 64,
            content_type="application/pdf", deposited_by_id=w.pilot.account_id,
        )  # fmt: skip
        for hours, state in (("60", "declared"), ("7", "refused")):
            made("hours.CollectiveHours", statement=own, contract_id=own.contract_id, declarant_id=own.declarant_id,
                 month=OCT, commitment=w.commitment, hours=Decimal(hours), people=4, document=paper, state=state,
                 kind="work" if state == "declared" else "training")  # fmt: skip
    with acting(w.pilot) as pilot:
        waiting = day_of_facilitator(actor=pilot, on=TODAY).waiting
        rest = rest_of_facilitator(actor=pilot, on=TODAY)
    assert [one.hours for one in waiting.rows] == [one.hours for one in rest.waiting] == [Decimal("281.5")]
    assert (waiting.count, waiting.hours) == (1, Decimal("281.5"))


def test_a_hiring_without_decision_comes_first_then_by_start() -> None:
    w = filled()
    _person(w, "Nouvelle")
    late = worker(w.pilot, w.commitment, "Léa", "Tardive", host=w.firm, start=date(2026, 11, 20))
    made("participants.EligibilityCheck", participant_id=late.participant_id, owner_org_id=w.pilot.organisation_id,
         state="in_review", asked_on=date(2026, 11, 20))  # fmt: skip
    with acting(w.pilot) as pilot:
        names = [one.name for one in day_of_facilitator(actor=pilot, on=TODAY).publics.rows]
    assert names == ["Léa Tardive", "Ana Nouvelle"]


def test_the_rest_tells_remarks_and_ends() -> None:
    w = filled()
    worker(w.pilot, w.commitment, "Eva", "Brève", host=w.firm, end=date(2026, 11, 30))
    with acting(w.pilot) as pilot:
        rest = rest_of_facilitator(actor=pilot, on=TODAY)
    assert [(one.declarant_name, one.is_clean) for one in rest.waiting] == [("Bâti Ouche", False)]
    assert [(one.name, one.what, one.ends_on) for one in rest.endings] == [
        ("Eva Brève", "mission", date(2026, 11, 30))
    ]


def test_firm_finds_months_returned_statements_and_what_is_left() -> None:
    w = filled()
    with acting(w.pilot) as pilot:
        waiting = day_of_facilitator(actor=pilot, on=TODAY).waiting.rows[0]
        return_statement(actor=pilot, uid=waiting.uid, version=None, reason="Feuille non signée.", at=AT)
    with acting(w.firm) as firm:
        day = day_of_firm(actor=firm, on=TODAY)
    assert [(one.month, one.reason) for one in day.returned] == [(OCT, "Feuille non signée.")]
    assert [(one.what.month, one.is_late) for one in day.to_declare] == [(JULY, True), (AUGUST, True)]
    assert [row.progress.remaining for row in day.owed] == [Decimal(693)]


def test_buyer_sees_its_contracts_and_nobody() -> None:
    w = filled()
    with acting(w.buyer) as buyer:
        day = day_of_buyer(actor=buyer, on=TODAY)
        found = search(actor=buyer, words="lemaire", on=TODAY)
    assert [(row.contract_name, row.progress.validated) for row in day.rows] == [
        ("Gymnase des Acacias", Decimal(140))
    ]
    assert found.people == ()


def test_prescriber_sees_whom_it_referred_and_the_answer() -> None:
    w = filled()
    prescriber = member(body("Mission locale", "prescriber"), "mia@mission.example")
    made(
        "participants.PersonContact", owner_org_id=w.pilot.organisation_id, participant=_person(w, "Orientée"),
        referred_by_id=prescriber.organisation_id, referred_on=TODAY,
    )  # fmt: skip
    with acting(prescriber) as actor:
        referred = day_of_prescriber(actor=actor, on=TODAY).referred
    assert [(one.name, one.standing.word) for one in referred] == [("Ana Orientée", "à vérifier")]


def _elsewhere(w: World) -> None:
    """A contract of another structure, another buyer and another firm."""
    buyer = member(body("Autre ville", "buyer"), "eva@autre.example")
    firm = member(body("Peinture Sud", "contractor"), "tim@peinture.example")
    row = contract(w.stranger, buyer, "École Pasteur")
    party(row, firm, "contractor")
    owed = commitment(row, firm)
    worker(w.stranger, owed, "David", "Lemaire", host=firm)


@pytest.mark.parametrize("who", ["pilot", "buyer", "firm", "stranger"])
def test_nobody_sees_the_rows_of_others(who: str) -> None:
    w = filled()
    _elsewhere(w)
    expected = {"École Pasteur"} if who == "stranger" else {"Gymnase des Acacias"}
    with acting(getattr(w, who)) as actor:
        rows = board(actor=actor, filters=BoardFilters(), on=TODAY).rows
        found = [*search(actor=actor, words="gymnase", on=TODAY).engagements]
        found += search(actor=actor, words="pasteur", on=TODAY).engagements
        firms = search(actor=actor, words="peinture", on=TODAY).firms
    assert {row.contract_name for row in rows} == expected
    assert {row.contract_name for row in found} == expected
    assert bool(firms) is (who == "stranger")


def test_a_person_is_found_in_one_structure_only() -> None:
    w = filled()
    _elsewhere(w)
    seen = {}
    for who in (w.pilot, w.stranger, w.firm, w.buyer):
        with acting(who) as actor:
            seen[who.account_name] = [
                one.uid for one in search(actor=actor, words="LEMAIRÉ", on=TODAY).people
            ]
    assert len(seen["Ana"]) == len(seen["Bob"]) == 1
    assert seen["Ana"] != seen["Bob"]
    assert seen["Zoe"] == seen["Ana"]
    assert seen["Max"] == []


def _boards(w: World) -> None:
    other = member(body("Habitat Ouche", "buyer"), "hal@habitat.example")
    for number, name in ((2, "Halle Nord"), (10, "Voirie")):
        row = contract(w.pilot, other, name)
        party(row, w.firm, "contractor")
        lot = made("procurement.Lot", contract_id=row.pk, number=str(number), title="Gros œuvre")
        owed = commitment(row, w.firm, hours=100 * number, start=date(2025, 1, 1), end=date(2026, 12, 31))
        made("commitments.Commitment", contract_id=row.pk, lot_id=lot.pk, contractor_id=w.firm.organisation_id,
             kind="followed", starts_on=owed.starts_on, ends_on=owed.ends_on,
             lead_org_id=row.owner_org_id)  # fmt: skip


def test_board_filters_sorts_and_sums() -> None:
    w = filled()
    _boards(w)
    with acting(w.pilot) as pilot:
        every = board(actor=pilot, filters=BoardFilters(sort="-dues"), on=TODAY)
        difficult = board(actor=pilot, filters=BoardFilters(difficult=True), on=TODAY)
        words = board(actor=pilot, filters=BoardFilters(words="halle gros"), on=TODAY)
        buyer = board(actor=pilot, filters=BoardFilters(buyer_uid=every.buyers[0][0]), on=TODAY)
    assert [row.progress.due_firm for row in every.rows] == [1000, 833, 200, None, None]
    assert {row.contract_name for row in difficult.rows} == {"Gymnase des Acacias", "Halle Nord", "Voirie"}
    assert [row.lot for row in words.rows] == ["lot 2 · Gros œuvre"]
    assert [(sub.buyer_name, sub.total.due_firm, sub.remaining) for sub in every.subtotals] == [
        ("Habitat Ouche", Decimal(1200), Decimal(1200)), ("Lys Métropole", Decimal(833), Decimal(693)),
    ]  # fmt: skip
    assert sum(sub.remaining for sub in every.subtotals) == every.remaining
    assert {row.buyer_name for row in buyer.rows} == {"Habitat Ouche"}
    assert len(every.rows) == every.followed == 5


def _facilitator(actor: Actor) -> object:
    return day_of_facilitator(actor=actor, on=TODAY)


def _board(actor: Actor) -> object:
    return board(actor=actor, filters=BoardFilters(), on=TODAY)


def _search(actor: Actor) -> object:
    return search(actor=actor, words="a", on=TODAY)


@pytest.mark.parametrize("read", [_facilitator, _board, _search])
def test_the_number_of_queries_does_not_grow(read: Callable[[Actor], object]) -> None:
    w = filled()
    _person(w, "Nouvelle")
    counts = []
    for more in (0, 1, 2):
        for n in range(more):
            owed = commitment(w.contract, w.firm, start=date(2026, 8, 1 + more + n))
            worker(w.pilot, owed, f"Nom{more}{n}", "Ajoutée", host=w.firm)
            _person(w, f"Attente{more}{n}")
        with acting(w.pilot) as pilot, CaptureQueriesContext(connection) as captured:
            read(pilot)
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]
