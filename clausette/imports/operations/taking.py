"""Take a file in: read it, compare each record, keep everything; nothing is written to the contracts."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused
from clausette.files.operations import store_file
from clausette.files.queries import file_id, read_file
from clausette.imports import permissions
from clausette.imports.decp import (
    DecpFile,
    DecpRecord,
    Effect,
    FileForm,
    Problem,
    fit_to_keep,
    outside_of,
    read_decp,
    record_kept,
)
from clausette.imports.enums import BatchKind, BatchState, RowChoice
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import ENDED, ImportBatch, ImportRow
from clausette.imports.operations.assessing import Assessment, Bench, assess
from clausette.imports.queries.batches import batches_visible_to, rows_visible_to
from clausette.imports.rules import plain_json
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.french import format_date
from clausette.kernel.operation import created, lock, operation
from clausette.kernel.queue import enqueue
from clausette.kernel.text import collapse

AT_ONCE = 500
LONGEST_KEY, LONGEST_TITLE = 80, 1000
ENDINGS = frozenset({"json", "xml", "csv", "tsv", "txt"})


@operation("imports.batch.taken")
def take_in_decp(*, actor: Actor, name: str, data: bytes, on: date, told: Sequence[str] = ()) -> UUID:
    """Keep an official file and what each of its records would bring; return the uid of the batch.

    `on`: the day of reading; `told`: what is to be said of the file besides what its reading says.
    Raises NotAllowed, FileRefused (field « file »), AlreadyImported.
    """
    demand(permissions.can_import(actor))
    _refuse_known(actor, sha256(data).hexdigest())
    read = read_decp(data, on=on)
    if (why := why_unreadable(read)) is not None:
        raise FileRefused(why)
    kept = fit_to_keep(data, read)
    stored = store_file(actor=actor, name=_named(name, read.form), data=kept, purpose=Purpose.OFFICIAL)
    batch = _begun(actor, data, stored, BatchState.READ, (*told, *read.notices))
    write_rows(actor, batch, read)
    return batch.uid


@operation("imports.batch.handed_in")
def hand_in_decp(*, actor: Actor, name: str, data: bytes) -> UUID:
    """Keep a large official file and have the worker read it; return the uid of the batch, « en cours de lecture ».

    What can be said without reading the records is said at once; a social security number is never kept.
    Raises NotAllowed, FileRefused (field « file »), AlreadyImported.
    """
    demand(permissions.can_import(actor))
    _refuse_known(actor, sha256(data).hexdigest())
    seen = outside_of(data)
    if seen.refusal is not None:
        raise FileRefused(seen.refusal.sentence)
    stored = store_file(actor=actor, name=_named(name, seen.form), data=seen.data, purpose=Purpose.OFFICIAL)
    batch = _begun(actor, data, stored, BatchState.READING)
    enqueue("imports.read_batch", actor=actor, batch=str(batch.uid))
    return batch.uid


def _begun(
    actor: Actor, data: bytes, stored: UUID, state: BatchState, notices: Sequence[str] = ()
) -> ImportBatch:
    return created(
        ImportBatch(
            owner_org_id=actor.organisation_id,
            kind=BatchKind.DECP,
            state=state,
            file_id=file_id(actor, stored),
            sha256=sha256(data).hexdigest(),
            notices=list(notices),
            brought_by_id=actor.account_id,
        )
    )


def why_unreadable(read: DecpFile) -> str | None:
    """The sentence for a file of which nothing can be taken in; None when it has records."""
    if read.refusal is not None:
        return read.refusal.sentence
    return None if read.records else "Ce fichier ne contient aucun marché."


@operation("imports.batch.compared")
def compare_again(*, actor: Actor, batch_uid: UUID) -> int:
    """Compare again, with what is held now, the records not taken yet; return how many changed their fate.

    A decision still valid is kept; the others go back to what is proposed. Raises NotAllowed, Absent.
    """
    batch = decidable_batch(actor, batch_uid)
    records = records_of(actor, batch)
    rows = list(rows_visible_to(actor).filter(batch=batch, result=None).order_by("position"))
    bench = bench_of(actor, records, rows)
    changed = [row for row in rows if _refreshed(row, records[row.position], bench)]
    columns = ("fate", "choice", "changes", "candidates", "attach_to")
    ImportRow.objects.bulk_update(changed, columns, batch_size=AT_ONCE)
    return len(changed)


def bench_of(actor: Actor, records: Mapping[int, DecpRecord], rows: Iterable[ImportRow]) -> Bench:
    """All the records beside what is held now, the contracts chosen by the person included."""
    also = {row.attach_to_id for row in rows if row.attach_to_id is not None}
    return assess(actor, list(records.values()), also=also)


def decidable_batch(actor: Actor, uid: UUID) -> ImportBatch:
    """Lock a batch that may still change. Raises Absent, NotAllowed with its reason."""
    seen = batches_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is not None:
        demand(permissions.can_decide(actor, state=row.state))
    return lock(seen, uid=uid)


def records_of(
    actor: Actor, batch: ImportBatch, only: Container[int] | None = None
) -> dict[int, DecpRecord]:  # fmt: skip
    """Read the kept file again, by position: numbers are exact there, and the hash proves the bytes.

    `only`: the positions wanted, all when not given.
    """
    content = read_file(actor=actor, uid=batch.file.uid)
    return {record.position: record for record in read_decp(content.data, only=only).records}


def record_of(actor: Actor, batch: ImportBatch, row: ImportRow) -> DecpRecord:
    """The record of one row, from what the row keeps; from the file only when the row does not prove all of it.

    A file of 100 MB takes seconds to read again, and a person waits.
    """
    problems = [Problem(**{**one, "effect": Effect(one["effect"])}) for one in row.problems]
    kept = record_kept(row.position, row.raw, imprint=row.fingerprint, problems=problems)
    return kept or records_of(actor, batch, {row.position})[row.position]


def _named(name: str, form: FileForm) -> str:
    """The name with the ending of what the file holds: a portal may call « .txt » or « .json » what is XML."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{form.value}" if dot and stem and ending.casefold() in ENDINGS else name


def _refuse_known(actor: Actor, digest: str) -> None:
    seen = batches_visible_to(actor).exclude(state__in=ENDED)
    known = seen.filter(kind=BatchKind.DECP, sha256=digest).select_related("brought_by").first()
    if known is None:
        return
    told = (
        f"Ce fichier est déjà importé : le {format_date(known.created_at)} par {known.brought_by.full_name}."
    )
    raise AlreadyImported(told, known.uid)


def write_rows(actor: Actor, batch: ImportBatch, read: DecpFile) -> None:
    """Compare the records with what is held, and keep them."""
    found = assess(actor, read.records).found
    rows = [_row(batch, record, found[record.position]) for record in read.records]
    ImportRow.objects.bulk_create(rows, batch_size=AT_ONCE)


def _row(batch: ImportBatch, record: DecpRecord, found: Assessment) -> ImportRow:
    return ImportRow(
        batch=batch,
        owner_org_id=batch.owner_org_id,
        position=record.position,
        key=record.key[:LONGEST_KEY],
        fingerprint=record.fingerprint,
        title=_title(record),
        raw=plain_json(record.raw),
        problems=written(record.problems),
        **asdict(found),
    )


def written(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as kept on a row."""
    return [{**asdict(one), "effect": one.effect.value} for one in problems]


def _title(record: DecpRecord) -> str:
    said = record.fields.title if record.fields else record.raw.get("objet")
    return collapse(said)[:LONGEST_TITLE] if isinstance(said, str) else ""


def _refreshed(row: ImportRow, record: DecpRecord, bench: Bench) -> bool:
    """Bring the row up to date; say whether anything changed."""
    fresh = bench.found[row.position]
    if still_true(row, record, bench):
        return False
    row.fate, row.choice = fresh.fate, fresh.choice
    row.changes, row.candidates = fresh.changes, fresh.candidates
    row.attach_to_id = fresh.attach_to_id
    return True


def still_true(row: ImportRow, record: DecpRecord, bench: Bench) -> bool:
    """Say whether what the person saw on the row is what would be found now."""
    fresh = bench.found[row.position]
    if row.fate != fresh.fate or row.candidates != fresh.candidates:
        return False
    if row.choice != RowChoice.ATTACH or row.attach_to_id is None:
        return True
    return unaccepted(row.changes) == bench.changes(record, row.attach_to_id)


def unaccepted(changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The differences kept on a row, without the person's answers."""
    return [{**one, "accepted": False} for one in changes]
