"""The world, loaded once for the tests of this folder that look at it, and undone afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from config.world.script import World, make_world
from config.world.stage import WORKER, hat
from tests.hats import TODAY


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """World S of seed 1, ending on the day of the tests; looked at as the worker, policies in force."""
    before, settings.STATE = settings.STATE, Path(tmp_path_factory.mktemp("world"))
    try:
        with django_db_blocker.unblock(), transaction.atomic():
            made = make_world(seed=1, as_of=TODAY)
            with hat(WORKER):
                yield made
            transaction.set_rollback(True)
    finally:
        settings.STATE = before
