"""The piece of a statement: joined, or said to be absent, so that hours are never lost for want of one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.files.queries import file_id, is_destroyed, received
from clausette.hours.enums import PieceLeft
from clausette.hours.operations.common import StatementRef, locked_statement, may_change
from clausette.hours.permissions import ContractPart, can_leave_piece, can_type
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import about, change, operation

PIECE_GIVEN = {"piece_left": "", "piece_left_on": None, "piece_left_by_id": None}


@dataclass(frozen=True, slots=True)
class Upload:
    """A piece handed in with the hours. `valid_until`: last day of the approval or the contract that it holds."""

    name: str
    data: bytes
    valid_until: date | None = None


@operation("hours.statement.evidenced")
def attach_evidence(*, actor: Actor, uid: UUID, evidence: Upload) -> StatementRef:
    """Join a piece to a statement that is not validated; it replaces the former one.

    Raises Refusal (field « evidence »), WrongState, NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, uid)
    demand(can_type(actor, part, statement.declarant_id))
    demand(may_change(statement, part))
    about(contract_id=part.id)
    piece = stored(actor, part, evidence)
    change(statement, evidence_id=file_id(actor, piece), version=statement.version + 1, **PIECE_GIVEN)
    return StatementRef(statement.uid, statement.version, piece=received(actor=actor, uid=piece))


@operation("hours.statement.piece_left")
def leave_piece(*, actor: Actor, uid: UUID, how: PieceLeft, on: date) -> StatementRef:
    """Say that a statement has no piece: seen and not kept by who is in charge, or handed over without it.

    One that has a piece, or one in quarantine, keeps it, and nothing is said; one destroyed leaves its place.
    Raises WrongState, NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, uid)
    demand(can_leave_piece(actor, part, statement.declarant_id, how))
    demand(may_change(statement, part))
    about(contract_id=part.id)
    held = statement.evidence_id is not None and not is_destroyed(actor, statement.evidence_id)
    if held or statement.piece_left == how:
        return StatementRef(statement.uid, statement.version, already=True)
    change(
        statement, evidence_id=None, piece_left=how, piece_left_on=on, piece_left_by_id=actor.account_id,
        version=statement.version + 1,
    )  # fmt: skip
    return StatementRef(statement.uid, statement.version)


def stored(actor: Actor, part: ContractPart, evidence: Upload) -> UUID:
    """Keep a piece for a contract. Raises Refusal (field « evidence »)."""
    try:
        return store_file(
            actor=actor, name=evidence.name, data=evidence.data, purpose=Purpose.EVIDENCE, contract_id=part.id,
            valid_until=evidence.valid_until,
        )  # fmt: skip
    except Refusal as refusal:
        refusal.field = "evidence"
        raise
