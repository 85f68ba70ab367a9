"""What is on the clock of retention for a structure, in one statement whatever the number of persons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow
from clausette.participants.queries import participant_keys
from clausette.participants.queries.referrals import candidates_by_number
from clausette.privacy.models import PurgeBatch
from clausette.privacy.permissions import can_see_retention
from clausette.privacy.rules.retention import Fate, fate_of, row_on
from clausette.reference.facts.retention import RETENTION, RetentionRow

REFERRAL = "referral"
CLOCKED = ("candidate", "person", "reason", REFERRAL)
NO_END = date(9999, 12, 31)
"""End of the retention of an FSE+ operation whose last payment is not noted yet."""
_CLOCK = "SELECT * FROM sec.on_the_clock(%s, %s, %s, %s, %s, %s, %s)"
_COUNT = f"""
SELECT category, held_until, count(*) FILTER (WHERE kept_until < %s) AS due,
       count(*) FILTER (WHERE kept_until >= %s) AS announced
  FROM ({_CLOCK}) AS clock GROUP BY category, held_until ORDER BY category, held_until NULLS FIRST
"""


@dataclass(frozen=True, slots=True)
class OnTheClock:
    """One piece of data announced or due. `row_id`: of the decision whose reasons go, of the referral that goes; None
    for an identity. `participant_id`: None for a referral, which led to nobody.
    """

    category: str
    participant_id: int | None
    row_id: int | None
    kept_until: date
    fate: Fate
    held_until: date | None

    @property
    def number(self) -> int:
        """What a purge goes through in order."""
        return self.row_id or self.participant_id or 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pieces of a category, held until the same day (None: not held): due, announced."""

    category: str
    held_until: date | None
    due: int
    announced: int


def rows_on(on: date) -> dict[str, RetentionRow]:
    """Return the rows in force that day, by category."""
    found = {code: row_on(RETENTION, code, on) for code in dict.fromkeys(row.code for row in RETENTION)}
    return {code: row for code, row in found.items() if row is not None}


def _durations(on: date) -> list[date | int]:
    rows = rows_on(on)
    missing = [code for code in (*CLOCKED, "fse") if code not in rows]
    if missing:
        raise Absent("reference.retention")
    return [on, *(rows[code].months for code in CLOCKED), rows["person"].notice_days, rows["fse"].months]


def on_the_clock(*, actor: Actor, on: date, category: str = "", limit: int | None = None) -> Iterator[OnTheClock]:
    """Give what is announced or due for the actor's structure on a day, the earliest first (one statement).

    Raises Absent before the first day of the durations.
    """
    where = " WHERE category = %s" if category else ""
    last = f" LIMIT {int(limit)}" if limit else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_CLOCK}{where} ORDER BY kept_until, coalesce(row_id, participant_id){last}",
            [*_durations(on), *([category] if category else [])],
        )
        for kind, person, row, until, held in cursor.fetchall():
            yield OnTheClock(kind, person, row, until, fate_of(until, on, held), held)


def due(*, actor: Actor, on: date, category: str, after: int, size: int) -> list[OnTheClock]:
    """Return what is due and not held in one category, by number, beyond `after`: one batch of a purge."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_CLOCK} WHERE category = %s AND kept_until < %s AND held_until IS NULL "
            "AND coalesce(row_id, participant_id) > %s ORDER BY coalesce(row_id, participant_id) LIMIT %s",
            [*_durations(on), category, on, after, size],
        )
        return [
            OnTheClock(kind, person, row, until, Fate.DUE, held)
            for kind, person, row, until, held in cursor.fetchall()
        ]


def purges_visible_to(actor: Actor) -> QuerySet[PurgeBatch]:
    """Batches of the actor's structure."""
    own = Q(owner_org_id=actor.organisation_id) if actor.can("facilitator") else Q(pk__in=[])
    return narrow(PurgeBatch.objects.all(), own)


def old_readings(*, before: datetime, really: bool) -> int:
    """Count the lines of the journal of readings older than an instant; `really`: and take them away. Worker only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.old_readings(%s, %s)", [before, really])
        return int(cursor.fetchone()[0])


def old_letters(*, as_of: date, months: int, really: bool) -> int:
    """Count the mails of reminders past their duration; `really`: and empty their text and address. Worker only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.purge_letters(%s, %s, %s)", [as_of, months, really])
        return int(cursor.fetchone()[0])


def tallies(*, actor: Actor, on: date) -> tuple[Tally, ...]:
    """Count what is announced and due for the actor's structure on a day, by category and end of hold."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [on, on, *_durations(on)])
        return tuple(Tally(*row) for row in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class LeavingLine:
    """A person, or a referral, of whom something will go. Their name is for those in charge."""

    uid: UUID
    name: str
    category: str
    label: str
    kept_until: date
    fate: Fate
    held_until: date | None


def leaving(*, actor: Actor, on: date, limit: int = 200) -> tuple[LeavingLine, ...]:
    """Return the persons of the structure of whom something goes, the earliest first. Raises NotAllowed."""
    demand(can_see_retention(actor))
    found, rows = list(on_the_clock(actor=actor, on=on, limit=limit)), rows_on(on)
    persons = participant_keys(actor, [one.participant_id for one in found if one.participant_id is not None])
    named = {("", number): (key.uid, key.name) for number, key in persons.items()}
    referrals = candidates_by_number(actor=actor, ids=[one.number for one in found if one.category == REFERRAL])
    named |= {(REFERRAL, number): whose for number, whose in referrals.items()}
    told: list[LeavingLine] = []
    for one in found:
        whose = named.get((REFERRAL, one.number) if one.category == REFERRAL else ("", one.participant_id or 0))
        if whose is not None:
            label = rows[one.category].label
            told.append(LeavingLine(*whose, one.category, label, one.kept_until, one.fate, one.held_until))
    return tuple(told)
