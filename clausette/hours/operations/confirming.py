"""The titulaire confirms or contests hours that another body declared; the structure in charge decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from clausette.hours.enums import ConfirmationState, ContestReason, LineState
from clausette.hours.errors import AlreadyDone, ErrorsRemain
from clausette.hours.models import Confirmation, HoursLine, Statement
from clausette.hours.operations.common import (
    credited,
    locked_months,
    locked_statement,
    move_totals,
    plain_text,
)
from clausette.hours.permissions import can_confirm, can_validate
from clausette.hours.queries.confirming import ToConfirm, confirmations_of, confirmations_visible_to
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.hours.rules.confirming import (
    ANSWERS,
    Standing,
    answered_figure,
    check_contest,
    refusal_to_validate,
)
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, Invalid, WrongState
from clausette.kernel.french import format_hours
from clausette.kernel.operation import about, because, change, created, lock, operation

DECIDED = (ConfirmationState.UPHELD, ConfirmationState.FOLLOWED)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer on one line: `contested` with one's own figure and its reason, else confirmed."""

    line_uid: UUID
    contested: bool = False
    hours: Decimal | None = None
    reason: ContestReason | None = None
    seen: Decimal | None = None
    """The figure on screen: an answer on another one would be about nothing."""


@dataclass(frozen=True, slots=True)
class AnswersKept:
    """How many lines were confirmed or contested now, and how many already had that answer."""

    confirmed: int
    contested: int
    already: int


@operation("hours.confirmation.answered")
def answer_hours(*, actor: Actor, answers: Sequence[Answer], at: datetime) -> AnswersKept:
    """Confirm or contest, as titulaire, lines handed over by another body; answering twice the same changes nothing.

    Raises Conflict (the figure on screen changed), Invalid (by line uid), WrongState (no longer waiting, or decided),
    NotAllowed, Absent.
    """
    lines = _asked(actor, [answer.line_uid for answer in answers])
    refused: dict[str, str] = {}
    for answer in answers:
        line = lines[answer.line_uid]
        if line.state != LineState.DECLARED:
            raise WrongState("Ces heures ne sont plus à confirmer : leur relevé est validé, ou renvoyé.", "state")
        if answer.seen is not None and answer.seen != line.hours:
            raise Conflict(
                f"Une ligne a changé entre-temps : {format_hours(answer.seen)} à l'écran, {format_hours(line.hours)} "
                "maintenant. Relisez avant de répondre.",
                line.hours,
            )
        try:
            if answer.contested:
                check_contest(str(line.uid), line.hours, answer.hours, answer.reason)
        except Invalid as refusal:
            refused |= refusal.errors
    if refused:
        raise Invalid(refused)
    told = [_answer(actor, lines[answer.line_uid], answer, at) for answer in answers]
    return AnswersKept(told.count("confirmed"), told.count("contested"), told.count("already"))


def _asked(actor: Actor, uids: Sequence[UUID]) -> dict[UUID, HoursLine]:
    """The lines, by uid: all of them owed by the actor and asked of it. Raises Absent, NotAllowed."""
    rows = lines_visible_to(actor).filter(uid__in=uids, corrects=None).order_by("id")
    rows = rows.prefetch_related("commitment")
    lines = {line.uid: line for line in rows}
    if not uids or set(uids) - set(lines):
        raise Absent("hours.HoursLine")
    for line in lines.values():
        owed = line.commitment
        demand(
            can_confirm(
                actor, contractor_id=owed.contractor_id, declarant_id=line.declarant_id, asked=owed.confirmed_by_firm
            )
        )
    return lines


def _answer(actor: Actor, line: HoursLine, answer: Answer, at: datetime) -> str:
    state = ConfirmationState.CONTESTED if answer.contested else ConfirmationState.CONFIRMED
    values: dict[str, Any] = {
        "state": state, "declared": line.hours, "hours": answer.hours if answer.contested else None,
        "reason_code": answer.reason if answer.contested and answer.reason else "",
    }  # fmt: skip
    signed = {"answered_at": at, "answered_by_id": actor.account_id}
    held = confirmations_visible_to(actor).filter(
        statement_id=line.statement_id, placement_id=line.placement_id, commitment_id=line.commitment_id, kind=line.kind
    )
    about(contract_id=line.contract_id)
    if not held.exists():
        created(_row(line, **values, **signed))
        return str(state.value)
    row = lock(held)
    if all(getattr(row, name) == value for name, value in values.items()):
        return "already"
    known = ConfirmationState(row.state)
    if known in DECIDED and answered_figure(known, row.declared, row.hours) == line.hours:
        raise WrongState("La structure en charge du marché a déjà tranché ce désaccord.", "state")
    change(row, **values, **signed, decided_at=None, decided_by_id=None, decision_reason="")
    return str(state.value)


def _row(line: HoursLine, **values: Any) -> Confirmation:
    return Confirmation(
        statement_id=line.statement_id, contract_id=line.contract_id, declarant_id=line.declarant_id, month=line.month,
        commitment_id=line.commitment_id, contractor_id=line.commitment.contractor_id, placement_id=line.placement_id,
        kind=line.kind, **values,
    )  # fmt: skip


@operation("hours.confirmation.decided")
def decide_confirmation(
    *, actor: Actor, uid: UUID, followed: bool, reason: str, at: datetime
) -> UUID:
    """Decide a disagreement: the figure of the titulaire is retained (`followed`) or the one declared; return the
    uid of the statement.

    Retained, the line takes it; at 0 h it is not retained. Raises AlreadyDone, Invalid (« reason »), WrongState,
    NotAllowed, Absent.
    """
    known = confirmations_visible_to(actor).filter(uid=uid).values_list("statement_id", flat=True).first()
    owner = statements_visible_to(actor).filter(pk=known or 0).values_list("uid", flat=True).first()
    if owner is None:
        raise Absent("hours.Confirmation")
    statement, part = locked_statement(actor, owner)
    demand(can_validate(part))
    text = plain_text(reason, field="reason", least=3, most=300, missing="Dites pourquoi vous retenez ce chiffre.")
    row = lock(confirmations_visible_to(actor), uid=uid)
    wanted = ConfirmationState.FOLLOWED if followed else ConfirmationState.UPHELD
    if row.state == wanted and row.decision_reason == text:
        raise AlreadyDone("Ce désaccord était déjà tranché ainsi.")
    rows = lines_visible_to(actor).filter(
        statement_id=statement.pk, placement_id=row.placement_id, commitment_id=row.commitment_id, kind=row.kind,
        corrects=None, state=LineState.DECLARED, hours=row.declared,
    )  # fmt: skip
    line = rows.first()
    if wanted not in ANSWERS[ConfirmationState(row.state)] or line is None:
        raise WrongState("Ce désaccord n'est plus à trancher : la réponse ou les heures ont changé.", "state")
    about(contract_id=part.id)
    because(text)
    change(row, state=wanted, decided_at=at, decided_by_id=actor.account_id, decision_reason=text)
    if followed:
        _retain(actor, statement, line, row.hours or Decimal(0), text)
    return statement.uid


def _retain(actor: Actor, statement: Statement, line: HoursLine, hours: Decimal, text: str) -> None:
    """The line takes the figure of the titulaire; 0 h are not retained, with the reason."""
    worked = locked_months([line.placement_id], statement.month, actor)
    before = credited(actor, worked.values())
    held = lock(lines_visible_to(actor), pk=line.pk)
    if hours:
        change(held, hours=hours)
    else:
        change(held, state=LineState.REFUSED, reason=text)
    move_totals(worked, before, credited(actor, worked.values()))
    change(statement, version=statement.version + 1)


def demand_confirmed(actor: Actor, statement: Statement, at: datetime, on: date) -> None:
    """Before a validation: no line contested, none still waiting; silence becomes « non contesté », as rows.

    Raises ErrorsRemain.
    """
    lines = confirmations_of(actor=actor, statement_ids=[statement.pk], on=on).get(statement.pk, ())
    for line in lines:
        if line.standing.stops and line.silent_on:
            raise ErrorsRemain(refusal_to_validate(line.standing, line.person, line.silent_on))
    silent = [line for line in lines if line.standing == Standing.SILENT]
    if silent:
        _uncontested(actor, statement, silent, at)


def _uncontested(actor: Actor, statement: Statement, silent: Sequence[ToConfirm], at: datetime) -> None:
    rows = lines_visible_to(actor).filter(statement_id=statement.pk, uid__in=[line.line_uid for line in silent])
    for line in rows.order_by("id").prefetch_related("commitment"):
        values: dict[str, Any] = {
            "state": ConfirmationState.UNCONTESTED, "declared": line.hours, "hours": None, "reason_code": "",
            "answered_at": at, "answered_by_id": actor.account_id,
        }  # fmt: skip
        held = confirmations_visible_to(actor).filter(
            statement_id=statement.pk, placement_id=line.placement_id, commitment_id=line.commitment_id, kind=line.kind
        )
        if held.exists():
            change(lock(held), **values, decided_at=None, decided_by_id=None, decision_reason="")
        else:
            created(_row(line, **values))
