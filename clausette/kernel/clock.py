"""The only clock of the house. Rules and operations receive dates; web, commands and tasks read them here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_pretended: datetime | None = None


def now() -> datetime:
    """Return the present instant, with its time zone (Europe/Paris)."""
    return (_pretended or datetime.now(UTC)).astimezone(PARIS)


def today() -> date:
    """Return the civil date in Paris: the date of acts, whatever the server's time zone."""
    return now().date()


def pretend(instant: datetime | None) -> datetime | None:
    """Make `now` answer this instant (None: the real one); return what was pretended before."""
    global _pretended
    before, _pretended = _pretended, instant
    return before


@contextmanager
def pretending(instant: datetime) -> Iterator[None]:
    """Live at another instant: tests, and the making of the demonstration world."""
    before = pretend(instant)
    try:
        yield
    finally:
        pretend(before)
