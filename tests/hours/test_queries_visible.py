"""Who sees which hours: said twice, by the queries and by the policies; each alone is enough."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from clausette.commitments.operations import change_conditions
from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.queries import (
    StatementFilters,
    findings_of,
    firm_month,
    grid,
    justifications_visible_to,
    lines_visible_to,
    list_statements,
    months_to_declare,
    statement_sheet,
    statements_and_waiting,
    statements_visible_to,
    waiting_statements,
    worked_months_visible_to,
)
from clausette.kernel import scope
from clausette.kernel.beyond import listening
from clausette.kernel.errors import Absent
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import (
    OCT,
    SEPT,
    World,
    commitment,
    contract,
    made,
    party,
    uid_of,
    worked_elsewhere,
    worker,
    world,
)
from tests.hours.test_constraints_balances import document
from tests.world import body, member

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
TABLES = ("hours_statement", "hours_hoursline", "hours_workedmonth", "hours_justification")


class Seen(World):
    """The small world, filled: a validated September, October handed over, a draft of the ETTI, another contract."""


@pytest.fixture
def w() -> World:
    made = world()
    with acting(made.pilot) as pilot:
        ref = made.save(pilot, SEPT, made.entry(made.lemaire, "140"))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=None, at=AT, on=TODAY)
        validate_statement(
            actor=pilot, uid=ref.uid, version=None, justifications={"W104": "Vues."}, at=AT, on=TODAY
        )
        ref = made.save(pilot, OCT, made.entry(made.lemaire, "121.5"))
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=AT, on=TODAY)
        made.save(pilot, OCT, made.entry(made.diallo, "90"), declarant=made.uids["etti"])
    painter = member(body("Peinture Sud", "contractor"), "tim@peinture.example")
    other = contract(made.stranger, made.buyer, "École Pasteur")
    party(other, painter, "contractor")
    owed = commitment(other, painter)
    placed = worker(made.stranger, owed, "Nora", "Klein", host=painter)
    from clausette.hours.enums import StatementSource
    from clausette.hours.operations import Entry, save_statement

    with acting(made.stranger) as stranger:
        save_statement(
            actor=stranger, contract_uid=other.uid, declarant_uid=uid_of(painter), month=OCT, version=None, on=TODAY,
            entries=[Entry(placed.uid, owed.uid, Decimal(77))], source=StatementSource.GRID,
        )  # fmt: skip
    return made


@contextmanager
def nothing() -> Iterator[None]:
    yield


@contextmanager
def without_scoping() -> Iterator[None]:
    """Only the policies hold."""
    kept = scope.apply
    scope.apply = lambda queryset, condition: queryset
    try:
        yield
    finally:
        scope.apply = kept


@contextmanager
def without_policies() -> Iterator[None]:
    """Only the queries hold."""
    with as_owner(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    yield


EXPECTED = {
    # statements (month, state), hours of lines, totals, justifications
    "pilot": ({(9, "validated"), (10, "submitted"), (10, "draft")}, {"140.00", "121.50", "90.00"}, 3, 1),
    "firm": ({(9, "validated"), (10, "submitted")}, {"140.00", "121.50"}, 3, 0),
    "etti": ({(10, "draft")}, {"90.00"}, 1, 0),
    "buyer": ({(9, "validated"), (10, "submitted")}, {"140.00", "121.50"}, 0, 0),
    "stranger": ({(10, "draft")}, {"77.00"}, 1, 0),
}


@pytest.mark.parametrize("nets", [nothing, without_scoping, without_policies])
@pytest.mark.parametrize("who", EXPECTED)
def test_each_sees_its_own(w: World, who: str, nets: object) -> None:
    with nets(), acting(getattr(w, who)) as actor:  # type: ignore[operator]  # one of the three nets
        statements = {(s.month.month, s.state) for s in statements_visible_to(actor)}
        hours = {str(line.hours) for line in lines_visible_to(actor)}
        totals = worked_months_visible_to(actor).count()
        answers = justifications_visible_to(actor).count()
    assert (statements, hours, totals, answers) == EXPECTED[who]


def test_with_neither_net_all_is_seen(w: World) -> None:
    """The negative control: without it the test above would prove nothing."""
    with without_policies(), without_scoping(), acting(w.stranger) as actor:
        assert statements_visible_to(actor).count() == 4
        assert lines_visible_to(actor).count() == 4


def test_the_list_and_what_waits(w: World) -> None:
    with acting(w.pilot) as pilot:
        page = list_statements(actor=pilot, filters=StatementFilters(), on=TODAY)
        waiting = waiting_statements(actor=pilot, on=TODAY)
        one = list_statements(actor=pilot, filters=StatementFilters(month=SEPT), on=TODAY)
        for filters in (StatementFilters(), StatementFilters(month=SEPT)):
            both = statements_and_waiting(actor=pilot, filters=filters, on=TODAY)
            assert both == (list_statements(actor=pilot, filters=filters, on=TODAY), waiting)
        assert list_statements(actor=pilot, filters=StatementFilters(), on=TODAY, offset=2, size=2).total == 3
        assert list_statements(actor=pilot, filters=StatementFilters(), on=TODAY, offset=9, size=2).total == 3
        assert list_statements(actor=pilot, filters=StatementFilters(), on=TODAY, size=1).total == 3
    assert (page.total, [row.month for row in page.rows][-1], one.total) == (3, SEPT, 1)
    assert [(row.hours, row.people, row.is_clean) for row in waiting] == [(Decimal("121.50"), 1, False)]
    with acting(w.buyer) as buyer:
        assert waiting_statements(actor=buyer, on=TODAY) == ()


def test_the_sheet_keeps_names_from_those_who_may_not_know_them(w: World) -> None:
    with acting(w.pilot) as pilot:
        uid = statements_visible_to(pilot).get(month=OCT, state="submitted").uid
        named = statement_sheet(actor=pilot, uid=uid, on=TODAY)
    with acting(w.buyer) as buyer:
        blind = statement_sheet(actor=buyer, uid=uid, on=TODAY)
    assert [line.person for line in named.lines] == ["Lemaire David"]
    assert [line.person for line in blind.lines] == [""]
    assert named.lines[0].previous == Decimal(140)
    with acting(w.stranger) as stranger, pytest.raises(Absent):
        statement_sheet(actor=stranger, uid=uid, on=TODAY)


def test_the_grid_of_a_firm_holds_its_own_people(w: World) -> None:
    with acting(w.etti) as etti:
        shown = firm_month(actor=etti, contract_uid=w.contract.uid, month=OCT, on=TODAY)
    assert [line.worker.last_name for line in shown.lines] == ["Diallo"]
    with acting(w.pilot) as pilot:
        whole = grid(actor=pilot, contract_uid=w.contract.uid, months=[SEPT, OCT], on=TODAY)
    assert [(line.worker.last_name, line.declarant_name) for line in whole.lines] == [
        ("Diallo", "Intérim Plus"), ("Lemaire", "Bâti Ouche"),
    ]  # fmt: skip
    assert [cell.locked for cell in whole.lines[1].cells] == ["validé le 16\u00a0novembre 2026", ""]


def test_what_a_firm_has_still_to_declare(w: World) -> None:
    with acting(w.firm) as firm:
        left = [(one.month.month, one.contract_name) for one in months_to_declare(actor=firm, on=TODAY)]
    assert left == [(7, "Gymnase des Acacias"), (8, "Gymnase des Acacias")]
    with acting(w.etti) as etti:
        assert [(one.month.month, one.status) for one in months_to_declare(actor=etti, on=TODAY)][-1] == (
            10,
            "draft",
        )


def test_a_firm_has_nothing_to_declare_of_months_taken_over_or_before_the_follow_up(w: World) -> None:
    def left() -> list[int]:
        with acting(w.firm) as firm:
            return [one.month.month for one in months_to_declare(actor=firm, on=TODAY)]

    with acting(w.pilot) as pilot:
        change_conditions(actor=pilot, uid=w.commitment.uid, expected_from=date(2026, 8, 1))
    assert left() == [8]
    with acting(w.pilot) as pilot:
        change_conditions(actor=pilot, uid=w.commitment.uid, expected_from=None)
    made(
        "hours.OpeningBalance", contract_id=w.contract.pk, commitment_id=w.commitment.pk, as_of=date(2026, 7, 31),
        hours=100, document_id=document(w).pk, entered_by_id=w.pilot.account_id,
    )  # fmt: skip
    assert left() == [8]


def test_hours_on_a_contract_one_may_not_see_count_in_the_ceiling(w: World) -> None:
    """The database gives a number; the sentence names nobody."""
    lemaire = worked_elsewhere(w, Decimal(110))
    with acting(w.pilot) as pilot, listening() as heard:
        statement = statements_visible_to(pilot).get(month=OCT, state="submitted")
        found = findings_of(actor=pilot, statement_ids=[statement.pk], on=TODAY)[statement.pk]
    assert heard == {lemaire}  # what is told beyond the view is journalled
    told = {finding.code: finding.sentence for finding in found}
    assert told["E001"].startswith("231,5\u00a0h en octobre 2026 pour cette personne")
    assert "Ailleurs" not in " ".join(told.values())
