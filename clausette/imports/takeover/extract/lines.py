"""The lines of one sheet, one after the other."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from clausette.imports.takeover.cells import Value, is_nothing, month_alone, read_cell, read_month
from clausette.imports.takeover.extract.needs import complete
from clausette.imports.takeover.extract.people import split_names
from clausette.imports.takeover.fields import (
    BY_CODE,
    MONTH,
    NAMES_CONTRACT,
    NAMES_PERSON,
    NAMES_WORK,
    OPENING,
    PARTS_OF,
    Part,
    label_of,
)
from clausette.imports.takeover.findings import Finding, letter
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.mapping import SheetPlan
from clausette.imports.takeover.reading import Line, Sheet
from clausette.imports.takeover.records import Record, RecordKind
from clausette.imports.takeover.vocabulary import says_justice
from clausette.kernel.french import format_hours
from clausette.kernel.parsing import parse_hours

NIR = "Cette case contenait un numéro de sécurité sociale."
JUSTICE = "Cette case disait une mesure de justice."
ZERO = Decimal(0)
UNREAD = "\0"  # no cell holds this
_PARTS = {Part.CONTRACT: RecordKind.CONTRACT, Part.PERSON: RecordKind.PERSON, Part.WORK: RecordKind.WORK,
          Part.HOURS: RecordKind.HOURS}  # fmt: skip
_REFERENCES = {
    RecordKind.CONTRACT: frozenset(),
    RecordKind.PERSON: frozenset(),
    RecordKind.WORK: NAMES_PERSON | NAMES_CONTRACT,
    RecordKind.HOURS: NAMES_PERSON | NAMES_CONTRACT | NAMES_WORK,
}
_CODES = {
    kind: refers | {code for code, field in BY_CODE.items() if _PARTS[field.part] is kind}
    for kind, refers in _REFERENCES.items()
}


class Extractor:
    """Reads the lines of one sheet by its plan."""

    def __init__(
        self,
        sheet: Sheet,
        plan: SheetPlan,
        publics: Mapping[str, str],
        masked: frozenset[tuple[str, int, int]],
    ) -> None:
        self.sheet, self.plan, self.publics, self.masked = sheet, plan, publics, masked
        self.places = plan.places()
        self.records: list[Record] = []
        self.notes: list[tuple[int, Finding]] = []
        self.unreadable = 0
        self.total = ZERO
        self.sums: dict[int, Decimal] = {}
        self.headings = tuple(column.heading for column in plan.columns)
        self.known: dict[tuple[str, str], Value | None] = {}
        """What was read of cells already: a workbook says the same names, numbers and days thousands of times."""

    def run(self, step: Callable[[], None] = lambda: None) -> None:
        """Read every line below the headings; `step` is called once a line."""
        for line in self.sheet.lines:
            step()
            if line.number <= self.plan.heading_line or self._repeats_heading(line):
                continue
            if self._is_total(line):
                self._note_total(line)
            elif any(not is_nothing(line.cell(place)) for place in self.places.values()):
                self._line(line)
            elif any(not is_nothing(cell) for cell in line.cells):
                self._note(
                    line, "W210", "Cette ligne n'a rien dans les colonnes reprises : elle est laissée."
                )

    def _repeats_heading(self, line: Line) -> bool:
        return tuple(cell[:200] for cell in line.cells if cell) == self.headings

    def _is_total(self, line: Line) -> bool:
        first = [key_of(cell) for cell in [cell for cell in line.cells if cell][:2]]
        return any(
            key.startswith(("total", "sous total", "somme", "cumul", "ensemble")) for key in first
        ) and not (
            line.cell(self.places.get("birth_date", 10_000))
            or any(char.isalpha() for char in line.cell(self.places.get("first_name", 10_000)))
        )

    def _note(self, line: Line, code: str, sentence: str, value: str = "") -> None:
        self.notes.append((line.number, Finding(code, sentence, value=value)))

    def _note_total(self, line: Line) -> None:
        self._note(line, "W210", "Cette ligne est un total du classeur : elle n'est pas reprise.")
        for place, expected in self.sums.items():
            try:
                written = parse_hours(line.cell(place))
            except ValueError:
                continue
            if written != expected and written:
                self._note(
                    line, "W212", f"Colonne {letter(place)} : le classeur écrit {format_hours(written)}, ses "
                                  f"lignes font "
                    f"{format_hours(expected)}.", value=line.cell(place)[:40],
                )  # fmt: skip

    def _line(self, line: Line) -> None:
        values, findings = self._values(line)
        for part in sorted(PARTS_OF[self.plan.kind], key=list(Part).index):
            kind = _PARTS[part]
            if kind is RecordKind.HOURS:
                self._hours(line, values, findings)
            else:
                self._record(kind, line, values, findings)

    def _values(self, line: Line) -> tuple[dict[str, Value], dict[str, list[Finding]]]:
        """Values of the line by field, and findings by field."""
        values: dict[str, Value] = {}
        findings: dict[str, list[Finding]] = {}
        for code, place in self.places.items():
            if code.startswith(MONTH):
                continue
            text = line.cell(place)
            try:
                value = self._value(code, text, line)
            except ValueError as error:
                findings.setdefault(code, []).append(self._finding("E201", str(error), code, place, text))
                continue
            if (self.sheet.name, line.number, place) in self.masked:
                findings.setdefault(code, []).append(self._finding("E203", NIR, code, place, ""))
            if code == "public" and value is None and says_justice(text):
                findings.setdefault(code, []).append(self._finding("W209", JUSTICE, code, place, ""))
                value = "AVIS_MOTIVE"
            if value is not None:
                values[code] = value
        if says_justice(str(values.get("prescriber_name", ""))):
            del values["prescriber_name"]
            findings["prescriber_name"] = [
                self._finding("W209", JUSTICE, "prescriber_name", self.places["prescriber_name"], "")
            ]
        split_names(values, self.plan.heading_of(self.places.get("full_name", -1)))
        return values, findings

    def _value(self, code: str, text: str, line: Line) -> Value | None:
        if code.startswith(OPENING):
            return None if is_nothing(text) else parse_hours(text)
        if code == "public" and says_justice(text):
            return None
        if code == "month" and "year" in self.places and not is_nothing(text):
            return self._month(text, line)
        known = self.known.get((code, text), UNREAD)
        if known is UNREAD:
            known = read_cell(code, text, from_1904=self.sheet.date_1904, publics=self.publics)
            self.known[code, text] = known
        return known

    def _month(self, text: str, line: Line) -> date:
        """A month written without its year takes it from the column beside."""
        alone = month_alone(text)
        year = line.cell(self.places["year"])
        if alone is None or not year.isdigit():
            return read_month(text, from_1904=self.sheet.date_1904)
        return date(int(year), alone, 1)

    def _finding(self, code: str, sentence: str, of: str, place: int, text: str) -> Finding:
        return Finding(code, sentence, letter(place), label_of(of), text.strip()[:60])

    def _record(
        self, kind: RecordKind, line: Line, values: dict[str, Value], findings: dict[str, list[Finding]]
    ) -> None:
        codes = _CODES[kind]
        own = {code: value for code, value in values.items() if code in codes or code.startswith(OPENING)}
        if kind is not RecordKind.CONTRACT:
            own = {code: value for code, value in own.items() if not code.startswith(OPENING)}
        record = Record(kind, self.sheet.name, line.number, own, places=self.places)
        for code, said in findings.items():
            if self._concerns(code, kind) or (code.startswith(OPENING) and kind is RecordKind.CONTRACT):
                record.findings.extend(said)
        complete(record, self.places, wrong=_wrong(findings), flat=self.plan.kind == "flat")
        self.records.append(record)

    def _concerns(self, code: str, kind: RecordKind) -> bool:
        """A wrong cell is told once: on the record it describes, when the line brings that record too."""
        if code not in _CODES[kind]:
            return False
        own = _PARTS[BY_CODE[code].part]
        return own is kind or BY_CODE[code].part not in PARTS_OF[self.plan.kind]

    def _hours(self, line: Line, values: dict[str, Value], findings: dict[str, list[Finding]]) -> None:
        months = [(code, place) for code, place in self.places.items() if code.startswith(MONTH)]
        if not months:
            self._one_month(line, dict(values), findings, self.places.get("hours"))
            return
        for code, place in months:
            text = line.cell(place)
            if is_nothing(text) and (self.sheet.name, line.number, place) not in self.masked:
                continue
            said = dict(findings)
            mine = {**values, "month": date.fromisoformat(f"{code.removeprefix(MONTH)}-01")}
            try:
                mine["hours"] = parse_hours(text)
            except ValueError as error:
                said["hours"] = [self._finding("E201", str(error), code, place, text)]
            self._one_month(line, mine, said, place, wide=True)

    def _one_month(
        self,
        line: Line,
        values: dict[str, Value],
        findings: dict[str, list[Finding]],
        place: int | None,
        *,
        wide: bool = False,
    ) -> None:
        hours = values.get("hours")
        if hours == ZERO:
            return  # « 0 » says that nobody worked: nothing to take over
        if self.plan.kind == "flat" and "hours" not in values and "hours" not in findings:
            return  # a line of a flat sheet may only say who and where
        codes = _CODES[RecordKind.HOURS]
        own = {code: value for code, value in values.items() if code in codes}
        column = letter(place) if wide and place is not None else ""
        record = Record(RecordKind.HOURS, self.sheet.name, line.number, own, column=column, places=self.places)
        for code, said in findings.items():
            if self._concerns(code, RecordKind.HOURS):
                record.findings.extend(said)
        complete(record, self.places, wrong=_wrong(findings))
        if isinstance(hours, Decimal):
            self.total += hours
            if place is not None:
                self.sums[place] = self.sums.get(place, ZERO) + hours
        else:
            self.unreadable += 1
        self.records.append(record)


def _wrong(findings: Mapping[str, list[Finding]]) -> set[str]:
    """Fields whose cell is refused for another reason than its emptiness; a number taken off leaves an empty cell."""
    return {code for code, said in findings.items() if any(one.code == "E201" for one in said)}
