"""After a file written by the worker, the next job reads again the progress of what it touched."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.commitments.models import Commitment
from clausette.hours import tasks as hours_tasks
from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.operations.keeping import keep_progress
from clausette.hours.queries import kept_readings, progress_of, readings_of
from clausette.hours.queries.reading import OWED
from clausette.imports import tasks
from clausette.imports.operations.hours_files import hand_over_hours_file, take_in_hours_file, undo_hours_file
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import OCT, SEPT, World, commitment, world
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.test_operations import apply, fates, take
from tests.web.test_account_own import jobs

pytestmark = pytest.mark.django_db
AT = noon(TODAY)
NOW = "hours.keep_progress_now"


def kept(w: World) -> set[int]:
    with acting(w.pilot) as actor:
        return set(kept_readings(actor=actor, as_of=TODAY))


def good(w: World) -> bool:
    """All that is seen is kept, and what is kept is what would be read."""
    with acting(w.pilot) as pilot:
        found = kept_readings(actor=pilot, as_of=TODAY)
        owed = list(Commitment.objects.order_by("id").values(*OWED))
        assert progress_of(actor=pilot, as_of=TODAY) == {pk: one.progress for pk, one in found.items()}
        return found == readings_of(actor=pilot, owed=owed, as_of=TODAY)


def declared(w: World) -> tuple[Decimal, Decimal, tuple[date, ...]]:
    with acting(w.pilot) as pilot:
        one = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    return one.declared, one.validated, one.pending_months


def test_asked_at_once_after_a_file_the_progress_is_kept_and_exact() -> None:
    w = world()
    commitment(w.contract, w.etti, hours=120, start=date(2026, 8, 1))
    with acting(w.firm) as firm:
        ref = w.save(firm, SEPT, w.entry(w.lemaire, "90"))
        submit_statement(actor=firm, uid=ref.uid, version=None, at=AT, on=TODAY)
    with acting(w.pilot) as pilot:
        validate_statement(actor=pilot, uid=ref.uid, version=None, justifications={"W104": "Vue"}, at=AT, on=TODAY)
        with as_owner():
            keep_progress(actor=pilot, as_of=TODAY)
    assert good(w)
    firm_uid = w.uids["firm"]
    new = [row("Lemaire", "David", 97, month="09/2026"), row("Lemaire", "David", 40), row("Diallo", "Salif", 100)]
    first = take(w.pilot, book(*new), declarant_uid=firm_uid)
    assert fates(first) == [(2, "correction"), (3, "new"), (4, "new")]
    apply(w.pilot, first)
    assert good(w)
    assert declared(w) == (Decimal(140), Decimal(97), (OCT,))
    second = take(w.pilot, book(*new[:2], row("Diallo", "Salif", 110)), declarant_uid=firm_uid)
    assert [fate for _, fate in fates(second)] == ["same", "same", "changed"]
    apply(w.pilot, second)
    assert good(w)
    assert declared(w) == (Decimal(150), Decimal(97), (OCT,))
    with acting(w.pilot) as pilot:
        undo_hours_file(actor=pilot, batch_uid=second, at=AT)
    assert good(w)
    assert declared(w) == (Decimal(140), Decimal(97), (OCT,))


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
