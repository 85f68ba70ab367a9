"""Addresses and phrases shared by the pages of the desk."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.french import MONTHS, format_date, format_month, plural
from clausette.web.addresses import address_of

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_UNITS = (
    "zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
)  # fmt: skip


href = address_of


def hrefs(actor: Actor, name: str, query: str = "") -> Callable[[UUID], str]:
    """Return what writes the address of a page from its uid, or from a parameter `query` that takes it."""
    none = UUID(int=0)
    before, mark, after = (
        href(actor, name, query={query: none}) if query else href(actor, name, uid=none)
    ).partition(str(none))
    return lambda uid: f"{before}{uid}{after}" if mark else ""


def lines_hrefs(actor: Actor, filtered: str, state: str, nature: str = "") -> Callable[[UUID], str]:
    """The same for the lines behind a number, « engagement » or « mo » being the filter."""
    write = hrefs(actor, "hours:lines", filtered)
    others = urlencode({**({"nature": nature} if nature else {}), "etat": state})
    return lambda uid: f"{write(uid)}&{others}"


def lines_href(actor: Actor, state: str = "", **filters: object) -> str:
    """Address of the lines of hours behind a number."""
    return href(actor, "hours:lines", query={**filters, "etat": state})


def long_date(day: date) -> str:
    """« Lundi 16 novembre 2026 »."""
    return f"{_DAYS[day.weekday()].capitalize()} {format_date(day)}"


def since(day: date | datetime, on: date) -> str:
    """« depuis hier », « depuis 3 jours »."""
    start = day.astimezone(PARIS).date() if isinstance(day, datetime) else day
    count = (on - start).days
    if count <= 0:
        return "depuis aujourd'hui"
    return "depuis hier" if count == 1 else f"depuis {plural(count, 'jour')}"


def ahead(day: date, on: date) -> str:
    """« aujourd'hui », « demain », « dans 12 jours », « il y a 3 jours »."""
    count = (day - on).days
    if count < 0:
        return "hier" if count == -1 else f"il y a {plural(-count, 'jour')}"
    return {0: "aujourd'hui", 1: "demain"}.get(count) or f"dans {plural(count, 'jour')}"


def things(count: int) -> str:
    """« Sept choses vous attendent »."""
    if count == 0:
        return "Rien ne vous attend"
    word = _UNITS[count] if count < len(_UNITS) else str(count)
    return f"{word.capitalize()} {'chose vous attend' if count == 1 else 'choses vous attendent'}"


def months_named(months: Sequence[date]) -> str:
    """« octobre 2026 », « août à octobre 2026 », « 4 mois, de mai à octobre 2026 »."""
    if len(months) == 1:
        return format_month(months[0])
    first, last = months[0], months[-1]
    start = MONTHS[first.month - 1] if first.year == last.year else format_month(first)
    span = f"{start} à {format_month(last)}"
    run = (last.year - first.year) * 12 + last.month - first.month + 1
    return span if run == len(months) else f"{plural(len(months), 'mois', 'mois')}, de {span}"
