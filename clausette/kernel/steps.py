"""What the steps of a long work cost, for who measures it; nobody listens otherwise, and nothing is spent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Spent = tuple[float, ...]
"""What was spent until now, in the units of who measures: seconds of the clock, of processor…"""


@dataclass(slots=True)
class Measured:
    """What each step spent, in the order in which they began."""

    now: Callable[[], Spent]
    steps: dict[str, Spent] = field(default_factory=dict)


_measured: ContextVar[Measured | None] = ContextVar("measured", default=None)


@contextmanager
def measuring(now: Callable[[], Spent]) -> Iterator[Measured]:
    """Measure the steps of what runs inside; `now` says what was spent until then."""
    measured = Measured(now)
    token = _measured.set(measured)
    try:
        yield measured
    finally:
        _measured.reset(token)


@contextmanager
def step(name: str) -> Iterator[None]:
    """One step of a long work; a name said twice is one step."""
    measured = _measured.get()
    if measured is None:
        yield
        return
    known = measured.steps.setdefault(name, ())
    began = measured.now()
    yield
    spent = tuple(after - before for after, before in zip(measured.now(), began, strict=True))
    measured.steps[name] = tuple(map(sum, zip(known or (0.0,) * len(spent), spent, strict=True)))
