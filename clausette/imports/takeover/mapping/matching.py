"""How much a heading looks like a field, and how much the content of a column does."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from clausette.imports.takeover.cells import is_nothing, read_date, read_month, read_siret
from clausette.imports.takeover.fields import Field, Shape
from clausette.imports.takeover.persons import LEVELS, READERS, is_level
from clausette.imports.takeover.vocabulary import LISTS, word_of
from clausette.kernel.parsing import parse_decimal, parse_hours
from clausette.kernel.text import search_key

_NOISE = re.compile(r"\b(?:obligatoire|facultatif|jj mm aaaa|format|ex|exemple|a remplir|en)\b")
ALIKE = 0.85
_YEARS = re.compile(r"\b(20[0-9]{2})\b")


@lru_cache(maxsize=4096)
def key_of(heading: str) -> str:
    """The heading as compared: no accent, no case, no « (obligatoire) »."""
    return " ".join(_NOISE.sub(" ", search_key(heading)).split())


def likeness(heading: str, field: Field) -> float:
    """Return from 0 to 1 how much a heading names a field."""
    return _likeness(key_of(heading), field)


@lru_cache(maxsize=65536)
def _likeness(key: str, field: Field) -> float:
    if not key:
        return 0.0
    best = 0.0
    for rank, name in enumerate(field.names):
        if key == name:
            return 1.0 if rank == 0 else 0.97
        if f" {name} " in f" {key} ":
            best = max(best, 0.55 + 0.4 * len(name) / len(key))
        elif f" {key} " in f" {name} " and len(key) > 3:
            best = max(best, 0.5 + 0.35 * len(key) / len(name))
        elif best < 0.8 and abs(len(key) - len(name)) < 4 and len(key) > 4:
            best = max(best, 0.8 * _alike(key, name))
    return best


def _alike(one: str, other: str) -> float:
    """Return how much two words are written alike, 0 when it is not much; letters in common are counted first."""
    letters, others = _letters(one), _letters(other)
    common = sum(min(count, others[letter]) for letter, count in letters.items() if letter in others)
    if 2 * common / (len(one) + len(other)) <= ALIKE:
        return 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio > ALIKE else 0.0


@lru_cache(maxsize=8192)
def _letters(text: str) -> Counter[str]:
    return Counter(text)


@lru_cache(maxsize=4096)
def month_of(heading: str) -> date | None:
    """Return the month that a heading names (« mars 2026 », « 03/2026 », « 2026-03-01 », « Heures 2026 mars »)."""
    if not re.search(r"[0-9]", heading):
        return None
    bare = re.sub(r"(?i)\b(?:heures?|nb|nombre|total|h|de|d'|du|mois)\b", " ", heading)
    year = _YEARS.search(bare)
    for text in (heading, bare.strip(), f"{_YEARS.sub(' ', bare).strip()} {year[1]}" if year else ""):
        if not text or text.strip().isdigit():
            continue
        try:
            return read_month(" ".join(text.split()))
        except ValueError:
            continue
    return None


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def tries(text: str) -> bool:
        try:
            read(text)
        except ValueError:
            return False
        return True

    return tries


_SHAPES: dict[Shape, Callable[[str], bool]] = {
    Shape.SIRET: _reads(read_siret),
    Shape.DATE: _reads(read_date),
    Shape.MONTH: _reads(read_month),
    Shape.HOURS: _reads(parse_hours),
    Shape.EUROS: _reads(parse_decimal),
    Shape.INT: lambda text: text.strip().isdigit(),
    Shape.NUMBER: lambda text: len(text) <= 40,
    Shape.TEXT: lambda text: re.search(r"[^\W\d_]{2}", text) is not None,
}


def content(values: Sequence[str], field: Field) -> float:
    """Return from 0 to 1 the share of these values that a field may hold; 0.9 for an empty column."""
    filled = [value for value in values if not is_nothing(value)]
    if not filled:
        return 0.9
    if field.code in LEVELS:
        return sum(is_level(value) for value in filled) / len(filled)
    if field.code in READERS:
        return sum(_reads(READERS[field.code])(value) for value in filled) / len(filled)
    if field.shape is Shape.WORD:
        if field.code not in LISTS:
            return 0.5
        return sum(word_of(field.code, value) is not None for value in filled) / len(filled)
    return sum(_SHAPES[field.shape](value) for value in filled) / len(filled)
