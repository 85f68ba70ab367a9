"""One month of one work contract: its total, and what each mise à disposition is credited with."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from clausette.hours.enums import HoursKind, LineState, StatementState
from clausette.hours.permissions import ContractPart, can_amend_handed, can_split, can_type
from clausette.hours.queries.people import Person, persons_of
from clausette.hours.queries.visible import (
    contract_parts,
    lines_visible_to,
    statements_visible_to,
    worked_months_visible_to,
)
from clausette.hours.rules.entries import cell_name
from clausette.hours.rules.splitting import days_within, proposed
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.decision import Decision
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_date
from clausette.placements.queries import allocations_visible_to, placements_visible_to

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SplitPart:
    """What one engagement is credited with. `weight`: days of the month × `share` of the time (0–1).

    `locked`: why it does not change here. `hours` None: nothing is written yet.
    """

    name: str
    contract_uid: UUID
    contract_name: str
    commitment_uid: UUID
    host_name: str
    declarant_uid: UUID
    declarant_name: str
    weight: Decimal
    share: Decimal
    hours: Decimal | None
    locked: str
    statement_id: int | None
    statement_uid: UUID | None
    version: int | None


@dataclass(frozen=True, slots=True)
class SplitSheet:
    """A month of a work contract. `stated`: its total when it was stated; `apart`: hours of no part (formation…)."""

    placement_id: int
    placement_uid: UUID
    employer_id: int
    employer_name: str
    owner_org_id: int
    person: Person
    month: date
    days: int
    stated: Decimal | None
    apart: Decimal
    parts: tuple[SplitPart, ...]
    may_split: Decision

    @property
    def fixed(self) -> Decimal:
        """Hours of the month that do not change here."""
        return sum((part.hours or ZERO for part in self.parts if part.locked), self.apart)

    @property
    def open(self) -> tuple[SplitPart, ...]:
        """The parts that may be typed."""
        return tuple(part for part in self.parts if not part.locked)

    @property
    def credited(self) -> Decimal:
        """All the hours of the month that are credited somewhere."""
        return sum((part.hours or ZERO for part in self.parts), self.apart)

    def proposal(self, total: Decimal) -> dict[str, Decimal]:
        """What is proposed for each open part, by name: what the fixed hours leave, in proportion of the presences."""
        days = 0 if self.fixed else self.days
        hours = proposed(total - self.fixed, [part.weight for part in self.open], days=days)
        return {part.name: one for part, one in zip(self.open, hours, strict=True)}

    @property
    def mark(self) -> str:
        """What a person had on screen: it differs as soon as somebody else writes in this month."""
        told = [self.stated, self.apart, *((p.name, p.declarant_uid, p.hours, p.version) for p in self.parts)]
        return sha256(repr(told).encode()).hexdigest()[:16]


_PLACEMENT = (
    "id", "uid", "employer_id", "employer__uid", "employer__name", "owner_org_id", "starts_on", "ends_on", "ended_on"
)  # fmt: skip
_ALLOCATION = (
    "contract_id", "commitment_id", "commitment__uid", "host_company__name", "starts_on", "ends_on", "share"
)  # fmt: skip


def split_sheet(*, actor: Actor, placement_uid: UUID, month: date, on: date) -> SplitSheet:
    """Return a month of a work contract with the parts that the actor may know. Raises Absent. Seven queries."""
    row = placements_visible_to(actor).filter(uid=placement_uid).values(*_PLACEMENT).first()
    if row is None:
        raise Absent("placements.Placement")
    lent = list(_allocations(actor, row["id"]))
    contracts = contract_parts(actor, {one["contract_id"] for one in lent})
    held = _held(actor, row["id"], month)
    statements = _statements(actor, contracts, month)
    end = row["ended_on"] or row["ends_on"]
    found: dict[int, SplitPart] = {}
    for one in lent:
        days = days_within(month, max(one["starts_on"], row["starts_on"]), _earliest(one["ends_on"], end))
        by = held.of_month.get(one["commitment_id"], {})
        known = found.get(one["commitment_id"])
        if not days and (known is not None or not by):
            continue
        part = contracts[one["contract_id"]]
        declarant = next(iter(by), None) or held.usual.get(one["commitment_id"]) or _employer(row)
        found[one["commitment_id"]] = _part(
            actor, one, part, row, month, days, by, declarant, statements, known
        )
    worked = worked_months_visible_to(actor).filter(placement_id=row["id"], month=month, is_stated=True)
    split = sum((part.hours or ZERO for part in found.values()), ZERO)
    return SplitSheet(
        placement_id=row["id"], placement_uid=row["uid"], employer_id=row["employer_id"],
        employer_name=row["employer__name"], owner_org_id=row["owner_org_id"],
        person=persons_of(actor=actor, placement_ids=[row["id"]])[row["id"]], month=month,
        days=days_within(month, row["starts_on"], end),
        stated=worked.order_by("id").values_list("hours", flat=True).first(), apart=held.total - split,
        parts=tuple(found.values()),  # as on the page of the person: in the order of the mises à disposition
        may_split=can_split(actor, row["employer_id"], month, on, contracts.values(), len(found)),
    )  # fmt: skip


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _allocations(actor: Actor, placement_id: int) -> Iterator[dict[str, Any]]:
    rows = allocations_visible_to(actor).filter(placement_id=placement_id).order_by("starts_on", "id")
    yield from (dict(row) for row in rows.values(*_ALLOCATION))


Body = tuple[int, UUID, str]


def _employer(row: Mapping[str, Any]) -> Body:
    return row["employer_id"], row["employer__uid"], row["employer__name"]


@dataclass(frozen=True, slots=True)
class _Held:
    """What the work contract holds: by engagement and declarant in the month; who declared each engagement last."""

    of_month: Mapping[int, Mapping[Body, Decimal]]
    usual: Mapping[int, Body]
    total: Decimal


def _held(actor: Actor, placement_id: int, month: date) -> _Held:
    rows = lines_visible_to(actor).filter(placement_id=placement_id).exclude(state=LineState.REFUSED)
    of_month: dict[int, dict[Body, Decimal]] = defaultdict(dict)
    usual: dict[int, Body] = {}
    total = ZERO
    columns = ("commitment_id", "month", "kind", "hours", "declarant_id", "declarant__uid", "declarant__name")
    for commitment, when, kind, hours, *body in rows.order_by("month", "id").values_list(*columns):
        who: Body = (body[0], body[1], body[2])
        usual[commitment] = who
        if when != month or kind == HoursKind.BEFORE:
            continue
        total += hours
        if kind == HoursKind.WORK:
            by = of_month[commitment]
            by[who] = by.get(who, ZERO) + hours
    return _Held(of_month, usual, total)


def _statements(
    actor: Actor, contracts: Collection[int], month: date
) -> dict[tuple[int, int], Mapping[str, Any]]:
    rows = statements_visible_to(actor).filter(contract_id__in=contracts, month=month).order_by("id")
    columns = ("id", "uid", "contract_id", "declarant_id", "state", "version", "validated_at")
    return {(row["contract_id"], row["declarant_id"]): row for row in rows.values(*columns)}


def _part(
    actor: Actor,
    one: Mapping[str, Any],
    part: ContractPart,
    row: Mapping[str, Any],
    month: date,
    days: int,
    by: Mapping[Body, Decimal],
    declarant: Body,
    statements: Mapping[tuple[int, int], Mapping[str, Any]],
    known: SplitPart | None,
) -> SplitPart:
    statement = statements.get((part.id, declarant[0]))
    weight = one["share"] * days + (known.weight if known else ZERO)
    share = max(one["share"], known.share) if known and known.weight else one["share"]
    return SplitPart(
        name=cell_name(row["uid"], one["commitment__uid"], month),
        contract_uid=part.uid,
        contract_name=part.name,
        commitment_uid=one["commitment__uid"],
        host_name=one["host_company__name"],
        declarant_uid=declarant[1],
        declarant_name=declarant[2],
        weight=weight,
        share=share,
        hours=by.get(declarant),
        locked=_locked(actor, part, declarant[0], statement),
        statement_id=statement["id"] if statement else None,
        statement_uid=statement["uid"] if statement else None,
        version=statement["version"] if statement else None,
    )


def _locked(actor: Actor, part: ContractPart, declarant_id: int, statement: Mapping[str, Any] | None) -> str:
    may = can_type(actor, part, declarant_id)
    if not may:
        return may.reason
    if statement is None:
        return ""
    if statement["state"] == StatementState.VALIDATED:
        day = statement["validated_at"].astimezone(PARIS).date()
        return f"relevé validé le {format_date(day)}"
    if statement["state"] == StatementState.SUBMITTED and not can_amend_handed(part):
        return "relevé transmis"
    return ""
