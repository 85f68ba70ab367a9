"""On a shared contract each hour is reported by one structure, whatever is decided and when."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from clausette.hours.enums import StatementSource
from clausette.hours.models import CollectiveHours, HoursLine, ReportingChange
from clausette.hours.operations import (
    change_reporting,
    correct_line,
    globalise,
    save_collective,
    submit_statement,
    validate_statement,
)
from clausette.hours.queries import YearScope, hours_of_year, reporting_sheet
from clausette.journal.models import Event
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, NotAllowed
from clausette.kernel.integrity import violated_constraint
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import NOV, OCT, SEPT, World, commitment, contract, made, party, uid_of, world
from tests.hours.test_constraints_balances import document

pytestmark = pytest.mark.django_db
D = Decimal
AT = noon(TODAY)


@pytest.fixture
def w() -> World:
    """The contract is shared with the Maison de l'emploi d'Ouche; September 100 h and October 80 h are validated."""
    w = world()
    party(w.contract, w.stranger, "copilot")
    with acting(w.pilot) as pilot:
        for month, hours in ((SEPT, "100"), (OCT, "80")):
            ref = w.save(pilot, month, w.entry(w.lemaire, hours))
            submit_statement(actor=pilot, uid=ref.uid, version=None, at=AT, on=TODAY)
            validate_statement(
                actor=pilot, uid=ref.uid, version=None, justifications={"W104": "Vues."}, at=AT, on=TODAY
            )
    return w


@pytest.fixture
def pilot(w: World) -> Iterator[Actor]:
    with acting(w.pilot) as actor:
        yield actor


def decide(
    w: World, actor: Actor, who: Actor, month: date = OCT, reason: str = "Accord du 2 novembre"
) -> None:
    change_reporting(
        actor=actor, commitment_uid=w.commitment.uid, structure_uid=uid_of(who), from_month=month,
        reason=reason, on=TODAY,
    )  # fmt: skip


def year(w: World, actor: Actor) -> tuple[Decimal, Decimal, Decimal]:
    """Hours of the year of the référente, of the other structure, and of all: what each puts in its figures."""
    scopes = (YearScope(w.pilot.organisation_id), YearScope(w.stranger.organisation_id), None)
    one, other, both = (
        hours_of_year(actor=actor, year=2026, as_of=TODAY, scope=scope).worked for scope in scopes
    )
    return one, other, both


def test_no_hour_is_counted_twice_nor_lost(w: World, pilot: Actor) -> None:
    assert year(w, pilot) == (D(180), D(0), D(180))
    decide(w, pilot, w.stranger)
    assert year(w, pilot) == (D(100), D(80), D(180))
    with acting(w.stranger) as other:  # the same figures, whoever looks
        assert year(w, other) == (D(100), D(80), D(180))
    decide(w, pilot, w.pilot)
    assert year(w, pilot) == (D(180), D(0), D(180))
    decide(w, pilot, w.stranger, date(2026, 1, 1))
    assert year(w, pilot) == (D(0), D(180), D(180))


def test_what_is_typed_or_corrected_later_follows_the_month(w: World, pilot: Actor) -> None:
    decide(w, pilot, w.stranger)
    w.save(pilot, NOV, w.entry(w.lemaire, "50"))
    with as_owner():
        lines = {line.month: line for line in HoursLine.objects.all()}
    for month, hours in ((SEPT, 90), (OCT, 85)):
        correct_line(
            actor=pilot,
            line_uid=lines[month].uid,
            new_hours=D(hours),
            reason="Feuille relue",
            at=AT,
            on=TODAY,
        )
    with as_owner():
        rows = HoursLine.objects.order_by("month", "id").values_list("month", "hours", "reporting_org_id")
        found = [(month, hours, who == w.pilot.organisation_id) for month, hours, who in rows]
    assert found == [
        (SEPT, D(100), True), (SEPT, D(-10), True), (OCT, D(80), False), (OCT, D(5), False), (NOV, D(50), False),
    ]  # fmt: skip


def test_the_latest_decision_rules_and_all_are_kept(w: World, pilot: Actor) -> None:
    decide(w, pilot, w.stranger, NOV)
    decide(w, pilot, w.pilot, SEPT)
    sheet = reporting_sheet(actor=pilot, commitment_uid=w.commitment.uid, on=TODAY)
    assert [sheet.reports(month) for month in (SEPT, OCT, NOV)] == [w.pilot.organisation_id] * 3
    assert [(c.reporter.name, c.from_month) for c in sheet.changes] == [
        ("PLIE du Lys", SEPT), ("Maison de l'emploi d'Ouche", NOV),
    ]  # fmt: skip
    with as_owner():
        events = Event.objects.filter(verb="hours.reporting.changed")
        assert [(e.contract_id, e.reason) for e in events] == [(w.contract.pk, "Accord du 2 novembre")] * 2


@pytest.mark.parametrize(
    ("month", "reason", "field", "sentence"),
    [
        (
            date(2025, 12, 1),
            "Accord signé",
            "from_month",
            "Les années closes gardent leur structure déclarante",
        ),
        (date(2026, 10, 2), "Accord signé", "from_month", "Un mois est noté par son premier jour."),
        (date(2027, 7, 1), "Accord signé", "from_month", "L'engagement prend fin en juin"),
        (OCT, "non", "reason", "Dites pourquoi"),
    ],
)
def test_refused_at_its_field(
    w: World, pilot: Actor, month: date, reason: str, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        decide(w, pilot, w.stranger, month, reason=reason)
    assert sentence in refused.value.errors[field]
    assert year(w, pilot) == (D(180), D(0), D(180))


def test_only_the_lead_decides_and_only_of_structures_in_charge(w: World, pilot: Actor) -> None:
    with pytest.raises(Invalid, match="déclare déjà ces heures"):
        decide(w, pilot, w.pilot)
    with pytest.raises(Invalid, match="en charge du marché"):
        decide(w, pilot, w.firm)
    for who in (w.stranger, w.firm, w.etti):
        with acting(who) as actor, pytest.raises(NotAllowed, match="La structure référente"):
            decide(w, actor, w.stranger)
    with as_owner():
        assert not ReportingChange.objects.exists()


def test_alone_on_its_contract_a_structure_has_nothing_to_decide() -> None:
    w = world()
    with acting(w.pilot) as pilot, pytest.raises(NotAllowed, match="partagé avec aucune autre"):
        decide(w, pilot, w.pilot)


def test_the_database_asks_for_a_decision(w: World, pilot: Actor) -> None:
    other = w.stranger.organisation_id
    with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
        HoursLine.objects.filter(month=OCT).update(reporting_org_id=other)
    assert violated_constraint(caught.value) == "hours_reporting_decided"
    decide(w, pilot, w.stranger)
    with pytest.raises(IntegrityError) as caught, as_owner(), transaction.atomic():
        HoursLine.objects.filter(month=OCT).update(hours=D(79))
    assert violated_constraint(caught.value) == "hours_line_validated_stays"
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        made(
            "hours.ReportingChange", contract_id=w.contract.pk, commitment_id=w.commitment.pk, from_month=OCT,
            reporting_org_id=w.firm.organisation_id, reason="Erreur", decided_on=TODAY, decided_by_id=pilot.account_id,
        )  # fmt: skip
    assert violated_constraint(caught.value) == "hours_reporting_in_charge"


def test_hours_credited_elsewhere_are_reported_where_they_were_worked(w: World, pilot: Actor) -> None:
    row = contract(w.pilot, w.buyer, "École Pasteur")
    party(row, w.firm, "contractor")
    party(row, w.stranger, "copilot")
    there = commitment(row, w.firm, hours=300)
    act = made(
        "commitments.CommitmentAct", owner_org_id=w.pilot.organisation_id, kind="globalisation",
        from_commitment_id=w.commitment.pk, from_contract_id=w.contract.pk, to_commitment_id=there.pk,
        to_contract_id=there.contract_id, ceiling=D(150), starts_on=SEPT, signed_on=SEPT, document_id=document(w).pk,
        reason="Accord des deux maîtres d'ouvrage",
    )  # fmt: skip
    globalise(actor=pilot, act_uid=act.uid, hours=D(120), at=noon(TODAY), on=TODAY)
    change_reporting(
        actor=pilot, commitment_uid=there.uid, structure_uid=uid_of(w.stranger), from_month=SEPT,
        reason="Accord du 2 novembre", on=TODAY,
    )  # fmt: skip
    assert year(w, pilot) == (D(180), D(0), D(180))
    decide(w, pilot, w.stranger)
    assert year(w, pilot) == (D(100), D(80), D(180))


def test_hours_without_names_follow_the_lead_structure_then_the_decision(w: World, pilot: Actor) -> None:
    with as_owner():
        type(w.commitment).objects.filter(pk=w.commitment.pk).update(lead_org_id=w.stranger.organisation_id)
        paper = document(w)
    save_collective(
        actor=pilot, commitment_uid=w.commitment.uid, declarant_uid=w.uids["etti"], month=OCT, hours=D(60), people=2,
        document_uid=paper.uid, source=StatementSource.GRID, on=TODAY,
    )  # fmt: skip
    with as_owner():
        assert CollectiveHours.objects.get().reporting_org_id == w.stranger.organisation_id
    decide(w, pilot, w.pilot)
    with as_owner():
        assert CollectiveHours.objects.get().reporting_org_id == w.pilot.organisation_id
