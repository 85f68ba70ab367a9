"""What the database tells beyond the view of an actor: noted where it is asked, journalled by whoever answers.

A control that must look further (the hours of a person elsewhere) is given a number, never a name. That it was given is
written: as a reading, by the door of a page; in the event of the operation, by the worker.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_listening: ContextVar[tuple[set[UUID], ...]] = ContextVar("beyond", default=())


@contextmanager
def listening() -> Iterator[set[UUID]]:
    """Give the set of persons of whom something is told within; whoever listens around is told too."""
    told: set[UUID] = set()
    token = _listening.set((*_listening.get(), told))
    try:
        yield told
    finally:
        _listening.reset(token)


def tell(uids: Iterable[UUID]) -> None:
    """Note that the database told something of these persons that the actor does not see."""
    known = set(uids)
    for told in _listening.get():
        told |= known
