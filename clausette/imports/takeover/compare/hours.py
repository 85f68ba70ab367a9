"""Hours of the workbook: credited to a work contract, compared with those already there, never counted twice."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.imports.takeover.compare.contracts import Target
from clausette.imports.takeover.compare.held import Held
from clausette.imports.takeover.compare.people import Someone
from clausette.imports.takeover.compare.work import Bench, Work, Works, point_to
from clausette.imports.takeover.findings import Finding
from clausette.imports.takeover.records import Fate, Record
from clausette.kernel.french import format_date, format_hours, format_month
from clausette.kernel.months import first_day, last_day

MONTHLY = Decimal(220)
ZERO = Decimal(0)


@dataclass(slots=True)
class Placed:
    """A line of hours and what it is credited to."""

    record: Record
    someone: Someone
    target: Target
    work: Work
    month: date
    hours: Decimal


def compare_hours(
    records: list[Record], works: Works, held: Held, bench: Bench, ceiling: Decimal = MONTHLY
) -> list[Placed]:
    """Give each line of hours its fate; return those that are credited to something.

    `ceiling`: most hours of a person in a month (dated parameter).
    """
    written: dict[str, Placed] = {}
    totals: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    placed: list[Placed] = []
    for record in records:
        one = _placed(record, works, bench)
        if one is None:
            record.fate = record.fate if record.fate is Fate.WAITING else Fate.REFUSED
            continue
        record.key = (
            f"t:{one.work.key}|{one.target.key}|{one.month:%Y-%m}|{record.text('hours_kind') or 'work'}"
        )
        twin = written.get(record.key)
        if twin is not None:
            _twin(record, twin, one)
            continue
        written[record.key] = one
        _dates(one)
        _beside(one, held)
        totals[one.someone.key, one.month] += one.hours
        placed.append(one)
    for one in placed:
        total = totals[one.someone.key, one.month]
        if total > ceiling and one.record.fate is Fate.NEW:
            one.record.say(
                "E215", f"{one.someone.name} : {format_hours(total)} en {format_month(one.month)}.", "hours"
            )
            one.record.fate = Fate.REFUSED
    return placed


def _placed(record: Record, works: Works, bench: Bench) -> Placed | None:
    month, hours = record.day("month"), record.number("hours")
    if month is not None and month > first_day(bench.on):
        record.say("E214", f"{format_month(month).capitalize()} n'est pas commencé.", "month")
    pointed = point_to(record, bench)
    if pointed is None or month is None or hours is None:
        return None
    someone, target = pointed
    known = works.of(someone.key, target.key)
    if record.fate is Fate.WAITING:
        return None
    work = _one_work(record, known, month, someone, target, bench)
    if work is None:
        return None
    if not work.usable:
        line = f" : ligne {work.record.line} de « {work.record.sheet} »" if work.record else ""
        record.say("E219", f"Le contrat de travail de cette ligne n'est pas repris{line}.")
        record.fate = Fate.WAITING
        return None
    return Placed(record, someone, target, work, month, hours)


def _one_work(
    record: Record, known: list[Work], month: date, someone: Someone, target: Target, bench: Bench
) -> Work | None:
    employer, starts = bench.bodies.key(record, "employer"), record.day("work_starts_on")
    narrowed = [one for one in known if not employer or one.employer == employer] or known
    narrowed = [one for one in narrowed if starts is None or one.starts_on == starts] or narrowed
    covering = [one for one in narrowed if one.covers(month)]
    if len(covering) > 1 and len([one for one in covering if one.record]) == 1:
        covering = [one for one in covering if one.record]
    if len(covering) == 1:
        return covering[0]
    if len(covering) > 1:
        record.say(
            "E209",
            f"{someone.name} a {len(covering)} contrats de travail en {format_month(month)} sur ce marché.",
        )
    elif known:
        spans = "; ".join(
            f"du {format_date(one.starts_on)} {f'au {format_date(one.ends_on)}' if one.ends_on else 'sans fin'}"
            for one in known[:3]
        )
        record.say(
            "E212", f"{format_month(month).capitalize()} est hors du contrat de travail : {spans}.", "month"
        )
    else:
        record.say("E208", f"{someone.name} n'a pas de contrat de travail repris sur « {target.name} ».")
    return None


def _twin(record: Record, first: Placed, one: Placed) -> None:
    if first.hours == one.hours:
        record.findings.append(
            Finding(
                "W201",
                f"Même mois et mêmes heures que la ligne {first.record.line} de « {first.record.sheet} ».",
            )
        )
        record.fate = Fate.SAME
        return
    record.say(
        "E216", f"La ligne {first.record.line} de « {first.record.sheet} » dit {format_hours(first.hours)} pour "
                f"ce mois.",
        "hours", str(one.hours),
    )  # fmt: skip
    record.fate = Fate.REFUSED


def _dates(one: Placed) -> None:
    record, month, target = one.record, one.month, one.target
    if target.starts_on is not None and last_day(month) < target.starts_on:
        record.say("E213", f"Le marché commence le {format_date(target.starts_on)}.", "month")
    elif target.ends_on is not None and month > target.ends_on:
        record.say("W203", f"Le terme de l'engagement était le {format_date(target.ends_on)}.", "month")
    if target.opening_on is not None and last_day(month) <= target.opening_on:
        record.say(
            "E221", f"Le solde repris au {format_date(target.opening_on)} compte déjà ce mois.", "month"
        )
    record.fate = Fate.REFUSED if record.stopped else Fate.NEW


def _beside(one: Placed, held: Held) -> None:
    record, work, target = one.record, one.work, one.target
    if work.held is None or target.held is None or record.fate is Fate.REFUSED:
        return
    kind = record.text("hours_kind") or "work"
    there = held.hours.get((work.held.id, target.held.id, one.month, kind))
    if there is not None and there == one.hours:
        record.fate = Fate.SAME
        record.findings[:] = [finding for finding in record.findings if finding.stops]
    elif there is not None:
        record.say(
            "E217",
            f"{format_hours(one.hours)} ici, {format_hours(there)} déjà dans Clausette.",
            "hours",
            str(one.hours),
        )
        record.fate = Fate.DIFFERS
    else:
        host = held.hosts.get((work.held.id, target.held.id), 0)
        if (target.held.contract_id, host, one.month) in held.open_months:
            record.say("E218", f"Le relevé de {format_month(one.month)} n'est pas validé.", "month")
            record.fate = Fate.REFUSED
