"""Social security numbers are taken off before anything is kept; where they stood is told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clausette.imports.takeover.findings import letter
from clausette.imports.takeover.reading import Line, Sheet, Workbook
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
    """Empty every cell that holds a social security number."""
    places: set[tuple[str, int, int]] = set()
    sheets = tuple(replace(sheet, lines=tuple(_lines(sheet, places))) for sheet in workbook.sheets)
    return Masked(replace(workbook, sheets=sheets), frozenset(places))


def _lines(sheet: Sheet, places: set[tuple[str, int, int]]) -> Iterable[Line]:
    clean: set[str] = set()
    """Texts looked at already that hold none: a file says the same ones thousands of times."""
    for line in sheet.lines:
        found = []
        for place, cell in enumerate(line.cells):
            if len(cell) >= SHORTEST and cell not in clean:
                if _is_nir(cell):
                    found.append(place)
                else:
                    clean.add(cell)
        if not found:
            yield line
            continue
        places.update((sheet.name, line.number, place) for place in found)
        yield Line(
            line.number, tuple("" if place in found else cell for place, cell in enumerate(line.cells))
        )


def _is_nir(text: str) -> bool:
    finding = find_nir(text)
    return finding is not None and finding.certainty == "certain"
