"""One cell of a purchase programme to its value. Every refusal is a ValueError whose sentence is shown at the cell."""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clausette.advice.rules import known_cpv
from clausette.imports.programmes.fields import BY_CODE
from clausette.imports.takeover.cells import ERRORS, Value, is_nothing, read_as, read_date, read_month
from clausette.kernel.parsing import parse_decimal
from clausette.kernel.text import collapse, search_key, strip_accents

MOST = Decimal(10) ** 12
LONGEST = {"title": 200, "reference": 60, "lot": 100, "place": 100, "form": 200, "said_social": 200}
MOST_MONTHS = 999
_TAX = re.compile(r"(?i)\s*\(?h\.?\s?t\.?\)?\.?$")
_THOUSANDS = re.compile(r"(?i)\s*k\s?(?:€|euros?|eur)?$")
_MILLIONS = re.compile(r"(?i)\s*m\s?(?:€|euros?|eur|illions?(?: d.euros)?)$")
_UNIT = {
    1_000_000: re.compile(r"(?i)m€|millions? d.euros|\bmeur"),
    1_000: re.compile(r"(?i)k ?€|milliers? d.euros|\bkeuros?|\bkeur"),
}
_YEAR = re.compile(r"(20[0-9]{2})")
_QUARTER = re.compile(
    r"(?:t|q|trimestre ?)([1-4]) (20[0-9]{2})|([1-4]) ?(?:er|e|eme|nd)? ?t(?:rim(?:estre)?)? (20[0-9]{2})|"
    r"(20[0-9]{2}) (?:t|q|trimestre ?)([1-4])"
)
_HALF = re.compile(
    r"(?:s|semestre ?)([12]) (20[0-9]{2})|([12]) ?(?:er|e|eme|nd)? ?s(?:em(?:estre)?)? (20[0-9]{2})|"
    r"(20[0-9]{2}) (?:s|semestre ?)([12])"
)
_LENGTH = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(mois|m|ans?|annees?|semaines?|jours?|j)?\b")
_AGAIN = re.compile(r"(?:renouvel|reconduct|reconduit|prolong)\w*[^0-9]*([0-9]+) ?(fois|x|ans?|mois)?")
_PER = {"m": Decimal(1), "a": Decimal(12), "s": Decimal(7) / 30, "j": Decimal(1) / 30}


def unit_of(heading: str) -> int:
    """What an amount is multiplied by, as the heading says: « Montant (k€) » → 1000."""
    return next((factor for factor, words in _UNIT.items() if words.search(heading)), 1)


def read_amount(text: str, unit: int = 1) -> Decimal:
    """Return euros without tax: « 1 234,5 € », « 150 k€ HT », « 1,2 M€ ». Raises ValueError."""
    plain = _TAX.sub("", text.strip())
    for words, factor in ((_THOUSANDS, 1_000), (_MILLIONS, 1_000_000)):
        if words.search(plain) and words.sub("", plain)[-1:].isdigit():
            plain, unit = words.sub("", plain), factor
            break
    amount = parse_decimal(re.sub(r"(?i) ?(?:€|euros?|eur)$", "", plain)) * unit
    if amount < Decimal("0.01"):
        raise ValueError(f"« {text.strip()[:40]} » : la valeur estimée doit être supérieure à zéro.")
    if amount >= MOST:
        raise ValueError(f"« {text.strip()[:40]} » est trop grand pour une valeur estimée.")
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def read_launch(text: str, *, from_1904: bool = False) -> date:
    """Return the day a consultation is engaged; a month, a quarter, a half or a year gives its first day."""
    key = search_key(text)
    if _YEAR.fullmatch(key):
        return date(int(key), 1, 1)
    for words, months in ((_QUARTER, 3), (_HALF, 6)):
        found = words.fullmatch(key)
        if found:
            one = [part for part in found.groups() if part]
            number, year = sorted(map(int, one))
            return date(year, (number - 1) * months + 1, 1)
    try:
        return read_date(text, from_1904=from_1904)
    except ValueError as refused:
        try:
            return read_month(text, from_1904=from_1904)
        except ValueError:
            raise ValueError(
                f"« {text.strip()[:40]} » n'est pas une date : écrivez 15/03/2027, mars 2027 ou T1 2027."
            ) from refused


def read_months(text: str) -> int:
    """Return a duration in months, reconductions included: « 24 », « 4 ans », « 1 an reconductible 3 fois »."""
    key = collapse(strip_accents(text).lower()).replace(",", ".")
    found = _LENGTH.match(key)
    if not found:
        raise ValueError(f"« {text.strip()[:40]} » n'est pas une durée : écrivez 24 mois ou 2 ans.")
    per = _PER[(found[2] or "m")[0]]
    months = Decimal(found[1]) * per
    again = _AGAIN.search(key, found.end())
    if again:
        word = again[2] or "fois"
        months += int(again[1]) * (months if word in ("fois", "x") else _PER[word[0]])
    whole = int(months.to_integral_value(rounding="ROUND_CEILING"))
    if not 1 <= whole <= MOST_MONTHS:
        raise ValueError(f"« {text.strip()[:40]} » n'est pas une durée plausible : de 1 à {MOST_MONTHS} mois.")
    return whole


def read_code(text: str) -> str:
    """Return the eight digits of a CPV code. Raises ValueError."""
    return known_cpv(text.removesuffix(".0"))


def _text(code: str, text: str) -> str:
    """A text cut to what is kept: the programme keeps its file, nothing is lost."""
    return collapse(text).removesuffix(".0" if code in ("reference", "lot") else "\0")[: LONGEST[code]]


_READERS: dict[str, Callable[[str], Any]] = {"duration": read_months, "cpv": read_code}


def read_purchase_cell(code: str, text: str, *, unit: int = 1, from_1904: bool = False) -> Value | None:
    """Return the value of a cell, None when it is empty. `unit`: of the amounts of this column. Raises ValueError."""
    if is_nothing(text):
        return None
    if ERRORS.fullmatch(text.strip().upper()):
        raise ValueError(f"Cette case montre une erreur de calcul ({text.strip()[:12]}) : écrivez sa valeur.")
    if code == "amount":
        return read_amount(text, unit)
    if code == "engaged_on":
        return read_launch(text, from_1904=from_1904)
    if code in _READERS:
        value: Value = _READERS[code](text)
        return value
    if code == "nature":
        return read_as(BY_CODE[code], text)
    return _text(code, text)
