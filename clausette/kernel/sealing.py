"""Values sealed with the key of a person: AES-256-GCM, bound to their table, row and field (ADR 0015).

A sealed value is one byte of version, a nonce, the text filled up to whole blocks (its length tells nothing of a short
word), and the tag. Moved to another row or field, or opened without the key of the person, it says nothing.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from clausette.kernel.keystore import Erasure, KeyDestroyed, KeyMissing, KeyStore

__all__ = [
    "BLOCK", "ERASED", "UNREADABLE", "Erasure", "KeyDestroyed", "KeyMissing", "KeyStore", "Keyring", "Spot",
    "Unreadable", "keyring", "keystore", "sealed_length",
]  # fmt: skip

VERSION = b"\x01"
NONCE, TAG = 12, 16
BLOCK = 64
# what is shown in the place of a value that cannot be opened
ERASED = "effacé"
UNREADABLE = "illisible : la clé de cette personne n'est pas là"


class Unreadable(Exception):
    """The value was not sealed for this spot with this key: moved, altered, or of an unknown version."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value lives: it opens nowhere else."""

    table: str
    row: UUID
    field: str

    @property
    def bound(self) -> bytes:
        """What the seal covers beside the value."""
        return f"{self.table}|{self.row}|{self.field}".encode()


def sealed_length(longest: int) -> int:
    """Return how many bytes a text of at most `longest` bytes takes once sealed."""
    return len(VERSION) + NONCE + (longest // BLOCK + 1) * BLOCK + TAG


def seal(key: bytes, spot: Spot, text: str) -> bytes:
    """Seal a text with a key."""
    plain = text.encode()
    filled = plain + b"\x80" + b"\x00" * (BLOCK - 1 - len(plain) % BLOCK)
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, filled, VERSION + spot.bound)


def unseal(key: bytes, spot: Spot, sealed: bytes) -> str:
    """Return the text sealed. Raises Unreadable."""
    if sealed[:1] != VERSION:
        raise Unreadable(f"{spot.table}.{spot.field}: unknown version")
    nonce = sealed[1 : 1 + NONCE]
    try:
        filled = AESGCM(key).decrypt(nonce, sealed[1 + NONCE :], VERSION + spot.bound)
    except (InvalidTag, ValueError) as exc:
        raise Unreadable(f"{spot.table}.{spot.field}: not sealed for this row") from exc
    return filled[: filled.rindex(b"\x80")].decode()


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of some persons, read at once. None: the person was erased."""

    keys: dict[UUID, bytes | None]

    def _key(self, person: UUID) -> bytes:
        if person not in self.keys:
            raise KeyMissing(str(person))
        key = self.keys[person]
        if key is None:
            raise KeyDestroyed(str(person))
        return key

    def seal(self, person: UUID, spot: Spot, text: str) -> bytes:
        """Seal a text for a person. Raises KeyMissing, KeyDestroyed."""
        return seal(self._key(person), spot, text)

    def unseal(self, person: UUID, spot: Spot, sealed: bytes | memoryview) -> str:
        """Return a text sealed for a person. Raises KeyMissing, KeyDestroyed, Unreadable."""
        return unseal(self._key(person), spot, bytes(sealed))


@cache
def _store(folder: Path, master: str) -> KeyStore:
    return KeyStore(folder, bytes.fromhex(master) if master else None)


def keystore() -> KeyStore:
    """Return the key store of the settings."""
    return _store(Path(settings.KEYS_FOLDER), settings.MASTER_KEY)


def keyring(persons: Iterable[UUID], *, make: bool = False) -> Keyring:
    """Return the keys of these persons in one reading. `make`: those without key receive one (to seal)."""
    store = keystore()
    return Keyring({**store.make(persons)} if make else store.keys(persons))
