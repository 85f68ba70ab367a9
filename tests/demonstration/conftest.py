"""The world, committed once in a database of its own; each file of this folder looks at it and undoes what it did."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from config.world.script import World, make_world
from config.world.stage import WORKER, hat
from tests.hats import TODAY
from tests.isolation.database import cloned, living_in


@pytest.fixture(scope="session")
def committed_world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, World, Path]]:
    """World S of seed 1, ending on the day of the tests: the name of its database, itself, its folder."""
    folder = Path(tmp_path_factory.mktemp("world"))
    with django_db_blocker.unblock(), cloned("demonstration") as name:
        with living_in(name), bytes_in(folder):
            made = make_world(seed=1, as_of=TODAY)
        yield name, made, folder


@contextmanager
def bytes_in(folder: Path) -> Iterator[None]:
    """Keep the bytes of files there."""
    before, settings.STATE = settings.STATE, folder
    try:
        yield
    finally:
        settings.STATE = before


@pytest.fixture(scope="module")
def world(committed_world: tuple[str, World, Path], django_db_blocker: Any) -> Iterator[World]:
    """The world, looked at as the worker, policies in force."""
    name, made, folder = committed_world
    with django_db_blocker.unblock(), living_in(name), bytes_in(folder), transaction.atomic():
        with hat(WORKER):
            yield made
        transaction.set_rollback(True)
