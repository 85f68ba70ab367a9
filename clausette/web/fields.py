"""Roles × personal fields, and the register: from the one file that says them, docs/reference/fields.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clausette.privacy.queries.catalogue import name_of
from clausette.reference.facts.retention import RETENTION, RetentionRow
from clausette.web.roles import ANSWERS, read_roles

FILE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "fields.toml"


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields of one table that the same roles read. `sealed`: written with the key of the person."""

    fields: tuple[str, ...]
    sealed: bool
    who: dict[str, str]

    @property
    def readers(self) -> tuple[str, ...]:
        """The roles that read something of it."""
        return tuple(role for role, answer in self.who.items() if answer != "no")


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """Why a table holds personal fields, on which basis, how long. `retention`: a row of the durations, or ""."""

    name: str
    purpose: str
    basis: str
    category: str
    retention: str
    groups: tuple[FieldGroup, ...]

    @property
    def title(self) -> str:
        """« participant »."""
        return name_of(self.name)

    @property
    def row(self) -> RetentionRow | None:
        """The duration."""
        return next((row for row in RETENTION if row.code == self.retention), None)

    @property
    def lasts(self) -> str:
        """« 24 mois après la fin de la dernière mise à l'emploi »."""
        return f"{self.row.lasts} après {self.row.since}" if self.row else "tant que l'organisme est connu ici"


def read_fields(path: Path = FILE) -> tuple[PersonalTable, ...]:
    """Return the table. Raises ValueError when a role, an answer or a duration is missing or unknown."""
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    roles, codes = set(read_roles().labels), {row.code for row in RETENTION} | {""}
    found = tuple(_table(one) for one in told["table"])
    for table in found:
        for group in table.groups:
            if group.who.keys() != roles or not set(group.who.values()) <= set(ANSWERS):
                raise ValueError(f"{table.name}: every role has one answer among {', '.join(ANSWERS)}")
        if table.retention not in codes:
            raise ValueError(f"{table.name}: « {table.retention} » is no row of the durations")
    return found


def _table(told: dict[str, Any]) -> PersonalTable:
    groups = tuple(
        FieldGroup(tuple(one["fields"]), bool(one["sealed"]), {str(k): str(v) for k, v in one["who"].items()})
        for one in told["group"]
    )
    name, purpose, basis, category, retention = (
        str(told[key]) for key in ("name", "purpose", "basis", "category", "retention")
    )
    return PersonalTable(name, purpose, basis, category, retention, groups)


def field_matrix() -> Iterator[dict[str, Any]]:
    """Give one object a personal field: which role reads it."""
    for table in read_fields():
        for group in table.groups:
            for name in group.fields:
                field = f"{table.name}.{name}"
                yield {"field": field, "category": table.category, "sealed": group.sealed, "who": group.who}
