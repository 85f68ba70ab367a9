"""One cell to its value. Every refusal is a sentence shown at the cell; each different value is read once."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from clausette.access.enums import BodyKind
from clausette.commitments.enums import EttAdmission, ValuedMatter, WorkStudyCounting
from clausette.hours.enums import HoursKind
from clausette.hours.rules.controls import CONTROLS
from clausette.imports.hours_book.sheets import Shape
from clausette.imports.takeover.cells import ERRORS, is_nothing, read_date, read_month
from clausette.imports.takeover.keys import key as key_of
from clausette.imports.takeover.reading.child import number
from clausette.imports.takeover.vocabulary import public_of, says_justice, word_of
from clausette.kernel.nir import find_nir
from clausette.kernel.parsing import parse_decimal, parse_hours
from clausette.kernel.text import collapse

Cell = str | float
Reader = Callable[[str], Any]
LONGEST = 80
MOST_MONTHS = 1200
MATTERS = tuple(matter for matter in ValuedMatter if matter != ValuedMatter.CARRY_OVER)
"""What the dated rules of the workbook speak of; no control of a line looks at what is carried over."""
UNCOUNTED = ("tutorat", "stage", "congés", "intempéries", "absence")
_UNIT = re.compile(r"(?i) ?(?:heures?|hrs?|h)$")
_FINGERPRINT = re.compile(r"[0-9a-fA-F]{32,128}")
_CODES = {held.code for held in CONTROLS}
_FREE = frozenset({Shape.REFERENCE, Shape.TEXT})
_SHORT: Mapping[str, Enum] = {
    "etti": BodyKind.ETTI, "ett": BodyKind.ETT, "ei": BodyKind.EI, "ai": BodyKind.AI, "aci": BodyKind.ACI,
    "ea": BodyKind.EA, "chantier d insertion": BodyKind.ACI, "autre": BodyKind.OTHER,
    "regie": BodyKind.REGIE, "regie de quartier": BodyKind.REGIE,
}  # fmt: skip
Choice = TypeVar("Choice", bound=Enum)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be read: code of the remark, sentence, what is written there (never a NIR)."""

    code: str
    sentence: str
    value: str = ""


NIR = Unread("E203", "Cette case contient un numéro de sécurité sociale.")


class Column(dict[Cell, Any]):
    """The different values of a column, each read once: value, None when empty, Unread when it cannot be."""

    def __init__(self, read: Reader, *, free: bool = False) -> None:
        super().__init__()
        self.read, self.free, self.faulty = read, free, False

    def __missing__(self, cell: Cell) -> Any:
        found = self[cell] = self._value(text_of(cell))
        self.faulty = self.faulty or type(found) is Unread
        return found

    def _value(self, text: str) -> Any:
        if not text or (not self.free and is_nothing(text)):
            return None
        if holds_nir(text):
            return NIR
        if ERRORS.fullmatch(text.upper()):
            return Unread("E201", f"Cette case montre une erreur de calcul ({text[:12]}) : écrivez sa valeur.", text)
        try:
            return self.read(text)
        except ValueError as refused:
            return Unread("E201", str(refused), text[:LONGEST])


def text_of(cell: Cell) -> str:
    """The text of a cell."""
    return cell.strip() if isinstance(cell, str) else number(cell)


def holds_nir(text: str) -> bool:
    """Say whether a cell certainly holds a social security number; the fingerprint of a piece is none."""
    if len(text) < 13 or sum(map(str.isdigit, text)) < 13 or _FINGERPRINT.fullmatch(text):
        return False
    found = find_nir(text)
    return found is not None and found.certainty == "certain"


def columns_for(publics: Mapping[str, str], *, from_1904: bool = False) -> Callable[[Shape], Column]:
    """Return what makes the reader of a column. `publics`: eligible publics, code → label."""
    readers: dict[Shape, Reader] = {
        Shape.REFERENCE: _reference,
        Shape.TEXT: collapse,
        Shape.DATE: lambda text: read_date(text, from_1904=from_1904),
        Shape.MONTH: lambda text: read_month(text, from_1904=from_1904),
        Shape.HOURS: _hours,
        Shape.SIGNED: _signed,
        Shape.COUNT: _count,
        Shape.YES: _yes,
        Shape.MODALITY: lambda text: _word("modality", text),
        Shape.MODALITIES: lambda text: frozenset(_word("modality", one) for one in _list(text)),
        Shape.PUBLIC: lambda text: _public(text, publics),
        Shape.PUBLICS: lambda text: frozenset(_public(one, publics) for one in _list(text)),
        Shape.ADMISSION: lambda text: _choice(text, EttAdmission),
        Shape.STUDY: lambda text: _choice(text, WorkStudyCounting),
        Shape.CONTROL: _code,
        Shape.CONTROLS: lambda text: frozenset(_code(one) for one in _list(text)),
        Shape.BODY: lambda text: _choice(text, BodyKind, _SHORT),
        Shape.WORK_KIND: lambda text: _word("work_kind", text),
        Shape.NATURE: _nature,
        Shape.MATTER: _matter,
        Shape.SHARE: _share,
        Shape.DAYS: lambda text: int(parse_decimal(text, places=0)),
    }
    return lambda shape: Column(readers[shape], free=shape in _FREE)


def _reference(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"Cette référence est trop longue : {LONGEST} caractères au plus.")
    return text


def _signed(text: str) -> Decimal:
    """Hours as written, sign and decimals kept: a control tells what is impossible."""
    try:
        return parse_decimal(_UNIT.sub("", text))
    except ValueError:
        return parse_hours(text)


def _hours(text: str) -> Decimal:
    hours = _signed(text)
    if hours < 0:
        raise ValueError("Un nombre d'heures ne peut pas être négatif.")
    return hours


def _count(text: str) -> int:
    value = parse_decimal(text, places=0)
    if not 0 < value < 10_000_000:
        raise ValueError(f"« {text[:40]} » n'est pas un nombre attendu ici.")
    return int(value)


def _yes(text: str) -> bool:
    key = key_of(text)
    if key not in {"oui", "non", "vrai", "faux", "1", "0"}:
        raise ValueError(f"« {text[:40]} » : écrivez oui ou non.")
    return key in {"oui", "vrai", "1"}


def _list(text: str) -> Iterable[str]:
    return (one.strip() for one in text.split(";") if one.strip())


def _word(code: str, text: str) -> str:
    found = word_of(code, text)
    if found is None:
        raise ValueError(f"« {collapse(text)[:40]} » n'est pas un mot de la liste.")
    return found


def _choice(text: str, choices: type[Choice], others: Mapping[str, Enum] | None = None) -> str:
    key = key_of(text)
    for one in choices:
        if key in (key_of(str(one.value)), key_of(str(getattr(one, "label", "")))):
            return str(one.value)
    if others and key in others:
        return str(others[key].value)
    raise ValueError(f"« {collapse(text)[:40]} » n'est pas un mot de la liste.")


def _public(text: str, publics: Mapping[str, str]) -> str:
    found = "AVIS_MOTIVE" if says_justice(text) else public_of(text, publics)
    if found is None:
        raise ValueError(f"« {collapse(text)[:40]} » n'est pas un public connu.")
    return found


def _code(text: str) -> str:
    code = text.upper()
    if code not in _CODES:
        raise ValueError(f"« {text[:40]} » n'est pas le code d'un contrôle.")
    return code


def _matter(text: str) -> str:
    found = _choice(text, ValuedMatter)
    if found not in MATTERS:
        told = ", ".join(f"« {one.label} »" for one in MATTERS)
        raise ValueError(f"« {collapse(text)[:40]} » ne se dit pas ici : écrivez {told}.")
    return found


def _share(text: str) -> Decimal:
    """A part of 1 from « 20 % », or from « 0,2 », as a cell shown in percent holds it."""
    value = parse_decimal(text)
    if text.rstrip().endswith("%"):
        return value / 100
    if value > 1:
        raise ValueError(f"« {text[:40]} » : écrivez une part avec son signe, comme « 20 % ».")
    return value


def _nature(text: str) -> tuple[HoursKind, str]:
    """What the hours are, and the word of a nature that does not count (« » when it counts)."""
    key = key_of(text)
    if key == key_of(HoursKind.BEFORE.label):
        return HoursKind.BEFORE, ""
    for word in UNCOUNTED:
        if key.removesuffix("s") == key_of(word).removesuffix("s"):
            return HoursKind.WORK, word
    found = word_of("hours_kind", text)
    if found is None:
        raise ValueError(f"« {collapse(text)[:40]} » n'est pas une nature d'heures : écrivez Travail ou Formation.")
    return HoursKind(found), ""
