"""Statements: the list, those that wait for validation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from clausette.hours.enums import LineState, StatementSource, StatementState
from clausette.hours.models import Statement
from clausette.hours.permissions import ContractPart, can_validate_input
from clausette.hours.queries.collective import collective_sums
from clausette.hours.queries.confirming import confirmations_of
from clausette.hours.queries.findings import LineFinding, findings_of
from clausette.hours.queries.pieces import holds_piece
from clausette.hours.queries.unlisted import NOBODY, Apart, apart_of
from clausette.hours.queries.visible import contract_parts, lines_visible_to, statements_visible_to
from clausette.hours.rules import is_regularisation
from clausette.hours.rules.confirming import Standing
from clausette.kernel.actor import Actor

ZERO = Decimal(0)
MOST_WAITING = 500


@dataclass(frozen=True, slots=True)
class StatementFilters:
    """Which statements; `sort`: « mois », « -mois », « attente » (the longest first)."""

    state: StatementState | None = None
    month: date | None = None
    contract_uid: UUID | None = None
    declarant_uid: UUID | None = None
    mandate_id: int | None = None
    sort: str = "-mois"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement in a list. `remarks`: what the controls find, for those that wait for validation."""

    id: int
    uid: UUID
    version: int
    month: date
    state: StatementState
    source: StatementSource
    is_nil: bool
    contract_id: int
    contract_uid: UUID
    contract_name: str
    declarant_uid: UUID
    declarant_name: str
    hours: Decimal
    people: int
    submitted_at: datetime | None
    validated_at: datetime | None
    has_evidence: bool
    submitted_by_id: int | None = None
    remarks: tuple[LineFinding, ...] = ()
    is_late: bool = False  # validated today, it would be a « régularisation »
    contested: int = 0  # lines that the titulaire contests
    unconfirmed: int = 0  # lines without its answer, where it is asked
    apart: Apart = NOBODY  # people named by the firm who are to be matched: in no total

    @property
    def stops(self) -> int:
        """How many findings stop it."""
        return sum(1 for remark in self.remarks if remark.stops) + self.contested

    @property
    def asks(self) -> int:
        """How many codes are to be justified."""
        return len({remark.code for remark in self.remarks if remark.asks}) + bool(self.unconfirmed)

    @property
    def is_clean(self) -> bool:
        """True when nothing is to be said of it: it can be validated with the others."""
        return not (self.stops or self.asks or self.is_late or self.apart.people)


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Lines of one page, and how many there are in all."""

    rows: tuple[StatementLine, ...]
    total: int


_SORTS = {"mois": ("month", "id"), "-mois": ("-month", "-id"), "attente": ("submitted_at", "id")}
ROW = (
    "id", "uid", "version", "month", "state", "source", "is_nil", "contract_id", "declarant__uid", "declarant__name",
    "submitted_at", "submitted_by_id", "validated_at", "evidence_id", "evidence__treatment",
    "piece_left",
)  # fmt: skip


def _filtered(actor: Actor, filters: StatementFilters) -> QuerySet[Statement]:
    rows = statements_visible_to(actor)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.month:
        rows = rows.filter(month=filters.month)
    if filters.contract_uid:
        rows = rows.filter(contract__uid=filters.contract_uid)
    if filters.mandate_id is not None:
        rows = rows.filter(mandate_id=filters.mandate_id)
    if filters.declarant_uid:
        rows = rows.filter(declarant__uid=filters.declarant_uid)
    return rows.order_by(*_SORTS.get(filters.sort, _SORTS["-mois"]))


def list_statements(
    *, actor: Actor, filters: StatementFilters, on: date, offset: int = 0, size: int = 50
) -> StatementPage:
    """Return one page of the visible statements, with the remarks of those that wait. Constant queries."""
    rows, total = _page(actor, filters, offset, size)
    return StatementPage(tuple(_lines(actor, rows, _parts(actor, rows), on)), total)


def waiting_statements(*, actor: Actor, on: date) -> tuple[StatementLine, ...]:
    """Return the statements that the actor may validate, the longest waiting first, each with its remarks."""
    rows = _waiting(actor)
    parts = _parts(actor, rows)
    return tuple(_lines(actor, _to_validate(actor, rows, parts), parts, on))


def statements_and_waiting(
    *, actor: Actor, filters: StatementFilters, on: date, offset: int = 0, size: int = 50
) -> tuple[StatementPage, tuple[StatementLine, ...]]:
    """Return what `list_statements` and `waiting_statements` say; a statement that both name is controlled once."""
    rows, total = _page(actor, filters, offset, size)
    waiting = _waiting(actor)
    parts = _parts(actor, rows + waiting)
    waiting = _to_validate(actor, waiting, parts)
    named = {row["id"]: row for row in rows + waiting}
    lines = {line.id: line for line in _lines(actor, list(named.values()), parts, on)}
    return StatementPage(tuple(lines[row["id"]] for row in rows), total), tuple(lines[row["id"]] for row in waiting)


def _page(actor: Actor, filters: StatementFilters, offset: int, size: int) -> tuple[list[dict[str, Any]], int]:
    """Rows of one page, and how many there are in all: asked only when the page does not tell."""
    asked = _filtered(actor, filters)
    rows = list(asked.values(*ROW)[offset : offset + size])
    whole = len(rows) < size and (rows or not offset)
    return rows, offset + len(rows) if whole else asked.count()


def _waiting(actor: Actor) -> list[dict[str, Any]]:
    asked = _filtered(actor, StatementFilters(StatementState.SUBMITTED, sort="attente"))
    return list(asked.values(*ROW)[:MOST_WAITING])


def _parts(actor: Actor, rows: Iterable[dict[str, Any]]) -> dict[int, ContractPart]:
    return contract_parts(actor, {row["contract_id"] for row in rows})


def _to_validate(
    actor: Actor, rows: Iterable[dict[str, Any]], parts: Mapping[int, ContractPart]
) -> list[dict[str, Any]]:
    return [row for row in rows if can_validate_input(actor, parts[row["contract_id"]], row["submitted_by_id"])]


def _lines(
    actor: Actor, rows: list[dict[str, Any]], parts: Mapping[int, ContractPart], on: date
) -> Iterable[StatementLine]:
    ids = [row["id"] for row in rows]
    hours: dict[int, Decimal] = defaultdict(lambda: ZERO)
    people: dict[int, set[int]] = defaultdict(set)
    lines = lines_visible_to(actor).filter(statement_id__in=ids).exclude(state=LineState.REFUSED).order_by()
    for statement, placement, total in lines.values_list("statement_id", "placement_id").annotate(
        n=Sum("hours")
    ):
        hours[statement] += total
        people[statement].add(placement)
    for statement, total in collective_sums(actor=actor, statement_ids=ids).items():
        hours[statement] += total
    waiting = [row["id"] for row in rows if row["state"] == StatementState.SUBMITTED]
    remarks = findings_of(actor=actor, statement_ids=waiting, on=on) if waiting else {}
    asked = confirmations_of(actor=actor, statement_ids=waiting, on=on) if waiting else {}
    apart = apart_of(actor=actor, statement_ids=ids)
    for row in rows:
        standings = [line.standing for line in asked.get(row["id"], ())]
        yield StatementLine(
            id=row["id"],
            uid=row["uid"],
            version=row["version"],
            month=row["month"],
            state=StatementState(row["state"]),
            source=StatementSource(row["source"]),
            is_nil=row["is_nil"],
            contract_id=row["contract_id"],
            contract_uid=parts[row["contract_id"]].uid,
            contract_name=parts[row["contract_id"]].name,
            declarant_uid=row["declarant__uid"],
            declarant_name=row["declarant__name"],
            hours=hours[row["id"]],
            people=len(people[row["id"]]),
            submitted_at=row["submitted_at"],
            validated_at=row["validated_at"],
            has_evidence=holds_piece(row),
            submitted_by_id=row["submitted_by_id"],
            remarks=remarks.get(row["id"], ()),
            is_late=row["state"] == StatementState.SUBMITTED and is_regularisation(row["month"], on),
            contested=standings.count(Standing.CONTESTED),
            unconfirmed=standings.count(Standing.WAITING) + standings.count(Standing.SILENT),
            apart=apart.get(row["id"], NOBODY),
        )
