"""The committed world of the isolation tests, in a database of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from clausette.kernel import clock
from tests import hats
from tests.isolation import world as builder
from tests.isolation.database import cloned, living_in
from tests.isolation.principals import Principal, seated
from tests.isolation.world import World


@pytest.fixture(scope="session")
def clone(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, World]]:
    """Clone the test database once and write the world in it."""
    with django_db_blocker.unblock(), cloned("isolation") as name:
        with living_in(name), clock.pretending(hats.noon(hats.TODAY)):
            world = builder.build()
        yield name, world


@pytest.fixture(scope="session")
def browsers(clone: tuple[str, World]) -> list[Principal]:
    """Committed sessions of everybody, for the tests whose threads have connections of their own."""
    with living_in(clone[0]):
        return seated(clone[1])


@pytest.fixture(scope="module")
def committed(browsers: list[Principal], world: World) -> tuple[World, list[Principal]]:
    """The world with its committed sessions."""
    return world, browsers


@pytest.fixture(scope="module")
def world(clone: tuple[str, World], django_db_blocker: Any) -> Iterator[World]:
    """Live in the clone for the tests of one file."""
    with django_db_blocker.unblock(), living_in(clone[0]):
        yield clone[1]
