"""Lines that ask nothing, in blocks: each shown once in the order of the file, whatever is asked of the list."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clausette.hours.models import HoursLine
from clausette.imports.enums_hours import HoursFate
from clausette.imports.hours_files.blocks import PACKED, Written, pack, parted, unpack, without
from clausette.imports.hours_files.comparing import Held
from clausette.imports.hours_files.records import Confidence, Fate, HoursRecord
from clausette.imports.models import HoursFile, HoursFileBlock, HoursFileLine
from clausette.imports.operations.hours_files.keeping import keep_lines, take_out
from clausette.imports.queries.hours_files import (
    HoursLineRead,
    hours_codes_said,
    hours_file_sheet,
    line_to_match,
    list_hours_files,
    list_hours_lines,
)
from clausette.imports.queries.hours_files.due import due_lines, said_of
from clausette.imports.takeover.findings import Finding
from tests.hats import acting, as_owner
from tests.hours.builders import OCT, World, made, worker, world
from tests.imports.hours_files.books import book
from tests.imports.hours_files.kept import CELLS, kept
from tests.imports.hours_files.test_operations import apply, fates, take

SEPT = date(2026, 9, 1)
PIECE = Finding("W104", "12 h sans pièce.")
LATE = Finding("I305", "Plus de 3 mois après.")
REFUSED, ASKED = (1, 2, 500, 501, 1999, 2001, 2003, 2005, 2007, 2014), (700, 2010, 2012)
"""Of 2,014 lines, with the end of the first block at 2011."""
WRONG = Finding("E201", "Illisible.", "E", "Heures", "12h75")


def record(number: int, *, fate: Fate = Fate.NEW, says: tuple[Finding, ...] = (), **more: Any) -> HoursRecord:
    """Line `number` of the file: one of 30 people on one of 7 sites."""
    values = {"last_name": f"Nom{number % 30}", "first_name": "Ana", "site": f"Chantier {number % 7}"}
    found = HoursRecord(
        "Heures", number + 1, values, (SEPT, OCT)[number % 2], Decimal(10 + number % 90) / 2, findings=list(says),
    )  # fmt: skip
    for name, value in ({"fate": fate, "confidence": Confidence.EXACT} | more).items():
        setattr(found, name, value)
    return found


def opened(packed: Any) -> list[Any]:
    """The lines of a block packed, as they come back."""
    return list(unpack([one.isoformat() for one in packed.months], *(getattr(packed, name) for name in CELLS[1:])))


def test_a_block_gives_back_each_line_as_it_was_read() -> None:
    records = [
        record(1), record(2, says=(PIECE, LATE), column="E", held=Decimal("7.25")), record(3, fate=Fate.SAME),
        record(4, fate=Fate.CHANGED, says=(PIECE,)), record(5, fate=Fate.ADDED, says=(LATE,)),
    ]  # fmt: skip
    asking, quiet = parted([*records, record(6, fate=Fate.ASK), record(7, says=(WRONG,)), record(8, fate=Fate.REFUSED)])
    assert ([one for one, _ in quiet], [one for one, _ in asking]) == ([1, 2, 3, 4, 5], [6, 7, 8])
    packed = pack(quiet, (), Written())
    assert (packed.first, packed.last, packed.lines, packed.hours) == (1, 5, 5, sum(one.worth for one in records))
    for read, one in zip(opened(packed), records, strict=True):
        assert (read.line, read.sheet, read.column, read.month) == (one.line, one.sheet, one.column, one.month)
        assert (read.kind, read.hours, read.held, read.fate) == (one.kind, one.hours, one.held, one.fate)
        assert (read.subject, read.findings) == ((one.person_key, one.place_key), tuple(one.findings))
        assert read.words == one.values
    assert packed.fates["new"].codes == {"W104": 1, "I305": 1}
    assert (packed.fates["changed"].of(told=True, only=""), packed.fates["same"].of(told=True, only="")) == (1, 0)


def test_lines_taken_out_leave_the_others_and_their_counts() -> None:
    _, quiet = parted([record(1), record(2, says=(PIECE,)), record(3, fate=Fate.SAME)])
    left = without(opened(pack(quiet, (), Written())), {2})
    assert left is not None
    assert [one.position for one in opened(left)] == [1, 3]
    assert (left.first, left.last, left.lines, left.findings) == (1, 3, 2, [])
    assert "Nom2" not in str(left.people)
    assert {fate: one.lines for fate, one in left.fates.items()} == {"new": 1, "same": 1}
    assert without(opened(left), {1, 3}) is None


@pytest.fixture
def small() -> World:
    return world()


def batch_of(small: World, records: list[HoursRecord], **more: Any) -> HoursFile:
    """A file of the ETTI, whose lines are these."""
    own = small.etti.organisation_id
    file = made(
        "files.StoredFile", owner_org_id=own, name="paie.xlsx", content_type="x", size=1, sha256="0" * 64,
        deposited_by_id=small.etti.account_id,
    )  # fmt: skip
    batch: HoursFile = made(
        "imports.HoursFile", owner_org_id=own, declarant_id=own, state="read", file=file, fingerprint="0" * 64,
        brought_by_id=small.etti.account_id, **more,
    )  # fmt: skip
    with as_owner():
        keep_lines(batch, records, Held())
    return batch


def mixed() -> list[HoursRecord]:
    """2,001 quiet lines, told ones at both ends, between them, and all around the end of the first block."""
    kinds = {number: record(number, fate=Fate.REFUSED, says=(WRONG,)) for number in REFUSED}
    kinds |= {number: record(number, fate=Fate.ASK) for number in ASKED}
    return [
        kinds.get(number) or record(
            number, fate=Fate.SAME if number % 5 == 0 else Fate.NEW, says=(PIECE,) if number % 3 == 0 else ()
        )
        for number in range(1, PACKED + 1 + len(kinds) + 1)
    ]  # fmt: skip


ANSWERS: dict[str, tuple[dict[str, Any], Callable[[HoursRecord], bool]]] = {
    "all": ({}, lambda one: True),
    "new": ({"fates": (HoursFate.NEW,)}, lambda one: one.fate is Fate.NEW),
    "same and refused": (
        {"fates": (HoursFate.SAME, HoursFate.REFUSED)}, lambda one: one.fate in (Fate.SAME, Fate.REFUSED),
    ),
    "told": ({"told": True}, lambda one: bool(one.findings)),
    "code": ({"only": "W104"}, lambda one: PIECE in one.findings),
    "new with a code": (
        {"fates": (HoursFate.NEW,), "only": "W104", "told": True},
        lambda one: one.fate is Fate.NEW and PIECE in one.findings,
    ),
    "to match": ({"fates": (HoursFate.ASK,)}, lambda one: one.fate is Fate.ASK),
    "none": ({"fates": (HoursFate.LEFT,)}, lambda one: False),
}  # fmt: skip


@pytest.mark.django_db
def test_each_line_is_on_one_page_in_the_order_of_the_file_whatever_the_filter(small: World) -> None:
    records = mixed()
    batch = batch_of(small, records)
    with as_owner():
        assert list(HoursFileBlock.objects.order_by("first").values_list("lines", flat=True)) == [PACKED, 1]
        assert HoursFileLine.objects.count() == 13
    for name, (asked, shows) in ANSWERS.items():
        expected = [one.line for one in records if shows(one)]
        with acting(small.etti) as actor:
            shown: list[HoursLineRead] = []
            for offset in range(0, len(expected) + 1, 700):
                page, total = list_hours_lines(actor=actor, batch_uid=batch.uid, offset=offset, size=700, **asked)
                shown += page
                assert total == len(expected), name
        assert [one.line for one in shown] == expected, name
    for start in (0, 1, 498, 1995, 2003, 2008):  # around each told line, a few lines
        with acting(small.etti) as actor:
            page, _ = list_hours_lines(actor=actor, batch_uid=batch.uid, offset=start, size=9)
        assert [one.line for one in page] == [one.line for one in records[start : start + 9]]


@pytest.mark.django_db
def test_a_page_unpacks_the_block_that_it_shows_and_no_other(small: World) -> None:
    batch = batch_of(small, mixed())
    with acting(small.etti) as actor, CaptureQueriesContext(connection) as seen:
        list_hours_lines(actor=actor, batch_uid=batch.uid, offset=0, size=50)
    assert len([one for one in seen if '"cells"' in one["sql"]]) == 1
    assert len(seen) < 8


@pytest.mark.django_db
def test_the_head_of_a_file_and_the_list_count_both(small: World) -> None:
    records = mixed()
    batch = batch_of(small, records)
    with acting(small.etti) as actor:
        sheet = hours_file_sheet(actor=actor, uid=batch.uid)
        (listed,) = list_hours_files(actor=actor)
        codes = dict(hours_codes_said(actor=actor, batch_uid=batch.uid))
    for fate in Fate:
        mine = [one for one in records if one.fate is fate]
        assert sheet.count(HoursFate(fate)) == len(mine)
        assert sheet.sum(HoursFate(fate)) == sum((one.worth for one in mine), Decimal(0))
    assert (sheet.told, sheet.stopping) == (sum(bool(one.findings) for one in records), 0)
    assert codes == {"W104": sum(PIECE in one.findings for one in records), "E201": 10}
    assert (listed.lines, listed.to_look_at) == (len(records), 13)
    assert listed.hours == sum((one.worth for one in records), Decimal(0))


@pytest.mark.django_db
def test_what_is_due_and_what_was_said_come_back_in_the_order_of_the_file(small: World) -> None:
    records = mixed()
    batch = batch_of(small, records)
    with acting(small.etti) as actor:
        due = due_lines(actor=actor, batch_id=batch.pk)
        said = said_of(actor=actor, batch_id=batch.pk)
    new = [(number, one) for number, one in enumerate(records, 1) if one.fate is Fate.NEW]
    assert [(one.position, one.worth, one.digest) for one in due] == [(n, one.worth, one.digest) for n, one in new]
    assert said == [(one.fate, one.digest, None, None) for one in records]


@pytest.mark.django_db
def test_lines_refused_when_written_leave_their_block(small: World) -> None:
    batch = batch_of(small, [record(number) for number in range(1, PACKED + 3)])
    with as_owner():
        out = take_out(batch, {1: "un", 7: "sept", PACKED + 1: "a", PACKED + 2: "b"})
        assert [(one.position, one.digest, one.values["last_name"]) for one in out] == [
            (1, "un", "Nom1"), (7, "sept", "Nom7"), (PACKED + 1, "a", "Nom21"), (PACKED + 2, "b", "Nom22"),
        ]  # fmt: skip
        (block,) = HoursFileBlock.objects.all()
        assert (block.first, block.last, block.lines) == (2, PACKED, PACKED - 2)
        assert block.fates["new"]["lines"] == PACKED - 2


@pytest.mark.django_db
def test_a_line_to_match_counts_the_quiet_ones_that_write_the_same(small: World) -> None:
    batch = batch_of(small, [record(30), record(60, fate=Fate.ASK), record(270), record(61)])
    with as_owner():
        line = HoursFileLine.objects.get()
    with acting(small.etti) as actor:
        one = line_to_match(actor=actor, batch_uid=batch.uid, line_uid=line.uid)
    assert (one.lines, one.hours) == (2, record(60).worth + record(270).worth)
    assert one.line_uid == line.uid


@pytest.mark.django_db
def test_lines_added_to_another_in_a_block_are_written_with_it_and_the_file_sent_again_is_all_there(
    small: World,
) -> None:
    worker(small.pilot, small.commitment, "Zoé", "Martin", host=small.firm, employer=small.etti)
    head = ("Nom", "Prénom", "Client", "Mois", "Rubrique", "Heures")
    rows = [
        ("Diallo", "Salif", "Bâti Ouche", "10/2026", "Heures normales", 100.5),
        ("Diallo", "Salif", "Bâti Ouche", "10/2026", "Heures supplémentaires", 7),
        ("Martin", "Zoé", "Bâti Ouche", "10/2026", "Heures normales", 30),
    ]
    uid = take(small.etti, book(*rows, head=head))
    assert fates(uid) == [(2, "new"), (3, "added"), (4, "new")]
    with as_owner():
        assert (HoursFileBlock.objects.get().lines, HoursFileLine.objects.count()) == (3, 0)
    assert apply(small.etti, uid).written == 2
    with as_owner():
        assert sorted(HoursLine.objects.values_list("hours", flat=True)) == [30, Decimal("107.50")]
    again = take(small.etti, book(*rows, ("Martin", "Zoé", "Bâti Ouche", "11/2026", "Heures normales", 5), head=head))
    assert fates(again) == [(2, "same"), (3, "added"), (4, "same"), (5, "new")]
    assert apply(small.etti, again).written == 1


def altered(block: HoursFileBlock, **change: Any) -> None:
    """Change a block, whatever it was, and ask what is checked at the commit."""
    with transaction.atomic():
        HoursFileBlock.objects.filter(pk=block.pk).update(**change)
        connection.check_constraints()


@pytest.mark.django_db
def test_the_database_refuses_a_block_without_lines_out_of_order_twice_or_of_somebody_else(small: World) -> None:
    batch = batch_of(small, [record(1), record(2)])
    with as_owner():
        block = HoursFileBlock.objects.get()
        for change in ({"lines": 0}, {"last": 1}, {"owner_org_id": small.firm.organisation_id}):
            with pytest.raises(DatabaseError):
                altered(block, **change)
        block.pk, block.uid, block._state.adding = None, UUID(int=7), True
        with pytest.raises(DatabaseError, match="imports_hoursfileblock_first"), transaction.atomic():
            block.save(force_insert=True)
    assert len(kept(batch=batch)) == 2
