"""Controls of several lines together: the same person, the same work contract, the same month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from clausette.hours.rules.controls.facts import LineFacts, Span
from clausette.hours.rules.controls.groups import Group, Month, Together, total_of
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_hours, format_month, plural
from clausette.kernel.months import add_months, last_day

ONE_DAY = timedelta(days=1)


def too_many_in_month(known: Together, params: ControlParams) -> Iterator[Group]:
    """E001: all lines known of the person that month, those seen by other structures included.

    Hours that count 0 (leave, internship, bad weather) are not added: they are not worked, and E019 stops them.
    """
    for group in known.counted:
        total = group.total + group.elsewhere
        if total > params.monthly_ceiling:
            found, expected = format_hours(total), f"{format_hours(params.monthly_ceiling)} au plus"
            sentence = (
                f"{found} en {format_month(group.month)} pour cette personne, tous relevés confondus : {expected}."
            )
            yield group.lines, sentence, expected, found


def above_weekly_hours(known: Together, params: ControlParams) -> Iterator[Group]:
    """W101: weekly hours × days within the work contract ÷ 7, with a tolerance."""
    for group in known.by_work_contract:
        weekly = group.lines[0].weekly_hours
        if weekly is None:
            continue
        days = group.lines[0].work_dates.days_of(group.month)
        if days == 0:  # no day within: E002 says it
            continue
        most = _over(weekly, days, params.weekly_tolerance)
        if group.total > most:
            found, expected = format_hours(group.total), f"{format_hours(most)} au plus"
            basis = f"{format_hours(weekly)} par semaine sur {plural(days, 'jour')}"
            sentence = f"{found} en {format_month(group.month)} : {expected} pour {basis}."
            yield group.lines, sentence, expected, found


def paid_not_worked(known: Together, params: ControlParams) -> Iterator[Group]:
    """W102: the length of a paid month, at least twice for one work contract."""
    suspects: dict[int, list[Month]] = defaultdict(list)
    for group in known.by_work_contract:
        if group.total == params.month_hours:
            suspects[group.lines[0].work_contract].append(group)
    for months in suspects.values():
        if len(months) < 2:
            continue
        found = f"{format_hours(params.month_hours)} {plural(len(months), 'fois', 'fois')}"
        for group in months:
            sentence = f"{found} : c'est un mois payé, alors que les heures travaillées sont attendues."
            yield group.lines, sentence, "heures travaillées", found


def two_declarants(known: Together, params: ControlParams) -> Iterator[Group]:
    """W103: the sentence never names the other body."""
    for group in known.by_person:
        if group.lines[0].declared_elsewhere or (len(group.lines) > 1 and _two_declarants(group.lines)):
            sentence = f"Cette personne est aussi déclarée par une autre structure en {format_month(group.month)}."
            yield group.lines, sentence, "un seul déclarant", "plusieurs déclarants"


def _two_declarants(lines: Sequence[LineFacts]) -> bool:
    return len({line.declarant for line in lines}) > 1 or any(line.declared_elsewhere for line in lines)


def above_legal_week(known: Together, params: ControlParams) -> Iterator[Group]:
    """W110: all hours of the person in the month, beside 48 h a week over the days of all work contracts.

    Only hours worked (L3121-20 bounds effective work): leave is no working time.
    """
    for group in known.at_work:
        total = group.total + group.elsewhere
        first = group.lines[0].work_dates.days_of(group.month)
        if first and total <= _over(params.weekly_ceiling, first):  # not more over more days either
            continue
        days = _days_covered(group.month, group.lines) if not group.elsewhere else last_day(group.month).day
        most = _over(params.weekly_ceiling, days)
        if days and total > most:
            found, expected = format_hours(total), f"{format_hours(most)} au plus"
            basis = f"{format_hours(params.weekly_ceiling)} par semaine sur {plural(days, 'jour')}"
            sentence = f"{found} en {format_month(group.month)} pour cette personne : {expected}, à {basis}."
            yield group.lines, sentence, expected, found


def minor_above_week(known: Together, params: ControlParams) -> Iterator[Group]:
    """W115: a person under 18 all the month; all hours known, beside 35 h a week over the days at work."""
    months = int(params.minor_age) * 12
    for group in known.at_work:
        born = next((line.work.born_on for line in group.lines if line.work.born_on), None)
        if born is None or _comes_of_age(born, months) <= last_day(group.month):
            continue
        days = _days_covered(group.month, group.lines)
        most = _over(params.minor_week, days)
        if days and group.total > most:
            found, expected = format_hours(group.total), f"{format_hours(most)} au plus"
            basis = f"{format_hours(params.minor_week)} par semaine sur {plural(days, 'jour')}"
            sentence = f"{found} en {format_month(group.month)} pour une personne mineure : {expected}, à {basis}."
            yield group.lines, sentence, expected, found


@lru_cache(maxsize=65_536)
def _comes_of_age(born: date, months: int) -> date:
    return add_months(born, months)


@lru_cache(maxsize=4096)
def _over(weekly: Decimal, days: int, tolerance: Decimal = Decimal(1)) -> Decimal:
    """Hours of some days at so many a week, with a tolerance, to the hundredth."""
    return (weekly * tolerance * days / 7).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _days_covered(month: date, lines: Sequence[LineFacts]) -> int:
    """Days of the month within at least one of the work contracts."""
    if len(lines) == 1:
        return lines[0].work_dates.days_of(month)
    covered, until = 0, month - ONE_DAY
    for span in sorted({line.work_dates for line in lines}, key=lambda one: one.starts_on):
        days = Span(max(span.starts_on, until + ONE_DAY), span.ends_on)
        covered += days.days_of(month)
        until = max(until, min(span.ends_on or date.max, last_day(month)))
    return covered


def work_contracts_overlap(known: Together, params: ControlParams) -> Iterator[Group]:
    """W109: hours in one month on two work contracts that have a day in common, more than one full time allows.

    A few hours beside another employment are no fault; two full times are not one person's month.
    """
    for group in known.at_work:
        if len(group.lines) < 2 or len({line.work_contract for line in group.lines}) < 2:
            continue
        crossed = _crossed(group.lines)
        both = [line for line in group.lines if line.work_contract in crossed]
        most = _over(params.week_hours, _days_covered(group.month, both), params.weekly_tolerance)
        total = total_of(both)
        if total > most:
            found, expected = format_hours(total), f"{format_hours(most)} au plus à temps plein"
            sentence = (
                f"{len(crossed)} contrats de travail en même temps en {format_month(group.month)} pour cette "
                f"personne : {found}, pour {expected}."
            )
            yield both, sentence, expected, found


def _crossed(lines: Iterable[LineFacts]) -> set[int]:
    """The work contracts that have a day in common with another one."""
    dates = {line.work_contract: line.work_dates for line in lines}
    found: set[int] = set()
    latest: tuple[int, Span] | None = None  # of those begun before, the one that ends last
    for one, span in sorted(dates.items(), key=lambda item: item[1].starts_on):
        if latest is not None and span.overlaps(latest[1]):
            found |= {one, latest[0]}
        if latest is None or _end(span) > _end(latest[1]):
            latest = (one, span)
    return found


def _end(span: Span) -> date:
    return span.ends_on or date.max


def jumps(known: Together, params: ControlParams) -> Iterator[Group]:
    """W111: a whole month, beside the mean of the last whole months with hours of the work contract (two at least).

    Whole: every day is within the work contract. Beyond `rhythm_jump` times the mean, and `rhythm_gap` hours above it.
    """
    months: dict[int, list[Month]] = defaultdict(list)
    for group in known.by_work_contract:
        first = group.lines[0]
        if group.total > 0 and first.work_dates.covers(group.month):
            months[first.work_contract].append(group)
    for several in months.values():
        if len(several) > 2 and _gap(several) >= params.rhythm_gap:
            yield from _jumps_of(several, params)


def _gap(several: Iterable[Month]) -> Decimal:
    """The most that a month can be above a mean of others."""
    totals = [group.total for group in several]
    return max(totals) - min(totals)


def _jumps_of(several: Sequence[Month], params: ControlParams) -> Iterator[Group]:
    """The jumps of one work contract, in the order of the lines."""
    ordered = sorted(several, key=lambda group: group.month)
    places = {group.month: place for place, group in enumerate(ordered)}
    for group in several:
        place = places[group.month]
        before = ordered[max(0, place - int(params.rhythm_months)) : place]
        if len(before) < 2:
            continue
        mean = sum((one.total for one in before), Decimal(0)) / len(before)
        if group.total > mean * params.rhythm_jump and group.total - mean >= params.rhythm_gap:
            usual = mean.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            found, expected = format_hours(group.total), f"{format_hours(usual)} en moyenne"
            sentence = f"{found} en {format_month(group.month)}, pour {expected} sur {len(before)} mois."
            yield group.lines, sentence, expected, found
