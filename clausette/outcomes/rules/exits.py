"""Classes of exits, follow-up points and rates (reference of the trade §6.3: usage of the IAE and of the AVE)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.rules import rate
from clausette.kernel.french import format_date
from clausette.kernel.months import add_months
from clausette.outcomes.enums import ExitClass, ExitReason, FollowSituation, FollowUpPoint

_BY_CLASS: Mapping[ExitClass, tuple[ExitReason, ...]] = {
    ExitClass.DURABLE: (
        ExitReason.CDI, ExitReason.CDD_LONG, ExitReason.MISSION_LONG, ExitReason.BUSINESS, ExitReason.CIVIL_SERVICE,
        ExitReason.AIDED_LONG,
    ),
    ExitClass.TRANSITION: (
        ExitReason.CDD_SHORT, ExitReason.TEMPORARY, ExitReason.AIDED, ExitReason.OTHER_SIAE_KIND,
    ),
    ExitClass.POSITIVE: (
        ExitReason.TRAINING, ExitReason.WORK_STUDY, ExitReason.SIAE, ExitReason.VAE, ExitReason.RIGHTS,
    ),
    ExitClass.OTHER: (
        ExitReason.SEEKING, ExitReason.INACTIVE, ExitReason.MOVED, ExitReason.END_OF_RIGHTS, ExitReason.DROPPED,
        ExitReason.OTHER, ExitReason.UNKNOWN,
    ),
    ExitClass.NEUTRAL: (ExitReason.DEATH, ExitReason.LONG_ABSENCE),
}  # fmt: skip
CLASSES: Mapping[ExitReason, ExitClass] = {
    reason: family for family, reasons in _BY_CLASS.items() for reason in reasons
}
DYNAMIC = frozenset({ExitClass.DURABLE, ExitClass.TRANSITION, ExitClass.POSITIVE})
WELL = frozenset({FollowSituation.EMPLOYED, FollowSituation.TRAINING})


def class_of(reason: ExitReason) -> ExitClass:
    """Return the family of an exit (§6.3)."""
    return CLASSES[reason]


def due_on(exited_on: date, point: FollowUpPoint) -> date:
    """Return the day from which a follow-up point may be answered: the exit plus 0, 3, 6 or 12 months, clamped."""
    return add_months(exited_on, int(point))


def refusal_to_exit(last_days: Iterable[date | None], exited_on: date) -> str:
    """Return why nobody is out on a day, « » otherwise: a work contract runs after it. None: without planned end."""
    later = [day for day in last_days if day is None or day > exited_on]
    if not later:
        return ""
    known = [day for day in later if day is not None]
    until = f"jusqu'au {format_date(max(known))}" if len(known) == len(later) else "sans fin prévue"
    return f"Un contrat de travail court {until} : terminez-le d'abord, ou datez la sortie après lui."


def followed(reason: ExitReason) -> bool:
    """Say whether follow-up points are asked after an exit: never after a neutral one (§6.3), a death first of all."""
    return class_of(reason) != ExitClass.NEUTRAL


def point_asked(
    exited_on: date, reason: ExitReason, answered: Collection[FollowUpPoint], on: date
) -> FollowUpPoint | None:
    """Return the follow-up point asked on `on`: the last one whose day has come, None once it is answered.

    What the person is today answers that one: a point gone by is not asked any more when a later one has come.
    """
    come = [point for point in FollowUpPoint if due_on(exited_on, point) <= on] if followed(reason) else []
    return come[-1] if come and come[-1] not in answered else None


def point_to_come(exited_on: date, reason: ExitReason, on: date) -> FollowUpPoint | None:
    """Return the next follow-up point whose day has not come yet."""
    if not followed(reason):
        return None
    return next((point for point in FollowUpPoint if due_on(exited_on, point) > on), None)


@dataclass(frozen=True, slots=True)
class SeenExit:
    """An exit as rates see it; `answers`: the follow-up points already answered."""

    exited_on: date
    reason: ExitReason
    answers: Mapping[FollowUpPoint, FollowSituation]


@dataclass(frozen=True, slots=True)
class PointRate:
    """One follow-up point: exits whose day has come, persons reached, in work, in work or training."""

    point: FollowUpPoint
    due: int
    reached: int
    employed: int
    well: int

    @property
    def of_reached(self) -> Decimal | None:
        """In work or training among the persons reached, from 0 to 1; None when nobody was."""
        return _share(self.well, self.reached)

    @property
    def of_all(self) -> Decimal | None:
        """In work or training among all the exits whose day has come."""
        return _share(self.well, self.due)


@dataclass(frozen=True, slots=True)
class Rates:
    """Exits of a period by family; neutral ones are told and left out of every rate."""

    by_class: Mapping[ExitClass, int]
    unknown: int
    points: tuple[PointRate, ...]

    @property
    def counted(self) -> int:
        """Exits that rates count: all but the neutral ones."""
        return sum(self.by_class.values()) - self.by_class[ExitClass.NEUTRAL]

    @property
    def dynamic(self) -> int:
        """Durable, of transition or positive."""
        return sum(self.by_class[family] for family in DYNAMIC)

    @property
    def of_all(self) -> Decimal | None:
        """Dynamic exits among all the exits counted, from 0 to 1."""
        return _share(self.dynamic, self.counted)

    @property
    def of_known(self) -> Decimal | None:
        """Dynamic exits among those whose situation is known."""
        return _share(self.dynamic, self.counted - self.unknown)


def _share(part: int, whole: int) -> Decimal | None:
    return rate(Decimal(part), Decimal(whole)) if whole else None


def rates(exits: Iterable[SeenExit], on: date) -> Rates:
    """Return the rates of these exits as known on `on` (§6.3: on persons reached and on all, both shown)."""
    seen = list(exits)
    by_class = dict.fromkeys(ExitClass, 0)
    for one in seen:
        by_class[class_of(one.reason)] += 1
    counted = [one for one in seen if followed(one.reason)]
    unknown = sum(1 for one in counted if one.reason == ExitReason.UNKNOWN)
    return Rates(by_class, unknown, tuple(_point(counted, point, on) for point in FollowUpPoint))


def _point(exits: Iterable[SeenExit], point: FollowUpPoint, on: date) -> PointRate:
    due = [one for one in exits if due_on(one.exited_on, point) <= on]
    told = [one.answers[point] for one in due if point in one.answers]
    reached = [one for one in told if one != FollowSituation.NOT_REACHED]
    return PointRate(
        point,
        len(due),
        len(reached),
        sum(1 for one in reached if one == FollowSituation.EMPLOYED),
        sum(1 for one in reached if one in WELL),
    )
