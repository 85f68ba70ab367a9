"""Apply what was decided, all in one transaction; or give the import up."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clausette.imports import permissions
from clausette.imports.decp import DecpRecord
from clausette.imports.enums import BatchKind, BatchState, RowChoice, RowFate
from clausette.imports.errors import Stale
from clausette.imports.models import ExternalReference, ImportBatch, ImportRow
from clausette.imports.operations.assessing import Bench
from clausette.imports.operations.changing import note_changes
from clausette.imports.operations.taking import AT_ONCE, bench_of, compare_again, records_of, still_true
from clausette.imports.operations.writing import Scribe
from clausette.imports.queries.batches import (
    PENDING,
    batches_visible_to,
    references_visible_to,
    rows_visible_to,
)
from clausette.imports.queries.held import held_contracts
from clausette.imports.rules import published
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Refusal, WrongState
from clausette.kernel.french import plural
from clausette.kernel.operation import change, created, isolated, lock, operation
from clausette.kernel.queue import enqueue
from clausette.procurement.queries import contracts_visible_to

# above, the worker writes: a record costs some twenty statements (measured: 18 ms of Python, 90 ms on a busy machine)
IN_REQUEST = 300
STALE = "Depuis la lecture du fichier, des marchés ont changé. La comparaison est refaite : relisez, puis appliquez."


Heard = Callable[[int, int], None]


def unheard(done: int, total: int) -> None:
    """Nobody waits for the count of records."""


@dataclass(frozen=True, slots=True)
class Applied:
    """How many records became contracts, were tied to one held, were refused by a rule, wait for a decision."""

    created: int
    attached: int
    refused: int
    undecided: int


@operation("imports.batch.applied")
def apply_batch(
    *, actor: Actor, batch_uid: UUID, at: datetime, on: date, heard: Heard = unheard
) -> Applied:  # fmt: skip
    """Write every decided record; a record refused by a rule is told on its row and the others are written.

    The batch is « appliqué » when nothing is left to decide. `at`: the instant kept; `on`: the civil day of the acts;
    `heard` is told after each record how many are done, of how many.
    Raises NotAllowed, Absent, Stale (contracts changed since the comparison), WrongState (nothing decided).
    """
    batch = _batch_to_write(actor, batch_uid)
    rows = list(rows_visible_to(actor).filter(PENDING, batch=batch).order_by("position"))
    undecided = rows_visible_to(actor).filter(batch=batch, choice=RowChoice.UNDECIDED).count()
    if not rows and undecided:
        told = plural(undecided, "marché est à rapprocher", "marchés sont à rapprocher")
        raise WrongState(f"Rien n'est encore décidé : {told}.")
    records = records_of(actor, batch)
    bench = bench_of(actor, records, rows)
    if not all(still_true(row, records[row.position], bench) for row in rows):
        raise Stale(STALE)
    done = _write(Scribe(actor, on, batch), rows, records, bench, heard)
    undecided += done["refused"]
    if not undecided:
        change(batch, state=BatchState.APPLIED, applied_at=at, applied_by_id=actor.account_id)
    elif batch.state == BatchState.APPLYING:
        change(batch, state=BatchState.READ)
    return Applied(done["created"], done["attached"], done["refused"], undecided)


@operation("imports.batch.handed_over")
def hand_over(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Have the worker apply a large batch: « en cours » until it is done, all at once. Asked again, it starts again.

    Raises NotAllowed, Absent.
    """
    seen = batches_visible_to(actor)
    row = seen.filter(uid=batch_uid).first()
    if row is None:
        raise Absent("imports.ImportBatch")
    rows = rows_visible_to(actor).filter(batch=row)
    undecided = rows.filter(choice=RowChoice.UNDECIDED).count()
    demand(permissions.can_hand_over(actor, row.state, rows.filter(PENDING).count(), undecided))
    row = lock(seen, uid=batch_uid)
    demand(permissions.can_hand_over(actor, row.state, 1, undecided))  # it may have ended meanwhile
    change(row, state=BatchState.APPLYING)
    enqueue("imports.apply_batch", actor=actor, batch=str(batch_uid))
    return batch_uid


@operation("imports.batch.given_back")
def give_back(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Return to its readers a batch handed over that contracts changed meanwhile made stale; compared again."""
    batch = _batch_to_write(actor, batch_uid)
    said = batch.notices if STALE in batch.notices else [*batch.notices, STALE]
    change(batch, state=BatchState.READ, notices=said)
    compare_again(actor=actor, batch_uid=batch_uid)
    return batch_uid


def _batch_to_write(actor: Actor, uid: UUID) -> ImportBatch:
    """Lock a batch that waits to be written, by a person or by the worker. Raises Absent, NotAllowed."""
    seen = batches_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is not None:
        demand(permissions.can_hand_over(actor, known.state, 1, 0))
    row = lock(seen, uid=uid)
    demand(permissions.can_hand_over(actor, row.state, 1, 0))  # another may have written it while we waited
    return row


@operation("imports.batch.cancelled")
def cancel_batch(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Give up an import of which nothing was taken; the file may be sent again. Raises NotAllowed, Absent."""
    seen = batches_visible_to(actor)
    known = seen.filter(uid=batch_uid).first()
    if known is None:
        raise Absent("imports.ImportBatch")
    made = rows_visible_to(actor).filter(batch=known, result__isnull=False).count()
    demand(permissions.can_cancel(actor, state=known.state, made=made))
    change(lock(seen, uid=batch_uid), state=BatchState.CANCELLED)
    return batch_uid


def _write(
    scribe: Scribe, rows: list[ImportRow], records: dict[int, DecpRecord], bench: Bench, heard: Heard
) -> Counter[str]:
    actor, done = scribe.actor, Counter[str]()
    written: dict[int, UUID] = {}
    seen: set[int] = set()
    for number, row in enumerate(rows):
        heard(number, len(rows))
        try:
            with isolated():
                again = row.attach_to_id in seen
                written[row.position] = _write_row(scribe, row, records[row.position], bench, again=again)
        except Refusal as refusal:
            scribe.bodies.clear()  # what was registered inside is undone
            _refuse(row, refusal)
            done["refused"] += 1
            continue
        done["created" if row.choice == RowChoice.CREATE else "attached"] += 1
        if row.attach_to_id:
            seen.add(row.attach_to_id)
    heard(len(rows), len(rows))
    ids = dict(
        contracts_visible_to(actor)
        .filter(uid__in=set(written.values()))
        .order_by("id")
        .values_list("uid", "pk")
    )
    for row in rows:
        row.result_id = ids.get(written[row.position]) if row.position in written else None
    ImportRow.objects.bulk_update(rows, ("result", "problems", "choice", "fate"), batch_size=AT_ONCE)
    tie(actor, [(records[row.position], row.result_id) for row in rows if row.result_id])
    _tie_duplicates(actor, rows, records)
    return done


def _write_row(scribe: Scribe, row: ImportRow, record: DecpRecord, bench: Bench, *, again: bool) -> UUID:
    """Create or complete the contract of one row; return its uid."""
    if record.fields is None:
        raise Refusal("Cet enregistrement ne peut pas être repris.")
    said = published(record.fields)
    if row.attach_to_id is None:
        return scribe.create(said)
    held = bench.held[row.attach_to_id]
    if again:  # two records for one contract: the first may have filled what the second looks at
        fresh = held_contracts(actor=scribe.actor, records=[record], also={held.id})
        held = next(one for one in fresh.values() if one.id == held.id)
    if held.piloted:
        note_changes(scribe.batch, said, held, on=scribe.on)
        accepted = [one["field"] for one in row.changes if one["accepted"]]
        scribe.attach(held.uid, said, held.facts, accepted)
    return held.uid


def tie(actor: Actor, made: Sequence[tuple[DecpRecord, int]]) -> None:
    """Remember which contract each record is, and which of its writings was taken."""
    seen = references_visible_to(actor).filter(source=BatchKind.DECP)
    known = dict(
        seen.filter(key__in={record.key for record, _ in made}).order_by("id").values_list("key", "pk")
    )
    for record, contract_id in made:
        if record.key in known:
            reference = lock(seen, pk=known[record.key])
            change(reference, fingerprint=record.fingerprint, contract_id=contract_id)
    new = [
        ExternalReference(
            owner_org_id=actor.organisation_id,
            source=BatchKind.DECP,
            key=record.key,
            fingerprint=record.fingerprint,
            contract_id=contract_id,
        )
        for record, contract_id in made
        if record.key not in known
    ]
    for reference in ExternalReference.objects.bulk_create(new, batch_size=AT_ONCE):
        created(reference)


def _refuse(row: ImportRow, refusal: Refusal) -> None:
    told = {"path": refusal.field, "value": "", "sentence": refusal.message, "effect": "record"}
    row.problems = [*row.problems, told]
    row.fate, row.choice = RowFate.REFUSED, RowChoice.SKIP
    row.result_id = None


def _tie_duplicates(actor: Actor, rows: list[ImportRow], records: dict[int, DecpRecord]) -> None:
    """A record written twice in the file shows the contract that its twin became."""
    made = {row.position: row.result_id for row in rows if row.result_id}
    twins = {record.position: made.get(record.duplicate_of or 0) for record in records.values()}
    wanted = {position: found for position, found in twins.items() if found and position not in made}
    if not wanted or not rows:
        return
    same = list(
        rows_visible_to(actor).filter(batch_id=rows[0].batch_id, position__in=wanted).order_by("position")
    )
    for row in same:
        row.result_id = wanted[row.position]
    ImportRow.objects.bulk_update(same, ("result",), batch_size=AT_ONCE)
