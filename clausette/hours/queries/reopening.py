"""Requests to reopen a validated month: what waits for a decision, what was reopened and why, what it moves."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from clausette.access.queries import colleagues
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import LineState, ReopeningState, StatementState
from clausette.hours.models import Reopening
from clausette.hours.permissions import can_cancel_reopening, can_decide_reopening, can_reopen
from clausette.hours.queries.visible import (
    PARTS_OF_ROW,
    PILOTS,
    collective_visible_to,
    contract_parts,
    hours_of_statement,
    lines_visible_to,
    part_of_row,
    statements_visible_to,
    with_parts,
)
from clausette.hours.rules.reopening import ReopeningFacts, refusal_to_reopen
from clausette.kernel.actor import Actor
from clausette.kernel.decision import ALLOWED, Decision, refused
from clausette.kernel.errors import Absent
from clausette.kernel.french import format_date
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.scope import narrow
from clausette.procurement.enums import ContractState
from clausette.procurement.queries import contracts_visible_to, takes_part
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)
OVER = (ContractState.SETTLED, ContractState.CLOSED)
_ROW = (
    "id", "uid", "state", "reason", "asked_at", "asked_by_id", "asked_by__full_name", "effective_at", "ended_at",
    "ended_by__full_name", "end_reason", "month", "statement_id", "statement__uid", "statement__version",
    "declarant__name", *PARTS_OF_ROW,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReopeningLine:
    """One request. `effective_at`: it takes effect by itself; else a second person decides. `hours`: of the month."""

    uid: UUID
    statement_uid: UUID
    version: int
    month: date
    contract_name: str
    declarant_name: str
    state: ReopeningState
    reason: str
    asked_by: str
    asked_at: datetime
    effective_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    end_reason: str
    hours: Decimal
    may_decide: Decision
    may_cancel: Decision

    @property
    def waits(self) -> bool:
        """Whether it is not ended."""
        return self.state == ReopeningState.WAITING

    @property
    def asks_me(self) -> bool:
        """Whether it waits for the decision of the actor."""
        return self.waits and self.effective_at is None and bool(self.may_decide)


@dataclass(frozen=True, slots=True)
class Moved:
    """What leaves the validated hours of an engagement when the month is reopened."""

    commitment_uid: UUID
    commitment_id: int
    contractor_name: str
    hours: Decimal


def reopenings_visible_to(actor: Actor) -> QuerySet[Reopening]:
    """Requests on contracts piloted; what was reopened, on hours the actor declared."""
    declared = Q(declarant_id=actor.organisation_id) & Q(takes_part(actor)) & Q(state=ReopeningState.DONE)
    return narrow(Reopening.objects.all(), Q(takes_part(actor, *PILOTS)) | declared)


def reopenings_of(*, actor: Actor, statement_id: int) -> tuple[ReopeningLine, ...]:
    """Return the requests about a statement, the last first. One query."""
    return _lines(actor, _of(actor, statement_id))


def reopenings_waiting(*, actor: Actor) -> tuple[ReopeningLine, ...]:
    """Return the requests that wait on contracts piloted, those that the actor decides first, then the oldest.

    One query.
    """
    return tuple(sorted(_lines(actor, _waiting(actor)), key=lambda one: not one.asks_me))


def reopened_of_own(*, actor: Actor) -> tuple[ReopeningLine, ...]:
    """Return the months that the actor's organisation declared, reopened and not validated since, the last first.

    One query.
    """
    return _lines(actor, _reopened(actor))


@prepared
def _of(actor: Actor, statement_id: int) -> QuerySet[Reopening, dict[str, Any]]:
    return _told(actor, reopenings_visible_to(actor).filter(statement_id=statement_id).order_by("-id"))


@prepared
def _waiting(actor: Actor) -> QuerySet[Reopening, dict[str, Any]]:
    rows = reopenings_visible_to(actor).filter(takes_part(actor, *PILOTS), state=ReopeningState.WAITING)
    return _told(actor, rows.order_by("asked_at", "id"))


@prepared
def _reopened(actor: Actor) -> QuerySet[Reopening, dict[str, Any]]:
    rows = reopenings_visible_to(actor).filter(
        declarant_id=actor.organisation_id, state=ReopeningState.DONE, statement__state=StatementState.SUBMITTED
    )
    newer = reopenings_visible_to(actor).filter(
        statement_id=OuterRef("statement_id"), state=ReopeningState.DONE, id__gt=OuterRef("id")
    )
    return _told(actor, rows.exclude(Exists(newer)).order_by("-month", "-id"))


def _told(actor: Actor, rows: QuerySet[Reopening]) -> QuerySet[Reopening, dict[str, Any]]:
    """What is said of each request, the hours of its month with it: few wait."""
    told: QuerySet[Any] = with_parts(actor, rows).annotate(worth=hours_of_statement(actor, statement="statement_id"))
    return told.values(*_ROW, "worth")


def reopening(*, actor: Actor, uid: UUID) -> ReopeningLine:
    """Return one request on a contract piloted. Raises Absent."""
    rows = reopenings_visible_to(actor).filter(takes_part(actor, *PILOTS), uid=uid).order_by("id")
    found = _lines(actor, _told(actor, rows))
    if not found:
        raise Absent("hours.Reopening")
    return found[0]


def _lines(actor: Actor, rows: Iterable[dict[str, Any]]) -> tuple[ReopeningLine, ...]:
    return tuple(
        ReopeningLine(
            uid=row["uid"], statement_uid=row["statement__uid"], version=row["statement__version"], month=row["month"],
            contract_name=row["contract__common_name"], declarant_name=row["declarant__name"],
            state=ReopeningState(row["state"]), reason=row["reason"], asked_by=row["asked_by__full_name"] or "",
            asked_at=row["asked_at"], effective_at=row["effective_at"], ended_by=row["ended_by__full_name"] or "",
            ended_at=row["ended_at"], end_reason=row["end_reason"], hours=row["worth"],
            may_decide=can_decide_reopening(actor, part_of_row(row), row["asked_by_id"]),
            may_cancel=can_cancel_reopening(actor, part_of_row(row), row["asked_by_id"]),
        )
        for row in rows
    )  # fmt: skip


def moved_by_reopening(*, actor: Actor, statement_id: int) -> tuple[Moved, ...]:
    """Return what a reopening takes off the validated hours, by engagement. Three queries."""
    sums: dict[int, Decimal] = {}
    for rows in (lines_visible_to(actor), collective_visible_to(actor)):
        kept = rows.filter(
            statement_id=statement_id, state__in=(LineState.VALIDATED, LineState.RESERVED)
        ).order_by()
        for pk, total in kept.values_list("commitment_id").annotate(total=Sum("hours")):
            sums[pk] = sums.get(pk, ZERO) + total
    owed = commitments_visible_to(actor).filter(pk__in=sums).order_by("contractor__name", "id")
    return tuple(
        Moved(uid, pk, name or "", sums[pk])
        for uid, pk, name in owed.values_list("uid", "id", "contractor__name")
    )


def refusal_of_reopening(*, actor: Actor, statement: Mapping[str, Any], on: date) -> str:
    """Return why a statement may not be reopened on `on`, « » when it may.

    `statement`: its « id », « contract_id », « state » and « month ». Three queries.
    """
    named = lines_visible_to(actor).filter(statement_id=statement["id"])
    rows = list(named.order_by().values_list("commitment_id", "act_id"))
    whole = collective_visible_to(actor).filter(statement_id=statement["id"]).order_by()
    owed = {pk for pk, _ in rows} | set(whole.values_list("commitment_id", flat=True))
    settled = commitments_visible_to(actor).filter(pk__in=owed, closed_on__isnull=False).order_by("id")
    state = (
        contracts_visible_to(actor)
        .filter(pk=statement["contract_id"])
        .values_list("state", flat=True)
        .first()
    )
    facts = ReopeningFacts(
        state=StatementState(statement["state"]),
        month=statement["month"],
        settled=tuple(
            f"{name}, le {format_date(day)}"
            for name, day in settled.values_list("contractor__name", "closed_on")
        ),
        contract_over=ContractState(state).label if state in OVER else "",
        globalised=any(act for _, act in rows),
    )
    return refusal_to_reopen(facts, on, closing_month=int(parameters_on(on)["year_closing_month"]))


def may_reopen(*, actor: Actor, uid: UUID, on: date) -> Decision:
    """Say whether the actor may ask that a statement be reopened, and why not. Raises Absent."""
    row = statements_visible_to(actor).filter(uid=uid).values("id", "contract_id", "state", "month").first()
    if row is None:
        raise Absent("hours.Statement")
    decision = can_reopen(contract_parts(actor, [row["contract_id"]])[row["contract_id"]])
    if not decision:
        return decision
    waits = reopenings_visible_to(actor).filter(statement_id=row["id"], state=ReopeningState.WAITING)
    if waits.exists():
        return refused("Une réouverture de ce mois est déjà demandée.")
    sentence = refusal_of_reopening(actor=actor, statement=row, on=on)
    return refused(sentence) if sentence else ALLOWED


def deciders(*, actor: Actor, on: date) -> int:
    """Return how many other facilitators of the structure of the actor may decide of its request."""
    return colleagues(actor=actor, on=on)


def reopening_hours(on: date) -> int:
    """Return the hours left to the director when nobody else decides (dated parameter)."""
    return int(parameters_on(on)["reopening_hours"])


def reopened_on(*, actor: Actor, statement_ids: Collection[int]) -> dict[int, datetime]:
    """Return when each of these statements was last reopened; absent: never. One query."""
    return {pk: at for pk, at in _ended(actor, list(statement_ids)) if at}


@prepared
def _ended(actor: Actor, statement_ids: list[int]) -> QuerySet[Reopening, tuple[int, datetime | None]]:
    rows = reopenings_visible_to(actor).filter(Among("statement_id", statement_ids), state=ReopeningState.DONE)
    return rows.order_by("ended_at").values_list("statement_id", "ended_at")
