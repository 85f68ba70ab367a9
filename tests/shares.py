"""How the tests are shared between processes: what is costly to prepare stays together, the longest goes first."""

from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # the library has no types

HERE = Path(__file__).parent
LONGEST_FIRST = ("isolation", "journeys", "demonstration")
"""Folders whose session fixtures (a committed world, a browser's installation) are made once in one process."""


def group_of(path: Path) -> str:
    """Return the name of the group of a test file: its folder when it is costly to prepare, else the file."""
    inside = path.relative_to(HERE)
    return inside.parts[0] if inside.parts[0] in LONGEST_FIRST else str(inside)


def longest_first(items: list[pytest.Item]) -> None:
    """Put the longest groups first, the others as they came."""
    ranks = {name: rank for rank, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: ranks.get(group_of(item.path), len(ranks)))


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]  # the library has no types
    """A group goes whole to one process. (Its own grouping by mark changes a name that pytest no longer reads.)"""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(HERE.parent / nodeid.split("::", 1)[0])
