"""The lines of the sheets taken, one after the other; nothing is lost in silence."""

from collections.abc import Iterable
from typing import Any

from clausette.imports.programmes.cells import read_purchase_cell, unit_of
from clausette.imports.programmes.fields import BY_CODE
from clausette.imports.programmes.results import OTHER_SHEET, ReadLine, Remark, SheetPlan
from clausette.imports.takeover.cells import is_nothing
from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.reading import Line, Sheet, Workbook

_TOTALS = ("total", "sous total", "somme", "cumul")
TOTAL = "Cette ligne est un total : elle n'est pas reprise."
NOTHING = "Cette ligne n'a rien dans les colonnes reprises : elle est laissée."
ALONE = "Cette ligne n'a que son objet : c'est peut-être un titre de rubrique."
NO_TITLE = "L'objet de l'achat est vide."
Left = tuple[str, int, str]


def lines_of(workbook: Workbook, plans: Iterable[SheetPlan]) -> tuple[tuple[ReadLine, ...], tuple[Left, ...]]:
    """Return the purchases of the sheets taken, and the lines left aside with why."""
    found: list[ReadLine] = []
    left: list[Left] = []
    for rank, plan in enumerate(plans):
        sheet = workbook.sheet(plan.sheet)
        if sheet is not None and plan.taken:
            _Extractor(sheet, plan, rank, found, left).run()
    return tuple(found), tuple(left)


class _Extractor:
    """Reads the lines of one sheet by its plan."""

    def __init__(self, sheet: Sheet, plan: SheetPlan, rank: int, found: list[ReadLine], left: list[Left]) -> None:
        self.sheet, self.plan, self.rank, self.found, self.left = sheet, plan, rank, found, left
        self.places = plan.places()
        self.headings = {column.place: column.heading for column in plan.columns}
        self.unit = unit_of(self.headings.get(self.places.get("amount", -1), ""))
        self.known: dict[tuple[str, str], Any] = {}
        """What was read of cells already, refusals included: a programme says the same words many times."""

    def run(self) -> None:
        repeated = tuple(self.headings.values())
        for line in self.sheet.lines:
            if line.number <= self.plan.heading_line or tuple(cell[:200] for cell in line.cells if cell) == repeated:
                continue
            first = [key_of(cell) for cell in [cell for cell in line.cells if cell][:2]]
            if any(key.startswith(_TOTALS) for key in first) and is_nothing(self._cell(line, "cpv")):
                self.left.append((self.sheet.name, line.number, TOTAL))
            elif any(not is_nothing(self._cell(line, code)) for code in self.places):
                self.found.append(self._line(line))
            else:
                self.left.append((self.sheet.name, line.number, NOTHING))

    def _cell(self, line: Line, code: str) -> str:
        return line.cell(self.places[code]) if code in self.places else ""

    def _line(self, line: Line) -> ReadLine:
        values: dict[str, Any] = {}
        remarks: list[Remark] = []
        for code, place in self.places.items():
            read = self._read(code, line.cell(place))
            if isinstance(read, ValueError):
                remarks.append(self._remark(code, str(read), line.cell(place)))
            elif read is not None:
                values[code] = read
        if "title" not in values and not any(one.label == BY_CODE["title"].label for one in remarks):
            remarks.append(self._remark("title", NO_TITLE, ""))
        elif set(values) == {"title"} and len(self.places) > 1 and not remarks:
            remarks.append(Remark(ALONE))
        row = self.rank * OTHER_SHEET + line.number
        return ReadLine(self.sheet.name, line.number, row, values, tuple(remarks))

    def _read(self, code: str, text: str) -> Any:
        if (code, text) not in self.known:
            try:
                read = read_purchase_cell(code, text, unit=self.unit, from_1904=self.sheet.date_1904)
            except ValueError as refused:
                read = refused  # type: ignore[assignment]  # kept beside the values, told as a remark
            self.known[code, text] = read
        return self.known[code, text]

    def _remark(self, code: str, sentence: str, text: str) -> Remark:
        return Remark(sentence, letter(self.places[code]), BY_CODE[code].label, text.strip()[:60])
