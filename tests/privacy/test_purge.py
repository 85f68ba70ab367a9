"""The purge: what is due goes, what is held stays with its end, twice is once, a count changes nothing."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from clausette.journal.models import Event, Reading
from clausette.kernel.months import add_months
from clausette.participants.models import EligibilityReason, Participant
from clausette.privacy.enums import HoldReason
from clausette.privacy.models import PurgeBatch
from clausette.privacy.operations import set_hold
from tests.hats import TODAY, acting, as_owner, noon
from tests.placements.builders import decide, people, person

pytestmark = pytest.mark.django_db
ENDED = add_months(TODAY, 24) + timedelta(days=1)


def told(*arguments: str) -> dict[str, dict[str, Any]]:
    out = StringIO()
    with as_owner():
        call_command("purge", "--json", *arguments, stdout=out, skip_checks=True)
    return {one["category"]: one for one in map(json.loads, out.getvalue().splitlines())}


def two_candidates() -> tuple[UUID, UUID]:
    """One that a hold keeps, one that nothing keeps."""
    cast = people()
    held, free = person(cast.pilot, "Zoé", "Lhoest"), person(cast.pilot, "Ali", "Benali")
    decide(cast.pilot, free)
    with acting(cast.pilot) as actor:
        set_hold(actor=actor, participant_uid=held, reason=HoldReason.FSE, until=date(2031, 12, 31), on=TODAY)
    with as_owner():
        Participant.objects.update(created_at=noon(TODAY))
    return held, free


def test_a_count_changes_nothing_and_tells_what_is_held() -> None:
    two_candidates()
    found = told("--dry-run", "--as-of", ENDED.isoformat())
    assert found["candidate"]["due"] == found["reason"]["due"] == 1
    assert found["candidate"]["held"] == [{"until": "2031-12-31", "count": 1}]
    assert {one["gone"] for one in found.values()} == {0}
    assert found == told("--dry-run", "--as-of", ENDED.isoformat())


def test_what_is_due_goes_once_and_the_journal_knows_it() -> None:
    held, free = two_candidates()
    found = told("--future", "--as-of", ENDED.isoformat())
    assert (found["candidate"]["gone"], found["reason"]["gone"]) == (1, 1)
    with as_owner():
        assert Participant.objects.get(uid=free).last_name != "Benali"
        assert Participant.objects.get(uid=held).last_name == "Lhoest"
        assert set(EligibilityReason.objects.values_list("sealed", flat=True)) == {None}
        assert {(row.category, row.gone) for row in PurgeBatch.objects.all()} == {("candidate", 1), ("reason", 1)}
        assert Event.objects.filter(verb="privacy.batch.purged").count() == 2
        assert not Event.objects.filter(after__icontains="Benali").exists()
    again = told("--future", "--as-of", ENDED.isoformat())
    assert {(one["due"], one["gone"]) for one in again.values()} == {(0, 0)}


def test_the_journal_of_readings_is_a_year_long() -> None:
    with as_owner():
        for days in (365, 366, 367):
            line = Reading.objects.create(account_id=1, organisation_id=1, kind="identity", subject_uid=UUID(int=days))
            Reading.objects.filter(pk=line.pk).update(at=noon(TODAY - timedelta(days=days)))
    assert told("--dry-run", "--as-of", TODAY.isoformat())["access_journal"]["due"] == 2
    told("--as-of", TODAY.isoformat())
    with as_owner():
        assert Reading.objects.count() == 1


def test_a_day_to_come_is_asked_for_twice() -> None:
    with pytest.raises(CommandError, match="--future"):
        told("--as-of", ENDED.isoformat())


def test_everything_held_is_printed_and_written(tmp_path: Path) -> None:
    held, _ = two_candidates()
    out = StringIO()
    with as_owner():
        call_command("rights-export", str(held), "--out", str(tmp_path), stdout=out, skip_checks=True)
    said = json.loads(out.getvalue())
    assert said["sections"][0]["rows"][0]["last_name"] == "Lhoest"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".pdf"]
    with as_owner():
        assert Event.objects.filter(verb="privacy.export.made", subject_uid=held).exists()
