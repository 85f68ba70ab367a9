"""Numbers, amounts, dates and punctuation written the French way, with the right unbreakable spaces."""

import re
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import lru_cache

THIN = "\u202f"  # between thousands, before « ; ! ? »
HARD = "\u00a0"  # before a unit, before « : », inside « »
MINUS = "\u2212"

# of a page: text only (the next bracket opens a tag), and neither what is typed nor what is read by a machine
_IN_TEXT = r"(?=[^<>]*<(?!/(?:textarea|script|style|code|pre)\b))"
_THIN = re.compile(rf" (?=[;!?](?!\w){_IN_TEXT})(?<=\S )")  # begins with the space: a third of the time
_HARD = re.compile(rf" (?=[:»](?!\w){_IN_TEXT})(?<=\S )")
_OPENING = re.compile(rf"« {_IN_TEXT}")

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def glue(page: str) -> str:
    """Return the HTML of a page where no line can begin with « ; : ! ? », nor a guillemet stand apart from its words.

    Sentences are written with plain spaces, as they are typed; attributes and fields are left as they are.
    """
    return _OPENING.sub(f"«{HARD}", _HARD.sub(HARD, _THIN.sub(THIN, page)))


@lru_cache(maxsize=8192)
def format_number(value: Decimal | int, *, places: int = 2, fixed: bool = False) -> str:
    """Return « 1 234,5 »: at most `places` decimals, half-up; all of them when `fixed`."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    if not fixed:
        decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", THIN)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def format_hours(hours: Decimal | int) -> str:
    """Return « 1 234,5 h » from hours."""
    return f"{format_number(hours)}{HARD}h"


def format_change(hours: Decimal) -> str:
    """Return « +12,5 h », « −8 h », « = » from a difference of hours."""
    return f"{'+' if hours > 0 else ''}{format_hours(hours)}" if hours else "="


def format_euros(amount: Decimal | int) -> str:
    """Return « 3 197,32 € » from euros; a whole amount has no decimals, others have two."""
    rounded = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole = rounded == rounded.to_integral_value()
    return f"{format_number(rounded, places=0 if whole else 2, fixed=True)}{HARD}€"


def format_percent(ratio: Decimal, *, places: int = 1) -> str:
    """Return « 84 % » from the ratio 0.84."""
    return f"{format_number(ratio * 100, places=places)}{HARD}%"


@lru_cache(maxsize=4096)
def format_date(day: date) -> str:
    """Return « 3 mars 2026 », « 1er mars 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{HARD}{MONTHS[day.month - 1]} {day.year}"


def format_short_date(day: date) -> str:
    """Return « 03/03/2026 »."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


@lru_cache(maxsize=4096)
def format_month(month: date) -> str:
    """Return « octobre 2026 »."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def plural(count: int, singular: str, several: str | None = None) -> str:
    """Return « 1 ligne », « 2 lignes », « 0 ligne »; French takes the plural from two on."""
    word = singular if abs(count) < 2 else (several or f"{singular}s")
    return f"{format_number(count)}{HARD}{word}"


def of_month(month: date) -> str:
    """Return « d'octobre 2026 » or « de mars 2026 »."""
    name = format_month(month)
    return f"d'{name}" if name[0] in "aoe" else f"de {name}"


def equivalent(hours: Decimal, month_hours: Decimal = Decimal("151.67")) -> str:
    """Return « ≈ 1 personne pendant 5,5 mois » from hours and the hours of a full-time month.

    Past twelve months, more people are counted so that none works longer than a year. Empty for 0 h.
    """
    if hours <= 0 or month_hours <= 0:
        return ""
    months = hours / month_hours
    people = int((months / 12).to_integral_value(rounding=ROUND_CEILING))
    each = (months / people).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if each == 0:
        return "≈ 1 personne pendant quelques jours"
    return f"≈ {plural(people, 'personne')} pendant {format_number(each, places=1)}{HARD}mois"
