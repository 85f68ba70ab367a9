"""A correction proposed by who declared a validated line: proposed, withdrawn, accepted, declined, or without object.

The line stays at its figure until a structure in charge accepts: then `correct_line` writes, with its controls.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.hours.enums import LineState, ProposalState, StatementState
from clausette.hours.errors import AlreadyDone, CorrectionImpossible
from clausette.hours.models import CollectiveHours, CorrectionProposal, HoursLine, Statement
from clausette.hours.operations.certifying import by_mandate
from clausette.hours.operations.collective import correct_collective, worth_of_whole
from clausette.hours.operations.common import locked_statement, plain_text
from clausette.hours.operations.correcting import correct_line, worth_of
from clausette.hours.operations.mooting import at_place
from clausette.hours.permissions import ContractPart, can_propose_correction, can_validate
from clausette.hours.queries.visible import (
    collective_visible_to,
    lines_visible_to,
    proposals_visible_to,
    statements_visible_to,
)
from clausette.hours.rules.proposals import ProposableFacts, refusal_of_figure, refusal_to_propose
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, Invalid, Refusal, WrongState
from clausette.kernel.french import format_hours
from clausette.kernel.operation import about, because, change, created, isolated, lock, operation

BY_DECLARANT = "Proposée par le déclarant : "
GONE = "La ligne n'existe plus : refusez cette proposition."
LEAST, MOST = 5, 250
Held = HoursLine | CollectiveHours


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it was kept. `already`: it was so before, nothing was done again."""

    uid: UUID
    statement_uid: UUID
    already: bool = False


@operation("hours.proposal.made")
def propose_correction(
    *,
    actor: Actor,
    line_uid: UUID,
    hours: Decimal,
    reason: str,
    at: datetime,
    on: date,
    seen: Decimal | None = None,
) -> Proposed:
    """Propose `hours` in the place of a validated line that the actor's organisation declared; twice the same: once.

    `line_uid`: of a line, or of hours without names. `seen`: what it was worth on screen. Raises Invalid (« hours »,
    « reason »), Conflict (the line is worth something else since), CorrectionImpossible, WrongState (another proposal
    waits), NotAllowed, Absent.
    """
    line = _line(actor, line_uid)
    owner = statements_visible_to(actor).filter(pk=line.statement_id if line else 0)
    uid = owner.values_list("uid", flat=True).first()
    if line is None or uid is None:
        raise Absent("hours.HoursLine")
    statement, part = locked_statement(actor, uid)
    demand(can_propose_correction(actor, part, statement.declarant_id))
    text = plain_text(
        reason, field="reason", least=LEAST, most=MOST, missing="Dites pourquoi cette ligne est à corriger."
    )
    _demand_proposable(statement, line)
    worth = worth_of_whole(actor, line) if isinstance(line, CollectiveHours) else worth_of(actor, line)
    placement = None if isinstance(line, CollectiveHours) else line.placement_id
    held = _of_line(actor, line, placement).first()
    if held is not None:
        if (held.hours, held.reason) == (hours, text):
            return Proposed(held.uid, uid, already=True)
        raise WrongState("Une correction est déjà proposée pour cette ligne : retirez-la pour en proposer une autre.")
    _demand_figure(worth, hours, seen, line.people if isinstance(line, CollectiveHours) else None)
    about(contract_id=part.id)
    because(text)
    mandated = by_mandate(actor, part.id, on)
    mandate = mandated.get("mandate_id")
    row = created(
        CorrectionProposal(
            statement_id=statement.pk, contract_id=part.id, declarant_id=statement.declarant_id, month=statement.month,
            commitment_id=line.commitment_id, placement_id=placement, kind=line.kind, validated=worth,
            hours=hours, reason=text, proposed_at=at, proposed_by_id=actor.account_id,
            mandate_id=mandate if isinstance(mandate, int) else None,
            mandated_name=str(mandated.get("mandated_name", "")),
        )
    )  # fmt: skip
    return Proposed(row.uid, uid)


def _line(actor: Actor, uid: UUID) -> Held | None:
    line = lines_visible_to(actor).filter(uid=uid).first()
    return line or collective_visible_to(actor).filter(uid=uid).first()


def _demand_proposable(statement: Statement, line: Held) -> None:
    facts = ProposableFacts(
        StatementState(statement.state), LineState(line.state), is_correction=line.corrects_id is not None,
        moved=isinstance(line, HoursLine) and line.act_id is not None,
    )  # fmt: skip
    if sentence := refusal_to_propose(facts):
        raise CorrectionImpossible(sentence, "hours")


def _demand_figure(worth: Decimal, hours: Decimal, seen: Decimal | None, people: int | None) -> None:
    if sentence := refusal_of_figure(worth, hours, people):
        raise Invalid({"hours": sentence})
    if seen is not None and seen != worth:
        raise Conflict(
            f"Cette ligne a été corrigée entre-temps : vous aviez {format_hours(seen)} à l'écran, elle vaut maintenant "
            f"{format_hours(worth)}. Ce que vous avez écrit est gardé : envoyez de nouveau pour le proposer.",
            worth,
        )


def _of_line(actor: Actor, line: Held, placement: int | None) -> QuerySet[CorrectionProposal]:
    return proposals_visible_to(actor).filter(
        at_place(placement), statement_id=line.statement_id, commitment_id=line.commitment_id,
        kind=line.kind, state=ProposalState.OPEN,
    )  # fmt: skip


@operation("hours.proposal.withdrawn")
def withdraw_proposal(*, actor: Actor, uid: UUID, at: datetime) -> UUID:
    """Take back a proposal that waits; return the uid of the statement.

    Raises AlreadyDone, WrongState (ended otherwise), NotAllowed, Absent.
    """
    statement, part = _statement_of(actor, uid)
    demand(can_propose_correction(actor, part, statement.declarant_id))
    row = lock(proposals_visible_to(actor), uid=uid)
    if row.state == ProposalState.WITHDRAWN:
        raise AlreadyDone("Cette proposition était déjà retirée.")
    _demand_open(row)
    change(row, state=ProposalState.WITHDRAWN, ended_at=at, ended_by_id=actor.account_id)
    return statement.uid


@operation("hours.proposal.accepted")
def accept_proposal(*, actor: Actor, uid: UUID, at: datetime, on: date) -> UUID:
    """Write the correction that is proposed, by `correct_line` and with its controls; return the uid of the statement.

    Raises AlreadyDone, WrongState (ended otherwise), Conflict (the line is worth something else since), ErrorsRemain,
    CorrectionImpossible, Invalid, NotAllowed, Absent.
    """
    statement, part = _statement_of(actor, uid)
    demand(can_validate(part))
    row = lock(proposals_visible_to(actor), uid=uid)
    if row.state == ProposalState.ACCEPTED and row.ended_by_id == actor.account_id:
        raise AlreadyDone("Vous aviez déjà accepté cette proposition : la correction est enregistrée.")
    _demand_open(row)
    because(row.reason)
    written = _whole_corrected(actor, row, at, on) if row.placement_id is None else _corrected(actor, row, at, on)
    change(
        row, state=ProposalState.ACCEPTED, ended_at=at, ended_by_id=actor.account_id, correction=written
    )
    return statement.uid


def _corrected(actor: Actor, row: CorrectionProposal, at: datetime, on: date) -> UUID:
    line = lines_visible_to(actor).filter(
        statement_id=row.statement_id, placement_id=row.placement_id or 0, commitment_id=row.commitment_id,
        kind=row.kind, corrects=None,
    ).values_list("uid", flat=True).first()  # fmt: skip
    if line is None:
        raise CorrectionImpossible(GONE, "hours")
    return correct_line(
        actor=actor, line_uid=line, new_hours=row.hours, reason=f"{BY_DECLARANT}{row.reason}", at=at, on=on,
        seen=row.validated, answers=row.uid,
    )  # fmt: skip


def _whole_corrected(actor: Actor, row: CorrectionProposal, at: datetime, on: date) -> UUID:
    """Hours without names: what is written says that it was proposed, its reason stays with the proposal."""
    rows = collective_visible_to(actor)
    held = rows.filter(
        statement_id=row.statement_id, commitment_id=row.commitment_id, kind=row.kind, corrects=None
    ).first()  # fmt: skip
    if held is None:
        raise CorrectionImpossible(GONE, "hours")
    worth = worth_of_whole(actor, held)
    if worth != row.validated:
        raise Conflict(
            f"Ces heures valent maintenant {format_hours(worth)} et non plus {format_hours(row.validated)} : refusez "
            "la proposition, ou corrigez-les vous-même.", worth
        )  # fmt: skip
    correct_collective(
        actor=actor, uid=held.uid, new_hours=row.hours, reason="Proposée par le déclarant, acceptée.", at=at, on=on,
        answers=row.uid,
    )  # fmt: skip
    return rows.filter(corrects_id=held.pk).order_by("-id").values_list("uid", flat=True)[0]


@dataclass(frozen=True, slots=True)
class AllAccepted:
    """How many corrections were written; why the others were not, one French sentence each."""

    accepted: int
    left: tuple[str, ...]


@operation("hours.proposals.accepted")
def accept_proposals(
    *, actor: Actor, statement_uid: UUID, uids: Collection[UUID], at: datetime, on: date
) -> AllAccepted:
    """Accept those of these proposals that still wait on a statement, one after the other, each with its controls.

    What a control refuses is left waiting, and told. Raises NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, statement_uid)
    demand(can_validate(part))
    rows = proposals_visible_to(actor).filter(statement_id=statement.pk, state=ProposalState.OPEN, uid__in=uids)
    accepted, left = 0, []
    for uid in list(rows.order_by("id").values_list("uid", flat=True)):
        try:
            with isolated():
                accept_proposal(actor=actor, uid=uid, at=at, on=on)
        except Refusal as refusal:
            left.append(refusal.message)
        else:
            accepted += 1
    return AllAccepted(accepted, tuple(left))


@operation("hours.proposal.declined")
def decline_proposal(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Leave the line as it is, with a reason that the declarant reads; return the uid of the statement.

    Raises AlreadyDone, Invalid (« reason »), WrongState (ended otherwise), NotAllowed, Absent.
    """
    statement, part = _statement_of(actor, uid)
    demand(can_validate(part))
    text = plain_text(
        reason, field="reason", least=LEAST, most=300, missing="Dites pourquoi la ligne reste comme elle est."
    )
    row = lock(proposals_visible_to(actor), uid=uid)
    if (row.state, row.ended_by_id, row.end_reason) == (ProposalState.DECLINED, actor.account_id, text):
        raise AlreadyDone("Vous aviez déjà refusé cette proposition.")
    _demand_open(row)
    because(text)
    change(row, state=ProposalState.DECLINED, ended_at=at, ended_by_id=actor.account_id, end_reason=text)
    return statement.uid


def _statement_of(actor: Actor, uid: UUID) -> tuple[Statement, ContractPart]:
    """The statement of a proposal, locked, with the parts of the actor. Raises Absent."""
    known = proposals_visible_to(actor).filter(uid=uid).values_list("statement_id", flat=True).first()
    owner = statements_visible_to(actor).filter(pk=known or 0).values_list("uid", flat=True).first()
    if owner is None:
        raise Absent("hours.CorrectionProposal")
    statement, part = locked_statement(actor, owner)
    about(contract_id=part.id)
    return statement, part


def _demand_open(row: CorrectionProposal) -> None:
    if row.state != ProposalState.OPEN:
        raise WrongState(f"Cette proposition est close : {ProposalState(row.state).label.lower()}.", "state")
