"""Reading what people type. Every refusal is a ValueError with a French sentence for the screen."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from clausette.kernel.french import MONTHS
from clausette.kernel.text import search_key

CENT = Decimal("0.01")
MAX_HOURS = Decimal("999999.99")
_SPACES = "\u00a0\u202f\u2009\u2007\t"
_NUMBER = re.compile(
    r"(?P<sign>[-+])?(?P<whole>[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]*)(?:[.,](?P<decimals>[0-9]*))?"
)
_DOTTED = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_CLOCK = re.compile(r"([0-9]{1,6}) ?(?:h|:|H) ?([0-9]{0,2})(?: ?(?:min|mn|m))?")
_DATES = (
    re.compile(r"(?P<d>[0-9]{1,2})[/.\-](?P<m>[0-9]{1,2})[/.\-](?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
)
_DATE_WORDS = re.compile(r"([0-9]{1,2})(?:er)? ([a-z]+) ([0-9]{4})")
_MONTHS_NUMBERS = (
    re.compile(r"(?P<m>[0-9]{1,2})[/.\-](?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{4})[/.\-](?P<m>[0-9]{1,2})"),
)
_MONTH_WORDS = re.compile(r"([a-z]+) ([0-9]{4})")
_NAMES = {search_key(name): number for number, name in enumerate(MONTHS, 1)}
_SHORT = {
    "janv": 1,
    "jan": 1,
    "fevr": 2,
    "fev": 2,
    "avr": 4,
    "juil": 7,
    "sept": 9,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}


def _plain(text: str) -> str:
    for space in _SPACES:
        text = text.replace(space, " ")
    return " ".join(text.replace("\u2212", "-").replace("’", "'").split())


def parse_decimal(text: str, *, places: int | None = None) -> Decimal:
    """Return the number written « 1 234,5 », « 1234.5 » or « 1.234,5 »; a final € or % is dropped.

    `places` is the greatest number of decimals admitted. Raises ValueError.
    """
    plain = _plain(text).removesuffix("€").removesuffix("%").strip()
    if not plain:
        raise ValueError("Écrivez un nombre.")
    if _DOTTED.fullmatch(plain):
        plain = plain.replace(".", "")
    found = _NUMBER.fullmatch(plain)
    if not found or not (found["whole"] or found["decimals"]):
        raise ValueError(f"« {text.strip()[:40]} » n'est pas un nombre.")
    whole = re.sub("[ ']", "", found["whole"]) or "0"
    decimals = found["decimals"] or ""
    if len(whole) > 15:
        raise ValueError("Ce nombre est trop grand.")
    if places is not None and len(decimals.rstrip("0")) > places:
        raise ValueError(
            f"Au plus {places} chiffres après la virgule." if places else "Écrivez un nombre entier."
        )
    return Decimal(f"{'-' if found['sign'] == '-' else ''}{whole}.{decimals[:12] or '0'}")


def parse_hours(text: str) -> Decimal:
    """Return hours with two decimals from « 7,5 », « 7.5 », « 7h30 », « 7:30 », « 1 234,5 h ».

    Minutes become hundredths, half-up (7h20 → 7.33). Raises ValueError: empty, negative, not hours, too many.
    """
    plain = _plain(text)
    if not plain:
        raise ValueError("Écrivez un nombre d'heures, par exemple 7,5 ou 7h30.")
    clock = _CLOCK.fullmatch(plain)
    hours = _from_clock(int(clock[1]), clock[2], written=plain) if clock else _from_number(plain)
    if hours < 0:
        raise ValueError("Un nombre d'heures ne peut pas être négatif.")
    if hours > MAX_HOURS:
        raise ValueError("Ce nombre d'heures est trop grand.")
    return hours.quantize(CENT, rounding=ROUND_HALF_UP)


def _from_clock(hours: int, minutes: str, *, written: str) -> Decimal:
    if len(minutes) == 1 or (not minutes and ":" in written):
        raise ValueError("Écrivez les minutes avec deux chiffres, par exemple 7h05.")
    if minutes and int(minutes) > 59:
        raise ValueError("Les minutes vont de 00 à 59.")
    return (Decimal(hours) + Decimal(minutes or 0) / 60).quantize(CENT, rounding=ROUND_HALF_UP)


def _from_number(plain: str) -> Decimal:
    bare = re.sub(r" ?(?:heures?|hrs?|h)$", "", plain, flags=re.IGNORECASE)
    try:
        return parse_decimal(bare, places=2)
    except ValueError as error:
        if "virgule" in str(error) or "grand" in str(error):
            raise
        raise ValueError(f"« {plain[:40]} » n'est pas un nombre d'heures : écrivez 7,5 ou 7h30.") from error


def _civil(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2100:
        raise ValueError("L'année doit être comprise entre 1900 et 2100.")
    if not 1 <= month <= 12:
        raise ValueError("Le mois va de 1 à 12.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError("Cette date n'existe pas dans le calendrier.") from error


def _month_number(name: str) -> int:
    number = _NAMES.get(name) or _SHORT.get(name)
    if number is None:
        raise ValueError(f"« {name} » n'est pas un mois.")
    return number


def parse_date(text: str) -> date:
    """Return the day written « 03/03/2026 », « 2026-03-03 » or « 3 mars 2026 ». Raises ValueError."""
    plain = _plain(text)
    if not plain:
        raise ValueError("Écrivez une date, par exemple 03/03/2026.")
    for pattern in _DATES:
        found = pattern.fullmatch(plain)
        if found:
            return _civil(int(found["y"]), int(found["m"]), int(found["d"]))
    words = _DATE_WORDS.fullmatch(search_key(plain))
    if words and not plain[0].isalpha():
        return _civil(int(words[3]), _month_number(words[2]), int(words[1]))
    raise ValueError(f"« {plain[:40]} » n'est pas une date : écrivez 03/03/2026.")


def parse_month(text: str) -> date:
    """Return the first day of the month written « 10/2026 », « 2026-10 » or « octobre 2026 ». Raises
    ValueError."""
    plain = _plain(text)
    if not plain:
        raise ValueError("Écrivez un mois, par exemple 10/2026.")
    for pattern in _MONTHS_NUMBERS:
        found = pattern.fullmatch(plain)
        if found:
            return _civil(int(found["y"]), int(found["m"]), 1)
    words = _MONTH_WORDS.fullmatch(search_key(plain))
    if words:
        return _civil(int(words[2]), _month_number(words[1]), 1)
    raise ValueError(f"« {plain[:40]} » n'est pas un mois : écrivez 10/2026 ou octobre 2026.")
