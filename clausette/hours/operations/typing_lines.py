"""The lines of one statement written: what differs, and the totals that it moves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.hours.enums import HoursKind, LineState, StatementState
from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations.common import beyond_stated, credited, months_credited, move_totals
from clausette.hours.queries.people import Worker
from clausette.hours.queries.visible import lines_visible_to
from clausette.hours.rules.entries import Entry, cell_name
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock
from clausette.kernel.prepared import prepared

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Change:
    """A line to make (`line` None), to change, or to take away (`hours` None)."""

    placement_id: int
    commitment_id: int
    kind: str
    line: HoursLine | None
    hours: Decimal | None


def changes_of(
    lines: Iterable[HoursLine],
    entries: Sequence[Entry],
    known: Mapping[tuple[UUID, UUID], Worker],
    erase: bool,
) -> list[Change]:
    """Return what differs from the lines held; `erase`: all of them are taken away."""
    held = {(line.placement_id, line.commitment_id, line.kind): line for line in lines}
    wanted: dict[tuple[int, int, str], Decimal | None] = dict.fromkeys(held) if erase else {}
    for entry in entries:
        worker = known[entry.placement_uid, entry.commitment_uid]
        wanted[worker.placement_id, worker.commitment_id, entry.kind] = entry.hours or None
    return [
        Change(*key, held.get(key), hours)
        for key, hours in wanted.items()
        if hours != (held[key].hours if key in held else None)
    ]


@prepared
def typed_lines(actor: Actor, statement_id: int) -> QuerySet[HoursLine]:
    """The lines that a grid may change: training before hiring has its own page and its certificate."""
    rows = lines_visible_to(actor).filter(statement_id=statement_id, corrects=None).exclude(kind=HoursKind.BEFORE)
    return rows.order_by("id")


def write_lines(
    actor: Actor,
    statement: Statement,
    changes: Sequence[Change],
    known: Mapping[tuple[UUID, UUID], Worker],
    *,
    handed: bool,
) -> None:
    """Write what differs and move the totals. `handed`: the statement is about to be handed over with its lines."""
    if not changes:
        return
    handed = handed or statement.state == StatementState.SUBMITTED
    moved: dict[int, Decimal] = {}
    for one in changes:
        had = one.line.hours if one.line is not None else ZERO
        moved[one.placement_id] = moved.get(one.placement_id, ZERO) + (one.hours or ZERO) - had
    by_placement = {w.placement_id: w for w in known.values() if w.placement_id in moved}
    worked, made = months_credited(by_placement.values(), statement.month, moved, actor)
    # whoever holds the totals is alone with their lines: what they will be is known from what they are
    before = credited(actor, [row for row in worked.values() if row.is_stated])
    after = {placement: before.get(placement, ZERO) + gap for placement, gap in moved.items()}
    for one in changes:
        if one.line is not None:
            _rewrite(lock(lines_visible_to(actor), pk=one.line.pk), one.hours)
        elif one.hours is not None:
            created(
                HoursLine(
                    statement_id=statement.pk, contract_id=statement.contract_id, declarant_id=statement.declarant_id,
                    month=statement.month, worked_month_id=worked[one.placement_id].pk, placement_id=one.placement_id,
                    commitment_id=one.commitment_id, kind=one.kind, hours=one.hours,
                    state=LineState.DECLARED if handed else LineState.DRAFT,
                )
            )  # fmt: skip
    move_totals({pk: row for pk, row in worked.items() if pk not in made}, before, after)
    _demand_within(statement, known.values(), changes, beyond_stated(worked, after))


def _demand_within(
    statement: Statement, workers: Iterable[Worker], changes: Sequence[Change], beyond: Mapping[int, str]
) -> None:
    """Raise Invalid, at each cell that changed, when a work contract exceeds the total stated for the month."""
    if not beyond:
        return
    uids = {(w.placement_id, w.commitment_id): w.key for w in workers}
    raise Invalid(
        {
            cell_name(*uids[one.placement_id, one.commitment_id], statement.month, one.kind): beyond[one.placement_id]
            for one in changes
            if one.placement_id in beyond
        }
    )


def _rewrite(line: HoursLine, hours: Decimal | None) -> None:
    """Change a line, or take it away: its event keeps the hours it had."""
    if hours is not None:
        change(line, hours=hours)
        return
    HoursLine.objects.filter(pk=line.pk).delete()
    vars(line)["hours"] = None  # said to the journal: there were hours, there are none
