"""The commands that the launcher counts on are found where they stand."""

from pathlib import Path

import pytest

from launch.commands import has_command
from launch.place import Place

HERE = Place(Path(__file__).resolve().parents[2], Path("/nowhere"))


@pytest.mark.parametrize("name", ["world", "demo-accounts", "docs", "work", "install", "verify-journal"])
def test_a_command_of_ours_is_found(name: str) -> None:
    assert has_command(HERE, name)


def test_a_command_that_nobody_brings_is_not() -> None:
    assert not has_command(HERE, "migrate-everything")
