"""Write a workbook, all in one transaction, and remember what it made."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, When

from clausette.imports import permissions
from clausette.imports.enums_takeover import LineFate, TakeoverState
from clausette.imports.errors import Stale
from clausette.imports.models import TakeoverBatch, TakeoverLine, TakeoverMade
from clausette.imports.operations.applying import Heard, unheard
from clausette.imports.operations.takeover.comparing import AT_ONCE, compared, line_of, write_lines
from clausette.imports.operations.takeover.contracts import write_contracts
from clausette.imports.operations.takeover.hours import write_hours
from clausette.imports.operations.takeover.people import write_people
from clausette.imports.operations.takeover.telling import Teller
from clausette.imports.operations.takeover.works import write_works
from clausette.imports.operations.takeover.writer import Writer
from clausette.imports.queries.takeover.visible import lines_visible_to, takeovers_visible_to
from clausette.imports.takeover.extract import Extract
from clausette.imports.takeover.records import Fate, Record
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, WrongState
from clausette.kernel.french import format_date, plural
from clausette.kernel.operation import Change, because, change, lock, operation, witnessing
from clausette.kernel.queue import enqueue
from clausette.procurement.queries import contracts_visible_to

IN_REQUEST = 150  # lines; above, the worker writes
STALE = (
    "Depuis la lecture du classeur, Clausette a changé. Il est comparé de nouveau : relisez, puis confirmez."
)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many lines were written, and left because a rule refused them."""

    written: int
    refused: int


@operation("imports.takeover.applied")
def take_over(*, actor: Actor, batch_uid: UUID, at: datetime, on: date, heard: Heard = unheard) -> Applied:
    """Write all the lines that can be, in one transaction; those that a rule refuses are told and left.

    `heard` is told now and then how many lines are done, of how many.
    Raises NotAllowed, Absent, WrongState (nothing to write), Stale (something changed since it was read).
    """
    batch = _batch_to_write(actor, batch_uid)
    read, found = compared(actor, batch, on)
    if _fates(read) != _known(actor, batch):
        raise Stale(STALE)
    wanted = {position: record for position, record in enumerate(read.records, 1) if record.fate is Fate.NEW}
    total = len(wanted)
    if not total:
        raise WrongState("Il n'y a rien à reprendre dans ce classeur.")
    said = f"Reprise du classeur « {batch.file.name} », envoyé le {format_date(batch.created_at)}."
    with witnessing() as seen:
        writer = Writer(actor, on, at, said, batch.file.uid, found, seen, Teller(heard, total), batch.answers,
                        found.prescribers)
        write_contracts(writer)
        write_people(writer)
        write_works(writer)
        write_hours(writer)
        _remember(batch, seen)
    _tell_lines(batch, {place: one for place, one in wanted.items() if id(one) not in writer.written})
    _point(actor, batch, writer)
    refused = total - len(writer.written)
    because(f"{plural(len(writer.written), 'ligne reprise', 'lignes reprises')}.")
    change(batch, state=TakeoverState.APPLIED, applied_at=at, applied_by_id=actor.account_id)
    return Applied(len(writer.written), max(refused, 0))


def _batch_to_write(actor: Actor, uid: UUID) -> TakeoverBatch:
    """Lock a batch that waits to be written, by a person or by the worker. Raises Absent, NotAllowed."""
    seen = takeovers_visible_to(actor)
    known = seen.filter(uid=uid).first()
    if known is None:
        raise Absent("imports.TakeoverBatch")
    demand(permissions.can_take_over(actor, state=known.state, new=1, undecided=0, again=True))
    row = lock(seen, uid=uid)
    undecided = lines_visible_to(actor).filter(batch=row, fate=LineFate.ASK).count()
    demand(permissions.can_take_over(actor, state=row.state, new=1, undecided=undecided, again=True))
    return row


def _fates(read: Extract) -> list[tuple[str, str]]:
    return [(record.kind.value, record.fate.value) for record in read.records]


def _known(actor: Actor, batch: TakeoverBatch) -> list[tuple[str, str]]:
    return list(lines_visible_to(actor).filter(batch=batch).order_by("position").values_list("kind", "fate"))


def _remember(batch: TakeoverBatch, seen: Iterable[Change]) -> None:
    """Keep which rows the batch made, and how many events each has now: one more, and it was touched since."""
    seen = list(seen)
    events = Counter((change.row._meta.db_table, change.row.pk) for change in seen)
    made = {(one.row._meta.db_table, one.row.pk): one.row for one in seen if one.before is None}
    insert(
        [
            TakeoverMade(
                batch=batch, owner_org_id=batch.owner_org_id, table_name=table, row_id=pk,
                row_uid=row.uid,  # type: ignore[attr-defined]  # every table of ours has one
                events=events[table, pk],
            )
            for (table, pk), row in made.items()
        ]
    )  # fmt: skip


def _tell_lines(batch: TakeoverBatch, refused: Mapping[int, Record]) -> None:
    """Say on each line that it was written, or what refused it (`refused`: by position)."""
    fresh = TakeoverLine.objects.filter(batch=batch, fate=LineFate.NEW)
    left = list(fresh.filter(position__in=refused).order_by("position"))
    fresh.exclude(position__in=list(refused)).update(written=True)
    for row in left:
        new = line_of(batch, row.position, refused[row.position])
        row.fate, row.findings, row.stops, row.told = new.fate, new.findings, new.stops, new.told
    TakeoverLine.objects.bulk_update(left, ["fate", "findings", "stops", "told"], batch_size=AT_ONCE)


def _point(actor: Actor, batch: TakeoverBatch, writer: Writer) -> None:
    """Tie the lines to the marché that they became."""
    rows = contracts_visible_to(actor).filter(uid__in=set(writer.contracts.values())).order_by("pk")
    ids = dict(rows.values_list("uid", "pk"))
    places = [When(parent=parent[:300], then=ids[uid]) for parent, uid in writer.contracts.items()]
    if places:
        parents = [parent[:300] for parent in writer.contracts]
        lines = TakeoverLine.objects.filter(batch=batch, parent__in=parents, contract_ref=None)
        lines.update(contract_ref=Case(*places))


@operation("imports.takeover.handed_over")
def hand_over_takeover(*, actor: Actor, batch_uid: UUID) -> UUID:
    """Ask the worker to write a workbook; asked twice, it is written once. Raises NotAllowed, Absent."""
    batch = _batch_to_write(actor, batch_uid)
    change(batch, state=TakeoverState.APPLYING)
    enqueue("imports.take_over", actor=actor, batch=str(batch_uid))
    return batch.uid


@operation("imports.takeover.given_back")
def give_takeover_back(*, actor: Actor, batch_uid: UUID, on: date) -> UUID:
    """Return to its readers a workbook that changes made stale: compared again, with a remark."""
    batch = _batch_to_write(actor, batch_uid)
    read, _ = compared(actor, batch, on)
    said = batch.notices if STALE in batch.notices else [*batch.notices, STALE]
    change(batch, notices=said)
    write_lines(batch, read)
    return batch.uid
