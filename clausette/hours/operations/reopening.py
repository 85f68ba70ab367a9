"""A validated month is reopened: asked with a reason, decided by a second person, or applied after its delay."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from clausette.hours.enums import LineState, ReopeningState, StatementState
from clausette.hours.errors import AlreadyDone, NotReopened
from clausette.hours.models import CollectiveHours, HoursLine, Reopening, Statement
from clausette.hours.operations.common import (
    StatementRef,
    check_version,
    locked_statement,
    plain_text,
)
from clausette.hours.operations.mooting import end_without_object
from clausette.hours.permissions import (
    ContractPart,
    can_cancel_reopening,
    can_decide_reopening,
    can_reopen,
)
from clausette.hours.queries.reopening import (
    deciders,
    refusal_of_reopening,
    reopening_hours,
    reopenings_visible_to,
)
from clausette.hours.queries.visible import (
    collective_visible_to,
    lines_visible_to,
    statements_visible_to,
)
from clausette.hours.queries.written import written_of
from clausette.hours.rules.reopening import effective_from
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision, demand
from clausette.kernel.errors import Absent, WrongState
from clausette.kernel.operation import about, because, change, created, lock, operation
from clausette.kernel.queue import enqueue

C = TypeVar("C", HoursLine, CollectiveHours)
Permission = Callable[[Actor, ContractPart, int], Decision]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was kept. `effective_at`: nobody else decides, it takes effect then."""

    uid: UUID
    effective_at: datetime | None
    already: bool = False


@operation("hours.reopening.asked")
def ask_reopening(
    *, actor: Actor, uid: UUID, version: int | None, reason: str, at: datetime, on: date
) -> Asked:
    """Ask that a validated statement be reopened; asking twice the same changes nothing (`already`).

    Where the structure has another facilitator, one of them decides; else the administrators are told at once and it
    takes effect after its delay. Raises Invalid (« reason »), NotReopened (closed
    year, settled engagement, globalised hours), Conflict, WrongState (another request waits), NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, uid)
    demand(can_reopen(part))
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi ce mois doit être rouvert."
    )
    held = (
        reopenings_visible_to(actor).filter(statement_id=statement.pk, state=ReopeningState.WAITING).first()
    )
    if held is not None and held.asked_by_id == actor.account_id and held.reason == text:
        return Asked(held.uid, held.effective_at, already=True)
    if held is not None:
        raise WrongState("Une réouverture de ce mois est déjà demandée.", "state")
    if version is not None and statement.version != version:
        check_version(statement, version, written_of(actor=actor, statement_id=statement.pk))
    _demand_may(actor, statement, on)
    about(contract_id=part.id)
    because(text)
    effect = effective_from(at, deciders(actor=actor, on=on), hours=reopening_hours(on))
    row = created(
        Reopening(
            statement_id=statement.pk, contract_id=statement.contract_id, declarant_id=statement.declarant_id,
            month=statement.month, reason=text, asked_org_id=actor.organisation_id, asked_by_id=actor.account_id,
            asked_at=at, effective_at=effect,
        )
    )  # fmt: skip
    if effect is not None:
        enqueue("hours.mail_reopening", actor=actor, reopening=str(row.uid))
    return Asked(row.uid, effect)


@operation("hours.reopening.accepted")
def accept_reopening(*, actor: Actor, uid: UUID, reason: str = "", at: datetime, on: date) -> StatementRef:
    """Reopen the month that a colleague asked for; accepting twice changes nothing (`already`).

    Raises NotReopened (no longer possible: the request stays), WrongState (ended otherwise, or applied by itself),
    Invalid (« reason »), NotAllowed (one's own request), Absent.
    """
    statement, row = _held(actor, uid, can_decide_reopening)
    text = plain_text(reason, field="reason", least=0, most=300, missing="")
    if row.state == ReopeningState.DONE and row.ended_by_id == actor.account_id:
        return StatementRef(statement.uid, statement.version, already=True)
    _demand_two(row)
    because(row.reason)
    return _reopen(actor, statement, row, at, on, by=actor.account_id, told=text)


@operation("hours.reopening.declined")
def decline_reopening(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Decline the request of a colleague, with a reason; return the uid of the statement, which stays validated.

    Raises AlreadyDone, Invalid (« reason »), WrongState, NotAllowed (one's own request), Absent.
    """
    statement, row = _held(actor, uid, can_decide_reopening)
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi ce mois reste validé."
    )
    if (row.state, row.ended_by_id, row.end_reason) == (ReopeningState.DECLINED, actor.account_id, text):
        raise AlreadyDone("Vous aviez déjà refusé cette réouverture.")
    _demand_two(row)
    because(text)
    change(row, state=ReopeningState.DECLINED, ended_at=at, ended_by_id=actor.account_id, end_reason=text)
    return statement.uid


@operation("hours.reopening.cancelled")
def cancel_reopening(*, actor: Actor, uid: UUID, at: datetime) -> UUID:
    """Take back a request that waits: who asked, or an administrator; return the uid of the statement.

    Raises AlreadyDone, WrongState (ended otherwise), NotAllowed, Absent.
    """
    statement, row = _held(actor, uid, can_cancel_reopening)
    if row.state == ReopeningState.CANCELLED:
        raise AlreadyDone("Cette demande était déjà retirée.")
    _demand_waiting(row)
    change(row, state=ReopeningState.CANCELLED, ended_at=at, ended_by_id=actor.account_id)
    return statement.uid


@operation("hours.reopening.applied")
def apply_reopening(*, actor: Actor, uid: UUID, at: datetime, on: date) -> StatementRef:
    """Reopen the month of a request whose delay is over at `at`; applying twice changes nothing (`already`).

    Raises WrongState (not due, or ended otherwise), NotReopened (no longer possible), NotAllowed, Absent.
    """
    statement, row = _held(actor, uid, lambda _, part, __: can_reopen(part))
    if row.state == ReopeningState.DONE:
        return StatementRef(statement.uid, statement.version, already=True)
    _demand_waiting(row)
    if row.effective_at is None or row.effective_at > at:
        raise WrongState("Cette réouverture ne prend pas encore effet.", "state")
    because(row.reason)
    return _reopen(actor, statement, row, at, on, by=None, told="")


@operation("hours.reopening.lapsed")
def lapse_reopening(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """End a request that can no longer take effect, with why; return its uid. Raises WrongState, NotAllowed, Absent."""
    _, row = _held(actor, uid, lambda _, part, __: can_reopen(part))
    _demand_waiting(row)
    because(reason)
    return change(row, state=ReopeningState.LAPSED, ended_at=at, end_reason=reason[:300]).uid


def _held(actor: Actor, uid: UUID, allowed: Permission) -> tuple[Statement, Reopening]:
    """The statement, then its request, both locked. Raises Absent, NotAllowed."""
    known = reopenings_visible_to(actor).filter(uid=uid).values_list("statement_id", "asked_by_id").first()
    owner = (
        statements_visible_to(actor).filter(pk=known[0] if known else 0).values_list("uid", flat=True).first()
    )
    if known is None or owner is None:
        raise Absent("hours.Reopening")
    statement, part = locked_statement(actor, owner)
    demand(allowed(actor, part, known[1]))
    about(contract_id=part.id)
    return statement, lock(reopenings_visible_to(actor), uid=uid)


def _demand_waiting(row: Reopening) -> None:
    if row.state != ReopeningState.WAITING:
        raise WrongState(f"Cette demande est close : {ReopeningState(row.state).label.lower()}.", "state")


def _demand_two(row: Reopening) -> None:
    _demand_waiting(row)
    if row.effective_at is not None:
        raise WrongState("Cette réouverture prend effet d'elle-même : personne d'autre n'en décide.", "state")


def _demand_may(actor: Actor, statement: Statement, on: date) -> None:
    facts = {
        "id": statement.pk, "contract_id": statement.contract_id, "state": statement.state, "month": statement.month,
    }  # fmt: skip
    if sentence := refusal_of_reopening(actor=actor, statement=facts, on=on):
        raise NotReopened(sentence, "state")


def _reopen(
    actor: Actor, statement: Statement, row: Reopening, at: datetime, on: date, *, by: int | None, told: str
) -> StatementRef:
    """The statement waits for control again, its lines with it; corrections join the line that they corrected."""
    _demand_may(actor, statement, on)
    change(
        row, state=ReopeningState.DONE, ended_at=at, ended_by_id=by, end_reason=told,
        reopened_version=statement.version,
    )  # fmt: skip
    change(
        statement, state=StatementState.SUBMITTED, validated_at=None, validated_by_id=None,
        version=statement.version + 1,
    )  # fmt: skip
    for rows in (lines_visible_to(actor), collective_visible_to(actor)):
        rows.filter(statement_id=statement.pk, state=LineState.VALIDATED).update(state=LineState.DECLARED)
    reserved = lines_visible_to(actor).filter(statement_id=statement.pk, state=LineState.RESERVED)
    for pk in reserved.order_by("placement_id", "id").values_list("pk", flat=True):
        change(lock(lines_visible_to(actor), pk=pk), state=LineState.DECLARED)
    end_without_object(actor, at, statement_id=statement.pk)
    _fold(lines_visible_to(actor).filter(statement_id=statement.pk).order_by("placement_id", "id"))
    _fold(collective_visible_to(actor).filter(statement_id=statement.pk).order_by("id"))
    return StatementRef(statement.uid, statement.version)


def _fold(rows: QuerySet[C]) -> None:
    """Each line takes what it was worth, its corrections go: a month to control has one figure a line.

    The sum of a work contract does not move. A line brought to 0 h goes too; the journal keeps them all.
    """
    later: dict[int, list[int]] = defaultdict(list)
    for pk, corrected in rows.exclude(corrects=None).values_list("pk", "corrects_id"):
        later[corrected or 0].append(pk)
    for pk, corrections in later.items():
        line = lock(rows, pk=pk)
        worth = line.hours
        for one in corrections:
            gone = lock(rows, pk=one)
            worth += gone.hours
            _remove(rows, gone)
        if worth:
            change(line, hours=worth)
        else:
            _remove(rows, line)


def _remove(rows: QuerySet[C], row: C) -> None:
    rows.filter(pk=row.pk).delete()
    vars(row)["hours"] = None  # said to the journal: there were hours, there are none
