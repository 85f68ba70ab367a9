"""Ordinary lines, the sea in which faults and near misses swim: nothing of weight may be found on them."""

from datetime import date
from decimal import Decimal

from clausette.imports.generated.world import DAY, World
from clausette.kernel.months import add_months, last_day

WEEKS = (Decimal(35), Decimal(35), Decimal(30), Decimal(28), Decimal(24), Decimal("17.5"))


def calm(world: World, most: int) -> None:
    """Declare some months of one work contract, at most so many lines."""
    chance = world.chance
    first = chance.randint(0, len(world.past) - 1)
    starts = world.past[first] + chance.choice((0, 0, 0, 4, 13, 20)) * DAY
    months = [add_months(world.past[first], after) for after in range(min(most, chance.randint(1, 8)))]
    months = [month for month in months if month <= world.current]
    ends = chance.choice((None, last_day(months[-1]) - chance.randint(0, 9) * DAY))
    weekly = chance.choice(WEEKS)
    ends = ends if ends is None or ends >= starts else starts
    contract = world.worker(starts, ends, {"Heures par semaine": weekly})
    site = world.calm()
    sister = world.sister(site) if chance.random() < 0.04 else None
    left = most
    for month in months:
        hours = _hours(world, weekly, _days(starts, ends, month))
        if sister and left >= len(months) + 1:
            half = (hours / 2).quantize(Decimal(1))
            world.line(sister, contract, month, hours - half, total=hours)
            left, hours = left - 1, half
        world.line(site, contract, month, hours)
        left -= 1


def _days(starts: date, ends: date | None, month: date) -> int:
    return (min(ends or date.max, last_day(month)) - max(starts, month)).days + 1


def _hours(world: World, weekly: Decimal, days: int) -> Decimal:
    """Return between 85 and 100 hundredths of the hours of the contract, to the quarter of an hour."""
    quarters = int(weekly * days * 4 / 7 * world.chance.randint(85, 100) / 100)
    return Decimal(max(quarters, 1)) / 4


