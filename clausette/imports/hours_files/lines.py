"""The lines of the sheets taken, one after the other; nothing is lost in silence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any

from clausette.hours.enums import HoursKind
from clausette.imports.hours_files.fields import BY_CODE
from clausette.imports.hours_files.natures import TRAINING, Nature, nature_of
from clausette.imports.hours_files.plans import HoursPlan
from clausette.imports.hours_files.records import HoursRecord
from clausette.imports.takeover.cells import is_nothing, month_alone, read_as
from clausette.imports.takeover.extract.people import split_names
from clausette.imports.takeover.fields import MONTH
from clausette.imports.takeover.findings import Finding, letter
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.reading import Line, Sheet, Workbook
from clausette.kernel.french import format_date, format_number
from clausette.kernel.months import first_day
from clausette.kernel.parsing import parse_decimal, parse_hours

CENT = Decimal("0.01")
ZERO = Decimal(0)
TOTALS = ("total", "sous total", "somme", "cumul", "ensemble")
NIR = "Un numéro de sécurité sociale était écrit ici."
Masked = frozenset[tuple[str, int, int]]
Left = tuple[str, int, Finding]
Cells = list[tuple[str, int, dict[str, Any]]]
Said = tuple[dict[str, Any], list[Finding], Nature]
TIMES = ("month", "year", "starts_on", "ends_on")
_ABSENT = object()


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


class _Reader:
    """Reads the lines of one sheet by its plan."""

    def __init__(self, sheet: Sheet, plan: HoursPlan, masked: Masked, found: Extracted) -> None:
        self.sheet, self.plan, self.found = sheet, plan, found
        self.masked = {(line, place) for name, line, place in masked if name == sheet.name}
        self.places = plan.places()
        self.months = {code: place for code, place in self.places.items() if code.startswith(MONTH)}
        self.headings = tuple(column.heading for column in plan.columns)
        self.full_name = next((one.heading for one in plan.columns if one.field == "full_name"), "")
        cells: Cells = [
            (code, place, {}) for code, place in self.places.items()
            if code not in self.months and code not in ("hours", "training")
        ]  # fmt: skip
        """The columns that are not hours, with what was read of their cells already, refusals included."""
        self.times = [one for one in cells if one[0] in TIMES]
        self.others = [one for one in cells if one[0] not in TIMES]
        self.texts = itemgetter(*(place for _, place, _ in self.others)) if self.others else None
        self.widest = max((place for _, place, _ in self.others), default=0)
        self.said: dict[Any, Said] = {}
        """What lines say beside times and hours, by the texts of these columns: a file says the same person on the same
        site thousands of times."""

    def run(self, step: Callable[[], None]) -> None:
        for line in self.sheet.lines:
            step()
            if line.number <= self.plan.heading_line or self._repeats(line):
                continue
            if self._is_total(line):
                self._leave(line, "W210", "Cette ligne est un total : elle n'est pas reprise.")
            elif any(not is_nothing(line.cell(place)) for place in self.places.values()):
                self._line(line)
            elif any(not is_nothing(cell) for cell in line.cells):
                self._leave(line, "W210", "Cette ligne n'a rien dans les colonnes reprises : elle est laissée.")

    def _repeats(self, line: Line) -> bool:
        first = self.headings[0] if self.headings else ""
        if first not in line.cells and len(first) < 200:
            return False
        return tuple(cell[:200] for cell in line.cells if cell) == self.headings

    def _is_total(self, line: Line) -> bool:
        if line.cell(self.places.get("birth_date", 10_000)):
            return False
        return any(key_of(cell).startswith(TOTALS) for cell in [cell for cell in line.cells if cell][:3])

    def _leave(self, line: Line, code: str, sentence: str) -> None:
        self.found.left.append((self.sheet.name, line.number, Finding(code, sentence)))

    def _line(self, line: Line) -> None:
        known, remarks, nature = self._said(line)
        values, findings = dict(known), list(remarks)
        self._cells(line, self.times, values, findings)
        if nature.money:
            told = f"« {values['nature']} » n'est pas un nombre d'heures : la ligne est laissée."
            self._leave(line, "I231", told)
            return
        before = len(self.found.records)
        if self.months:
            self._wide(line, values, findings, nature)
        else:
            self._long(line, values, findings, nature)
        if len(self.found.records) == before:
            self._leave(line, "I232", "Aucune heure sur cette ligne : elle est laissée.")

    def _said(self, line: Line) -> Said:
        """What a line says beside times and hours; not to be changed, as other lines say the same."""
        if self.texts is None or self.masked or self.widest >= len(line.cells):
            return self._saying(line)
        texts = self.texts(line.cells)
        said = self.said.get(texts)
        if said is None:
            said = self.said[texts] = self._saying(line)
        return said

    def _saying(self, line: Line) -> Said:
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        self._cells(line, self.others, values, findings)
        split_names(values, self.full_name)
        return values, findings, nature_of(str(values.get("nature", "")))

    def _cells(
        self, line: Line, cells: Cells, values: dict[str, Any], findings: list[Finding]
    ) -> None:
        """Add what these cells of a line say, or why they cannot be read."""
        for code, place, known in cells:
            text = line.cell(place)
            if self.masked and (line.number, place) in self.masked:
                findings.append(self._finding("E203", NIR, code, place, ""))
            read = known.get(text, _ABSENT)
            if read is _ABSENT:
                read = known[text] = self._read(code, text)
            if isinstance(read, ValueError):
                findings.append(self._finding("E201", str(read), code, place, text))
            elif read is not None:
                values[code] = read

    def _read(self, code: str, text: str) -> Any:
        if code in ("month", "year") and "year" in self.places and code == "month" and month_alone(text):
            return month_alone(text)  # « mars », its year in the column beside
        try:
            return read_as(BY_CODE[code], text, from_1904=self.sheet.date_1904)
        except ValueError as refused:
            return refused

    def _finding(self, code: str, sentence: str, of: str, place: int, text: str) -> Finding:
        return Finding(code, sentence, letter(place), BY_CODE[of].label if of in BY_CODE else "", text.strip()[:60])

    def _wide(self, line: Line, values: dict[str, Any], findings: list[Finding], nature: Nature) -> None:
        for code, place in self.months.items():
            text = line.cell(place)
            if is_nothing(text) and (line.number, place) not in self.masked:
                continue
            month = date.fromisoformat(f"{code.removeprefix(MONTH)}-01")
            self._hours(line, values, list(findings), nature, text, place, month, wide=True)

    def _long(self, line: Line, values: dict[str, Any], findings: list[Finding], nature: Nature) -> None:
        said = list(findings)
        month = self._month(values, said)
        for code, kind in (("hours", nature), ("training", TRAINING)):
            place = self.places.get(code)
            if place is None or is_nothing(line.cell(place)):
                continue
            self._hours(line, values, list(said), kind, line.cell(place), place, month)

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

    def _hours(
        self, line: Line, values: dict[str, Any], findings: list[Finding], nature: Nature, text: str, place: int,
        month: date | None, *, wide: bool = False,
    ) -> None:  # fmt: skip
        record = HoursRecord(
            self.sheet.name, line.number, values, month, nature=nature, column=letter(place) if wide else "",
            findings=findings, places=self.places,
        )  # fmt: skip
        of = "training" if nature.kind is HoursKind.TRAINING and place == self.places.get("training") else "hours"
        try:
            hours, rounded = read_number(text)
        except ValueError as refused:
            record.findings.append(self._finding("E201", str(refused), of, place, text))
        else:
            if hours == ZERO:
                return  # nobody worked: nothing to write
            record.hours = hours
            if rounded:
                told = f"{format_number(parse_decimal(text), places=6)} h est arrondi au centième."
                record.findings.append(self._finding("W205", told, of, place, text))
        if nature.supposed:
            record.say("W205", f"« {values['nature']} » est compté comme du travail.", "nature")
        self._complete(record)
        self.found.records.append(record)

    def _complete(self, record: HoursRecord) -> None:
        if record.name and record.month is not None:
            return
        wrong = {one.label for one in record.findings if one.code == "E201"}
        if not record.name and not wrong & {BY_CODE[code].label for code in ("last_name", "full_name")}:
            record.say("E202", "La personne n'est pas écrite.", "last_name")
        if record.month is None and not wrong & {BY_CODE[code].label for code in ("month", "starts_on", "ends_on")}:
            record.say("E202", "Le mois n'est pas écrit.", "month")
