"""What is behind a number: the lines of hours that make it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import HoursKind, LineState
from clausette.hours.models import HoursLine
from clausette.hours.queries.people import persons_of
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.kernel.actor import Actor
from clausette.procurement.queries import contracts_visible_to


@dataclass(frozen=True, slots=True)
class LineFilters:
    """Which lines: all given conditions together. `as_of`: months up to that day; `firm_uid`: the titulaire.

    `kinds`: engagements of these kinds only.
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


_SHOWN = ("month", "contract_id", "commitment_id", "declarant_id", "declarant__name", "kind", "state")


def filtered_lines(actor: Actor, filters: LineFilters) -> QuerySet[HoursLine]:
    """Return the visible lines that meet the filters; drafts are nobody's figures and are left out."""
    rows = lines_visible_to(actor).exclude(state=LineState.DRAFT)
    if filters.commitment_uid:
        rows = rows.filter(commitment__uid=filters.commitment_uid)
    if filters.contract_uid:
        rows = rows.filter(contract__uid=filters.contract_uid)
    if filters.firm_uid:
        rows = rows.filter(commitment__contractor__uid=filters.firm_uid)
    if filters.buyer_uid:
        rows = rows.filter(contract__buyer__uid=filters.buyer_uid)
    if filters.declarant_uid:
        rows = rows.filter(declarant__uid=filters.declarant_uid)
    if filters.participant_uid:
        rows = rows.filter(placement__participant__uid=filters.participant_uid)
    if filters.month:
        rows = rows.filter(month=filters.month)
    if filters.as_of:
        rows = rows.filter(month__lte=filters.as_of)
    if filters.kinds is not None:
        rows = rows.filter(commitment__kind__in=filters.kinds)
    return rows.filter(state=filters.state) if filters.state else rows


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
    return LinesBehind(shown, count, summed["total"] or Decimal(0), with_names)


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
