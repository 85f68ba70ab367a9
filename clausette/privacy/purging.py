"""The purge of all structures: what would go, what went, what a hold keeps. Told to the command and to the night.

Worker role. Each batch is a transaction of its own: cut in the middle, the next run goes on with what is left.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from clausette.access.queries import Seat
from clausette.access.rights import named_rights
from clausette.kernel.clock import PARIS
from clausette.kernel.errors import Absent
from clausette.kernel.jsonlines import Said
from clausette.kernel.months import add_months
from clausette.privacy.enums import PurgedCategory
from clausette.privacy.operations.purging import purge_batch
from clausette.privacy.queries.retention import NO_END, Tally, old_readings, rows_on, tallies
from clausette.privacy.seats import administrators
from clausette.reference.facts.retention import RetentionRow

BATCH = {PurgedCategory.REASON: 1000, PurgedCategory.CANDIDATE: 100, PurgedCategory.PERSON: 100}


def purge(*, as_of: date, on: date, dry: bool, slug: str = "") -> Iterator[Said]:
    """Yield one object for each category: `due`, `gone`, `refused`, `announced`, and what is held with its end."""
    rows, seats = rows_on(as_of), administrators(slug)
    found: list[Tally] = []
    for seat in seats:
        with named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
            found += tallies(actor=actor, on=as_of)
    # reasons first: an erased person has none left to count
    for category in (PurgedCategory.REASON, PurgedCategory.CANDIDATE, PurgedCategory.PERSON):
        mine, row = [one for one in found if one.category == category.value], rows[category.value]
        gone, refused = (0, 0) if dry else _gone(seats, category, row, as_of, on)
        yield {
            **_told(row, dry=dry, as_of=as_of),
            "due": sum(one.due for one in mine if one.held_until is None),
            "announced": sum(one.announced for one in mine),
            "gone": gone,
            "refused": refused,
            "held": [
                {"until": None if until == NO_END else until.isoformat(), "count": count}
                for until, count in sorted(_held(mine).items())
            ],
        }
    if not slug:
        yield _journal(rows["access_journal"], as_of=as_of, dry=dry)


def _held(found: list[Tally]) -> dict[date, int]:
    counts: dict[date, int] = {}
    for one in found:
        if one.held_until is not None and one.due:
            counts[one.held_until] = counts.get(one.held_until, 0) + one.due
    return counts


def _told(row: RetentionRow, *, dry: bool, as_of: date) -> Said:
    return {
        "category": row.code, "label": row.label, "as_of": as_of.isoformat(), "dry_run": dry, "kept": row.lasts,
        "since": row.since, "then": row.then, "source": row.source, "reliability": row.reliability.value,
    }  # fmt: skip


def _gone(seats: list[Seat], category: PurgedCategory, row: RetentionRow, as_of: date, on: date) -> tuple[int, int]:
    gone = refused = 0
    for seat in seats:
        after = 0
        while True:
            try:
                with named_rights(seat.account_id, seat.organisation_id) as actor:
                    went, stayed, after = purge_batch(
                        actor=actor, category=category, row=row, as_of=as_of, on=on, size=BATCH[category], after=after
                    )
            except Absent:  # nothing more, or nobody administers this structure
                break
            gone, refused = gone + went, refused + stayed
    return gone, refused


def _journal(row: RetentionRow, *, as_of: date, dry: bool) -> Said:
    before = datetime.combine(add_months(as_of, -row.months), time(), PARIS)
    count = old_readings(before=before, really=not dry)
    return {
        **_told(row, dry=dry, as_of=as_of), "due": count, "announced": 0, "gone": 0 if dry else count, "refused": 0,
        "held": [],
    }  # fmt: skip
