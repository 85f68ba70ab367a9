"""Words about a person, sealed with their key (ADR 0015): notes of a check, why a limit was moved."""

import json
from collections.abc import Mapping
from uuid import UUID

from clausette.kernel.sealing import ERASED, UNREADABLE, KeyDestroyed, KeyMissing, Keyring, Spot, Unreadable

NOTES, MOVES = "participants_checknote", "participants_limitmove"


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
