"""Compare the lines of a workbook with what is held, and keep what is said of each; nothing else is written."""

from collections.abc import Iterable
from datetime import date

from clausette.imports.enums_takeover import LineKind, TakeoverState
from clausette.imports.models import TakeoverBatch, TakeoverLine
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.takeover.reading import extract_of
from clausette.imports.queries.takeover.held import held_for
from clausette.imports.takeover.compare import Compared, compare
from clausette.imports.takeover.extract import Extract
from clausette.imports.takeover.reading import Workbook
from clausette.imports.takeover.records import Record, to_json
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert
from clausette.kernel.operation import change
from clausette.reference.queries import parameters_on

AT_ONCE = 1000


def compared(
    actor: Actor, batch: TakeoverBatch, on: date, workbook: Workbook | None = None, heard: Heard = unheard
) -> tuple[Extract, Compared]:
    """Compare a workbook (the kept file, read again, when it is not given) with what is held on a day."""
    read = extract_of(actor, batch, workbook, heard)
    held = held_for(actor=actor, records=read.records, on=on)
    ceiling = parameters_on(on)["monthly_ceiling"]
    return read, compare(read.records, held, on=on, answers=batch.answers, ceiling=ceiling)


def write_lines(batch: TakeoverBatch, read: Extract) -> None:
    """Replace the lines of a batch by these."""
    TakeoverLine.objects.filter(batch=batch).delete()
    insert(lines_of(batch, read.records))
    notes = [[note.sheet, note.line, note.finding.kept()] for note in read.notes[:2000]]
    change(batch, notes=notes, unreadable=read.unreadable, state=TakeoverState.READ)


def lines_of(batch: TakeoverBatch, records: Iterable[Record]) -> list[TakeoverLine]:
    """Records as lines."""
    return [line_of(batch, position, record) for position, record in enumerate(records, 1)]


def line_of(batch: TakeoverBatch, position: int, record: Record) -> TakeoverLine:
    """A record as a line."""
    month = record.day("month")
    return TakeoverLine(
        batch=batch,
        owner_org_id=batch.owner_org_id,
        position=position,
        kind=LineKind(record.kind.value),
        sheet=record.sheet[:120],
        line=record.line,
        column=record.column,
        key=record.key[:600],
        parent=record.parent[:300],
        values=to_json(record.values),
        findings=[finding.kept() for finding in record.findings],
        options=record.options,
        fate=record.fate.value,
        contract_ref=record.held.get("contract"),
        stops=record.stopped,
        told=bool(record.findings),
        year=month.year if month else None,
        hours=record.number("hours") if record.kind.value == LineKind.HOURS else None,
    )
