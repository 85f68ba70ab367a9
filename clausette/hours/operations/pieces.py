"""The pieces of a statement: joined, or said to be absent, so that hours are never lost for want of one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.files.queries import file_id, is_destroyed, received, same_bytes
from clausette.hours.enums import PieceKind, PieceLeft
from clausette.hours.models import Statement, StatementPiece
from clausette.hours.operations.common import StatementRef, locked_statement, may_change
from clausette.hours.permissions import ContractPart, can_leave_piece, can_type
from clausette.hours.queries.visible import contract_parts, pieces_visible_to, statements_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.operation import about, change, created, isolated, lock, operation

PIECE_GIVEN = {"piece_left": "", "piece_left_on": None, "piece_left_by_id": None}


@dataclass(frozen=True, slots=True)
class Upload:
    """A piece handed in with the hours. `valid_until`: last day of the approval or the contract that it holds.

    `kind`: what it is. `slot`: ends the names of its fields (« evidence_2 »), under which it is refused.
    """

    name: str
    data: bytes
    valid_until: date | None = None
    kind: PieceKind = PieceKind.HOURS
    slot: str = ""


def attach_evidence(*, actor: Actor, uid: UUID, evidence: Upload) -> StatementRef:
    """Join a piece to a statement that is not validated; it replaces the former one of its kind.

    Raises Refusal (field « evidence »), WrongState, NotAllowed, Absent.
    """
    seen = statements_visible_to(actor).filter(uid=uid).first()
    if seen is None:
        raise Absent("hours.Statement")
    part = contract_parts(actor, [seen.contract_id])[seen.contract_id]
    demand(can_type(actor, part, seen.declarant_id))
    demand(may_change(seen, part))
    with isolated():
        piece = stored(actor, part, evidence)
        join = prove_hours if evidence.kind == PieceKind.HOURS else join_beside
        ref = join(actor=actor, uid=uid, piece=piece, kind=evidence.kind, slot=evidence.slot)
        return StatementRef(ref.uid, ref.version, piece=received(actor=actor, uid=piece))


@operation("hours.statement.evidenced")
def prove_hours(*, actor: Actor, uid: UUID, piece: UUID, kind: PieceKind, slot: str = "") -> StatementRef:
    """Join a piece already stored as the proof of the hours. Raises Refusal, WrongState, NotAllowed, Absent."""
    statement, number = _place(actor, uid, piece, kind, slot)
    change(statement, evidence_id=number, version=statement.version + 1, **PIECE_GIVEN)
    return StatementRef(statement.uid, statement.version)


@operation("hours.piece.joined")
def join_beside(*, actor: Actor, uid: UUID, piece: UUID, kind: PieceKind, slot: str = "") -> StatementRef:
    """Join a piece already stored beside the proof of the hours; it replaces the former one of its kind.

    Raises Refusal (field « evidence » and the slot: the same bytes are there), WrongState, NotAllowed, Absent.
    """
    statement, number = _place(actor, uid, piece, kind, slot)
    held = pieces_visible_to(actor).filter(statement_id=statement.pk, kind=kind)
    if held.exists():
        change(lock(held), file_id=number)
    else:
        created(
            StatementPiece(
                statement_id=statement.pk, contract_id=statement.contract_id, declarant_id=statement.declarant_id,
                month=statement.month, kind=kind, file_id=number,
            )
        )  # fmt: skip
    change(statement, version=statement.version + 1)
    return StatementRef(statement.uid, statement.version)


@operation("hours.piece.removed")
def take_piece_away(*, actor: Actor, uid: UUID, piece: UUID) -> StatementRef:
    """Take a piece beside the proof of the hours off a statement not validated.

    Raises WrongState, NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, uid)
    demand(can_type(actor, part, statement.declarant_id))
    demand(may_change(statement, part))
    about(contract_id=part.id)
    row = lock(pieces_visible_to(actor).filter(statement_id=statement.pk), uid=piece)
    StatementPiece.objects.filter(pk=row.pk).delete()
    vars(row)["file_id"] = None  # said to the journal: there was one, there is none
    change(statement, version=statement.version + 1)
    return StatementRef(statement.uid, statement.version)


def _place(actor: Actor, uid: UUID, piece: UUID, kind: PieceKind, slot: str) -> tuple[Statement, int]:
    statement, part = locked_statement(actor, uid)
    demand(can_type(actor, part, statement.declarant_id))
    demand(may_change(statement, part))
    about(contract_id=part.id)
    number = file_id(actor, piece)
    demand_other(actor, statement, number, kind, slot)
    return statement, number


def demand_other(actor: Actor, statement: Statement, number: int, kind: PieceKind, slot: str = "") -> None:
    """Raise Refusal when a file is already joined to the statement as a piece of another kind."""
    rows = pieces_visible_to(actor).filter(statement_id=statement.pk)
    held = {file: PieceKind(one) for file, one in rows.values_list("file_id", "kind")}
    if statement.evidence_id is not None:
        held[statement.evidence_id] = PieceKind.HOURS
    others = {file: one for file, one in held.items() if one != kind}
    same = same_bytes(actor, number, others) if others else None
    if same is not None:
        label = str(others[same].label)
        raise Refusal(
            f"Ce fichier est déjà joint à ce relevé ({label[:1].lower()}{label[1:]}) : joignez-le une seule fois.",
            f"evidence{slot}",
        )


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
    """Keep a piece for a contract. Raises Refusal (field « evidence » and the slot)."""
    try:
        return store_file(
            actor=actor, name=evidence.name, data=evidence.data, purpose=Purpose.EVIDENCE, contract_id=part.id,
            valid_until=evidence.valid_until,
        )  # fmt: skip
    except Refusal as refusal:
        refusal.field = f"evidence{evidence.slot}"
        raise
