"""The sealed answers of FSE+ questionnaires: one text for a row, opened with the key of the person (ADR 0015)."""

import json
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from clausette.kernel.sealing import Keyring, Spot
from clausette.outcomes.enums import (
    Employment,
    Isced,
    LeavingReason,
    Nationality,
    Sensitive,
    Situation,
    YesNo,
)
from clausette.outcomes.rules import EntrySaid, ExitSaid, SensitiveSaid

Said = TypeVar("Said", EntrySaid, SensitiveSaid, ExitSaid)
TABLES: dict[type[Any], str] = {
    EntrySaid: "outcomes_entryquestionnaire",
    SensitiveSaid: "outcomes_sensitiveanswers",
    ExitSaid: "outcomes_exitquestionnaire",
}
KINDS: dict[type[Any], dict[str, Any]] = {
    EntrySaid: {"employment": Employment, "in_training": YesNo, "level": Isced},
    SensitiveSaid: {
        "nationality": Nationality, "disability": Sensitive, "foreign_origin": Sensitive, "homeless": Sensitive,
        "minimum_income": Sensitive,
    },
    ExitSaid: {"reason": LeavingReason, "situation": Situation, "qualification": YesNo},
}  # fmt: skip


def _plain(value: object) -> object:
    return str(value) if isinstance(value, StrEnum | str) else value


def seal_answers(ring: Keyring, *, person: UUID, row: UUID, said: EntrySaid | SensitiveSaid | ExitSaid) -> bytes:
    """Seal answers for their row."""
    values = {name: _plain(value) for name, value in asdict(said).items() if value not in (None, "")}
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return ring.seal(person, Spot(TABLES[type(said)], row, "sealed"), text)


def open_answers(
    ring: Keyring, kind: type[Said], *, person: UUID, row: UUID, sealed: bytes | memoryview
) -> Said:
    """Return the answers of a row. Raises KeyDestroyed (erased), KeyMissing, Unreadable."""
    values = json.loads(ring.unseal(person, Spot(TABLES[kind], row, "sealed"), sealed))
    known = {one.name for one in fields(kind)}
    read = {name: KINDS[kind][name](value) if name in KINDS[kind] else value for name, value in values.items()}
    return kind(**{name: value for name, value in read.items() if name in known})
