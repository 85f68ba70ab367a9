"""Many rows in one statement: the same rows, refusals and events as one by one."""

from typing import Any
from uuid import RFC_4122, UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clausette.imports.models import ColumnMapping
from clausette.journal.models import Event
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import (
    KEYED,
    insert,
    insert_keyed,
    insert_missing,
    numbers,
    pour,
    pour_parts,
    uids,
    update,
)
from clausette.kernel.operation import StrayWrite, created, operation, writing
from tests.hats import acting, as_owner
from tests.world import two_structures

pytestmark = pytest.mark.django_db


def mapping(actor: Actor, number: int, **values: object) -> ColumnMapping:
    """A row with texts, a closed list, JSON, a foreign key."""
    said: dict[str, object] = {
        "owner_org_id": actor.organisation_id, "structure": f"{number:064d}", "sheet": "hours",
        "sender": f"« l'ordre » \\ {number} — %s", "columns": {"0": "month", "é": [1, None, "x"]},
    }  # fmt: skip
    return ColumnMapping(**(said | values))


@operation("tests.mapping.kept")
def keep(*, actor: Actor, rows: list[ColumnMapping]) -> None:
    """Insert rows and announce each."""
    for row in insert(rows):
        created(row)


def test_rows_are_written_as_they_are_and_each_has_its_event() -> None:
    with acting(two_structures().first) as actor:
        rows = [mapping(actor, number) for number in range(3)]
        with CaptureQueriesContext(connection) as seen:
            keep(actor=actor, rows=rows)
        inserts = [one["sql"] for one in seen.captured_queries if one["sql"].startswith("INSERT")]
        assert len(inserts) == 2  # the rows, their events
        assert ColumnMapping.objects.count() == 3
        for row in rows:
            kept = ColumnMapping.objects.get(pk=row.pk)
            for field in ColumnMapping._meta.concrete_fields:
                assert getattr(kept, field.attname) == getattr(row, field.attname), field.name
    with as_owner():
        told = Event.objects.filter(verb="tests.mapping.kept")
        assert {event.subject_uid for event in told} == {row.uid for row in rows}
        assert all(event.after["structure"] for event in told)


def test_many_events_are_written_a_part_after_the_other_each_once() -> None:
    with acting(two_structures().first) as actor:
        rows = [mapping(actor, number) for number in range(2 * KEYED + 1)]
        with CaptureQueriesContext(connection) as seen:
            keep(actor=actor, rows=rows)
        assert len([one for one in seen.captured_queries if 'INTO "journal_event"' in one["sql"]]) == 3
    with as_owner():
        told = Event.objects.filter(verb="tests.mapping.kept").values_list("subject_uid", flat=True)
        assert sorted(map(str, told)) == sorted(str(row.uid) for row in rows)


@pytest.mark.parametrize("wrong", [1, KEYED, 2 * KEYED])
def test_a_row_refused_among_many_leaves_none_of_them(wrong: int) -> None:
    with acting(two_structures().first) as actor:
        rows = [mapping(actor, number, id=1000 + number) for number in range(2 * KEYED + 1)]
        rows[wrong].structure, rows[wrong].sender = rows[0].structure, rows[0].sender
        with pytest.raises(IntegrityError, match="imports_mapping_once"), transaction.atomic(), writing("tests.bulk"):
            insert_keyed(iter(rows))
        assert not ColumnMapping.objects.exists()  # and the connection answers


@operation("tests.mapping.completed")
def complete(*, actor: Actor, rows: list[ColumnMapping]) -> list[ColumnMapping]:
    """Insert those that are not there."""
    made = insert_missing(rows)
    for row in made:
        created(row)
    return made


def test_rows_that_are_there_already_are_left_as_they_are() -> None:
    with acting(two_structures().first) as actor:
        keep(actor=actor, rows=[mapping(actor, 1, columns={"0": "avant"})])
        rows = [mapping(actor, number, columns={"0": "après"}) for number in (1, 2)]
        assert complete(actor=actor, rows=rows) == rows[1:]
        found = {row.pk: row.columns["0"] for row in ColumnMapping.objects.all()}
        assert sorted(found.values()) == ["après", "avant"]
        assert found[rows[1].pk] == "après"


def test_nothing_to_insert_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert insert([]) == []
    assert seen.captured_queries == []


def raw(rows: list[ColumnMapping]) -> None:
    """Insert without the sentence of an operation."""
    with transaction.atomic(), writing("tests.bulk"):
        insert(rows)


def test_constraints_and_policies_hold() -> None:
    pair = two_structures()
    with acting(pair.first) as actor:
        with pytest.raises(IntegrityError, match="imports_mapping_once"):
            raw([mapping(actor, 1), mapping(actor, 1)])
        with pytest.raises(ProgrammingError, match="row-level security"):
            raw([mapping(actor, 2, owner_org_id=pair.second.organisation_id)])
        with pytest.raises(DataError):
            raw([mapping(actor, 3, sender="x" * 121)])
        assert not ColumnMapping.objects.exists()


def test_only_inside_an_operation() -> None:
    with acting(two_structures().first) as actor, pytest.raises(StrayWrite):
        insert([mapping(actor, 1)])


def test_a_default_of_the_database_is_not_given_a_value() -> None:
    with acting(two_structures().first) as actor, pytest.raises(ImproperlyConfigured):
        raw([mapping(actor, 1, created_at=clock.now())])


def test_columns_poured_are_the_same_rows_with_the_numbers_reserved_for_them() -> None:
    pair = two_structures()
    with acting(pair.first) as actor:
        cells: list[dict[str, Any]] = [
            {"structure": f"{n:064d}", "sender": f"« {n} — %s", "columns": {"é": [1, None]}} for n in range(3)
        ]
        with as_owner():
            reserved = numbers(ColumnMapping, 3)
        made = uids(3)
        columns: dict[str, list[Any]] = {"id": reserved, "uid": made, **_columns(cells)}
        with transaction.atomic(), writing("tests.bulk"):
            pour(ColumnMapping, columns, owner_org_id=actor.organisation_id, sheet="hours")
        for number, uid, one in zip(reserved, made, cells, strict=True):
            kept = ColumnMapping.objects.get(pk=number)
            said = (str(kept.uid), kept.structure, kept.sender, kept.columns, kept.sheet)
            assert said == (uid, *one.values(), "hours")
        other = _columns([cells[0]])
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), writing("tests.bulk"):
            pour(ColumnMapping, other, owner_org_id=pair.second.organisation_id, sheet="x")


def test_identifiers_made_together_are_random_ones_and_all_different() -> None:
    made = uids(1000)
    assert len(set(made)) == 1000
    assert all((UUID(one).version, UUID(one).variant, str(UUID(one))) == (4, RFC_4122, one) for one in made)


def test_parts_are_one_set_of_rows_each_made_while_the_one_before_is_written() -> None:
    with acting(two_structures().first) as actor:
        cells = [[_cell(part, row) for row in range(2)] for part in range(3)]
        with CaptureQueriesContext(connection) as seen, transaction.atomic(), writing("tests.bulk"):
            pour_parts(
                ColumnMapping, (_columns(part) for part in cells), owner_org_id=actor.organisation_id, sheet="hours"
            )
        assert len([one for one in seen.captured_queries if one["sql"].startswith("INSERT")]) == 3
        for one in [one for part in cells for one in part]:
            assert ColumnMapping.objects.get(uid=one["uid"]).structure == one["structure"]


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_a_part_refused_leaves_none_of_them(wrong: int) -> None:
    with acting(two_structures().first) as actor:
        cells = [[_cell(part, row) for row in range(2)] for part in range(3)]
        cells[wrong][1]["structure"] = cells[wrong][0]["structure"]
        with pytest.raises(IntegrityError, match="imports_mapping_once"), transaction.atomic(), writing("tests.bulk"):
            pour_parts(
                ColumnMapping, (_columns(part) for part in cells), owner_org_id=actor.organisation_id, sheet="hours"
            )
        assert not ColumnMapping.objects.exists()  # and the connection answers


def test_rows_poured_without_identifier_have_one_of_the_database_each() -> None:
    with acting(two_structures().first) as actor:
        cells = [{key: value for key, value in _cell(0, row).items() if key != "uid"} for row in range(2)]
        with transaction.atomic(), writing("tests.bulk"):
            owner = actor.organisation_id
            pour(ColumnMapping, _columns(cells), owner_org_id=owner, sheet="hours")
        assert len(set(ColumnMapping.objects.values_list("uid", flat=True))) == 2


def _cell(part: int, row: int) -> dict[str, Any]:
    return {"uid": str(uuid4()), "structure": f"{part * 10 + row:064d}", "sender": "x", "columns": {}}


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def test_fields_are_changed_each_with_its_own_value_and_no_other() -> None:
    with acting(two_structures().first) as actor:
        rows = [mapping(actor, number) for number in range(3)]
        keep(actor=actor, rows=rows)
        for row in rows[:2]:
            row.sheet, row.sender = f"s{row.structure[-1]}", "never written"
        with transaction.atomic(), writing("tests.bulk"):
            update(rows[:2], "sheet")
        found = dict(ColumnMapping.objects.values_list("structure", "sheet"))
        assert [found[row.structure] for row in rows] == ["s0", "s1", "hours"]
        assert not ColumnMapping.objects.filter(sender="never written").exists()
