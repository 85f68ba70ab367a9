"""Pieces of a referral: joined, taken away by the prescriber; handed to the check, kept or destroyed by the structure.

A piece never stops a referral: refused, its sentence is said at its own field, and the rest is sent without it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from clausette.files.enums import NOT_HELD, Purpose
from clausette.files.operations import drop_waiting, store_file
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, Refusal, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.sealing import keyring
from clausette.participants.enums import EvidenceKind, Funding, PieceState, ReferralState
from clausette.participants.models import EligibilityCheck, Referral, ReferralPiece
from clausette.participants.models.pieces import SENT
from clausette.participants.models.referrals import OPEN
from clausette.participants.operations.sides import carried
from clausette.participants.queries.evidence import kept_evidence
from clausette.participants.queries.pieces import kind_in, pieces_visible_to
from clausette.participants.queries.referrals import structures_to_refer
from clausette.participants.rules.pieces import (
    MOST,
    TOO_MANY,
    check_piece,
    fate_at_decision,
    may_send,
    refusal_of_date,
)
from clausette.participants.sealing import seal_piece
from clausette.reference.facts.publics import PublicRow

ANSWERED = "La structure a répondu : ses pièces ne changent plus."
UNTIED = "Cette structure ne travaille plus avec vous : elle ne reçoit plus vos pièces."


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the person: its kind, the date written on it, its file as the browser gives it (none: seen only).

    `slot`: ends the names of its fields (« file_2 »), under which it is refused.
    """

    kind: EvidenceKind
    dated_on: date
    name: str = ""
    data: bytes = b""
    slot: str = ""


def add_papers(actor: Actor, referral: Referral, papers: Sequence[Paper], on: date) -> None:
    """Join papers to a referral locked or just made. Raises Invalid, Refusal (field « file » and the slot)."""
    there = pieces_visible_to(actor).filter(referral=referral).exclude(state=PieceState.DESTROYED).count()
    for number, paper in enumerate(papers, there + 1):
        if number > MOST:
            raise Invalid({f"file{paper.slot}": TOO_MANY})
        add_paper(actor, referral, paper, on)


def add_paper(actor: Actor, referral: Referral, paper: Paper, on: date) -> ReferralPiece:
    """Join one paper. The file of a health paper is not even looked at. Raises as `add_papers`."""
    if refusal := refusal_of_date(paper.dated_on, born_on=referral.birth_date, on=on):
        raise Invalid({f"dated_on{paper.slot}": refusal})
    row = ReferralPiece(
        referral=referral, owner_org_id=referral.owner_org_id, prescriber_id=referral.prescriber_id,
        joined_on=on, joined_by_id=actor.account_id,
    )  # fmt: skip
    ring = keyring([referral.uid], make=True)
    row.sealed = seal_piece(ring, referral=referral.uid, row=row.uid, kind=paper.kind, dated_on=paper.dated_on)
    if paper.data and may_send(paper.kind):
        row.file_id = file_id(actor, _stored(actor, paper))
    else:
        row.state, row.seen_on, row.seen_by_id = PieceState.SEEN, on, actor.account_id
    return created(row)


def _stored(actor: Actor, paper: Paper) -> UUID:
    """Keep the file under a name that tells nothing of the person nor of the paper; it may wait for the antivirus."""
    name = f"piece{PurePath(paper.name).suffix.lower()}"
    try:
        return store_file(actor=actor, name=name, data=paper.data, purpose=Purpose.EVIDENCE)
    except Refusal as refusal:
        refusal.field = f"file{paper.slot}"
        raise


def _demand_open(row: Referral) -> None:
    if row.state not in OPEN:
        raise WrongState(ANSWERED, "state")


@operation("participants.piece.joined")
def join_piece(*, actor: Actor, referral_uid: UUID, paper: Paper, on: date) -> UUID:
    """Join a paper to a referral that is not answered; return the uid of the piece.

    Raises Absent, NotAllowed, WrongState, Invalid, Refusal (the file, or a structure that works no more with us).
    """
    row = carried(actor, referral_uid)
    _demand_open(row)
    if row.owner_org_id not in {one.id for one in structures_to_refer(actor=actor, on=on)}:
        raise Refusal(UNTIED)
    add_papers(actor, row, [paper], on)
    return pieces_visible_to(actor).filter(referral=row).order_by("-id").values_list("uid", flat=True)[0]


@operation("participants.piece.removed")
def remove_piece(*, actor: Actor, referral_uid: UUID, uid: UUID, on: date) -> UUID:
    """Take a piece away from a referral that is not answered: its bytes are destroyed; return the uid of the referral.

    Raises Absent, NotAllowed, WrongState.
    """
    row = carried(actor, referral_uid)
    _demand_open(row)
    piece = lock(pieces_visible_to(actor).filter(referral=row), uid=uid)
    check_piece(PieceState(piece.state), PieceState.DESTROYED)
    drop_waiting(actor, _files_of([piece]))
    change(piece, state=PieceState.DESTROYED, gone_on=on)
    _end_files([piece.pk])
    return row.uid


def _files_of(rows: Sequence[ReferralPiece]) -> list[int]:
    return [row.file_id for row in rows if row.file_id is not None]


def _end_files(numbers: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.end_piece_files(%s)", [list(numbers)])


def _locked(rows: QuerySet[ReferralPiece]) -> list[ReferralPiece]:
    return [lock(rows, pk=pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]


def destroy_pieces(actor: Actor, referral: Referral, on: date) -> None:
    """Destroy what was sent with a referral that leads nowhere: refused, withdrawn."""
    rows = _locked(pieces_visible_to(actor).filter(referral=referral, state__in=SENT))
    drop_waiting(actor, _files_of(rows))
    for row in rows:
        change(row, state=PieceState.DESTROYED, gone_on=on)
    _end_files([row.pk for row in rows])


def forget_pieces(actor: Actor, referral: Referral, on: date) -> None:
    """Destroy and forget all pieces: the person took their consent back."""
    rows = _locked(pieces_visible_to(actor).filter(referral=referral))
    drop_waiting(actor, _files_of(rows))
    for row in rows:
        change(row, state=PieceState.DESTROYED, gone_on=row.gone_on or on, sealed=None)
    _end_files([row.pk for row in rows])


def hand_over(actor: Actor, referral: Referral, check: EligibilityCheck) -> None:
    """Give the pieces of a referral just accepted to the check of the person: the same file, nothing is copied."""
    for row in _locked(pieces_visible_to(actor).filter(referral=referral).exclude(state=PieceState.DESTROYED)):
        state = PieceState.HANDED if row.state == PieceState.JOINED else row.state
        change(row, state=state, check_made_id=check.pk)


def settle_pieces(
    actor: Actor, check: EligibilityCheck, *, funding: Funding, publics: Collection[PublicRow], on: date, eligible: bool
) -> frozenset[EvidenceKind]:
    """Decide what becomes of the pieces that wait for this decision; return the kinds that are kept.

    What is not kept was seen by who decides, on the day of the decision, and is destroyed. What the antivirus had not
    looked at, nobody saw: it is destroyed too, and not said to be seen.
    """
    rows = pieces_visible_to(actor).filter(
        referral__participant_id=check.participant_id, state=PieceState.HANDED,
        referral__state=ReferralState.ACCEPTED, owner_org_id=check.owner_org_id,
    )  # fmt: skip
    waiting, kept, ended = _locked(rows), kept_evidence(actor=actor), []
    whose = dict(rows.values_list("pk", "referral__uid"))
    unseen = set(rows.filter(file__treatment__in=NOT_HELD).values_list("pk", flat=True)) if waiting else set()
    drop_waiting(actor, _files_of([row for row in waiting if row.pk in unseen]))
    ring, found = keyring(whose.values()) if whose else None, set()
    for row in waiting:
        if row.pk in unseen:
            change(row, state=PieceState.DESTROYED, check_made_id=check.pk, gone_on=on)
            ended.append(row.pk)
            continue
        kind = kind_in(ring, row, whose[row.pk])[0] if ring else None
        fate = fate_at_decision(kind, eligible=eligible, funding=funding, kept=kept, publics=publics)
        seen = {"state": fate, "seen_on": on, "seen_by_id": actor.account_id, "check_made_id": check.pk}
        if fate == PieceState.KEPT and kind is not None:
            change(row, **seen)
            found.add(kind)
        else:
            change(row, **seen, gone_on=on)
            ended.append(row.pk)
    _end_files(ended)
    return frozenset(found)
