"""Whose turn it is to write to a late firm: a person's, or that of the reminders (trade practice)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clausette.agenda.enums import ChaseGroup, ReminderStep
from clausette.agenda.rules.ladder import Rung, Waited, day_of


@dataclass(frozen=True, slots=True)
class Silence:
    """What is known of a firm that is late. `months`: the late ones. `called_on`: the last call noted."""

    months: Sequence[Waited]
    reachable: bool
    called_on: date | None = None


def told_on(ladder: Sequence[Rung], waited: Waited) -> date | None:
    """Return the day on which the facilitator takes a month over, by the ladder, that step on or off."""
    rung = next((one for one in ladder if one.step == ReminderStep.FACILITATOR), None)
    return day_of(rung, waited) if rung else None


def group_of(silence: Silence, ladder: Sequence[Rung], *, on: date, rest: int) -> ChaseGroup:
    """Say who chases a firm on a day.

    Put off when all its months are. A person when mails did not do, or cannot arrive, unless the firm was called less
    than `rest` days ago (dated parameter). The reminders otherwise.
    """
    if all(one.until is not None and on < one.until for one in silence.months):
        return ChaseGroup.PUT_OFF
    if silence.called_on is not None and on < silence.called_on + timedelta(days=rest):
        return ChaseGroup.AUTOMATIC
    days = [day for one in silence.months if (day := told_on(ladder, one)) is not None]
    return ChaseGroup.TODAY if not silence.reachable or any(day <= on for day in days) else ChaseGroup.AUTOMATIC
