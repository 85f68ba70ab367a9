"""Progress kept by the worker: used while it is good, never after something it rests on was written."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.models import Commitment
from clausette.commitments.operations import change_conditions
from clausette.hours.models import KeptProgress, StaleProgress
from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.operations.keeping import keep_hours, keep_progress, structures_to_read
from clausette.hours.queries import kept_readings, progress_of, readings_of
from clausette.hours.queries.kept import ToKeep, readings_to_keep
from clausette.hours.queries.reading import OWED
from clausette.hours.tasks import keep_every_progress
from clausette.kernel.actor import Actor
from tests.hats import TODAY, acting, as_owner, noon, on_day
from tests.hours.builders import OCT, SEPT, World, commitment, made, world

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


def kept(w: World, who: Actor | None = None) -> set[int]:
    """The engagements whose reading is good for this actor."""
    with acting(who or w.pilot) as actor:
        return set(kept_readings(actor=actor, as_of=TODAY))


def worker(w: World) -> int:
    """What the worker does each minute, for the structure that holds the contract."""
    with acting(w.pilot) as pilot, as_owner():
        return keep_progress(actor=pilot, as_of=TODAY)


def keep(made_now: ToKeep) -> int:
    """What the worker writes once it has read."""
    columns = [list(column) for column in zip(*made_now.readings, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sec.keep_progress(%s, %s, %s, %s, %s, %s, %s)",
            [made_now.as_of, made_now.rules, *columns, list(made_now.marks)],
        )
        return int(cursor.fetchone()[0])


def handed_over(w: World, month: date = SEPT) -> Any:
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, month, w.entry(w.lemaire, "140"), version=1 if month == OCT else None)
        return submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)


def validated(w: World) -> None:
    ref = handed_over(w)
    with acting(w.pilot) as pilot:
        validate_statement(
            actor=pilot, uid=ref.uid, version=ref.version, justifications={"W104": "Feuilles vues."}, at=AT, on=TODAY
        )


def test_what_is_kept_is_what_would_be_read() -> None:
    w = world()
    validated(w)
    other = commitment(w.contract, w.firm, hours=120, start=date(2026, 8, 1))
    with acting(w.pilot) as pilot:
        before = progress_of(actor=pilot, as_of=TODAY)
    assert worker(w) == 2
    assert kept(w) == {w.commitment.pk, other.pk}
    assert not StaleProgress.objects.exists()
    for who in (w.pilot, w.buyer, w.firm):
        with acting(who) as actor:
            found = kept_readings(actor=actor, as_of=TODAY)
            owed = [{name: getattr(row, name) for name in OWED} for row in (w.commitment, other)]
            assert found == readings_of(actor=actor, owed=owed, as_of=TODAY)
            assert progress_of(actor=actor, as_of=TODAY) == before
    assert worker(w) == 0


def test_a_good_reading_is_taken_as_it_is_and_not_for_a_few() -> None:
    w = world()
    worker(w)
    with as_owner():
        row = KeptProgress.objects.get()
        row.reading = row.reading.replace('"validated":"0"', '"validated":"77"')
        row.save()
    with acting(w.pilot) as pilot:
        assert progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk].validated == 77
        assert progress_of(actor=pilot, commitment_ids=[w.commitment.pk], as_of=TODAY)[w.commitment.pk].validated == 0


def _saves(w: World) -> None:
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.lemaire, "12"))


def _says_nothing_was_worked(w: World) -> None:
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, is_nil=True)


def _changes_the_rhythm(w: World) -> None:
    with acting(w.pilot) as pilot:
        change_conditions(actor=pilot, uid=w.commitment.uid, expected_from=SEPT)


def _declares_a_base(w: World) -> None:
    made(
        "commitments.BaseHours", commitment_id=w.commitment.pk, contract_id=w.contract.pk, hours=Decimal(10),
        declarant_id=w.firm.organisation_id, declared_by_id=w.firm.account_id, starts_on=SEPT, ends_on=OCT,
    )  # fmt: skip


@pytest.mark.parametrize(
    "write", [_saves, handed_over, validated, _says_nothing_was_worked, _changes_the_rhythm, _declares_a_base]
)
def test_a_write_makes_it_stale_at_once(write: Callable[[World], object]) -> None:
    w = world()
    untouched = commitment(w.contract, w.firm, hours=120, start=date(2026, 8, 1))
    worker(w)
    write(w)
    assert w.commitment.pk not in kept(w)
    with acting(w.pilot) as pilot:
        afresh = progress_of(actor=pilot, commitment_ids=[w.commitment.pk, untouched.pk], as_of=TODAY)
        assert progress_of(actor=pilot, as_of=TODAY) == afresh
    worker(w)
    assert kept(w) == {w.commitment.pk, untouched.pk}


def test_an_engagement_by_amount_gets_no_mark_and_two_workers_take_turns() -> None:
    w = world()
    with as_owner():
        Commitment.objects.filter(pk=w.commitment.pk).update(kind=CommitmentKind.PER_AMOUNT)
        StaleProgress.objects.all().delete()
    with acting(w.pilot) as pilot:
        w.save(pilot, SEPT, w.entry(w.lemaire, "140"))
    with as_owner():
        assert not StaleProgress.objects.exists()
    assert (keep_every_progress.lock, keep_every_progress.queueing_lock) == ("hours.keep_progress",) * 2


def test_what_is_written_while_the_worker_reads_stays_to_be_read() -> None:
    w = world()
    with acting(w.pilot) as pilot:
        made_now = readings_to_keep(actor=pilot, as_of=TODAY)
    handed_over(w)
    with acting(w.pilot), as_owner():
        keep(made_now)
    assert kept(w) == set()
    worker(w)
    assert kept(w) == {w.commitment.pk}


def test_hours_written_are_kept_by_who_wrote_them_and_older_readings_are_not_kept_over() -> None:
    w = world()
    untouched = commitment(w.contract, w.firm, hours=120, start=date(2026, 8, 1))
    worker(w)
    with acting(w.pilot) as pilot:
        before = readings_to_keep(actor=pilot, as_of=TODAY)
        assert before.readings == ()
        save_and_keep(w, "140")
    assert kept(w) == {w.commitment.pk, untouched.pk}, "nothing waits for the worker"
    same_as_afresh(w)
    with acting(w.pilot) as pilot:
        w.save(pilot, OCT, w.entry(w.lemaire, "12"))
        older = readings_to_keep(actor=pilot, as_of=TODAY)
        assert keep_hours() == 2  # the statement is of the titulaire of both
    handed_over(w, OCT)
    with acting(w.pilot), as_owner():
        keep_hours()
        assert keep(older) == 0, "somebody has kept meanwhile what was not yet written when it was read"
    same_as_afresh(w)


def test_what_is_owed_is_not_brought_up_to_date_with_the_hours() -> None:
    w = world()
    worker(w)
    with acting(w.pilot) as pilot:
        change_conditions(actor=pilot, uid=w.commitment.uid, expected_from=SEPT)
        save_and_keep(w, "140")
    assert kept(w) == set()
    worker(w)
    assert kept(w) == {w.commitment.pk}


def save_and_keep(w: World, hours: str) -> None:
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, SEPT, w.entry(w.lemaire, hours))
        submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        keep_hours()


def same_as_afresh(w: World) -> None:
    """What is kept is what would be read."""
    with acting(w.pilot) as pilot:
        found = kept_readings(actor=pilot, as_of=TODAY)
        owed = list(Commitment.objects.filter(pk__in=found).values(*OWED))
        assert found == readings_of(actor=pilot, owed=owed, as_of=TODAY)


def test_another_day_or_other_rules_are_read_again() -> None:
    w = world()
    worker(w)
    with as_owner():
        assert structures_to_read() == []
    with on_day(date(2026, 12, 1)), as_owner():
        assert structures_to_read() == [(w.pilot.account_id, w.pilot.organisation_id)]
    with as_owner():
        KeptProgress.objects.update(rules=0)
        assert structures_to_read() == [(w.pilot.account_id, w.pilot.organisation_id)]
    assert kept(w) == set()


def test_a_stranger_has_nothing_and_keeps_nothing() -> None:
    w = world()
    with acting(w.pilot) as pilot:
        reading = readings_to_keep(actor=pilot, as_of=TODAY)
    with acting(w.stranger), as_owner():
        assert keep(reading) == 0
    worker(w)
    with acting(w.stranger) as stranger:
        assert kept_readings(actor=stranger, as_of=TODAY) == {}
        assert not KeptProgress.objects.exists()
