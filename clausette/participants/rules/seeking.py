"""What is typed to find a person: parts of a name, a date of birth, or both."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from clausette.kernel.parsing import parse_date
from clausette.kernel.text import search_key

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """Keys of words that a name must hold, whatever their order, and a date of birth."""

    words: tuple[str, ...] = ()
    born_on: date | None = None


def asked_of(text: str) -> Asked:
    """Return what `text` asks: « diarra hawa », « Émilie 12/03/1985 », « 12 mars 1985 ».

    The first word that is a day is the date of birth; a day that does not exist is words like others: nobody has
    them in their name. At most eight words count. No error.
    """
    with suppress(ValueError):
        return Asked(born_on=parse_date(text))
    words: list[str] = []
    born_on: date | None = None
    for one in text.split():
        day = _day(one)
        if day and born_on is None:
            born_on = day
        else:
            words += search_key(one).split()
    return Asked(tuple(words[:MOST_WORDS]), born_on)


def _day(word: str) -> date | None:
    try:
        return parse_date(word)
    except ValueError:
        return None
