"""The purge of all structures: what would go, what went, what a hold keeps. Told to the command and to the night.

Worker role. Each batch is a transaction of its own: cut in the middle, the next run goes on with what is left. What
goes wrong for one structure is told at the end and never stops the others.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from clausette.access.idle import close_idle, idle_accounts
from clausette.access.queries import Seat
from clausette.access.rights import named_rights
from clausette.kernel.clock import PARIS
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.jsonlines import Said
from clausette.kernel.months import add_months
from clausette.privacy.enums import PurgedCategory
from clausette.privacy.operations.purging import purge_batch
from clausette.privacy.queries.files import OF_FILES, purge_files
from clausette.privacy.queries.retention import NO_END, Tally, old_letters, old_readings, rows_on, tallies
from clausette.privacy.queries.unlisted import purge_unlisted
from clausette.privacy.seats import administrators
from clausette.procurement.named import forget_named, named_to_forget
from clausette.reference.facts.retention import RetentionRow

_log = logging.getLogger(__name__)
NOT_DONE, HELD_WITH_PERSONS = "not_done", "persons"
BATCH = {
    PurgedCategory.REASON: 1000, PurgedCategory.REFERRAL: 500, PurgedCategory.CANDIDATE: 100, PurgedCategory.PERSON: 100
}  # fmt: skip


class Trouble:
    """What went wrong, by structure; the next one goes on."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    @contextmanager
    def of(self, seat: Seat) -> Iterator[None]:
        """Note what a structure refuses or what fails for it."""
        try:
            yield
        except Refusal as refusal:
            self.told[seat.slug] = refusal.message
        except Absent:
            self.told[seat.slug] = "Personne n'agit aujourd'hui pour cette structure."
        except Exception:  # noqa: BLE001 - logged and told; the other structures go on
            _log.exception("purge of structure %s", seat.organisation_id)
            self.told[seat.slug] = "Incident : voir le journal du serveur."


def purge(*, as_of: date, on: date, dry: bool, slug: str = "") -> Iterator[Said]:
    """Yield one object for each category: `due`, `gone`, `refused`, `announced`, and what is held with its end.

    Then, when there are some, the structures for which something could not be done, with why.
    """
    rows, seats, trouble = rows_on(as_of), administrators(slug), Trouble()
    found: list[Tally] = []
    for seat in seats:
        with trouble.of(seat), named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
            found += tallies(actor=actor, on=as_of)
    # reasons first: an erased person has none left to count
    for category in (PurgedCategory.REASON, PurgedCategory.REFERRAL, PurgedCategory.CANDIDATE, PurgedCategory.PERSON):
        mine, row = [one for one in found if one.category == category.value], rows[category.value]
        gone, refused = (0, 0) if dry else _gone(seats, trouble, category, row, as_of, on)
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
        for category in OF_FILES:
            yield _files(rows[category.value], as_of=as_of, dry=dry)
        yield _letters(rows["letter"], as_of=as_of, dry=dry)
        yield _unlisted(rows[PurgedCategory.UNLISTED.value], as_of=as_of, dry=dry)
        yield _accounts(rows["account"], as_of=as_of, dry=dry)
        yield _journal(rows["access_journal"], as_of=as_of, dry=dry)
    if trouble.told:
        yield {"category": NOT_DONE, "structures": trouble.told}


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


def _gone(
    seats: list[Seat], trouble: Trouble, category: PurgedCategory, row: RetentionRow, as_of: date, on: date
) -> tuple[int, int]:
    gone = refused = 0
    for seat in seats:
        with trouble.of(seat):
            for went, stayed in _batches(seat, category, row, as_of, on):
                gone, refused = gone + went, refused + stayed
    return gone, refused


def _batches(
    seat: Seat, category: PurgedCategory, row: RetentionRow, as_of: date, on: date
) -> Iterator[tuple[int, int]]:
    after = 0
    while True:
        with named_rights(seat.account_id, seat.organisation_id) as actor:
            try:
                went, stayed, after = purge_batch(
                    actor=actor, category=category, row=row, as_of=as_of, on=on, size=BATCH[category], after=after
                )
            except Absent:  # nothing more
                return
        yield went, stayed


def _files(row: RetentionRow, *, as_of: date, dry: bool) -> Said:
    """The bytes themselves leave the disk with the sweep of the night."""
    due, announced, held = purge_files(row=row, as_of=as_of, really=not dry)
    return {
        **_told(row, dry=dry, as_of=as_of), "due": due, "announced": announced, "gone": 0 if dry else due, "refused": 0,
        "held": [{"until": HELD_WITH_PERSONS, "count": held}] if held else [],
    }  # fmt: skip


def _unlisted(row: RetentionRow, *, as_of: date, dry: bool) -> Said:
    """Nobody said who they are: their hours were credited to nobody."""
    due, announced = purge_unlisted(row=row, as_of=as_of, really=not dry)
    return {
        **_told(row, dry=dry, as_of=as_of), "due": due, "announced": announced, "gone": 0 if dry else due, "refused": 0,
        "held": [],
    }  # fmt: skip


def _accounts(row: RetentionRow, *, as_of: date, dry: bool) -> Said:
    """Nobody is closed whom a mail has not told a month before: the first night tells, a later one closes.

    With them go the names of ended deposits and mandates.
    """
    found = idle_accounts(as_of=as_of, months=row.months, notice_days=row.notice_days)
    due = found.due + named_to_forget(as_of=as_of, months=row.months)
    gone = 0
    if not dry:
        gone = close_idle(as_of=as_of, months=row.months, notice_days=row.notice_days)
        gone += forget_named(as_of=as_of, months=row.months)
    return {
        **_told(row, dry=dry, as_of=as_of), "due": due, "announced": found.announced, "gone": gone,
        "refused": 0 if dry else due - gone, "held": [],
    }  # fmt: skip


def _letters(row: RetentionRow, *, as_of: date, dry: bool) -> Said:
    count = old_letters(as_of=as_of, months=row.months, really=not dry)
    return {
        **_told(row, dry=dry, as_of=as_of), "due": count, "announced": 0, "gone": 0 if dry else count, "refused": 0,
        "held": [],
    }  # fmt: skip


def _journal(row: RetentionRow, *, as_of: date, dry: bool) -> Said:
    before = datetime.combine(add_months(as_of, -row.months), time(), PARIS)
    count = old_readings(before=before, really=not dry)
    return {
        **_told(row, dry=dry, as_of=as_of), "due": count, "announced": 0, "gone": 0 if dry else count, "refused": 0,
        "held": [],
    }  # fmt: skip
