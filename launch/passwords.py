"""Passwords made at first start and kept in the state folder, readable by their owner only."""

import os
import secrets
from pathlib import Path

from launch.place import Place


def keep_secret(path: Path) -> str:
    """The secret in that file, made now when there is none (256 bits in hexadecimal, file 0600, never
    half-written).
    """
    if path.exists():
        return path.read_text().strip()
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    value = secrets.token_hex(32)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    return value


def database_password(place: Place, role: str) -> str:
    """The password of one database role (`postgres`, `clausette_owner`, …) of this installation."""
    return keep_secret(place.passwords / role)
