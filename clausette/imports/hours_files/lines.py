"""The lines of the sheets taken, one after the other; nothing is lost in silence."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import repeat
from typing import Any

from clausette.imports.hours_files.fields import BY_CODE
from clausette.imports.hours_files.natures import TRAINING, WORK, Nature, nature_of
from clausette.imports.hours_files.plans import HoursPlan
from clausette.imports.hours_files.records import HoursRecord, Named, named
from clausette.imports.takeover.cells import is_nothing, month_alone, read_as
from clausette.imports.takeover.extract.people import split_names
from clausette.imports.takeover.fields import MONTH
from clausette.imports.takeover.findings import Finding, letter
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.reading import Sheet, Workbook
from clausette.kernel.french import format_date, format_number
from clausette.kernel.months import first_day
from clausette.kernel.parsing import parse_decimal, parse_hours

CENT = Decimal("0.01")
TOTALS = ("total", "sous total", "somme", "cumul", "ensemble")
BEYOND = 100_000
"""No hours of a line: a number of another column, a SIRET."""
NO_HOURS = "Ce nombre ne peut pas être celui d'heures d'un mois : vérifiez la colonne des heures."
NIR = "Un numéro de sécurité sociale était écrit ici."
Masked = frozenset[tuple[str, int, int]]
Left = tuple[str, int, Finding]
Numbers = tuple[int, ...]
"""Texts of some cells of a line, by their number in the table of texts."""
TIMES = ("month", "year", "starts_on", "ends_on")
_ABSENT = object()
_MAYBE_TOTAL = re.compile("total|somme|cumul|ensemble", re.IGNORECASE)


@dataclass(slots=True)
class Extracted:
    """The records of a file, and the lines that bring none with why."""

    records: list[HoursRecord] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


@lru_cache(maxsize=20_000)
def read_number(text: str) -> tuple[Decimal, bool]:
    """Return hours and whether they were rounded: a calculated cell has many decimals. Raises ValueError."""
    try:
        return parse_hours(text), False
    except ValueError:
        try:
            exact = parse_decimal(text.strip().rstrip("hH "))
        except ValueError:
            exact = None
        if exact is None:
            raise
        rounded = exact.quantize(CENT, ROUND_HALF_UP)
        return rounded, rounded != exact


def extract(
    workbook: Workbook, plans: Iterable[HoursPlan], *, masked: Masked = frozenset(),
    step: Callable[[], None] = lambda: None,
) -> Extracted:  # fmt: skip
    """Return the hours of the sheets taken. `masked`: cells emptied of a social security number.

    `step` is called once a line.
    """
    found = Extracted()
    for plan in plans:
        sheet = workbook.sheet(plan.sheet)
        if sheet is not None and plan.taken:
            _Reader(sheet, plan, masked, found).run(step)
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that is not hours, with what was read of its texts already, refusals included."""

    code: str
    place: int
    known: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _HoursColumn:
    """A column of hours. `month`, `letter`: in a sheet with one column a month. `nature`: its own, of training."""

    place: int
    of: str
    month: date | None = None
    letter: str = ""
    nature: Nature | None = None
    known: dict[int, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Said:
    """What lines say beside hours in some of their columns: a file says the same person on the same site thousands of
    times. `filled`: something is written there. Not to be changed, as other lines say the same."""

    values: dict[str, Any]
    findings: list[Finding]
    filled: bool
    nature: Nature = WORK
    named: Named | None = None
    month: date | None = None


class _Reader:
    """Reads the lines of one sheet by its plan: each text, and each group of texts, once."""

    def __init__(self, sheet: Sheet, plan: HoursPlan, masked: Masked, found: Extracted) -> None:
        self.sheet, self.plan, self.found = sheet, plan, found
        self.grid = sheet.grid
        self.masked: dict[int, set[int]] = defaultdict(set)
        for name, line, place in masked:
            if name == sheet.name:
                self.masked[line].add(place)
        self.places = plan.places()
        self.full_name = next((one.heading for one in plan.columns if one.field == "full_name"), "")
        beside = [
            _Column(code, place) for code, place in self.places.items()
            if not code.startswith(MONTH) and code not in ("hours", "training")
        ]  # fmt: skip
        self.times = [one for one in beside if one.code in TIMES]
        self.others = [one for one in beside if one.code not in TIMES]
        self.hours = self._hours_columns()
        self.nothing = [is_nothing(text) for text in self.grid.texts]
        self.said: dict[Numbers, _Said] = {}
        self.moments: dict[Numbers, _Said] = {}

    def _hours_columns(self) -> list[_HoursColumn]:
        months = [(code.removeprefix(MONTH), at) for code, at in self.places.items() if code.startswith(MONTH)]
        if months:
            return [_HoursColumn(at, "hours", date.fromisoformat(f"{month}-01"), letter(at)) for month, at in months]
        natures = (("hours", None), ("training", TRAINING))
        return [
            _HoursColumn(self.places[code], code, nature=nature) for code, nature in natures if code in self.places
        ]

    def run(self, step: Callable[[], None]) -> None:
        """Add the records of the lines below the headings, and the lines that bring none."""
        grid = self.grid
        start = bisect_right(grid.lines, self.plan.heading_line)
        for _ in range(start):
            step()
        repeated, totals = self._repeated(start), self._totals(start)
        columns = [self._numbers([one.place for one in part], start) for part in (self.others, self.times, self.hours)]
        there = range(start, len(grid.lines))
        for at, number, who, when, hours in zip(there, grid.lines[start:], *columns, strict=False):
            step()
            if at in repeated:
                continue
            if at in totals:
                self._leave(number, "W210", "Cette ligne est un total : elle n'est pas reprise.")
                continue
            masked = self.masked.get(number, ())
            said = self._who(who, masked)
            moment = self._when(when, masked)
            if said.filled or moment.filled or self._fills(at):
                self._line(number, said, moment, hours, masked)
            elif not all(self.nothing[column[at]] for column in grid.columns):
                self._leave(number, "W210", "Cette ligne n'a rien dans les colonnes reprises : elle est laissée.")

    def _numbers(self, places: Sequence[int], start: int) -> Iterator[Numbers]:
        """The texts of these columns, line by line, without end when there are none; one that is not there is empty."""
        if not places:
            return repeat(())
        there = self.grid.columns
        return zip(*(there[at][start:] if at < len(there) else repeat(0) for at in places), strict=False)

    def _fills(self, at: int) -> bool:
        there = self.grid.columns
        return not all(self.nothing[there[one][at]] for one in self.places.values() if one < len(there))

    def _where(self, texts: set[int], start: int) -> set[int]:
        """The lines that say one of these texts."""
        found: set[int] = set()
        for column in self.grid.columns if texts else ():
            below = column[start:]
            if not texts.isdisjoint(below):  # few columns do, and a million cells are looked at sooner so
                found.update(at for at, text in enumerate(below, start) if text in texts)
        return found

    def _filled(self, at: int) -> list[str]:
        return [self.grid.texts[one] for column in self.grid.columns if (one := column[at])]

    def _repeated(self, start: int) -> set[int]:
        """The lines that are the headings again."""
        headings = tuple(column.heading for column in self.plan.columns)
        if not headings:
            return set()
        first = {at for at, text in enumerate(self.grid.texts) if text and text[:200] == headings[0]}
        found = self._where(first, start)
        return {at for at in found if tuple(text[:200] for text in self._filled(at)) == headings}

    def _totals(self, start: int) -> set[int]:
        """The lines of totals: none of their first three cells is a name."""
        found = self._where({at for at, text in enumerate(self.grid.texts) if _is_total(text)}, start)
        born, there = self.places.get("birth_date", 10_000), self.grid.columns
        return {
            at for at in found
            if not (born < len(there) and self.grid.texts[there[born][at]])
            and any(_is_total(text) for text in self._filled(at)[:3])
        }  # fmt: skip

    def _leave(self, line: int, code: str, sentence: str) -> None:
        self.found.left.append((self.sheet.name, line, Finding(code, sentence)))

    def _who(self, texts: Numbers, masked: Collection[int]) -> _Said:
        """What a line says beside times and hours."""
        said = self.said.get(texts) if not masked else None
        if said is None:
            said = self._saying(self.others, texts, masked)
            split_names(said.values, self.full_name)
            said.nature = nature_of(str(said.values.get("nature", "")))
            said.named = named(said.values)
            if not masked:
                self.said[texts] = said
        return said

    def _when(self, texts: Numbers, masked: Collection[int]) -> _Said:
        """When a line speaks of."""
        said = self.moments.get(texts) if not masked else None
        if said is None:
            said = self._saying(self.times, texts, masked)
            if not self.plan.wide:
                said.month = self._month(said.values, said.findings)
            if not masked:
                self.moments[texts] = said
        return said

    def _saying(self, columns: Sequence[_Column], texts: Numbers, masked: Collection[int]) -> _Said:
        said = _Said({}, [], not all(self.nothing[one] for one in texts))
        for column, number in zip(columns, texts, strict=True):
            code, place = column.code, column.place
            if place in masked:
                said.findings.append(self._finding("E203", NIR, code, place, ""))
            read = column.known.get(number, _ABSENT)
            if read is _ABSENT:
                read = column.known[number] = self._read(code, self.grid.texts[number])
            if isinstance(read, ValueError):
                said.findings.append(self._finding("E201", str(read), code, place, self.grid.texts[number]))
            elif read is not None:
                said.values[code] = read
        return said

    def _read(self, code: str, text: str) -> Any:
        if code in ("month", "year") and "year" in self.places and code == "month" and month_alone(text):
            return month_alone(text)  # « mars », its year in the column beside
        try:
            return read_as(BY_CODE[code], text, from_1904=self.sheet.date_1904)
        except ValueError as refused:
            return refused

    def _finding(self, code: str, sentence: str, of: str, place: int, text: str) -> Finding:
        return Finding(code, sentence, letter(place), BY_CODE[of].label if of in BY_CODE else "", text.strip()[:60])

    def _month(self, values: dict[str, Any], findings: list[Finding]) -> date | None:
        """The month of a line: its column, its year beside, its period, else that of the sheet."""
        month, year = values.get("month"), values.get("year")
        if isinstance(month, int):
            if isinstance(year, int) and 2000 <= year <= 2100:
                return date(year, month, 1)
            return None
        if isinstance(month, date):
            return month
        starts, ends = values.get("starts_on"), values.get("ends_on")
        day = starts or ends
        if isinstance(day, date):
            if isinstance(starts, date) and isinstance(ends, date) and first_day(starts) != first_day(ends):
                told = f"La période va du {format_date(starts)} au {format_date(ends)} : écrivez une ligne par mois."
                findings.append(self._finding("E201", told, "ends_on", self.places["ends_on"], ""))
            return first_day(day)
        return self.plan.month

    def _line(self, line: int, said: _Said, moment: _Said, hours: Numbers, masked: Collection[int]) -> None:
        values = {**said.values, **moment.values} if moment.values else said.values
        if said.nature.money:
            self._leave(line, "I231", f"« {values['nature']} » n'est pas un nombre d'heures : la ligne est laissée.")
            return
        empty = True  # neither hours nor 0 h
        for column, number in zip(self.hours, hours, strict=True):
            read = column.known.get(number, _ABSENT)
            if read is _ABSENT:
                read = column.known[number] = self._number(column, number)
            if read is None:
                if not (column.letter and column.place in masked):
                    continue
                read = self._parsed(column, "")
            empty = False
            findings = [*said.findings, *moment.findings]
            record = HoursRecord(
                self.sheet.name, line, values, column.month or moment.month, read[0], column.nature or said.nature,
                column.letter, findings, self.places, known=said.named,
            )  # fmt: skip
            if read[1] is not None:
                findings.append(read[1])
            if record.nature.supposed:
                record.say("W205", f"« {values['nature']} » est compté comme du travail.", "nature")
            if record.month is None or not record.name:
                self._complete(record)
            self.found.records.append(record)
        if empty:
            self._leave(line, "I232", "Aucune heure sur cette ligne : elle est laissée.")

    def _number(self, column: _HoursColumn, number: int) -> tuple[Decimal | None, Finding | None] | None:
        """The hours of a cell with what is said of them; None when nothing is written there."""
        return None if self.nothing[number] else self._parsed(column, self.grid.texts[number])

    def _parsed(self, column: _HoursColumn, text: str) -> tuple[Decimal | None, Finding | None]:
        try:
            hours, rounded = read_number(text)
        except ValueError as refused:
            return None, self._finding("E201", str(refused), column.of, column.place, text)
        if abs(hours) >= BEYOND:
            return None, self._finding("E201", NO_HOURS, column.of, column.place, text)
        if not rounded:
            return hours, None
        told = f"{format_number(parse_decimal(text), places=6)} h est arrondi au centième."
        return hours, self._finding("W205", told, column.of, column.place, text)

    def _complete(self, record: HoursRecord) -> None:
        wrong = {one.label for one in record.findings if one.code == "E201"}
        if not record.name and not wrong & {BY_CODE[code].label for code in ("last_name", "full_name")}:
            record.say("E202", "La personne n'est pas écrite.", "last_name")
        if record.month is None and not wrong & {BY_CODE[code].label for code in ("month", "starts_on", "ends_on")}:
            record.say("E202", "Le mois n'est pas écrit.", "month")


def _is_total(text: str) -> bool:
    """Whether a text is the head of a line of totals."""
    if text.isascii() and not _MAYBE_TOTAL.search(text):
        return False
    return key_of(text).startswith(TOTALS)
