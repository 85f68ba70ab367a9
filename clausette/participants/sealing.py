"""The sealed field of a reason: its public, the date and the means of its paper (ADR 0015).

The database sees none of them: that a justice measure is never stored is held here, at the only door.
"""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.kernel.sealing import BLOCK, Keyring, Spot, sealed_length
from clausette.participants.enums import EvidenceKind, EvidenceMeans

TABLE = "participants_eligibilityreason"
SITUATIONS = "participants_referralsituation"  # sealed with a key of the referral: the person may be nobody's yet
PIECES = "participants_referralpiece"  # with the key of the referral too
LONGEST = BLOCK - 1  # bytes: one block, whatever the public
SEALED_LENGTH = sealed_length(LONGEST)
NEVER = "PPSMJ"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person is eligible, in clear."""

    category: str
    evidence_on: date | None = None
    means: EvidenceMeans = EvidenceMeans.SEEN


def _spot(row: UUID, table: str) -> Spot:
    return Spot(table, row, "sealed")


def seal_reason(ring: Keyring, *, person: UUID, row: UUID, reason: Reason, table: str = TABLE) -> bytes:
    """Seal a reason for its row. Raises ValueError for a justice measure or a word too long."""
    if reason.category == NEVER:
        raise ValueError("a justice measure is never stored for a person")
    said = [reason.category, reason.evidence_on.isoformat() if reason.evidence_on else "", str(reason.means.value)]
    text = json.dumps(said, separators=(",", ":"))
    if len(text.encode()) > LONGEST:
        raise ValueError("too long to be sealed in one block")
    return ring.seal(person, _spot(row, table), text)


def open_reason(
    ring: Keyring, *, person: UUID, row: UUID, sealed: bytes | memoryview, table: str = TABLE
) -> Reason:
    """Return the reason of a row. Raises KeyDestroyed (erased), KeyMissing, Unreadable."""
    category, day, means = json.loads(ring.unseal(person, _spot(row, table), sealed))
    return Reason(category, date.fromisoformat(day) if day else None, EvidenceMeans(means))


def seal_piece(ring: Keyring, *, referral: UUID, row: UUID, kind: EvidenceKind, dated_on: date) -> bytes:
    """Seal which kind of paper a piece is, and its date: one block, whatever the kind."""
    said = json.dumps([kind.value, dated_on.isoformat()], separators=(",", ":"))
    return ring.seal(referral, _spot(row, PIECES), said)


def open_piece(ring: Keyring, *, referral: UUID, row: UUID, sealed: bytes | memoryview) -> tuple[EvidenceKind, date]:
    """Return the kind and the date of a piece. Raises KeyDestroyed (erased), KeyMissing, Unreadable."""
    kind, day = json.loads(ring.unseal(referral, _spot(row, PIECES), sealed))
    return EvidenceKind(kind), date.fromisoformat(day)
