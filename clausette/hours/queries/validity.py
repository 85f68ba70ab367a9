"""First clause hour of persons, and until when their hours are counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, QuerySet
from django.db.models.functions import Greatest

from clausette.hours.enums import HoursKind, LineState
from clausette.hours.models import HoursLine
from clausette.hours.queries.visible import lines_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.months import last_day
from clausette.kernel.prepared import Among, prepared
from clausette.participants.queries import Decided, decisions_of
from clausette.participants.rules import Path, moved_until, paths

COUNTED = (LineState.DECLARED, LineState.RESERVED, LineState.VALIDATED)
FIRST = Greatest("month", "placement__starts_on")
"""The first day on which the hours of a line can have been worked: they are known by month."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The paths of a person: each begins at a first clause hour and has its own « heures comptées jusqu'au »."""

    paths: tuple[Path, ...]

    @property
    def first_hour_on(self) -> date:
        """First hour of the last path."""
        return self.paths[-1].first_hour_on

    @property
    def until(self) -> date:
        """Last day counted of the last path."""
        return self.paths[-1].until

    def at(self, month: date) -> date:
        """Last day counted of the path to which a month belongs."""
        return self.path_of(month).until

    def path_of(self, month: date) -> Path:
        """The path to which a month belongs: the last one begun by the end of the month."""
        if len(self.paths) == 1:
            return self.paths[0]
        begun = [path for path in self.paths if path.first_hour_on <= last_day(month)]
        return (begun or list(self.paths))[-1]


def hours_until_of(*, actor: Actor, participant_ids: Iterable[int], months: int = 24) -> dict[int, Counted]:
    """Return « heures comptées jusqu'au » of these persons, by participant id; none without any clause hour.

    From the lines declared or validated that the actor sees, and the decisions taken again since. `months`: dated
    parameter (24). Two queries, three when somebody was examined again.
    """
    return counted_for(actor=actor, participant_ids=participant_ids, months=[months])[months]


def counted_for(
    *, actor: Actor, participant_ids: Iterable[int], months: Iterable[int],
    decisions: Mapping[int, Sequence[Decided]] | None = None,
) -> dict[int, dict[int, Counted]]:  # fmt: skip
    """Return the same for several durations, by months then participant id: as many queries as for one.

    `decisions`: those of these persons (`decisions_of`) when already read: one query less.
    A training before hiring starts no clock: the first clause hour is the first one at work.
    """
    firsts = dict(_firsts(actor, list(set(participant_ids))))
    taken: Mapping[int, Sequence[Decided]] = {}
    if decisions is not None:
        taken = {person: told for person, told in decisions.items() if person in firsts}
    elif firsts:
        taken = decisions_of(actor=actor, participant_ids=firsts)
    moves = {person: decided[0].moves for person, decided in taken.items()}
    after = _taken_after(taken, firsts)
    worked = _worked(actor, after) if after else {}

    def found(person: int, first: date, length: int) -> Counted:
        moved = moves.get(person, ())
        if person in worked:
            return Counted(paths(worked[person], after[person], moved, months=length))
        return Counted((Path(first, moved_until(first, moved, months=length)),))

    return {
        length: {person: found(person, first, length) for person, first in firsts.items()} for length in set(months)
    }


@prepared
def _firsts(actor: Actor, persons: list[int]) -> QuerySet[HoursLine, tuple[int, date]]:
    """Of each of these persons, the day from which the first month with hours can have been worked."""
    lines = lines_visible_to(actor).filter(Among("placement__participant_id", persons), state__in=COUNTED)
    lines = lines.exclude(kind=HoursKind.BEFORE)
    return lines.order_by().values_list("placement__participant_id").annotate(first=Min(FIRST))


def _taken_after(taken: Mapping[int, Sequence[Decided]], firsts: dict[int, date]) -> dict[int, Sequence[date]]:
    """Days of the decisions of persons whose first path may have been followed by another one."""
    days = {person: [one.decided_on for one in decided] for person, decided in taken.items()}
    return {person: found for person, found in days.items() if max(found) > firsts[person]}


def _worked(actor: Actor, persons: Collection[int]) -> dict[int, list[tuple[date, date]]]:
    """The months with hours of these persons: first and last day on which they can have been worked."""
    lines = lines_visible_to(actor).filter(placement__participant_id__in=list(persons), state__in=COUNTED)
    lines = lines.exclude(kind=HoursKind.BEFORE)
    rows = lines.order_by().values_list("placement__participant_id", "month").annotate(first=Min(FIRST))
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for person, month, first in rows:
        found[person].append((first, last_day(month)))
    return found
