"""The page of the shares of a group: hours of each member, of its sub-contractors, what the others would owe."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.kernel.actor import Actor
from tests.hats import as_owner
from tests.hours.builders import OCT, SEPT, World, made, party, worker, world
from tests.web.contracts_world import MARK, Browser
from tests.world import body, demonstration, member

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]


class Group(World):
    """The small world with a cotraitant, a sub-contractor of the cotraitant, and shares."""

    second: Actor
    third: Actor


@pytest.fixture
def group() -> Group:
    demonstration()
    small: Any = world()
    small.__class__ = Group
    small.second = member(body("Toitures Morel", "contractor"), "luc@morel.example")
    small.third = member(body("Peinture Noël", "contractor"), "eve@noel.example")
    _head(party(small.contract, small.second, "group_member"), small.firm)
    _head(party(small.contract, small.third, "subcontractor"), small.second)
    made(
        "procurement.Award", contract_id=small.contract.pk, contractor_id=small.firm.organisation_id,
        group_kind="several",
    )  # fmt: skip
    for who, share in ((small.firm, "0.6"), (small.second, "0.4")):
        made(
            "commitments.GroupShare", commitment_id=small.commitment.pk, contract_id=small.contract.pk,
            organisation_id=who.organisation_id, share=Decimal(share), starts_on=date(2026, 7, 1),
        )  # fmt: skip
    found: Group = small
    return found


def _head(row: Any, head: Actor) -> None:
    with as_owner():
        type(row).objects.filter(pk=row.pk).update(head_id=head.organisation_id)


def _hours(group: Group, name: str, host: Actor, hours: str, month: date = OCT, state: str = "validated") -> None:
    placed = worker(group.pilot, group.commitment, "Jo", name, host=host)
    model = apps.get_model("hours.Statement")
    with as_owner():
        held = model.objects.filter(contract_id=group.contract.pk, month=month).first()
    statement = held or made(
        "hours.Statement", contract_id=group.contract.pk, declarant_id=group.firm.organisation_id, month=month,
        source="grid",
    )  # fmt: skip
    worked = made(
        "hours.WorkedMonth", placement_id=placed.pk, employer_id=placed.employer_id, owner_org_id=placed.owner_org_id,
        month=month, hours=Decimal(hours),
    )  # fmt: skip
    made(
        "hours.HoursLine", statement_id=statement.pk, contract_id=group.contract.pk, commitment_id=group.commitment.pk,
        worked_month_id=worked.pk, placement_id=placed.pk, declarant_id=group.firm.organisation_id, month=month,
        hours=Decimal(hours), state=state, worked_contract_id=group.contract.pk,
        reporting_org_id=group.pilot.organisation_id,
    )  # fmt: skip


def _cells(text: str) -> str:
    return " ".join(text.split())


def test_hours_are_those_of_the_host_and_a_sub_contractor_works_for_its_member(group: Group) -> None:
    _hours(group, "Un", group.firm, "100")
    _hours(group, "Deux", group.second, "50", SEPT)
    _hours(group, "Trois", group.third, "33.2")
    _hours(group, "Quatre", group.firm, "155.5", state="declared")  # not counted yet
    page = Browser(group.pilot).get(f"engagements/{group.commitment.uid}/groupement/")
    assert page.status == 200
    told = _cells(page.text)
    # 833 h due: 499,8 h and 333,2 h; 100 h and 83,2 h done
    for shown in ("499,8 h", "333,2 h", "100 h", "83,2 h", "399,8 h", "250 h", "183,2 h"):
        assert shown in told
    assert "Toitures Morel : 399,8 h" in told
    assert "Bâti Ouche : 250 h" in told
    assert "Groupement solidaire" in told
    assert "155,5" not in told


def test_in_a_groupement_conjoint_nobody_owes_for_another(group: Group) -> None:
    with as_owner():
        apps.get_model("procurement.Award").objects.update(group_kind="joint")
    told = _cells(Browser(group.pilot).get(f"engagements/{group.commitment.uid}/groupement/").text)
    assert "chaque entreprise répond de sa part" in told
    assert "Si elle s'arrête" not in told


def test_hours_of_a_firm_that_works_for_nobody_of_the_group_are_told_apart(group: Group) -> None:
    _hours(group, "Un", group.etti, "12")
    told = _cells(Browser(group.pilot).get(f"engagements/{group.commitment.uid}/groupement/").text)
    assert "Hors du groupement, ou entreprise inconnue" in told


def test_what_is_refused_keeps_what_was_typed_beside_the_table(group: Group) -> None:
    path = f"engagements/{group.commitment.uid}/groupement/"
    bad = Browser(group.pilot).post(path, on="2026-11-01", share0="70", share1="40")
    assert (bad.status, 'value="70"' in bad.text, "Parts et heures du groupement" in bad.text) == (400, True, True)


def test_as_many_queries_whatever_the_number_of_people(group: Group) -> None:
    path, pilot, counts = f"engagements/{group.commitment.uid}/groupement/", Browser(group.pilot), []
    for name in ("Un", "Deux"):
        _hours(group, name, group.firm, "10")
        with CaptureQueriesContext(connection) as asked:
            pilot.get(path)
        counts.append(len(asked))
    assert counts[1] <= counts[0] <= 26
