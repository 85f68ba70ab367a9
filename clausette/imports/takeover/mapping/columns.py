"""Give each column its field: the surest first, each field once, contents weighing on headings."""

import re
from collections.abc import Sequence

from clausette.imports.takeover.fields import BY_CODE, MONTH, OPENING, Field, Part, Shape, SheetKind, usable
from clausette.imports.takeover.mapping.headings import Heading
from clausette.imports.takeover.mapping.matching import content, key_of, likeness, month_of
from clausette.imports.takeover.persons import level_column
from clausette.imports.takeover.reading import Line, Sheet

LOOK_AT = 40
LEAST = 0.5
_OPENING = re.compile(r"\b(?:reprise|deja validees|dont|anterieur\w*|avant reprise)\b.*\b(20[0-9]{2})\b")
_PAIRS = {"buyer_name": "buyer_siret", "contractor_name": "contractor_siret", "employer_name": "employer_siret",
          "host_name": "host_siret"}  # fmt: skip
# the meaning of a bare word depends on what the lines are
_PREFERRED = {
    SheetKind.CONTRACTS: {"nom": "contract_name", "debut": "contract_starts_on", "fin": "contract_ends_on",
                          "intitule": "contract_name", "numero": "contract_number", "n": "contract_number",
                          "siret": "contractor_siret", "heures": "hours_minimum", "date de debut": "contract_starts_on",
                          "date de fin": "contract_ends_on"},
    SheetKind.WORK: {"debut": "work_starts_on", "fin": "work_ends_on", "date de debut": "work_starts_on",
                     "date de fin": "work_ends_on", "date debut": "work_starts_on", "date fin": "work_ends_on",
                     "entreprise": "employer_name", "siret": "employer_siret", "type": "work_kind",
                     "marche": "contract_number"},
    SheetKind.HOURS: {"marche": "contract_number", "entreprise": "employer_name", "date": "month", "total": ""},
    SheetKind.FLAT: {"debut": "work_starts_on", "fin": "work_ends_on", "date de debut": "work_starts_on",
                     "date de fin": "work_ends_on"},
}  # fmt: skip


def guess_columns(sheet: Sheet, heading: Heading, kind: SheetKind) -> dict[int, tuple[str, int]]:
    """Return the field and the confidence (0–100) of each column that is recognised."""
    found: dict[int, tuple[str, int]] = {}
    scored: list[tuple[float, int, str]] = []
    lines = sheet.below(heading.line, LOOK_AT)
    fields = usable(kind)
    for place, text in heading.texts.items():
        special = _special(text, kind)
        if special:
            found[place] = (special, 95)
            continue
        values = [line.cell(place) for line in lines]
        for field in fields:
            score = _score(text, field, values, kind)
            if score >= LEAST:
                scored.append((score, place, field.code))
    assign(scored, found)
    _siret_beside_name(heading, found, kind)
    _same_pair(heading, found)
    _level(found, lines)
    return _without_total(found, heading)


def _level(found: dict[int, tuple[str, int]], lines: Sequence[Line]) -> None:
    """The nomenclature of a column of levels is told by what it holds; when nothing tells, somebody is asked."""
    for place, (code, sure) in list(found.items()):
        if code == "level":
            meant, how = level_column([line.cell(place) for line in lines])
            found[place] = (meant, min(sure, how))


def assign(scored: Sequence[tuple[float, int, str]], found: dict[int, tuple[str, int]]) -> None:
    """Give each column its field, the surest first, each field once. `scored`: (score, column, code of the field)."""
    for score, place, code in sorted(scored, key=lambda one: (-one[0], one[1])):
        taken = {field for field, _ in found.values()}
        if place not in found and code not in taken:
            found[place] = (code, min(round(score * 100), 100))


def _special(text: str, kind: SheetKind) -> str:
    """A month of a wide sheet, a year of the opening balance."""
    opening = _OPENING.search(key_of(text))
    if opening and kind in (SheetKind.CONTRACTS, SheetKind.FLAT):
        return f"{OPENING}{opening[1]}"
    month = month_of(text) if kind in (SheetKind.HOURS, SheetKind.FLAT) else None
    return f"{MONTH}{month:%Y-%m}" if month else ""


def _score(text: str, field: Field, values: list[str], kind: SheetKind) -> float:
    key = key_of(text)
    preferred = _PREFERRED.get(kind, {}).get(key)
    near = likeness(text, field)
    if (
        preferred is not None
    ):  # what such a word usually means here, else what it may mean once that one is taken
        near = (
            0.95 if preferred == field.code else 0.85 * near if preferred and kind is SheetKind.FLAT else 0.0
        )
    if near < LEAST:
        return 0.0
    return weighed(near, values, field)


def weighed(near: float, values: list[str], field: Field) -> float:
    """Return the likeness of a heading weighed by what its column holds."""
    held = content(values, field)
    if held < 0.3 and field.shape in (
        Shape.SIRET,
        Shape.DATE,
        Shape.MONTH,
        Shape.HOURS,
        Shape.EUROS,
        Shape.WORD,
    ):
        near -= 0.35  # a date column without any date is something else
    return near * (0.8 + 0.2 * held)


def _siret_beside_name(heading: Heading, found: dict[int, tuple[str, int]], kind: SheetKind) -> None:
    """« SIRET » alone is the SIRET of the body named just before it."""
    codes = {field.code for field in usable(kind)}
    for place, text in heading.texts.items():
        if key_of(text) not in ("siret", "n siret", "numero siret"):
            continue
        before = found.get(place - 1, ("", 0))[0]
        wanted = _PAIRS.get(before, "")
        others = {field for at, (field, _) in found.items() if at != place}
        if wanted in codes and wanted not in others:
            found[place] = (wanted, 85)


def _same_pair(heading: Heading, found: dict[int, tuple[str, int]]) -> None:
    """« Fin » goes with « Début »: when that one is the marché's, so is the other."""
    words = {key_of(text): place for place, text in heading.texts.items()}
    for starts, ends in (("debut", "fin"), ("date de debut", "date de fin"), ("date debut", "date fin")):
        start, end = found.get(words.get(starts, -1)), found.get(words.get(ends, -1))
        free = "contract_ends_on" not in {code for code, _ in found.values()}
        if start and end and free and (start[0], end[0]) == ("contract_starts_on", "work_ends_on"):
            found[words[ends]] = ("contract_ends_on", start[1])


def _without_total(found: dict[int, tuple[str, int]], heading: Heading) -> dict[int, tuple[str, int]]:
    """Beside one column a month, « Heures » or « Total » is their sum: taking it too would count twice."""
    if not any(code.startswith(MONTH) for code, _ in found.values()):
        return found
    return {
        place: guess
        for place, guess in found.items()
        if guess[0].startswith(MONTH) or BY_CODE.get(guess[0]) is None or not _is_hours(guess[0])
    }


def _is_hours(code: str) -> bool:
    return BY_CODE[code].part is Part.HOURS and code in ("hours", "month", "year")
