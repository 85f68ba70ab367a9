"""What is behind a number: the lines of hours that make it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Model, QuerySet, Sum

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import HoursKind, LineState
from clausette.hours.models import HoursLine
from clausette.hours.queries.found import KEPT
from clausette.hours.queries.people import persons_of
from clausette.hours.queries.visible import (
    collective_visible_to,
    lines_visible_to,
    opening_years_visible_to,
    openings_visible_to,
    statements_visible_to,
)
from clausette.hours.queries.years import reported_rows
from clausette.kernel.actor import Actor
from clausette.procurement.queries import contracts_visible_to

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class LineFilters:
    """Which lines: all given conditions together. `as_of`: months up to that day; `firm_uid`: the titulaire.

    `kinds`: engagements of these kinds only. `year`: those that this year reports, as known on `as_of`, by this
    structure déclarante (`structure_uid`), worked on this contract (`worked_uid`).
    """

    commitment_uid: UUID | None = None
    contract_uid: UUID | None = None
    firm_uid: UUID | None = None
    buyer_uid: UUID | None = None
    declarant_uid: UUID | None = None
    participant_uid: UUID | None = None
    month: date | None = None
    as_of: date | None = None
    state: LineState | None = None
    kinds: frozenset[CommitmentKind] | None = None
    year: int | None = None
    structure_uid: UUID | None = None
    worked_uid: UUID | None = None


@dataclass(frozen=True, slots=True)
class LineBehind:
    """One line, or, for those who may not know names, the sum of a month, a declarant and a state."""

    month: date
    contract_uid: UUID
    contract_name: str
    commitment_uid: UUID
    declarant_name: str
    kind: HoursKind
    state: LineState
    hours: Decimal
    line_uid: UUID | None = None
    statement_uid: UUID | None = None
    person: str = ""
    participant_uid: UUID | None = None
    is_correction: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LinesBehind:
    """A page of lines, and the sum of all of them (not of the page). `with_names`: one row is one line."""

    rows: tuple[LineBehind, ...]
    count: int
    hours: Decimal
    with_names: bool
    collective: Decimal = Decimal(0)
    """Heures non nominatives of the same figure."""
    opening: Decimal = Decimal(0)
    """Balances taken over in the same figure."""

    @property
    def total(self) -> Decimal:
        """The figure itself."""
        return self.hours + self.collective + self.opening


_SHOWN = ("month", "contract_id", "commitment_id", "declarant_id", "declarant__name", "kind", "state")


def filtered_lines(actor: Actor, filters: LineFilters) -> QuerySet[HoursLine]:
    """Return the visible lines that meet the filters; drafts are nobody's figures and are left out."""
    rows = lines_visible_to(actor).exclude(state=LineState.DRAFT)
    rows = _reported(actor, _scoped(rows, filters), filters, "worked_contract__uid")
    if filters.declarant_uid:
        rows = rows.filter(declarant__uid=filters.declarant_uid)
    if filters.participant_uid:
        rows = rows.filter(placement__participant__uid=filters.participant_uid)
    if filters.month:
        rows = rows.filter(month=filters.month)
    if filters.as_of:
        rows = rows.filter(month__lte=filters.as_of)
    return rows.filter(state__in=_states(filters.state)) if filters.state else rows


def _states(state: LineState) -> tuple[LineState, ...]:
    """Hours validated are all those that count: the ones retained under reserve too."""
    return KEPT if state == LineState.VALIDATED else (state,)


def _scoped(rows: QuerySet[M], filters: LineFilters) -> QuerySet[M]:
    """The conditions that lines, hours without names and balances have in common."""
    named = {
        "commitment__uid": filters.commitment_uid,
        "contract__uid": filters.contract_uid,
        "commitment__contractor__uid": filters.firm_uid,
        "contract__buyer__uid": filters.buyer_uid,
    }
    kept = rows.filter(**{path: uid for path, uid in named.items() if uid})
    return kept if filters.kinds is None else kept.filter(commitment__kind__in=filters.kinds)


def _reported(actor: Actor, rows: QuerySet[M], filters: LineFilters, worked: str) -> QuerySet[M]:
    """The conditions of a year: what it reports, by whom, of which contract."""
    if filters.year is not None:
        rows = reported_rows(actor, rows, filters.year, filters.as_of or date(filters.year + 2, 1, 1))
    if filters.structure_uid:
        rows = rows.filter(reporting_org__uid=filters.structure_uid)
    return rows.filter(**{worked: filters.worked_uid}) if filters.worked_uid else rows


def _detailed(actor: Actor, filters: LineFilters, year: int) -> Decimal:
    """What balances taken over detail of a year."""
    rows = opening_years_visible_to(actor).filter(year=year, balance__withdrawn_at=None)
    rows = _scoped(rows, filters)
    if filters.as_of:
        rows = rows.filter(balance__as_of__lte=filters.as_of)
    if filters.structure_uid:
        rows = rows.filter(commitment__lead_org__uid=filters.structure_uid)
    if filters.worked_uid:
        rows = rows.filter(contract__uid=filters.worked_uid)
    return rows.order_by().aggregate(total=Sum("hours"))["total"] or Decimal(0)


def _collective(actor: Actor, filters: LineFilters) -> Decimal:
    """Heures non nominatives of the figure: they are nobody's."""
    if filters.participant_uid:
        return Decimal(0)
    rows = _scoped(collective_visible_to(actor).exclude(state=LineState.DRAFT), filters)
    rows = _reported(actor, rows, filters, "contract__uid")
    if filters.declarant_uid:
        rows = rows.filter(declarant__uid=filters.declarant_uid)
    if filters.month:
        rows = rows.filter(month=filters.month)
    if filters.as_of:
        rows = rows.filter(month__lte=filters.as_of)
    if filters.state:
        rows = rows.filter(state__in=_states(filters.state))
    return rows.order_by().aggregate(total=Sum("hours"))["total"] or Decimal(0)


def _opening(actor: Actor, filters: LineFilters) -> Decimal:
    """Balances taken over of the figure: validated, of no month, of no declarant and of nobody."""
    if filters.participant_uid or filters.declarant_uid or filters.month:
        return Decimal(0)
    if filters.year is not None:
        return _detailed(actor, filters, filters.year)
    if filters.state not in (None, LineState.VALIDATED):
        return Decimal(0)
    rows = _scoped(openings_visible_to(actor).filter(withdrawn_at=None), filters)
    if filters.as_of:
        rows = rows.filter(as_of__lte=filters.as_of)
    return rows.order_by().aggregate(total=Sum("hours"))["total"] or Decimal(0)


def lines_behind(
    *, actor: Actor, filters: LineFilters, with_names: bool, offset: int = 0, size: int = 50
) -> LinesBehind:
    """Return the lines behind a figure. Without names: sums by month, declarant, engagement, kind and state.

    Names of persons that the actor may not know stay empty. A constant number of queries.
    """
    rows = filtered_lines(actor, filters)
    if with_names:
        found = rows.order_by("-month", "declarant__name", "-id").values(
            *_SHOWN, "id", "uid", "hours", "statement_id", "placement_id", "corrects_id", "reason"
        )
        summed = rows.order_by().aggregate(n=Count("id"), total=Sum("hours"))
        count = int(summed["n"])
    else:
        found = rows.order_by("-month", "declarant__name", "commitment_id", "kind", "state").values(*_SHOWN)
        found = found.annotate(hours=Sum("hours"))
        summed = rows.order_by().aggregate(total=Sum("hours"))
        count = found.count()
    page = list(found[offset : offset + size])
    shown = tuple(_shown(actor, page, with_names))
    return LinesBehind(
        shown, count, summed["total"] or Decimal(0), with_names, _collective(actor, filters), _opening(actor, filters)
    )  # fmt: skip


def _shown(actor: Actor, page: list[dict[str, Any]], with_names: bool) -> Iterable[LineBehind]:
    contracts = contracts_visible_to(actor).filter(pk__in={row["contract_id"] for row in page})
    names = {pk: (uid, name) for pk, uid, name in contracts.values_list("id", "uid", "common_name")}
    commitments = dict(
        commitments_visible_to(actor)
        .filter(pk__in={row["commitment_id"] for row in page})
        .values_list("id", "uid")
    )
    statements: dict[int, UUID] = {}
    persons = {}
    if with_names:
        ids = {row["statement_id"] for row in page}
        statements = dict(statements_visible_to(actor).filter(pk__in=ids).order_by().values_list("id", "uid"))
        persons = persons_of(actor=actor, placement_ids=[row["placement_id"] for row in page])
    for row in page:
        contract_uid, contract_name = names[row["contract_id"]]
        person = persons.get(row.get("placement_id", 0))
        yield LineBehind(
            month=row["month"],
            contract_uid=contract_uid,
            contract_name=contract_name,
            commitment_uid=commitments[row["commitment_id"]],
            declarant_name=row["declarant__name"],
            kind=HoursKind(row["kind"]),
            state=LineState(row["state"]),
            hours=row["hours"],
            line_uid=row.get("uid"),
            statement_uid=statements.get(row.get("statement_id", 0)),
            person=person.name if person else "",
            participant_uid=person.participant_uid if person else None,
            is_correction=row.get("corrects_id") is not None,
            reason=row.get("reason", "") if person else "",
        )
