"""What each structure sees of the imports, by the queries alone and by the database alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connection

from clausette.imports.models import ExternalReference, ImportBatch, ImportRow
from clausette.imports.operations import apply_batch
from clausette.imports.queries import (
    batch_sheet,
    batches_visible_to,
    list_batches,
    list_rows,
    references_visible_to,
    rows_visible_to,
)
from clausette.kernel import clock, scope
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import record, take
from tests.procurement.builders import Cast, cast

pytestmark = pytest.mark.django_db

TABLES = ("imports_importbatch", "imports_importrow", "imports_externalreference")


@pytest.fixture
def people() -> Cast:
    return cast()


def taken(who: Actor, number: str) -> UUID:
    """An import of one record, applied."""
    batch = take(who, record(number))
    with acting(who) as actor:
        apply_batch(actor=actor, batch_uid=batch, at=clock.now(), on=TODAY)
    return batch


def seen(actor: Actor) -> tuple[int, int, int]:
    return (
        batches_visible_to(actor).count(),
        rows_visible_to(actor).count(),
        references_visible_to(actor).count(),
    )


@contextmanager
def without_policies() -> Iterator[None]:
    """The policies of the room off, as in the isolation matrix."""
    with as_owner(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    yield


def test_each_structure_sees_its_own(people: Cast) -> None:
    taken(people.pilot, "A")
    batch = taken(people.stranger, "B")
    for who in (people.pilot, people.stranger):
        with acting(who) as actor:
            assert seen(actor) == (1, 1, 1)
    for who in (people.buyer, people.firm):
        with acting(who) as actor:
            assert seen(actor) == (0, 0, 0)
    with acting(people.pilot) as actor:
        assert [line.file_name for line in list_batches(actor=actor)[0]] == ["decp.json"]
        assert list_rows(actor=actor, batch_uid=batch) == ((), 0)
        with pytest.raises(Absent):
            batch_sheet(actor=actor, uid=batch)


def test_the_queries_hold_alone(people: Cast) -> None:
    taken(people.pilot, "A")
    taken(people.stranger, "B")
    with without_policies(), acting(people.pilot) as actor:
        assert ImportBatch.objects.count() == 2
        assert seen(actor) == (1, 1, 1)


def test_the_database_holds_alone(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(people.pilot, "A")
    taken(people.stranger, "B")
    monkeypatch.setattr(scope, "apply", lambda queryset, condition: queryset)
    with acting(people.pilot) as actor:
        assert seen(actor) == (1, 1, 1)
        assert (ImportRow.objects.count(), ExternalReference.objects.count()) == (1, 1)


def test_the_head_of_a_batch_counts_what_is_left(people: Cast) -> None:
    batch = take(people.pilot, record("A"), record("B", dateNotification="NC"), concessions=({},))
    with acting(people.pilot) as actor:
        sheet = batch_sheet(actor=actor, uid=batch)
        assert (sheet.line.records, sheet.to_create, sheet.to_attach, sheet.undecided) == (3, 1, 0, 0)
        assert (sheet.with_problems, sheet.taken, sheet.line.made) == (2, 0, 0)
        (row,), total = list_rows(actor=actor, batch_uid=batch, fate="added")
    assert (total, row.number, row.amount, row.begun) == (
        1,
        "A",
        "1\u202f000\u202f000\u00a0€",
        "notifié le 02/03/2026",
    )
