"""The page of a year: by structure and contract, each hour once, and the lines behind each figure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.hours.enums import LineState
from clausette.hours.models import HoursLine, OpeningBalance, OpeningBalanceYear, Statement, WorkedMonth
from clausette.hours.operations import correct_line, globalise
from clausette.hours.queries import LineFilters, hours_of_year, lines_behind, year_table
from clausette.kernel.actor import Actor
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, commitment, contract, made, party
from tests.hours.test_constraints_balances import document
from tests.hours.test_operations_reporting import decide, w

__all__ = ["w"]
pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def pilot(w: World) -> Iterator[Actor]:
    with acting(w.pilot) as actor:
        yield actor


def rows(
    actor: Actor, year: int = 2026, as_of: date = TODAY
) -> list[tuple[str, str, Decimal, Decimal, Decimal]]:
    return [
        (row.structure_name, row.contract_name, row.named, row.catch_up, row.opening)
        for row in year_table(actor=actor, year=year, as_of=as_of)
    ]  # fmt: skip


PLIE, OUCHE = "PLIE du Lys", "Maison de l'emploi d'Ouche"


def test_by_structure_and_contract_the_rows_make_the_year(w: World, pilot: Actor) -> None:
    assert rows(pilot) == [(PLIE, "Gymnase des Acacias", D(180), D(0), D(0))]
    decide(w, pilot, w.stranger)
    assert rows(pilot) == [
        (OUCHE, "Gymnase des Acacias", D(80), D(0), D(0)), (PLIE, "Gymnase des Acacias", D(100), D(0), D(0)),
    ]  # fmt: skip
    whole = hours_of_year(actor=pilot, year=2026, as_of=TODAY)
    assert sum(row.total for row in year_table(actor=pilot, year=2026, as_of=TODAY)) == whole.worked


def test_hours_credited_elsewhere_stay_where_they_were_worked(w: World, pilot: Actor) -> None:
    row = contract(w.pilot, w.buyer, "École Pasteur")
    party(row, w.firm, "contractor")
    there = commitment(row, w.firm, hours=300)
    act = made(
        "commitments.CommitmentAct", owner_org_id=w.pilot.organisation_id, kind="globalisation",
        from_commitment_id=w.commitment.pk, from_contract_id=w.contract.pk, to_commitment_id=there.pk,
        to_contract_id=there.contract_id, ceiling=D(150), starts_on=SEPT, signed_on=SEPT, document_id=document(w).pk,
        reason="Accord des deux maîtres d'ouvrage",
    )  # fmt: skip
    globalise(actor=pilot, act_uid=act.uid, hours=D(120), at=noon(TODAY), on=TODAY)
    assert rows(pilot) == [(PLIE, "Gymnase des Acacias", D(180), D(0), D(0))]


def test_rattrapages_and_balances_are_told_apart(w: World, pilot: Actor) -> None:
    """September 2025 validated in November 2026 is a rattrapage of 2026; a balance counts in the year it details."""
    with as_owner():
        held = HoursLine.objects.get(month=SEPT)
        month = date(2025, 9, 1)
        for name, model in (("worked_month_id", WorkedMonth), ("statement_id", Statement)):
            row: Any = model.objects.get(pk=getattr(held, name))
            row.pk, row.uid, row._state.adding, row.month = None, held.uid, True, month
            row.save()
            setattr(held, name, row.pk)
        row = held
        row.pk, row._state.adding, row.month, held.hours = None, True, month, D(30)
        held.uid = w.contract.uid
        held.save()
        balance = OpeningBalance.objects.create(
            contract_id=w.contract.pk, commitment_id=w.commitment.pk, as_of=date(2026, 6, 30), hours=D(500),
            document_id=document(w).pk, entered_by_id=w.pilot.account_id,
        )  # fmt: skip
        OpeningBalanceYear.objects.create(
            balance=balance, contract_id=w.contract.pk, commitment_id=w.commitment.pk, year=2026, hours=D(200)
        )
    assert rows(pilot) == [(PLIE, "Gymnase des Acacias", D(180), D(30), D(200))]
    assert rows(pilot, 2025) == []
    whole = hours_of_year(actor=pilot, year=2026, as_of=TODAY)
    assert (whole.worked, whole.catch_up, whole.opening) == (D(180), D(30), D(200))


def test_each_figure_opens_on_its_lines(w: World, pilot: Actor) -> None:
    decide(w, pilot, w.stranger)
    for row in year_table(actor=pilot, year=2026, as_of=TODAY):
        filters = LineFilters(
            year=2026, as_of=TODAY, state=LineState.VALIDATED, structure_uid=row.structure_uid,
            worked_uid=row.contract_uid,
        )  # fmt: skip
        assert lines_behind(actor=pilot, filters=filters, with_names=True).total == row.total
    assert lines_behind(actor=pilot, filters=LineFilters(year=2025), with_names=True).total == 0


def test_a_correction_after_the_year_is_closed_leaves_its_figures(w: World, pilot: Actor) -> None:
    """October 2026 brought from 80 h to 85 h on 5 March 2027: five hours are a rattrapage of 2027."""
    with as_owner():
        line = HoursLine.objects.get(month=OCT)
    late = date(2027, 3, 5)
    correct_line(
        actor=pilot, line_uid=line.uid, new_hours=D(85), reason="Feuille relue", at=noon(late), on=late
    )
    assert rows(pilot, 2026, late) == [(PLIE, "Gymnase des Acacias", D(180), D(0), D(0))]
    assert rows(pilot, 2027, late) == [(PLIE, "Gymnase des Acacias", D(0), D(5), D(0))]
