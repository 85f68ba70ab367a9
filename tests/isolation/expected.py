"""Read `expected.txt`: for every address, what each kind of body is answered about what it may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("expected.txt")
DONE = frozenset({200, 204, 302, 400, 409, 413})
NO = 405


@dataclass(frozen=True, slots=True)
class Cell:
    """Statuses accepted for a reading and for a sending."""

    get: frozenset[int]
    post: frozenset[int]


@dataclass(frozen=True, slots=True)
class Line:
    """One address: what its uid names, and the answers by column."""

    name: str
    thing: str
    cells: Mapping[str, Cell]


def _statuses(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split("|"):
        found |= DONE if part == "ok" else {NO} if part == "-" else {int(part)}
    return frozenset(found)


def _cell(text: str) -> Cell:
    get, post = text.split("/")
    return Cell(_statuses(get), _statuses(post))


def read() -> dict[str, Line]:
    """Return the lines of the file by the name of their address."""
    found: dict[str, Line] = {}
    columns: tuple[str, ...] = ()
    for text in FILE.read_text(encoding="utf-8").splitlines():
        if text.startswith("# name"):
            columns = tuple(text.split()[3:])
        words = text.split()
        if not words or text.startswith("#"):
            continue
        name, thing, *cells = words
        assert name not in found, f"{name} is listed twice"
        assert len(cells) == len(columns), text
        found[name] = Line(name, thing, dict(zip(columns, map(_cell, cells), strict=True)))
    return found
