"""One cell to its value. Every refusal is a ValueError whose sentence is shown at the cell."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from clausette.imports.takeover.fields import BY_CODE, Field, Shape
from clausette.imports.takeover.persons import LEVELS, READERS, read_level
from clausette.imports.takeover.vocabulary import LISTS, public_of, word_of
from clausette.kernel.french import format_number
from clausette.kernel.months import first_day
from clausette.kernel.parsing import parse_date, parse_decimal, parse_hours, parse_month
from clausette.kernel.siret import clean_siret
from clausette.kernel.text import collapse, search_key, strip_accents

OLDEST, LATEST = date(1920, 1, 1), date(2100, 1, 1)
SERIAL = re.compile(r"[1-9][0-9]{3,4}(?:\.[0-9]+)?")
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
ERRORS = re.compile(r"#(?:N/?A|REF!?|VALEUR!?|VALUE!?|DIV/0!?|NOM\??|NAME\?|NUL!?|NULL!?|NOMBRE!?|NUM!?)")
NOTHING = frozenset({"", "-", "–", "—", "nc", "n c", "neant", "x", "."})
LONGEST = {Shape.NUMBER: 40, Shape.TEXT: 200}
PLACES = {Shape.EUROS: 2}
Value = str | date | Decimal | int
_TWO_DIGITS = re.compile(r"([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-])([0-9]{2})")
_MONTH_SHORT = re.compile(r"([^\W\d]+)\.?[ \-/']*([0-9]{2}|[0-9]{4})")
_YEAR_TOP = 50  # « 49 » is 2049 for a marché, « 51 » is 1951 for a birth


def is_nothing(text: str) -> bool:
    """Say whether a cell means « nothing here »."""
    if not text or len(text) > 6:
        return not text
    return strip_accents(text).strip().casefold() in NOTHING


def read_cell(
    code: str, text: str, *, from_1904: bool = False, publics: Mapping[str, str] | None = None
) -> Value | None:
    """Return the value of a cell for a field, None when it is empty. `publics`: eligible publics, code → label.

    Raises ValueError with the sentence to show.
    """
    return read_as(BY_CODE[code], text, from_1904=from_1904, publics=publics)


def read_as(
    field: Field, text: str, *, from_1904: bool = False, publics: Mapping[str, str] | None = None
) -> Value | None:
    """Return the value of a cell by the shape of a field of any workbook, None when it is empty. Raises ValueError."""
    if is_nothing(text):
        return None
    if ERRORS.fullmatch(text.strip().upper()):
        raise ValueError(f"Cette case montre une erreur de calcul ({text.strip()[:12]}) : écrivez sa valeur.")
    code, shape = field.code, field.shape
    if code in READERS:
        return READERS[code](text)
    if shape is Shape.WORD:
        return read_level(code, text) if code in LEVELS else _word(code, text, publics or {})
    if shape is Shape.SIRET:
        return read_siret(text)
    if shape is Shape.DATE:
        return read_date(text, from_1904=from_1904, past=code == "birth_date")
    if shape is Shape.MONTH:
        return read_month(text, from_1904=from_1904)
    if shape is Shape.HOURS:
        return parse_hours(text)
    if shape is Shape.EUROS:
        return parse_decimal(
            re.sub(r"(?i) ?(?:€|euros?)? ?h\.?t\.?$", "", text.strip()), places=PLACES[shape]
        )
    return _whole(text) if shape is Shape.INT else _text(text, LONGEST[shape], number=shape is Shape.NUMBER)


def _text(text: str, longest: int, *, number: bool) -> str:
    plain = collapse(text)
    if len(plain) > longest:
        raise ValueError(f"Ce texte est trop long : {longest} caractères au plus.")
    return plain.removesuffix(".0") if number else plain


def _whole(text: str) -> int:
    plain = re.sub(r"(?i) ?(?:mois|an|ans)$", "", text.strip())
    value = parse_decimal(plain, places=0)
    if not 0 <= value <= 9999:
        raise ValueError(f"« {text.strip()[:40]} » n'est pas un nombre attendu ici.")
    return int(value) * (12 if re.search(r"(?i)\ban", text) else 1)


def _word(code: str, text: str, publics: Mapping[str, str]) -> str:
    found = public_of(text, publics) if code == "public" else word_of(code, text)
    if found is None:
        choices = list(publics.values()) if code == "public" else [str(one.value) for one in LISTS[code][0]]
        shown = collapse(text)[:40]
        raise ValueError(
            f"« {shown} » n'est pas dans la liste ({format_number(len(choices))} valeurs possibles)."
        )
    return found


def read_siret(text: str) -> str:
    """Return the 14 digits; zeros lost at the head, spaces and the tail « .0 » of a number are put right."""
    digits = re.sub(r"[\s.\-\u2011\u2013]", "", text.strip().removesuffix(".0"))
    if digits.isascii() and digits.isdigit() and 9 < len(digits) < 14:
        digits = digits.zfill(14)
    if re.fullmatch(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+", text.strip()):
        raise ValueError(
            "Ce SIRET a perdu ses chiffres (format scientifique) : mettez la colonne au format texte."
        )
    return clean_siret(digits)


def read_date(text: str, *, from_1904: bool = False, past: bool = False) -> date:
    """Return a day: real date, « 03/03/2026 », « 3 mars 2026 », « 03/03/26 », or a serial number of a workbook."""
    plain = text.strip().removesuffix(" 00:00:00").removesuffix(" 00:00")
    plain = re.sub(
        r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le) ", "", plain, flags=re.IGNORECASE
    )
    if SERIAL.fullmatch(plain):
        return _plausible((EPOCH_1904 if from_1904 else EPOCH) + timedelta(days=int(float(plain))), text)
    short = _TWO_DIGITS.fullmatch(plain)
    if short:
        plain = f"{short[1]}{_century(int(short[2]), past=past)}"
    return _plausible(parse_date(plain), text)


def _century(year: int, *, past: bool) -> int:
    top = 15 if past else _YEAR_TOP
    return 2000 + year if year < top else 1900 + year


def _plausible(day: date, text: str) -> date:
    if not OLDEST <= day <= LATEST:
        raise ValueError(f"« {text.strip()[:40]} » donne l'année {day.year} : vérifiez cette date.")
    return day


def read_month(text: str, *, from_1904: bool = False) -> date:
    """Return the first day of a month: « mars 2026 », « mars-26 », « 03/2026 », « 202603 », or any of its days."""
    plain = text.strip()
    compact = re.fullmatch(r"(20[0-9]{2})(0[1-9]|1[0-2])", plain)
    if compact:
        return date(int(compact[1]), int(compact[2]), 1)
    words = _MONTH_SHORT.fullmatch(plain)
    if words:
        year = int(words[2]) + (2000 if len(words[2]) == 2 else 0)
        return _plausible(parse_month(f"{search_key(words[1])} {year}"), text)
    try:
        return _plausible(parse_month(plain), text)
    except ValueError:
        try:
            return first_day(read_date(plain, from_1904=from_1904))
        except ValueError:
            raise ValueError(f"« {plain[:40]} » n'est pas un mois : écrivez 03/2026 ou mars 2026.") from None


def month_alone(text: str) -> int | None:
    """Return the number of a month written without its year (« mars », « 3 »), None when it is not one."""
    plain = search_key(text)
    if plain.isdigit():
        return int(plain) if 1 <= int(plain) <= 12 else None
    try:
        return parse_month(f"{plain} 2000").month
    except ValueError:
        return None
