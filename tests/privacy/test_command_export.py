"""The right of access answered outside a page: printed, written, and known to the journal."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from clausette.journal.models import Event
from tests.hats import as_owner
from tests.placements.builders import people, person

pytestmark = pytest.mark.django_db


def test_everything_held_is_printed_and_written(tmp_path: Path) -> None:
    uid, out = person(people().pilot, "Zoé", "Lhoest"), StringIO()
    with as_owner():
        call_command("rights-export", str(uid), "--out", str(tmp_path), stdout=out, skip_checks=True)
    said = json.loads(out.getvalue())
    assert said["sections"][0]["rows"][0]["last_name"] == "Lhoest"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".pdf"]
    with as_owner():
        assert Event.objects.filter(verb="privacy.export.made", subject_uid=uid).exists()


def test_an_unknown_person_is_told_so() -> None:
    out = StringIO()
    with as_owner(), pytest.raises(CommandError):
        call_command("rights-export", "pas-un-uid", stdout=out, skip_checks=True)
    assert json.loads(out.getvalue())["errors"] == {"id": "Ce n'est pas un identifiant de participant."}
