"""Statements: the list, those that wait for validation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from clausette.hours.enums import LineState, StatementSource, StatementState
from clausette.hours.models import HoursLine, Statement
from clausette.hours.permissions import can_validate_input
from clausette.hours.queries.confirming import confirmations_among
from clausette.hours.queries.controlled import under_control
from clausette.hours.queries.findings import LineFinding, findings_among
from clausette.hours.queries.pieces import holds_piece
from clausette.hours.queries.unlisted import NOBODY, Apart, apart_of
from clausette.hours.queries.visible import (
    PARTS_OF_ROW,
    lines_visible_to,
    part_of_row,
    statements_visible_to,
    whole_of_statement,
    with_parts,
)
from clausette.hours.rules import is_regularisation
from clausette.hours.rules.confirming import Standing
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared

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
    return StatementPage(tuple(_lines(actor, rows, on)), total)


def waiting_statements(*, actor: Actor, on: date) -> tuple[StatementLine, ...]:
    """Return the statements that the actor may validate, the longest waiting first, each with its remarks."""
    return tuple(_lines(actor, _to_validate(actor), on))


def statements_and_waiting(
    *, actor: Actor, filters: StatementFilters, on: date, offset: int = 0, size: int = 50
) -> tuple[StatementPage, tuple[StatementLine, ...]]:
    """Return what `list_statements` and `waiting_statements` say; a statement that both name is controlled once."""
    rows, total = _page(actor, filters, offset, size)
    waiting = _to_validate(actor)
    named = {row["id"]: row for row in rows + waiting}
    lines = {line.id: line for line in _lines(actor, list(named.values()), on)}
    return StatementPage(tuple(lines[row["id"]] for row in rows), total), tuple(lines[row["id"]] for row in waiting)


def _page(actor: Actor, filters: StatementFilters, offset: int, size: int) -> tuple[list[dict[str, Any]], int]:
    """Rows of one page, and how many there are in all: asked only when the page does not tell."""
    asked = _filtered(actor, filters)
    ids = list(asked.values_list("id", flat=True)[offset : offset + size])
    whole = len(ids) < size and (ids or not offset)
    told = {row["id"]: row for row in _some(actor, ids)} if ids else {}
    return [told[pk] for pk in ids], offset + len(ids) if whole else asked.count()


def _told(actor: Actor, rows: QuerySet[Statement]) -> QuerySet[Statement, dict[str, Any]]:
    """What is said of statements before their lines: the contract, the part taken in it, hours without names."""
    told: QuerySet[Any] = with_parts(actor, rows).annotate(whole=whole_of_statement(actor))
    return told.values(*dict.fromkeys((*ROW, *PARTS_OF_ROW)), "whole")


@prepared
def _some(actor: Actor, ids: list[int]) -> QuerySet[Statement, dict[str, Any]]:
    # apart from the choice of the page: to sort thousands of statements, what is said of each is not looked for
    return _told(actor, statements_visible_to(actor).filter(Among("id", ids)).order_by())


@prepared
def _waiting(actor: Actor) -> QuerySet[Statement, dict[str, Any]]:
    asked = _filtered(actor, StatementFilters(StatementState.SUBMITTED, sort="attente"))
    return _told(actor, asked)[:MOST_WAITING]


def _to_validate(actor: Actor) -> list[dict[str, Any]]:
    return [row for row in _waiting(actor) if can_validate_input(actor, part_of_row(row), row["submitted_by_id"])]


@prepared
def _sums(actor: Actor, ids: list[int]) -> QuerySet[HoursLine, tuple[Any, ...]]:
    rows = lines_visible_to(actor).filter(Among("statement_id", ids)).exclude(state=LineState.REFUSED).order_by()
    return rows.values_list("statement_id", "placement_id").annotate(n=Sum("hours"))


def _lines(actor: Actor, rows: list[dict[str, Any]], on: date) -> Iterable[StatementLine]:
    waiting = [row["id"] for row in rows if row["state"] == StatementState.SUBMITTED]
    under = under_control(actor=actor, statement_ids=waiting)
    others = [row["id"] for row in rows if row["state"] != StatementState.SUBMITTED]
    hours: dict[int, Decimal] = defaultdict(lambda: ZERO)
    people: dict[int, set[int]] = defaultdict(set)
    for statement, placement, total in (*under.hours(), *(_sums(actor, others) if others else ())):
        hours[statement] += total
        people[statement].add(placement)
    remarks = findings_among(actor=actor, under=under, on=on) if waiting else {}
    asked = confirmations_among(
        actor=actor, handed={row["id"]: row["submitted_at"] for row in rows if row["id"] in waiting}, on=on,
        persons=under.persons,
    ) if waiting else {}  # fmt: skip
    apart = apart_of(actor=actor, statement_ids=[row["id"] for row in rows])
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
            contract_uid=row["contract__uid"],
            contract_name=row["contract__common_name"],
            declarant_uid=row["declarant__uid"],
            declarant_name=row["declarant__name"],
            hours=hours[row["id"]] + row["whole"],
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
