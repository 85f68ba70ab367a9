"""What one cell of hours brings: its values, what is said of it, who it means, what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from clausette.hours.enums import HoursKind
from clausette.imports.hours_files.fields import BY_CODE
from clausette.imports.hours_files.natures import WORK, Nature
from clausette.imports.takeover.findings import Finding, letter
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.keys import number_key

ZERO = Decimal(0)
_INSTEAD = {"last_name": "full_name", "first_name": "full_name", "month": "starts_on", "hours": "training"}


class Fate(StrEnum):
    """What becomes of a record."""

    NEW = "new"  # written when confirmed
    SAME = "same"  # already there
    CHANGED = "changed"  # a line not validated takes other hours
    CORRECTION = "correction"  # a validated line is corrected by a signed difference
    PROPOSED = "proposed"  # a validated line is left, its correction proposed
    ASK = "ask"  # a person must say who, or where
    UNMATCHED = "unmatched"  # nobody known, or no engagement
    REFUSED = "refused"  # cannot be written
    ADDED = "added"  # added to another line of the same person and month
    LEFT = "left"  # left aside by a person


WRITTEN = (Fate.NEW, Fate.CHANGED, Fate.CORRECTION)
CONFIRMED = (*WRITTEN, Fate.PROPOSED)
"""What a confirmation does something of."""


class Confidence(StrEnum):
    """How sure a match is."""

    EXACT = "exact"
    CHOSEN = "chosen"
    LIKELY = "likely"
    SEVERAL = "several"
    NONE = "none"


Values = Mapping[str, str | date | Decimal | int]


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """Who and where a line speaks of, as it writes them: worked out once for all the lines that write the same."""

    person: str
    """Who, as a key."""
    place: str
    """Where, as a key."""
    words: str
    """The words of the name in one order: « David Lemaire » and « LEMAIRE David » are the same."""
    name: str
    born: date | None
    reference: str
    host_siret: str
    host_name: str
    site: str
    subject: tuple[str, str]
    """What choices are kept by: both keys."""


@dataclass(slots=True)
class HoursRecord:
    """Hours of one person in one month, as a file says them. `column`: its own, in a sheet with one column a month.

    `values`: what its line says; the records of one line share them, and nobody writes there.
    """

    sheet: str
    line: int
    values: Values
    month: date | None = None
    hours: Decimal | None = None
    nature: Nature = WORK
    column: str = ""
    findings: list[Finding] = field(default_factory=list)
    places: Mapping[str, int] = field(default_factory=dict)
    known: Named | None = None
    """`named`, when whoever reads the lines knows it already."""
    # what is found of it later
    fate: Fate = field(default=Fate.NEW, init=False)
    confidence: Confidence = field(default=Confidence.NONE, init=False)
    post: int | None = field(default=None, init=False)
    """Which of the posts it means: its place in the list given."""
    options: tuple[int, ...] = field(default=(), init=False)
    total: Decimal | None = field(default=None, init=False)
    """Hours of all the lines added to this one."""
    held: Decimal | None = field(default=None, init=False)
    locked: bool = field(default=False, init=False)
    """The statement of its month is validated, and the sender may not correct it."""

    def text(self, code: str) -> str:
        """A value as a text, « » when absent."""
        value = self.values.get(code)
        return value if isinstance(value, str) else ""

    def day(self, code: str) -> date | None:
        """A value as a day."""
        value = self.values.get(code)
        return value if isinstance(value, date) else None

    @property
    def named(self) -> Named:
        """Who and where, as the file writes it."""
        if self.known is None:
            self.known = named(self.values)
        return self.known

    @property
    def name(self) -> str:
        """« Lemaire David », or the number when there is no name."""
        return self.named.name

    @property
    def person_key(self) -> str:
        """Who the file speaks of, as it writes it."""
        return self.named.person

    @property
    def place_key(self) -> str:
        """Where, as the file writes it."""
        return self.named.place

    @property
    def kind(self) -> HoursKind:
        """Work or training."""
        return self.nature.kind or HoursKind.WORK

    @property
    def worth(self) -> Decimal:
        """Hours with those of the lines added to it."""
        return self.total if self.total is not None else self.hours or ZERO

    @property
    def stopped(self) -> bool:
        """True when a finding of the reading stops it."""
        return bool(self.findings) and any(one.stops for one in self.findings)

    def say(self, code: str, sentence: str, of: str = "", value: str = "") -> None:
        """Add a finding; `of`: the field concerned."""
        label = BY_CODE[of].label if of in BY_CODE else ""
        self.findings.append(Finding(code, sentence, self._column(of), label, value))

    def _column(self, of: str) -> str:
        if self.column and of in ("month", "hours"):
            return self.column
        place = self.places.get(of, self.places.get(_INSTEAD.get(of, "")))
        return "" if place is None else letter(place)

    @property
    def digest(self) -> str:
        """The hash of what it says, kept in the journal of the batch: 24 hexadecimal digits."""
        who = self.known or self.named
        return digest_of(*who.subject, self.month, self.nature.kind or HoursKind.WORK, self.worth)


def digest_of(person: str, place: str, month: date | None, kind: str, worth: Decimal) -> str:
    """The hash of what a line says: who and where as written, the month, the nature, its hours with those added."""
    told = "\n".join((person, place, _month(month), kind, _worth(worth)))
    return sha256(told.encode()).hexdigest()[:24]


@lru_cache(maxsize=1000)
def _month(month: date | None) -> str:
    return month.isoformat()[:7] if month else ""


@lru_cache(maxsize=20_000)
def _worth(hours: Decimal) -> str:
    return f"{hours:.2f}"


def named(values: Values) -> Named:
    """Return who and where the values of a line name."""
    last, first, number, reference, siret, host, site = (
        value if isinstance(value := values.get(code), str) else "" for code in _NAMING
    )
    born = values.get("birth_date")
    return _named(last, first, number, reference, siret, host, site, born if isinstance(born, date) else None)


_NAMING = ("last_name", "first_name", "staff_number", "reference", "host_siret", "host_name", "site")


@lru_cache(maxsize=20_000)
def _named(
    last: str, first: str, number: str, reference: str, siret: str, host: str, site: str, born: date | None
) -> Named:
    words = words_of(f"{last} {first}")
    person = f"{key_of(number)}|{words}|{born or ''}"
    place = place_key(reference, siret, host, site)
    return Named(
        person, place, words, f"{last} {first}".strip() or number, born, reference, siret, host, site, (person, place)
    )


@lru_cache(maxsize=20_000)
def place_key(reference: str, siret: str, host: str, site: str) -> str:
    """Where a file speaks of, as it writes it."""
    return "|".join((number_key(reference), siret, key_of(host), key_of(site)))


@lru_cache(maxsize=50_000)
def words_of(name: str) -> str:
    """The words of a name, sorted."""
    return " ".join(sorted(key_of(name).split()))
