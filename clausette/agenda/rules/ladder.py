"""The ladder of reminders: on which day which step comes for a month whose statement is awaited (trade practice).

A step never comes on a day that is not worked, never twice, never after an answer, and one day brings one step a month.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from clausette.agenda.enums import ReminderStep
from clausette.commitments.enums import Periodicity
from clausette.hours.rules import closes_on, due_on
from clausette.kernel.errors import Invalid
from clausette.reference.rules import is_working_day, next_working_day

LADDER_ORDER = (
    ReminderStep.OPENING, ReminderStep.BEFORE, ReminderStep.AFTER, ReminderStep.FACILITATOR, ReminderStep.BUYER
)  # fmt: skip
_RANK = {step: rank for rank, step in enumerate(LADDER_ORDER)}
MOST_BEFORE, MOST_AFTER = 20, 120
"""Days: beyond, a typing error."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder of a structure, from a day on. `days` counts as the step says (see `day_of`)."""

    step: ReminderStep
    days: int
    is_on: bool
    starts_on: date = date.min


@dataclass(frozen=True, slots=True)
class Waited:
    """A month whose statement is awaited. `done`: steps already made for it; `until`: put off to that day."""

    month: date
    periodicity: Periodicity
    due_day: int
    done: Collection[ReminderStep] = ()
    until: date | None = None
    answered: bool = False

    @property
    def due(self) -> date:
        """The day on which its statement is due, a worked one."""
        return due_on(self.month, self.periodicity, self.due_day)


def in_force(rungs: Iterable[Rung], on: date) -> tuple[Rung, ...]:
    """Return the ladder of a day, in its order: of each step the last begun, of two of one day the last given."""
    found: dict[ReminderStep, Rung] = {}
    for one in rungs:
        held = found.get(one.step)
        if one.starts_on <= on and (held is None or held.starts_on <= one.starts_on):
            found[one.step] = one
    return tuple(found[step] for step in LADDER_ORDER if step in found)


def day_of(rung: Rung, waited: Waited) -> date:
    """Return the worked day of a step: from the day after the period, before the due date, or after it.

    Put off, nothing comes before the day it was put off to.
    """
    if rung.step == ReminderStep.OPENING:
        day = closes_on(waited.month, waited.periodicity) + timedelta(days=1 + rung.days)
    elif rung.step == ReminderStep.BEFORE:
        day = waited.due - timedelta(days=rung.days)
    else:
        day = waited.due + timedelta(days=rung.days)
    return next_working_day(day if waited.until is None else max(day, waited.until))


def _coming(ladder: Iterable[Rung], waited: Waited) -> list[tuple[Rung, date]]:
    """The steps on, not gone past by one already made, each with its day."""
    gone = max((_RANK[step] for step in waited.done if step in _RANK), default=-1)
    return [(rung, day_of(rung, waited)) for rung in ladder if rung.is_on and _RANK[rung.step] > gone]


def step_today(ladder: Iterable[Rung], waited: Waited, *, on: date, catch_up: int) -> ReminderStep | None:
    """Return the step that comes on a day for an awaited month, None for none.

    Of several that came since the last one made, the furthest alone is told. `catch_up`: days after which a step that
    was not made is let go (dated parameter): turning reminders on does not chase the months of past years.
    """
    if waited.answered or not is_working_day(on):
        return None
    reached = [(rung, day) for rung, day in _coming(ladder, waited) if day <= on]
    if not reached:
        return None
    rung, day = max(reached, key=lambda one: _RANK[one[0].step])
    return rung.step if on <= day + timedelta(days=catch_up) else None


def next_step(ladder: Iterable[Rung], waited: Waited, *, after: date) -> tuple[ReminderStep, date] | None:
    """Return the first step to come after a day, with its day: what is announced. None when nothing more comes."""
    if waited.answered:
        return None
    come = [(day, _RANK[rung.step], rung.step) for rung, day in _coming(ladder, waited) if day > after]
    return (min(come)[2], min(come)[0]) if come else None


def check_ladder(rungs: Sequence[Rung]) -> None:
    """Refuse days out of bounds, and steps that would come in the wrong order. Raises Invalid (field: the step)."""
    errors = {}
    for one in rungs:
        most = MOST_BEFORE if one.step in (ReminderStep.OPENING, ReminderStep.BEFORE) else MOST_AFTER
        least = 0 if one.step == ReminderStep.OPENING else 1
        if not least <= one.days <= most:
            errors[one.step.value] = f"Entre {least} et {most} jours."
    after = [one for one in rungs if one.is_on and _RANK[one.step] >= _RANK[ReminderStep.AFTER]]
    for first, second in pairwise(after):
        if second.days <= first.days and second.step.value not in errors:
            errors[second.step.value] = f"Cette étape vient après « {first.step.label} », qui est à {first.days} jours."
    if errors:
        raise Invalid(errors)
