"""Controls of several lines together: the same person, the same work contract, the same month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from clausette.hours.rules.controls.facts import ControlParams, LineFacts
from clausette.kernel.french import format_hours, format_month, plural

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
        most = (weekly * days / 7 * params.weekly_tolerance).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
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
