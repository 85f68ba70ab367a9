"""Pieces joined to referrals: read by the prescriber that sent them and by the structure that received them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.files.enums import NOT_HELD, Treatment
from clausette.files.queries import FileContent, read_file
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow
from clausette.kernel.sealing import (
    ERASED,
    UNREADABLE,
    KeyDestroyed,
    KeyMissing,
    Keyring,
    Unreadable,
    keyring,
)
from clausette.participants.enums import EvidenceKind, PieceState
from clausette.participants.errors import PieceGone
from clausette.participants.models import ReferralPiece
from clausette.participants.queries.visibility import two_bodies
from clausette.participants.sealing import open_piece


def pieces_visible_to(actor: Actor) -> QuerySet[ReferralPiece]:
    """Pieces of the referrals addressed to the structure, or made by the prescriber."""
    return narrow(ReferralPiece.objects.all(), two_bodies(actor))


@dataclass(frozen=True, slots=True)
class PieceLine:
    """One piece. No `kind` when it cannot be opened: `label` says why. `masked`: numbers were painted over."""

    uid: UUID
    referral_uid: UUID
    check_uid: UUID | None
    kind: EvidenceKind | None
    label: str
    dated_on: date | None
    state: PieceState
    joined_on: date
    joined_by: str
    seen_on: date | None
    seen_by: str
    gone_on: date | None
    masked: bool
    readable: bool
    """Its file is there, and the antivirus has looked at it."""
    unseen: Treatment | None = None
    """Why nobody may open a file that was sent: it waits for the antivirus, or was destroyed by what it found."""


def kind_in(ring: Keyring, row: ReferralPiece, referral: UUID) -> tuple[EvidenceKind | None, date | None, str]:
    """Return the kind, the date and the words of a piece; no kind nor date when it cannot be opened."""
    try:
        if row.sealed is None:
            raise KeyDestroyed
        kind, day = open_piece(ring, referral=referral, row=row.uid, sealed=row.sealed)
    except KeyDestroyed:
        return None, None, ERASED
    except (KeyMissing, Unreadable):
        return None, None, UNREADABLE
    return kind, day, kind.label


def _lines(rows: QuerySet[ReferralPiece]) -> list[PieceLine]:
    read: list[Any] = list(rows.select_related("referral", "file", "check_made", "joined_by", "seen_by").order_by("id"))
    ring = keyring({row.referral.uid for row in read}) if read else Keyring({})
    return [_line(ring, row) for row in read]


def _line(ring: Keyring, row: Any) -> PieceLine:
    kind, dated_on, label = kind_in(ring, row, row.referral.uid)
    there = row.file is not None and row.gone_on is None
    treatment = Treatment(row.file.treatment) if there else None
    unseen = treatment if treatment in NOT_HELD else None
    return PieceLine(
        row.uid, row.referral.uid, row.check_made.uid if row.check_made else None, kind, label, dated_on,
        PieceState(row.state), row.joined_on, row.joined_by.full_name, row.seen_on,
        row.seen_by.full_name if row.seen_by else "", row.gone_on,
        masked=treatment == Treatment.MASKED, readable=there and unseen is None, unseen=unseen,
    )  # fmt: skip


def pieces_of(*, actor: Actor, referral_uid: UUID) -> list[PieceLine]:
    """Return the pieces of a visible referral, in the order they were joined."""
    return _lines(pieces_visible_to(actor).filter(referral__uid=referral_uid))


def pieces_of_persons(*, actor: Actor, participant_uids: Iterable[UUID]) -> list[PieceLine]:
    """Return the pieces of the visible referrals that led to these persons."""
    return _lines(pieces_visible_to(actor).filter(referral__participant__uid__in=set(participant_uids)))


def piece_content(*, actor: Actor, referral_uid: UUID, uid: UUID) -> FileContent:
    """Return a piece with its bytes. Raises Absent (never sent), PieceGone (seen or destroyed)."""
    rows = pieces_visible_to(actor).filter(referral__uid=referral_uid, uid=uid)
    row = rows.values_list("file__uid", "gone_on").first()
    if row is not None and row[1] is not None:
        raise PieceGone(row[1])
    if row is None or row[0] is None:
        raise Absent("participants.ReferralPiece")
    return read_file(actor=actor, uid=row[0])


def participant_behind(*, actor: Actor, referral_uid: UUID) -> UUID | None:
    """Return the person to whom a referral led, None while it waits: whose reading it is."""
    rows = pieces_visible_to(actor).filter(referral__uid=referral_uid, referral__participant__isnull=False)
    return rows.values_list("referral__participant__uid", flat=True).first()
