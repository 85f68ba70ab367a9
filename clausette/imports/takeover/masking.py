"""Social security numbers are taken off before anything is kept; where they stood is told."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.reading import Grid, Lines, Sheet, Workbook
from clausette.kernel.french import plural
from clausette.kernel.nir import find_nir

SHORTEST = 13


@dataclass(frozen=True, slots=True)
class Masked:
    """The workbook without these numbers, and where they stood: (sheet, line, place)."""

    workbook: Workbook
    places: frozenset[tuple[str, int, int]]

    @property
    def notices(self) -> tuple[str, ...]:
        """One sentence for each column concerned."""
        counts: dict[tuple[str, int], int] = {}
        for sheet, _, place in sorted(self.places):
            counts[sheet, place] = counts.get((sheet, place), 0) + 1
        return tuple(
            f"Feuille « {sheet} », colonne {letter(place)} : {plural(count, 'numéro')} de sécurité sociale "
            f"{'effacé' if count < 2 else 'effacés'}, jamais {'conservé' if count < 2 else 'conservés'}."
            for (sheet, place), count in sorted(counts.items())
        )


def mask(workbook: Workbook) -> Masked:
    """Empty every cell that holds a social security number; each text is looked at once."""
    places: set[tuple[str, int, int]] = set()
    known: dict[int, _Looked] = {}  # the sheets of a workbook share their texts
    sheets = []
    for sheet in workbook.sheets:
        grid = sheet.grid
        if id(grid.texts) not in known:
            known[id(grid.texts)] = _Looked(grid.texts)
        sheets.append(known[id(grid.texts)].clean(sheet, grid, places))
    return Masked(replace(workbook, sheets=tuple(sheets)) if places else workbook, frozenset(places))


class _Looked:
    """Texts of which it is known which hold such a number, and the same without them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.given = texts
        """Held, so that no other list takes its place in memory."""
        self.bad = {at for at, text in enumerate(texts) if len(text) >= SHORTEST and _is_nir(text)}
        self.texts = ["" if at in self.bad else text for at, text in enumerate(texts)] if self.bad else texts

    def clean(self, sheet: Sheet, grid: Grid, places: set[tuple[str, int, int]]) -> Sheet:
        """The sheet without these numbers; where they stood is added to `places`."""
        if not self.bad:
            return sheet
        columns = []
        for place, column in enumerate(grid.columns):
            found = [at for at, text in enumerate(column) if text in self.bad]
            places.update((sheet.name, grid.lines[at], place) for at in found)
            columns.append(array("I", [0 if text in self.bad else text for text in column]) if found else column)
        return replace(sheet, lines=Lines(Grid(self.texts, grid.lines, tuple(columns))))


def _is_nir(text: str) -> bool:
    finding = find_nir(text)
    return finding is not None and finding.certainty == "certain"
