"""The validation desk: the statements that wait, ranked by what they ask, filtered, by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.hours.queries.listed import StatementLine, waiting_statements
from clausette.hours.rules.ranking import Need, Waiting, rank, reasons
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS


@dataclass(frozen=True, slots=True)
class DeskFilters:
    """Which of the statements that wait: all given conditions together."""

    need: Need | None = None
    month: date | None = None
    contract_uid: UUID | None = None
    declarant_uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A statement that waits, and in words why it stands there."""

    row: StatementLine
    need: Need
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the desk. `total`, `clean`: of what the filters keep; `months`, `contracts`, `declarants`: of all."""

    rows: tuple[DeskLine, ...]
    total: int
    clean: tuple[UUID, ...]
    waiting: int
    months: tuple[date, ...]
    contracts: tuple[tuple[UUID, str], ...]
    declarants: tuple[tuple[UUID, str], ...]


def validation_desk(
    *, actor: Actor, filters: DeskFilters, on: date, offset: int = 0, size: int = 50
) -> DeskPage:
    """Return the statements that the actor may validate, those that ask most first. Constant queries."""
    every = waiting_statements(actor=actor, on=on)
    ranked = sorted(((_known(row, on), row) for row in every if _kept(row, filters)), key=lambda one: rank(one[0]))
    found = [DeskLine(row, known.need, reasons(known, on)) for known, row in ranked]
    if filters.need:
        found = [line for line in found if line.need == filters.need]
    return DeskPage(
        rows=tuple(found[offset : offset + size]),
        total=len(found),
        clean=tuple(line.row.uid for line in found if line.need == Need.NOTHING),
        waiting=len(every),
        months=tuple(sorted({row.month for row in every})),
        contracts=_named((row.contract_uid, row.contract_name) for row in every),
        declarants=_named((row.declarant_uid, row.declarant_name) for row in every),
    )


def _known(row: StatementLine, on: date) -> Waiting:
    since = row.submitted_at.astimezone(PARIS).date() if row.submitted_at else on
    return Waiting(row.stops, row.asks, row.is_late, row.hours, since, row.apart.people)


def _kept(row: StatementLine, filters: DeskFilters) -> bool:
    wanted = (
        (filters.month, row.month),
        (filters.contract_uid, row.contract_uid),
        (filters.declarant_uid, row.declarant_uid),
    )
    return all(asked is None or asked == held for asked, held in wanted)


def _named(several: Iterable[tuple[UUID, str]]) -> tuple[tuple[UUID, str], ...]:
    return tuple(sorted(dict(several).items(), key=lambda one: one[1]))
