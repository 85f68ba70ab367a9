"""A world half made is no world: nothing is left, and the next call starts again."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clausette.access.models import Account, Organisation
from clausette.kernel import clock
from config.world import buying, script
from tests.hats import TODAY, as_owner

pytestmark = pytest.mark.django_db


class Killed(Exception):
    """Stands for whatever stops the command half-way."""


def test_what_stops_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object) -> None:
        raise Killed

    monkeypatch.setattr(buying, "share", killed)
    with pytest.raises(Killed):
        script.make_world(seed=1, as_of=TODAY)
    with as_owner():
        assert not Account.objects.exists()
        assert not Organisation.objects.exists()
    assert not script.exists()


def test_the_world_does_not_end_in_the_future() -> None:
    day = (clock.today() + timedelta(days=1)).isoformat()
    with pytest.raises(CommandError, match="futur"):
        call_command("world", "--as-of", day, skip_checks=True)


def test_a_world_is_never_made_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("config.world.management.commands.world.exists", lambda: True)
    out = StringIO()
    call_command(
        "world", "--if-absent", "--out", str(tmp_path / "manifest.json"), stdout=out, skip_checks=True
    )
    assert "déjà là" in out.getvalue()
    with pytest.raises(CommandError, match="déjà là"):
        call_command("world", skip_checks=True)
