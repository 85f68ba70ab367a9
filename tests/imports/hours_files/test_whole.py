"""2,001 lines with a fault in the middle: no line lost, none written twice, all or nothing, the same totals again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import Count, Sum
from django.test.utils import CaptureQueriesContext

from clausette.hours.models import HoursLine, Statement, WorkedMonth
from clausette.imports.errors import Stale
from clausette.imports.operations.hours_files import (
    apply_hours_file,
    read_hours_file,
    take_in_hours_file,
    undo_hours_file,
)
from clausette.journal.models import Event
from clausette.journal.queries import check_journal
from clausette.kernel.actor import Actor
from clausette.kernel.errors import WrongState
from clausette.reports.queries.recomputed import told_of_contract
from clausette.reports.recomputing.replay import replay
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, made, worker, world
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.kept import Kept, kept

pytestmark = pytest.mark.django_db
MONTHS = tuple(date(2026, month, 1) for month in (7, 8, 9, 10, 11))
LINES, FAULT = 2001, 1000


@pytest.fixture
def small() -> World:
    return world()


def crew(small: World, count: int) -> list[tuple[str, str]]:
    """People of the ETTI on the engagement, by family name: written together, by the owner."""
    start, end = MONTHS[0], date(2027, 6, 30)
    owner, employer = small.pilot.organisation_id, small.etti.organisation_id
    names = [(f"Nom{chr(65 + n // 26 % 26)}{chr(97 + n % 26)}{'z' * (n // 676)}", "Ana") for n in range(count)]

    def rows(model: str, values: list[dict[str, Any]]) -> list[Any]:
        kind: Any = apps.get_model(model)
        return list(kind.objects.bulk_create([kind(**one) for one in values]))

    with as_owner():
        people = rows("participants.Participant", [
            {"owner_org_id": owner, "first_name": first, "last_name": last, "birth_date": date(1990, 5, 4),
             "sort_key": f"{last} {first}".lower()} for last, first in names
        ])  # fmt: skip
        rows("participants.EligibilityCheck", [
            {"participant_id": one.pk, "owner_org_id": owner, "state": "eligible", "asked_on": start,
             "decided_on": start, "hire_before": date(2027, 7, 1), "decided_by_id": small.pilot.account_id}
            for one in people
        ])  # fmt: skip
        placed = rows("placements.Placement", [
            {"owner_org_id": owner, "participant_id": one.pk, "employer_id": employer, "modality": "direct",
             "work_contract": "cdd", "job": "maçon", "starts_on": start, "ends_on": end, "weekly_hours": Decimal(35)}
            for one in people
        ])  # fmt: skip
        rows("placements.Allocation", [
            {"placement_id": one.pk, "employer_id": employer, "host_company_id": small.firm.organisation_id,
             "contract_id": small.contract.pk, "commitment_id": small.commitment.pk, "owner_org_id": owner,
             "starts_on": start, "ends_on": end} for one in placed
        ])  # fmt: skip
    return names


def payroll(names: list[tuple[str, str]], lines: int, fault: int | None = None) -> bytes:
    """So many lines, month after month; the line `fault` (from 0) has hours that nobody can read."""
    told = [
        row(last, first, 10 + (n % 90) / 2, month=f"{month:%m/%Y}")
        for month in MONTHS for n, (last, first) in enumerate(names)
    ]  # fmt: skip
    if fault is not None:
        told[fault] = (*told[fault][:-1], "12h75")
    return book(*told[:lines])


def read(who: Actor, data: bytes) -> UUID:
    """Take a file in and read it, as the worker does when it is long."""
    with acting(who) as actor:
        uid = take_in_hours_file(actor=actor, name="paie.xlsx", data=data, on=TODAY)
        return read_hours_file(actor=actor, batch_uid=uid, on=TODAY)


def apply(who: Actor, uid: UUID) -> Any:
    with acting(who) as actor:
        return apply_hours_file(actor=actor, batch_uid=uid, submit=True, at=noon(TODAY), on=TODAY)


def written() -> list[Kept]:
    """The lines that the files imported wrote."""
    return kept(["new", "changed", "correction"], batch__state="applied")


def undo(who: Actor, uid: UUID) -> int:
    with acting(who) as actor:
        return undo_hours_file(actor=actor, batch_uid=uid, at=noon(TODAY))


def totals() -> dict[str, Any]:
    """What the tables hold: how many, how many hours, nothing twice."""
    with as_owner():
        twice = HoursLine.objects.values("placement_id", "commitment_id", "month", "kind").annotate(n=Count("id"))
        return {
            "lines": HoursLine.objects.count(),
            "hours": HoursLine.objects.aggregate(total=Sum("hours"))["total"],
            "worked": WorkedMonth.objects.aggregate(total=Sum("hours"))["total"],
            "twice": twice.filter(n__gt=1).count(),
            "statements": sorted(Statement.objects.values_list("month", "state", "version")),
            "written": len(written()),
        }


NOTHING: dict[str, Any] = {"lines": 0, "hours": None, "worked": None, "twice": 0, "statements": [], "written": 0}


def whole(lines: int, hours: Decimal) -> dict[str, Any]:
    """What they hold once the file is written."""
    return {
        "lines": lines, "hours": hours, "worked": hours, "twice": 0, "written": lines,
        "statements": [(month, "submitted", 1) for month in MONTHS],
    }  # fmt: skip


@contextmanager
def struck(after: int) -> Iterator[None]:
    """The database fails in the middle of the lines, as a full disk would."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"""CREATE FUNCTION public.strike() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF NEW.placement_id % {after} = 0 THEN RAISE EXCEPTION 'struck' USING ERRCODE = '53100'; END IF;
          RETURN NEW; END $$;
          CREATE TRIGGER strike BEFORE INSERT ON hours_hoursline FOR EACH ROW EXECUTE FUNCTION public.strike()""")
    yield
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER strike ON hours_hoursline; DROP FUNCTION public.strike()")


def test_two_thousand_and_one_lines_and_a_fault_in_the_middle(small: World) -> None:
    names = crew(small, 401)
    uid = read(small.etti, payroll(names, LINES, FAULT))
    given = [one.hours or Decimal(0) for one in kept(["new"])]
    assert (len(given), [one.line for one in kept(["refused"])]) == (LINES - 1, [FAULT + 2])
    with struck(200), pytest.raises(DatabaseError, match="struck"):
        apply(small.etti, uid)
    assert totals() == NOTHING
    with CaptureQueriesContext(connection) as seen:
        done = apply(small.etti, uid)
    assert (done.written, done.refused, done.statements) == (LINES - 1, 0, 5)
    assert len(seen) < 60, "as many queries as for one line"
    assert totals() == whole(LINES - 1, sum(given, Decimal(0)))
    _told(small)
    with CaptureQueriesContext(connection) as seen:
        undo(small.etti, uid)
    assert len(seen) < 40, "as many queries as for one line"
    assert totals() == NOTHING | {
        "worked": 0, "statements": [(month, "returned", 2) for month in MONTHS],
    }  # fmt: skip
    with as_owner():
        rows = replay(told_of_contract(small.contract.pk, noon(date(2100, 1, 1))))
        assert (rows.broken, rows.of("hours.hoursline")) == ([], [])


def _told(small: World) -> None:
    """The journal: one event a statement, which tells its lines; the hash of each in that of the batch."""
    with as_owner():
        batch = Event.objects.get(verb="imports.hoursfile.applied")
        assert batch.after["hashes"] == [one.digest for one in written()]
        told = Event.objects.filter(verb="hours.statements.filled")
        assert [one.subject_type for one in told] == ["hours.statement"] * 5
        assert "HoursLine" not in str(check_journal().rows_without_event)
        rows = replay(told_of_contract(small.contract.pk, noon(date(2100, 1, 1))))
        assert not rows.broken
        names = ("placement", "commitment", "statement", "contract", "declarant", "worked_month", "state", "kind")
        found = {
            (row["uid"], Decimal(row["hours"]), row["month"], *(row[name] for name in names))
            for row in rows.of("hours.hoursline")
        }
        kept = HoursLine.objects.values_list("uid", "hours", "month", *names)
        assert found == {(str(uid), hours, str(month), *rest) for uid, hours, month, *rest in kept}


def test_a_line_typed_since_the_reading_stops_the_whole_file(small: World) -> None:
    names = crew(small, 3)
    uid = read(small.etti, payroll(names, 3))
    other = worker(small.pilot, small.commitment, "Léa", "Ancel", host=small.firm, employer=small.etti)
    assert apply(small.etti, uid).written == 3, "somebody more at work changes no line of this file"
    again = read(small.etti, payroll(names, 6))
    with acting(small.etti) as actor:
        small.save(actor, MONTHS[1], small.entry(other, "20"), declarant=small.uids["etti"])
    assert apply(small.etti, again).written == 3, "another line of the same statement changes none of this file"
    last = read(small.etti, payroll(names, 9))
    with as_owner():
        held = apps.get_model("placements.Placement").objects.get(participant__last_name=names[1][0])
    with acting(small.etti) as actor:
        small.save(actor, MONTHS[2], small.entry(held, "20"), declarant=small.uids["etti"])
    with pytest.raises(Stale):
        apply(small.etti, last)
    assert totals()["lines"] == 8


def test_nothing_is_undone_when_one_line_changed_since_and_its_month_is_told(small: World) -> None:
    names = crew(small, 3)
    uid = read(small.etti, payroll(names, 6))
    apply(small.etti, uid)
    before = totals()
    with as_owner():
        held = HoursLine.objects.filter(month=MONTHS[1]).order_by("id").first()
        assert held is not None
        HoursLine.objects.filter(pk=held.pk).update(hours=held.hours - 1)
    with pytest.raises(WrongState, match=r"août 2026 : .*a été modifié depuis"):
        undo(small.etti, uid)
    assert totals() == before | {"hours": before["hours"] - 1}
    with as_owner():
        HoursLine.objects.filter(pk=held.pk).update(hours=held.hours)
    assert undo(small.etti, uid) == 2
    assert (totals()["lines"], totals()["worked"]) == (0, 0)


def test_a_total_stated_since_the_reading_refuses_the_lines_beyond_it_and_no_other(small: World) -> None:
    names = crew(small, 3)
    uid = read(small.etti, payroll(names, 3))
    with as_owner():
        held = apps.get_model("placements.Placement").objects.get(participant__last_name=names[1][0])
    made(
        "hours.WorkedMonth", placement_id=held.pk, employer_id=small.etti.organisation_id, month=MONTHS[0],
        owner_org_id=small.pilot.organisation_id, hours=Decimal(3), is_stated=True,
    )  # fmt: skip
    done = apply(small.etti, uid)
    assert (done.written, done.refused) == (2, 1)
    (left,) = kept(["refused"])
    assert (left.line, left.stops) == (3, True)
    assert (left.findings[-1].code, left.findings[-1].column) == ("E223", "F")
    assert "total déclaré du mois est de 3" in left.findings[-1].sentence
    assert [one.line for one in kept()] == [2, 3, 4]
    with as_owner():
        assert WorkedMonth.objects.get(is_stated=True).hours == 3
