"""Find the line of headings, alone or on two lines, under the titles that workbooks like to have above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from clausette.imports.takeover.cells import month_alone
from clausette.imports.takeover.fields import FIELDS, Field
from clausette.imports.takeover.mapping.matching import likeness, month_of
from clausette.imports.takeover.reading import Line, Sheet

_YEAR = re.compile(r"20[0-9]{2}")
LOOK_AT = 25  # lines that are not empty
LEAST = 2  # headings recognised, or it is no line of headings


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a sheet: number of their last line, text by place."""

    line: int
    texts: dict[int, str] = field(default_factory=dict)


def find_heading(sheet: Sheet, fields: Sequence[Field] = FIELDS, least: float = LEAST) -> Heading | None:
    """Return the headings of a sheet, None when nothing looks like some. `fields`: what its columns may be; `least`:
    how many must be recognised."""
    lines = sheet.lines[:LOOK_AT]
    best: tuple[float, Heading] | None = None
    for one in _candidates(lines, sheet.lines):
        score = _score(one, fields)
        if score >= least and (best is None or score > best[0] + 0.01):
            best = (score, one)
    return best[1] if best else None


def _candidates(lines: Sequence[Line], all_lines: Sequence[Line]) -> list[Heading]:
    found = [Heading(line.number, _texts(line)) for line in lines]
    found.extend(
        Heading(below.number, _joined(above, below))
        for above, below in pairwise(lines)
        if below.number == above.number + 1 and _may_be_heading(below) and _heads(above, below)
    )
    return found


def _heads(above: Line, below: Line) -> bool:
    """A line of one text is the title of the sheet, not headings, unless months stand under it."""
    return len({cell for cell in above.cells if cell}) > 1 or any(month_alone(cell) for cell in below.cells if cell)


def _may_be_heading(line: Line) -> bool:
    """The second line of headings has no data: words, or months."""
    filled = [cell for cell in line.cells if cell]
    return bool(filled) and all(not cell.replace(".", "").isdigit() or len(cell) < 3 for cell in filled)


def _texts(line: Line) -> dict[int, str]:
    return {place: cell[:200] for place, cell in enumerate(line.cells) if cell}


def _joined(above: Line, below: Line) -> dict[int, str]:
    """Two lines of headings: « Heures 2026 » above « janvier » is « Heures 2026 janvier »."""
    width = max(len(above.cells), len(below.cells))
    found, year = {}, ""
    for place in range(width):
        top, bottom = above.cell(place), below.cell(place)
        year = top if top and _YEAR.search(top) else "" if top else year
        if not top and year and month_alone(bottom):
            top = year  # the year stands above the first month only
        text = top if top == bottom else " ".join(part for part in (top, bottom) if part)
        if text:
            found[place] = text[:200]
    return found


def _score(heading: Heading, fields: Sequence[Field]) -> float:
    """How much it looks like headings: recognised names, each counted once; repeated texts count once."""
    total, seen = 0.0, set()
    for text in heading.texts.values():
        if text in seen:
            continue
        seen.add(text)
        if month_of(text) is not None:
            total += 0.9
            continue
        near = max(likeness(text, one) for one in fields)
        total += near if near >= 0.6 else -0.15
    return total
