"""Controls of several lines together: the same person, the same work contract, the same month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from clausette.hours.rules.controls.facts import LineFacts, Span
from clausette.hours.rules.controls.params import ControlParams
from clausette.kernel.french import format_hours, format_month, plural
from clausette.kernel.months import add_months, last_day

ONE_DAY = timedelta(days=1)
Group = tuple[Sequence[LineFacts], str, str, str]  # lines, sentence, expected, found


def _by_person(lines: Iterable[LineFacts]) -> Iterator[tuple[date, list[LineFacts]]]:
    groups: dict[tuple[int, date], list[LineFacts]] = defaultdict(list)
    for line in lines:
        groups[line.person, line.month].append(line)
    for (_, month), group in groups.items():
        yield month, group


def _by_work_contract(lines: Iterable[LineFacts]) -> Iterator[tuple[date, list[LineFacts]]]:
    groups: dict[tuple[int, date], list[LineFacts]] = defaultdict(list)
    for line in lines:
        groups[line.work_contract, line.month].append(line)
    for (_, month), group in groups.items():
        yield month, group


def _total(group: Iterable[LineFacts]) -> Decimal:
    return sum((line.hours for line in group), Decimal(0))


def too_many_in_month(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """E001: all lines known of the person that month, those seen by other structures included."""
    for month, group in _by_person(lines):
        total = _total(group) + max(line.hours_elsewhere for line in group)
        if total > params.monthly_ceiling:
            found, expected = format_hours(total), f"{format_hours(params.monthly_ceiling)} au plus"
            sentence = (
                f"{found} en {format_month(month)} pour cette personne, tous relevés confondus : {expected}."
            )
            yield group, sentence, expected, found


def above_weekly_hours(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """W101: weekly hours × days within the work contract ÷ 7, with a tolerance."""
    for month, group in _by_work_contract(lines):
        weekly, days = group[0].weekly_hours, group[0].work_dates.days_of(month)
        if weekly is None or days == 0:  # no day within: E002 says it
            continue
        most = _over(weekly * params.weekly_tolerance, days)
        total = _total(group)
        if total > most:
            found, expected = format_hours(total), f"{format_hours(most)} au plus"
            basis = f"{format_hours(weekly)} par semaine sur {plural(days, 'jour')}"
            yield group, f"{found} en {format_month(month)} : {expected} pour {basis}.", expected, found


def paid_not_worked(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """W102: the length of a paid month, at least twice for one work contract."""
    suspects: dict[int, list[tuple[date, list[LineFacts]]]] = defaultdict(list)
    for month, group in _by_work_contract(lines):
        if _total(group) == params.month_hours:
            suspects[group[0].work_contract].append((month, group))
    for months in suspects.values():
        if len(months) < 2:
            continue
        found = f"{format_hours(params.month_hours)} {plural(len(months), 'fois', 'fois')}"
        for _, group in months:
            sentence = f"{found} : c'est un mois payé, alors que les heures travaillées sont attendues."
            yield group, sentence, "heures travaillées", found


def two_declarants(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """W103: the sentence never names the other body."""
    for month, group in _by_person(lines):
        if len({line.declarant for line in group}) > 1 or any(line.declared_elsewhere for line in group):
            sentence = f"Cette personne est aussi déclarée par une autre structure en {format_month(month)}."
            yield group, sentence, "un seul déclarant", "plusieurs déclarants"


def above_legal_week(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """W110: all hours of the person in the month, beside 48 h a week over the days of all work contracts."""
    for month, group in _by_person(lines):
        elsewhere = max(line.hours_elsewhere for line in group)
        days = _days_covered(month, group) if not elsewhere else Span(month, last_day(month)).days_of(month)
        most = _over(params.weekly_ceiling, days)
        total = _total(group) + elsewhere
        if days and total > most:
            found, expected = format_hours(total), f"{format_hours(most)} au plus"
            basis = f"{format_hours(params.weekly_ceiling)} par semaine sur {plural(days, 'jour')}"
            sentence = f"{found} en {format_month(month)} pour cette personne : {expected}, à {basis}."
            yield group, sentence, expected, found


def minor_above_week(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """W115: a person under 18 all the month; all hours known, beside 35 h a week over the days at work."""
    for month, group in _by_person(lines):
        born = next((line.work.born_on for line in group if line.work.born_on), None)
        if born is None or add_months(born, int(params.minor_age) * 12) <= last_day(month):
            continue
        days = _days_covered(month, group)
        most, total = _over(params.minor_week, days), _total(group)
        if days and total > most:
            found, expected = format_hours(total), f"{format_hours(most)} au plus"
            basis = f"{format_hours(params.minor_week)} par semaine sur {plural(days, 'jour')}"
            sentence = f"{found} en {format_month(month)} pour une personne mineure : {expected}, à {basis}."
            yield group, sentence, expected, found


def _over(weekly: Decimal, days: int) -> Decimal:
    """Hours of some days at so many a week, to the hundredth."""
    return (weekly * days / 7).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _days_covered(month: date, group: Iterable[LineFacts]) -> int:
    """Days of the month within at least one of the work contracts."""
    covered, until = 0, month - ONE_DAY
    for span in sorted({line.work_dates for line in group}, key=lambda one: one.starts_on):
        days = Span(max(span.starts_on, until + ONE_DAY), span.ends_on)
        covered += days.days_of(month)
        until = max(until, min(span.ends_on or date.max, last_day(month)))
    return covered


def work_contracts_overlap(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """W109: hours in one month on two work contracts that have a day in common, more than one full time allows.

    A few hours beside another employment are no fault; two full times are not one person's month.
    """
    for month, group in _by_person(lines):
        dates = {line.work_contract: line.work_dates for line in group}
        crossed = {
            one
            for one, span in dates.items()
            if any(one != other and span.overlaps(beside) for other, beside in dates.items())
        }
        both = [line for line in group if line.work_contract in crossed]
        most = _over(params.week_hours * params.weekly_tolerance, _days_covered(month, both))
        total = _total(both)
        if total > most:
            found, expected = format_hours(total), f"{format_hours(most)} au plus à temps plein"
            sentence = (
                f"{len(crossed)} contrats de travail en même temps en {format_month(month)} pour cette personne : "
                f"{found}, pour {expected}."
            )
            yield both, sentence, expected, found


def jumps(lines: Sequence[LineFacts], params: ControlParams) -> Iterator[Group]:
    """W111: a whole month, beside the mean of the last whole months with hours of the work contract (two at least).

    Whole: every day is within the work contract. Beyond `rhythm_jump` times the mean, and `rhythm_gap` hours above it.
    """
    months: dict[int, dict[date, list[LineFacts]]] = defaultdict(dict)
    for month, group in _by_work_contract(lines):
        if group[0].work_dates.covers(month) and _total(group) > 0:
            months[group[0].work_contract][month] = group
    for known in months.values():
        for month, group in known.items():
            before = sorted((one for one in known if one < month), reverse=True)[: int(params.rhythm_months)]
            if len(before) < 2:
                continue
            mean = sum((_total(known[one]) for one in before), Decimal(0)) / len(before)
            total = _total(group)
            if total > mean * params.rhythm_jump and total - mean >= params.rhythm_gap:
                usual = mean.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
                found, expected = format_hours(total), f"{format_hours(usual)} en moyenne"
                sentence = f"{found} en {format_month(month)}, pour {expected} sur {len(before)} mois."
                yield group, sentence, expected, found
