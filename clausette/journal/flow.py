"""How many distinct persons an account opens: a pure rule on counts, with dated limits.

An account of a prescriber or of a firm is asked its second factor again beyond the limit of an hour, and stopped for
the day beyond the other; a facilitator's is never stopped, its structure is told.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum


class Flow(Enum):
    """What becomes of a page."""

    OK = "ok"
    WARN = "warn"
    CHECK = "check"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Limits:
    """Distinct persons. `share`: of a limit, from which one warns."""

    hour: int
    day: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Counts:
    """Distinct persons opened: before this page, and with it. The hour begins again after a second factor."""

    hour_before: int
    hour: int
    day_before: int
    day: int
    oldest: datetime | None = None
    """The first reading of the hour that runs: it is forgotten an hour later."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`told`: the threshold is passed by this very page, the administrators are to be told."""

    flow: Flow
    told: bool


def judge(counts: Counts, limits: Limits, *, may_stop: bool, code_given: bool = False) -> Verdict:
    """Say whether a page may be shown. The 150th person of an hour is shown, the 151st is not (RELIABILITY: flow).

    A person opened already counts once: reading them again is always possible under the limit of the day.
    `code_given`: the hour began with a second factor. The first page after it is shown even if it alone holds more
    persons than an hour allows (a statement of 200 people): the code was just asked, asking again would never end.
    """
    hour_new, day_new = counts.hour > counts.hour_before, counts.day > counts.day_before
    if not may_stop:
        over = _crosses(counts.hour_before, counts.hour, limits.hour) or _crosses(
            counts.day_before, counts.day, limits.day
        )
        above = counts.hour > limits.hour or counts.day > limits.day
        return Verdict(Flow.WARN if above else Flow.OK, over)
    if counts.day > limits.day and day_new:
        return Verdict(Flow.STOP, True)
    if counts.hour > limits.hour and hour_new:
        first = code_given and counts.hour_before == 0
        return Verdict(Flow.WARN if first else Flow.CHECK, True)
    near_hour, near_day = _near(limits.hour, limits.share), _near(limits.day, limits.share)
    near = counts.hour > near_hour or counts.day > near_day
    told = _crosses(counts.hour_before, counts.hour, near_hour) or _crosses(
        counts.day_before, counts.day, near_day
    )
    return Verdict(Flow.WARN if near else Flow.OK, told)


def _near(limit: int, share: Decimal) -> int:
    """The last count that is still quiet: 80 % of 150 warns at 120."""
    return -int(-(limit * share) // 1) - 1


def _crosses(before: int, now: int, limit: int) -> bool:
    return before <= limit < now
