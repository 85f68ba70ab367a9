"""Which firm of a group did an hour: the host of the month, or the member for which it works (MODEL §3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clausette.kernel.months import days_between, last_day


@dataclass(frozen=True, slots=True)
class Stay:
    """One mise à disposition: the host (opaque key) between two days, both included; no end: still there."""

    host: int
    starts_on: date
    ends_on: date | None

    def days_in(self, month: date) -> int:
        """How many days of a month (its first day) it has."""
        last = last_day(month)
        return days_between(max(self.starts_on, month), last if self.ends_on is None else min(self.ends_on, last))


def host_in(month: date, stays: Sequence[Stay]) -> int | None:
    """Return the host of a month: the one with most days in it, the latest when equal; None without any stay.

    Hours are known by month: those of a month shared by two hosts go to one of them. A month outside every stay
    (typed late, or early) goes to the last one begun before it, else to the first.
    """
    if not stays:
        return None
    there = [stay for stay in stays if stay.days_in(month) > 0]
    if there:
        return max(there, key=lambda stay: (stay.days_in(month), stay.starts_on)).host
    before = [stay for stay in stays if stay.starts_on <= month]
    return (max(before, key=lambda s: s.starts_on) if before else min(stays, key=lambda s: s.starts_on)).host


def member_of(host: int, heads: Mapping[int, int], members: Collection[int]) -> int | None:
    """Return the member of the group for which a firm works, itself included; None when it works for none.

    `heads`: sub-contractor → the firm it works for, at any rank.
    """
    seen: set[int] = set()
    firm: int | None = host
    while firm is not None and firm not in seen:
        if firm in members:
            return firm
        seen.add(firm)
        firm = heads.get(firm)
    return None
