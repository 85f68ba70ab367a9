"""What one line brings: a record of one kind, its values by field, what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clausette.imports.takeover.cells import Value
from clausette.imports.takeover.fields import BY_CODE, OPENING, Shape
from clausette.imports.takeover.findings import Finding, letter

# a body is known by its SIRET or its name, a marché by its number or its name, a person by one column or two
_PAIRS = (("contract_number", "contract_name"), ("last_name", "full_name"),
          *((f"{role}_siret", f"{role}_name") for role in ("buyer", "contractor", "employer", "host")))  # fmt: skip
_INSTEAD = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


class RecordKind(StrEnum):
    """What a record is; they are written in this order."""

    CONTRACT = "contract"
    PERSON = "person"
    WORK = "work"
    HOURS = "hours"


class Fate(StrEnum):
    """What becomes of a record."""

    NEW = "new"  # written when confirmed
    SAME = "same"  # already there, or written twice: nothing
    DIFFERS = "differs"  # already there with other values: what is held stays
    ASK = "ask"  # a person must say
    REFUSED = "refused"  # cannot be written
    WAITING = "waiting"  # what it depends on is not written


@dataclass(slots=True)
class Record:
    """One record. `column`: letter of its own column, in a sheet with one column a month."""

    kind: RecordKind
    sheet: str
    line: int
    values: dict[str, Value]
    findings: list[Finding] = field(default_factory=list)
    column: str = ""
    fate: Fate = Fate.NEW
    key: str = ""
    parent: str = ""
    """Key of what it depends on most closely, for the totals: the marché of hours."""
    held: dict[str, int] = field(default_factory=dict)
    """Internal numbers of what was recognised in Clausette."""
    options: list[dict[str, Any]] = field(default_factory=list)
    """Persons among whom to choose, when the fate is ASK."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Where each field is in its sheet."""

    def text(self, code: str) -> str:
        """A value as a text, « » when absent."""
        value = self.values.get(code)
        return value if isinstance(value, str) else ""

    def day(self, code: str) -> date | None:
        """A value as a day."""
        value = self.values.get(code)
        return value if isinstance(value, date) else None

    def number(self, code: str) -> Decimal | None:
        """A value as a number."""
        value = self.values.get(code)
        return value if isinstance(value, Decimal) else None

    def whole(self, code: str) -> int | None:
        """A value as a whole number."""
        value = self.values.get(code)
        return value if isinstance(value, int) else None

    @property
    def stopped(self) -> bool:
        """True when a finding stops it."""
        return any(one.stops for one in self.findings)

    def say(self, code: str, sentence: str, of: str = "", value: str = "") -> None:
        """Add a finding; `of`: the field concerned."""
        label = BY_CODE[of].label if of in BY_CODE else ""
        self.findings.append(Finding(code, sentence, self._column(of), label, value))

    def _column(self, of: str) -> str:
        """The letters of the column that holds a field, or says the same thing; « » when there is none."""
        if self.column and of in ("month", "hours"):
            return self.column
        place = self.places.get(of, self.places.get(_INSTEAD.get(of, "")))
        return "" if place is None else letter(place)

    @property
    def opening_by_year(self) -> dict[int, Decimal]:
        """Hours of the opening balance by year."""
        return {
            int(code.removeprefix(OPENING)): value
            for code, value in self.values.items()
            if code.startswith(OPENING) and isinstance(value, Decimal)
        }


def to_json(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values as kept with the line: days and numbers as texts."""
    return {code: value if isinstance(value, int) else str(value) for code, value in values.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, Value]:
    """Values of a line kept."""
    return {code: _value(code, value) for code, value in kept.items()}


def _value(code: str, value: str | int) -> Value:
    shape = Shape.HOURS if code.startswith(OPENING) else BY_CODE[code].shape
    if isinstance(value, int) or shape in (Shape.TEXT, Shape.NUMBER, Shape.SIRET, Shape.WORD):
        return value
    return date.fromisoformat(value) if shape in (Shape.DATE, Shape.MONTH) else Decimal(value)
