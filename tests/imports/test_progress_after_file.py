"""After a file written by the worker, the next job reads again the progress of what it touched."""

import pytest

from clausette.hours import tasks as hours_tasks
from clausette.hours.queries import kept_readings
from clausette.imports import tasks
from clausette.imports.operations.hours_files import hand_over_hours_file, take_in_hours_file
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import World, world
from tests.imports.hours_files.books import book, row
from tests.web.test_account_own import jobs

pytestmark = pytest.mark.django_db
NOW = "hours.keep_progress_now"


def kept(w: World) -> set[int]:
    with acting(w.pilot) as actor:
        return set(kept_readings(actor=actor, as_of=TODAY))


def test_the_progress_is_asked_for_by_the_write_and_read_by_the_next_job() -> None:
    w = world()
    with acting(w.etti) as actor:
        uid = take_in_hours_file(actor=actor, name="paie.xlsx", data=book(row("Diallo", "Salif", 120.5)), on=TODAY)
        hand_over_hours_file(actor=actor, batch_uid=uid, submit=True)
    who = {"account_id": w.etti.account_id, "organisation_id": w.etti.organisation_id, "batch": str(uid)}
    assert NOW not in [name for name, _ in jobs()]
    with as_owner():
        tasks.apply_hours_handed_over(**who)  # type: ignore[arg-type]  # what the queue holds
    assert [name for name, _ in jobs()].count(NOW) == 1
    assert kept(w) == set()
    with as_owner():
        hours_tasks.keep_progress_now()
    assert kept(w) == {w.commitment.pk}
    assert hours_tasks.keep_progress_now.lock == hours_tasks.keep_every_progress.lock, "never one beside the other"
