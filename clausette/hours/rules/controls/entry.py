"""Controls of what was typed or read in a file: numbers, natures, months closed, the same line twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from clausette.hours.rules.controls.dates import Trouble
from clausette.hours.rules.controls.facts import LineFacts
from clausette.hours.rules.controls.groups import Group, Together, total_of
from clausette.hours.rules.controls.params import ControlParams
from clausette.hours.rules.entries import MOST
from clausette.hours.rules.life import is_regularisation
from clausette.hours.rules.years import reported_in
from clausette.kernel.french import format_date, format_hours, format_month, format_number, of_month, plural

_PLACE = attrgetter("work_contract", "commitment", "month")


def already_validated(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E018; a correction of a validated line passes: it is a new line that cites it."""
    if not line.is_locked or line.is_correction:
        return None
    month = format_month(line.month)
    return f"Le relevé de {month} est déjà validé.", "une correction qui cite la ligne", f"une ligne de {month}"


def uncounted_nature(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E019; only work and training count (MODEL §5)."""
    if not line.uncounted:
        return None
    found = f"{format_hours(line.hours)} de {line.uncounted}"
    return f"{found} : seules les heures de travail et de formation comptent.", "travail ou formation", line.uncounted


def impossible_number(line: LineFacts, params: ControlParams) -> Trouble | None:
    """E020; a line holds more than 0 and at most 744 hours (31 days of 24 h), with two decimals at most."""
    if line.is_correction or _possible(line.hours):
        return None
    found = f"{format_number(line.hours, places=4)} h"
    return f"{found} : une ligne va de 0,01 h à {format_hours(MOST)}.", f"de 0,01 h à {format_hours(MOST)}", found


@lru_cache(maxsize=4096)
def _possible(hours: Decimal) -> bool:
    exponent = hours.normalize().as_tuple().exponent
    return 0 < hours <= MOST and isinstance(exponent, int) and exponent >= -2


def same_line_twice(known: Together, params: ControlParams) -> Iterator[Group]:
    """E021: the same declarant, work contract, engagement, month and nature on several lines that correct nothing."""
    groups: dict[tuple[int, int, int, date, bool, bool, str], list[LineFacts]] = defaultdict(list)
    for line in _side_by_side(known.lines):
        if not line.is_correction:
            nature = line.is_training, line.before, line.uncounted
            key = (line.declarant, line.work_contract, line.commitment, line.month, *nature)
            groups[key].append(line)
    for group in groups.values():
        if len(group) > 1:
            found = plural(len(group), "ligne")
            sentence = f"{found} en {format_month(group[0].month)} pour la même personne et le même engagement."
            yield group, sentence, "une ligne", found


def _side_by_side(lines: Sequence[LineFacts]) -> Iterable[LineFacts]:
    """The lines that are not alone for their work contract, engagement and month; few are."""
    places = list(map(_PLACE, lines))
    several = {place for place, times in Counter(places).items() if times > 1}
    return [line for place, line in zip(places, lines, strict=True) if place in several] if several else ()


def above_stated(known: Together, params: ControlParams) -> Iterator[Group]:
    """E017: what a work contract is credited with in a month, beside the total declared for that month."""
    if not any(line.stated is not None for line in known.lines):
        return
    for group in known.by_work_contract:
        alone = len(group.lines) == 1
        lines = group.lines if alone else [line for line in group.lines if line.stated is not None]
        stated = lines[0].stated if lines else None
        if stated is None:
            continue
        total = group.total if alone else total_of(lines)
        if total > stated:
            found, expected = format_hours(total), f"{format_hours(stated)} travaillées"
            sentence = f"{found} réparties en {format_month(group.month)}, pour {expected}."
            yield lines, sentence, expected, found


def comes_late(line: LineFacts, params: ControlParams) -> Trouble | None:
    """I305; the reason of a régularisation is asked at validation."""
    return _late(line.month, params.on, int(params.regularisation_months))


@lru_cache(maxsize=4096)
def _late(month: date, on: date, most: int) -> Trouble | None:
    if not is_regularisation(month, on, months=most):
        return None
    found, months = format_month(month), plural(most, "mois", "mois")
    return f"Heures {of_month(month)}, plus de {months} après : une raison est demandée.", f"dans les {months}", found


def of_a_closed_year(line: LineFacts, params: ControlParams) -> Trouble | None:
    """I306; hours retained today join the rattrapages of a later year."""
    return _caught_up(line.month, params.on, int(params.year_closing_month))


@lru_cache(maxsize=4096)
def _caught_up(month: date, on: date, closing_month: int) -> Trouble | None:
    told = reported_in(month, on, closing_month=closing_month)
    if not told.catch_up:
        return None
    sentence = f"L'année {month.year} est arrêtée : ces heures seront des rattrapages de {told.year}."
    return sentence, f"avant l'arrêt de {month.year}", format_month(month)


def piece_too_early(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W113; handed in before the last day worked of the month: it cannot attest the days that follow."""
    if line.evidence_on is None:
        return None
    last = line.last_day_worked
    if line.evidence_on >= last:
        return None
    given, end = format_date(line.evidence_on), format_date(last)
    return f"Pièce déposée le {given}, avant la fin du mois travaillé, le {end}.", f"à partir du {end}", f"le {given}"


def piece_seen_before(line: LineFacts, params: ControlParams) -> Trouble | None:
    """W112; the same bytes, by their SHA-256."""
    if not line.evidence_seen:
        return None
    sentence = f"La même pièce justifie déjà {line.evidence_seen}."
    return sentence, "une pièce de ce mois", line.evidence_seen
