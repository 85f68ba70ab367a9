"""What each month says: who declares, which hours, and how far the statement has come."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clausette.kernel.months import add_months, first_day, last_day
from config.world.buying import Due, Market
from config.world.stage import Stage
from config.world.working import Crew, Work

SEASON = {8: Decimal("0.6"), 12: Decimal("0.85"), 5: Decimal("0.9")}
SPEAKERS = {"ferrand": ("ines", -8), "etti": ("paul", -17)}
"""Firms that type by themselves, and since which month; the structure types for the others."""


class Fate(StrEnum):
    """How far a statement has come by the end of the world."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    VALIDATED = "validated"


@dataclass(frozen=True, slots=True)
class Told:
    """One statement to type: nothing worked when `lines` is empty."""

    contract: str
    owner: str
    declarant: str
    month: date
    fate: Fate
    proved: bool
    lines: tuple[tuple[Work, Decimal], ...]

    def speaker(self, stage: Stage) -> str:
        """Who types it: somebody of the cast, or « » for the structure in charge."""
        person, since = SPEAKERS.get(self.declarant, ("", 0))
        return person if person and self.month >= stage.calendar.first(since) else ""


def statements_of(stage: Stage, market: Market, crew: Crew, month: date) -> Iterator[Told]:
    """All the statements of one month, in a steady order."""
    now = stage.calendar.first(0)
    groups: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for work in crew.works:
        if _active(work, month):
            groups[work.due.contract.plan.key, work.declarant].append(work)
    for (contract, declarant), works in sorted(groups.items(), key=lambda group: group[0]):
        told = _told(stage, contract, declarant, month, works, now)
        if told is not None:
            yield told
    yield from _nil(stage, market, crew, month)


def _active(work: Work, month: date) -> bool:
    end = work.ends_on
    return work.starts_on <= last_day(month) and (end is None or month <= end)


def _told(
    stage: Stage, contract: str, declarant: str, month: date, works: list[Work], now: date
) -> Told | None:
    dues = {work.due.plan.key: work.due for work in works if work.due.plan.firm == declarant}
    due = next(iter(dues.values()), None)
    fate = _fate(stage, due, month)
    if fate is None:
        return None
    lines = tuple((work, _hours(stage, work, month)) for work in works)
    owner = works[0].due.contract.plan.owner
    proved = due is None or _rank(stage, month) not in due.plan.unproved
    return Told(contract, owner, declarant, month, fate, proved, lines)


def _rank(stage: Stage, month: date) -> int:
    """Months before the last one: 0, -1…"""
    now = stage.calendar.first(0)
    return (month.year - now.year) * 12 + month.month - now.month


def _fate(stage: Stage, due: Due | None, month: date) -> Fate | None:
    rank = _rank(stage, month)
    if rank == 0:
        return Fate.DRAFT if due is not None and due.plan.draft else None
    if due is not None and rank in due.plan.missing:
        return None
    if due is not None and rank in due.plan.returned:
        return Fate.RETURNED
    if due is not None and rank in (*due.plan.waiting, *due.plan.unproved):
        return Fate.WAITING
    return Fate.VALIDATED if rank < -1 or stage.chance.random() < 0.4 else Fate.WAITING


def _hours(stage: Stage, work: Work, month: date) -> Decimal:
    stint = work.stint
    if stint.flat:
        return Decimal(stint.hours)
    end = min(work.ends_on or last_day(month), last_day(month))
    days = (end - max(work.starts_on, month)).days + 1
    part = Decimal(days) / last_day(month).day
    wanted = (
        stint.hours
        * SEASON.get(month.month, Decimal(1))
        * part
        * Decimal(stage.chance.randint(88, 110))
        / 100
    )
    most = Decimal(stint.weekly) * days / 7
    return max(Decimal(2), (min(wanted, most) * 2).to_integral_value() / 2)


def _nil(stage: Stage, market: Market, crew: Crew, month: date) -> Iterator[Told]:
    """« Aucune heure ce mois-ci »: the titulaire says so when nobody works for one of its engagements."""
    busy = {(w.due.contract.plan.key, w.declarant) for w in crew.works if _active(w, month)}
    worked = {w.due.plan.key for w in crew.works if _active(w, month)}
    for due in market.owed.values():
        expected = first_day(due.starts_on) <= month <= due.ends_on and _rank(stage, month) < 0
        place = (due.contract.plan.key, due.plan.firm)
        if expected and due.plan.key not in worked and place not in busy:
            fate = _fate(stage, due, month)
            if fate is not None:
                yield Told(
                    place[0], due.contract.plan.owner, due.plan.firm, month, fate, proved=True, lines=()
                )


def months_told(stage: Stage, market: Market) -> list[date]:
    """Every month with something to say, the oldest first."""
    months = {stage.calendar.first(0)}
    for due in market.owed.values():
        month = first_day(due.starts_on)
        while month <= min(due.ends_on, stage.calendar.as_of):
            months.add(month)
            month = add_months(month, 1)
    return sorted(months)
