"""The days that are worked in France: neither a week-end nor one of the public holidays of the labour code.

Source: article L3133-1 of the code du travail (eleven « fêtes légales »), the same since 8 May came back in 1981. The
two days more of Alsace-Moselle (L3134-13) and the days of overseas (L3422-2) are not counted: a due date there may fall
on one of them.
"""

from datetime import date, timedelta
from functools import lru_cache

FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day: jour de l'an, travail, 1945, fête nationale, Assomption, Toussaint, 1918, Noël."""
AFTER_EASTER = (1, 39, 50)
"""Days after Easter: lundi de Pâques, Ascension, lundi de Pentecôte."""
SATURDAY = 5


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (computus of Meeus, Jones and Butcher), 1583 to 9999."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, beyond = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, within = divmod(rest, 4)
    weekday = (32 + 2 * beyond + 2 * quarter - epact - within) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year; one day may carry two of them (Ascension on 1 or 8 May)."""
    sunday = easter(year)
    return frozenset(
        [date(year, month, day) for month, day in FIXED] + [sunday + timedelta(days=days) for days in AFTER_EASTER]
    )


def is_working_day(day: date) -> bool:
    """Say whether a day is neither a Saturday, a Sunday nor a public holiday."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


@lru_cache(maxsize=4096)
def next_working_day(day: date) -> date:
    """Return `day` when it is worked, else the first worked day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
