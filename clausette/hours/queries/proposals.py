"""Corrections proposed by declarants: what waits for an answer, what was answered, what an acceptance changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Min, Q, QuerySet, Sum

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import HoursKind, LineState, ProposalState
from clausette.hours.models import CorrectionProposal
from clausette.hours.queries.people import persons_of
from clausette.hours.queries.progress import progress_of
from clausette.hours.queries.visible import (
    PILOTS,
    collective_visible_to,
    lines_visible_to,
    proposals_visible_to,
)
from clausette.hours.rules.years import Reported, reported_in
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.months import last_day
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import takes_part
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)
RECENT = timedelta(days=60)
"""How long an answer stays on the first page of the firm."""
Key = tuple[int, int | None, int, str]
ANSWERS = (ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.MOOT)
_ROW = (
    "id", "uid", "statement_id", "statement__uid", "contract_id", "contract__common_name", "declarant__name", "month",
    "placement_id", "commitment_id", "kind", "state", "validated", "hours", "reason", "proposed_at",
    "proposed_by__full_name", "mandated_name", "ended_at", "ended_by__full_name", "end_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal. `validated`: the figure when it was made; `worth`: of today, None when the line is gone.

    `line_uid`: of the line, None when it is gone. `mandated_name`: who proposed it for the declarant, by a mandate.
    """

    uid: UUID
    statement_uid: UUID
    line_uid: UUID | None
    contract_id: int
    contract_name: str
    declarant_name: str
    month: date
    commitment_id: int
    person: str
    participant_uid: UUID | None
    kind: HoursKind
    state: ProposalState
    validated: Decimal
    hours: Decimal
    worth: Decimal | None
    reason: str
    proposed_at: datetime
    proposed_by: str
    mandated_name: str
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    whole: bool = False
    """Of hours without names: nobody is meant."""

    @property
    def waits(self) -> bool:
        """Whether nobody answered yet."""
        return self.state == ProposalState.OPEN

    @property
    def change(self) -> Decimal:
        """What the line would move by, from its figure of today."""
        return self.hours - (self.validated if self.worth is None else self.worth)

    @property
    def moved(self) -> bool:
        """Whether the line is no more worth what it was when this was proposed."""
        return self.waits and self.worth != self.validated


def proposals_of(*, actor: Actor, statement_id: int) -> tuple[ProposalLine, ...]:
    """Return the corrections proposed on a statement, those that wait first, then the last. One query when none."""
    rows = proposals_visible_to(actor).filter(statement_id=statement_id).order_by("-id")
    return tuple(sorted(_lines(actor, rows), key=lambda one: not one.waits))


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """Corrections proposed that wait on one statement. `first_uid`: one of them; `change`: what they move in all."""

    statement_uid: UUID
    first_uid: UUID
    month: date
    contract_name: str
    declarant_name: str
    count: int
    change: Decimal
    since: datetime


def proposals_waiting(*, actor: Actor) -> tuple[ToAnswer, ...]:
    """Return the corrections proposed that wait on contracts piloted, by statement, the oldest first. One query."""
    found = sorted(_open(actor), key=lambda row: (row["since"], row["first"]))
    return tuple(
        ToAnswer(
            row["statement__uid"], row["uids"][0], row["month"], row["contract__common_name"],
            row["declarant__name"], row["count"], row["change"], row["since"],
        )
        for row in found
    )  # fmt: skip


@prepared
def _open(actor: Actor) -> QuerySet[Any, Any]:
    rows = proposals_visible_to(actor).filter(takes_part(actor, *PILOTS), state=ProposalState.OPEN).order_by()
    return rows.values("statement__uid", "month", "contract__common_name", "declarant__name").annotate(
        first=Min("id"), uids=ArrayAgg("uid", order_by="id"), count=Count("id"),
        change=Sum(F("hours") - F("validated")), since=Min("proposed_at"),
    )  # fmt: skip


def proposals_answered(*, actor: Actor, on: date) -> tuple[ProposalLine, ...]:
    """Return what was answered lately to the actor's organisation, the last first."""
    rows = proposals_visible_to(actor).filter(
        declarant_id=actor.organisation_id, state__in=ANSWERS, ended_at__date__gte=on - RECENT
    )
    return _lines(actor, rows.order_by("-ended_at", "-id"))


@dataclass(frozen=True, slots=True)
class AnsweredMonth:
    """Answers given on one day to the corrections that a declarant proposed on one month of a contract."""

    contract_id: int
    contract_uid: UUID
    contract_name: str
    declarant_id: int
    declarant_name: str
    month: date
    answered_on: date
    accepted: int
    declined: int
    moot: int


def answered_months(*, actor: Actor, since: date, before: date) -> tuple[AnsweredMonth, ...]:
    """Return what was answered on the contracts that the structure pilots from `since` to the eve of `before`.

    By contract, declarant, month and day of answer, the first first. One query.
    """
    rows = proposals_visible_to(actor).filter(
        takes_part(actor, PartyRole.PILOT), state__in=ANSWERS, ended_at__date__gte=since, ended_at__date__lt=before
    )
    grouped = rows.order_by("ended_at__date", "declarant__name", "contract__common_name", "month").values_list(
        "contract_id", "contract__uid", "contract__common_name", "declarant_id", "declarant__name", "month",
        "ended_at__date",
    ).annotate(**{state.value: Count("id", filter=Q(state=state)) for state in ANSWERS})  # fmt: skip
    return tuple(AnsweredMonth(*row) for row in grouped)


def proposal(*, actor: Actor, uid: UUID) -> ProposalLine:
    """Return one proposal on a contract piloted. Raises Absent."""
    return _one(actor, proposals_visible_to(actor).filter(takes_part(actor, *PILOTS), uid=uid))


def own_proposal(*, actor: Actor, uid: UUID) -> ProposalLine:
    """Return one proposal of the actor's organisation. Raises Absent."""
    return _one(actor, proposals_visible_to(actor).filter(declarant_id=actor.organisation_id, uid=uid))


def _one(actor: Actor, rows: QuerySet[CorrectionProposal]) -> ProposalLine:
    found = _lines(actor, rows.order_by("id"))
    if not found:
        raise Absent("hours.CorrectionProposal")
    return found[0]


def _lines(actor: Actor, rows: QuerySet[CorrectionProposal]) -> tuple[ProposalLine, ...]:
    held = list(rows.values(*_ROW))
    if not held:
        return ()
    persons = persons_of(actor=actor, placement_ids={row["placement_id"] for row in held} - {None})
    statements = {row["statement_id"] for row in held}
    known = _worths(actor, statements)
    if any(row["placement_id"] is None for row in held):
        known = {**known, **_whole_worths(actor, statements)}
    found = []
    for row in held:
        whole = row["placement_id"] is None
        person = persons.get(row["placement_id"])
        told = person is not None or whole
        key = (row["statement_id"], row["placement_id"], row["commitment_id"], row["kind"])
        line_uid, worth = known.get(key, (None, None))
        found.append(
            ProposalLine(
                uid=row["uid"], statement_uid=row["statement__uid"], line_uid=line_uid, contract_id=row["contract_id"],
                contract_name=row["contract__common_name"], declarant_name=row["declarant__name"], month=row["month"],
                commitment_id=row["commitment_id"], person=person.name if person else "",
                participant_uid=person.participant_uid if person else None, kind=HoursKind(row["kind"]),
                state=ProposalState(row["state"]), validated=row["validated"], hours=row["hours"], worth=worth,
                # reasons speak of a person: they are for those who may know them
                reason=row["reason"] if told else "", proposed_at=row["proposed_at"],
                proposed_by=row["proposed_by__full_name"] or "", mandated_name=row["mandated_name"],
                ended_at=row["ended_at"], ended_by=row["ended_by__full_name"] or "",
                end_reason=row["end_reason"] if told else "", whole=whole,
            )
        )  # fmt: skip
    return tuple(found)


def _worths(actor: Actor, statements: Collection[int]) -> Mapping[Key, tuple[UUID, Decimal]]:
    """The line and its worth of today, corrections included, by what names it. One query."""
    rows = lines_visible_to(actor).filter(statement_id__in=statements).exclude(state=LineState.REFUSED)
    found: dict[int, tuple[Key, UUID]] = {}
    worth: dict[int, Decimal] = {}
    fields = ("id", "uid", "statement_id", "placement_id", "commitment_id", "kind", "hours", "corrects_id")
    for pk, uid, statement, placement, commitment, kind, hours, corrects in rows.order_by("id").values_list(*fields):
        if corrects is None:
            found[pk] = ((statement, placement, commitment, kind), uid)
        worth[corrects or pk] = worth.get(corrects or pk, ZERO) + hours
    return {key: (uid, worth[pk]) for pk, (key, uid) in found.items()}


def _whole_worths(actor: Actor, statements: Collection[int]) -> Mapping[Key, tuple[UUID, Decimal]]:
    """The same of hours without names. One query."""
    rows = collective_visible_to(actor).filter(statement_id__in=statements).exclude(state=LineState.REFUSED)
    found: dict[int, tuple[Key, UUID]] = {}
    worth: dict[int, Decimal] = {}
    fields = ("id", "uid", "statement_id", "commitment_id", "kind", "hours", "corrects_id")
    for pk, uid, statement, commitment, kind, hours, corrects in rows.order_by("id").values_list(*fields):
        if corrects is None:
            found[pk] = ((statement, None, commitment, kind), uid)
        worth[corrects or pk] = worth.get(corrects or pk, ZERO) + hours
    return {key: (uid, worth[pk]) for pk, (key, uid) in found.items()}


@dataclass(frozen=True, slots=True)
class ProposalEffect:
    """What an acceptance changes: hours of the month of this declarant, hours validated of the engagement, its year."""

    month_before: Decimal
    commitment_uid: UUID | None
    contractor_name: str
    validated_before: Decimal | None
    due: Decimal | None
    reported: Reported


def effect_of(*, actor: Actor, line: ProposalLine, on: date) -> ProposalEffect:
    """Return what accepting a proposal changes, as of `on`. A constant number of queries."""
    kept = lines_visible_to(actor).filter(statement__uid=line.statement_uid).exclude(state=LineState.REFUSED)
    month = kept.order_by().aggregate(total=Sum("hours"))["total"] or ZERO
    whole = collective_visible_to(actor).filter(statement__uid=line.statement_uid).exclude(state=LineState.REFUSED)
    month += whole.order_by().aggregate(total=Sum("hours"))["total"] or ZERO
    owed = commitments_visible_to(actor).filter(pk=line.commitment_id)
    uid, name = owed.values_list("uid", "contractor__name").first() or (None, "")
    standing = progress_of(actor=actor, commitment_ids=[line.commitment_id], as_of=max(on, last_day(line.month)))
    progress = standing.get(line.commitment_id)
    closing = int(parameters_on(on)["year_closing_month"])
    return ProposalEffect(
        month, uid, name or "", progress.validated if progress else None, progress.due_firm if progress else None,
        reported_in(line.month, on, closing_month=closing),
    )  # fmt: skip
