"""Words about a person, sealed with a key (ADR 0015): notes of a check, why a limit was moved, a referral's texts.

The texts of a referral are sealed with the key of the referral, as its situations: the person may be nobody's yet.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from uuid import UUID

from clausette.kernel.sealing import ERASED, UNREADABLE, KeyDestroyed, KeyMissing, Keyring, Spot, Unreadable

NOTES, MOVES = "participants_checknote", "participants_limitmove"
REFERRALS = "participants_referral"
MARK = "scellé:"
"""What a text column begins with when its text is sealed; an empty one stays empty."""


def seal_words(ring: Keyring, *, table: str, person: UUID, row: UUID, words: Mapping[str, str]) -> bytes:
    """Seal a few named texts for one row."""
    return ring.seal(person, Spot(table, row, "sealed"), json.dumps(words, ensure_ascii=False))


def open_words(
    ring: Keyring, *, table: str, person: UUID, row: UUID, sealed: bytes | memoryview | None
) -> Mapping[str, str]:
    """Return the texts of a row; under « text » alone, why they cannot be read."""
    try:
        if sealed is None:
            raise KeyDestroyed
        found: dict[str, str] = json.loads(ring.unseal(person, Spot(table, row, "sealed"), sealed))
    except KeyDestroyed:
        return {"text": ERASED}
    except (KeyMissing, Unreadable):
        return {"text": UNREADABLE}
    return found


def seal_text(ring: Keyring, *, whose: UUID, field: str, text: str) -> str:
    """Seal one text of a referral for its column; « » stays « »."""
    if not text:
        return ""
    return MARK + b64encode(ring.seal(whose, Spot(REFERRALS, whose, field), text)).decode()


def open_text(ring: Keyring, *, whose: UUID, field: str, text: str) -> str:
    """Return the text of a column, or why it cannot be read."""
    if not text.startswith(MARK):
        return text
    try:
        return ring.unseal(whose, Spot(REFERRALS, whose, field), b64decode(text.removeprefix(MARK)))
    except KeyDestroyed:
        return ERASED
    except (KeyMissing, Unreadable, ValueError):
        return UNREADABLE
