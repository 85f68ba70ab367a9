"""Stories of hours against weeks and months: what asks for a justification (W) by its amount."""

from datetime import date
from decimal import Decimal
from functools import partial

from clausette.imports.generated.amounts import CENT, share
from clausette.imports.generated.of_persons import EVER, NO_WEEK
from clausette.imports.generated.story import fault, near
from clausette.imports.generated.world import DAY, Cells, Line, Site, World
from clausette.kernel.months import add_months, last_day

ABOVE, NONE = CENT, Decimal(0)
HALF_TIME, ROUNDED_UP = Decimal(24), Decimal("17.15")  # 17,15 h × 31 days ÷ 7 × 1,10 is 83,545 h


def _of_week(world: World, weekly: Decimal, more: Decimal) -> list[Line]:
    month = world.long_month()
    contract = world.whole(month, {"Heures par semaine": weekly})
    return [world.line(world.calm(), contract, month, world.limits.contract(weekly, 31) + more)]


def _of_few_days(world: World, more: Decimal) -> list[Line]:
    month = world.month()
    contract = world.worker(month + 4 * DAY, month + 14 * DAY, {"Heures par semaine": HALF_TIME})
    return [world.line(world.calm(), contract, month, world.limits.contract(HALF_TIME, 11) + more)]


def _of_week_on_two(world: World, more: Decimal) -> list[Line]:
    month = world.long_month(30)
    site, contract = world.calm(), world.whole(month, {"Heures par semaine": HALF_TIME})
    rest = world.limits.contract(HALF_TIME, 30) + more - 50
    return [world.line(site, contract, month, 50), world.line(world.sister(site), contract, month, rest)]


for _register, _more in ((fault, ABOVE), (near, NONE)):
    _register("W101")(partial(_of_week, weekly=HALF_TIME, more=_more))
    _register("W101")(partial(_of_week, weekly=ROUNDED_UP, more=_more))
    _register("W101")(partial(_of_few_days, more=_more))
    _register("W101")(partial(_of_week_on_two, more=_more))


def _paid(world: World, *months: Decimal) -> list[Line]:
    start = world.chance.choice(world.past[:8])
    contract = world.worker(start, add_months(start, 8))
    site = world.calm()
    return [
        world.line(site, contract, add_months(start, number), hours) for number, hours in enumerate(months) if hours
    ]


@fault("W102")
def paid_twice(world: World) -> list[Line]:
    return _paid(world, world.limits.month_hours, world.limits.month_hours)


@fault("W102")
def paid_three_times_apart(world: World) -> list[Line]:
    paid = world.limits.month_hours
    first, _, third, last = _paid(world, paid, Decimal(140), paid, paid)
    return [first, third, last]


@fault("W102")
def paid_already(world: World) -> list[Line]:
    line = _paid(world, NONE, world.limits.month_hours)[0]
    site = Site(line.engagement, "", line.declarant)
    world.already(site, line.contract, add_months(line.month, -1), line.hours, piece="", handed=None)
    return [line]


@near("W102")
def paid_once(world: World) -> list[Line]:
    return _paid(world, world.limits.month_hours, Decimal(140))


@near("W102")
def nearly_paid(world: World) -> list[Line]:
    return _paid(world, world.limits.month_hours - CENT, world.limits.month_hours - CENT)


@near("W102")
def paid_once_each(world: World) -> list[Line]:
    return [*_paid(world, world.limits.month_hours), *_paid(world, NONE, world.limits.month_hours)]


def _both(world: World, hours: Decimal, apart: int, weekly: Cells) -> list[Line]:
    """Give a person two work contracts in a month, the second so many days after the end of the first."""
    month = world.long_month()
    site, person = world.calm(), world.person(month, EVER)
    first = world.contract(person, month, month + 14 * DAY, weekly)
    second = world.contract(person, month + (14 + apart) * DAY, last_day(month), weekly)
    half = (hours / 2).quantize(CENT)
    return [world.line(site, first, month, half), world.line(site, second, month, hours - half)]


def _overlapping(world: World, more: Decimal) -> list[Line]:
    return _both(world, world.limits.contract(world.limits.week_hours, 31) + more, 0, NO_WEEK)


def _at_once(world: World, more: Decimal) -> list[Line]:
    """Give a person two whole work contracts, on two engagements."""
    month = world.long_month(30)
    site, person = world.calm(), world.person(month, EVER)
    contracts = [world.contract(person, month, last_day(month)) for _ in range(2)]
    most = world.limits.contract(world.limits.week_hours, 30)
    return [
        world.line(site, contracts[0], month, 90),
        world.line(world.sister(site), contracts[1], month, most + more - 90),
    ]


for _story in (_overlapping, _at_once):
    fault("W109")(partial(_story, more=ABOVE))
    near("W109")(partial(_story, more=NONE))


@near("W109")
def one_after_the_other(world: World) -> list[Line]:
    return _both(world, Decimal(200), 1, NO_WEEK)


def _of_law(world: World, starts: date, ends: date, hours: Decimal) -> list[Line]:
    month = starts.replace(day=1)
    contract = world.worker(starts, ends, {"Heures par semaine": world.limits.weekly_ceiling})
    return [world.line(world.calm(), contract, month, hours)]


def _whole_month(world: World, more: Decimal, days: int) -> list[Line]:
    month = world.long_month(days)
    return _of_law(world, month, last_day(month), share(world.limits.weekly_ceiling, days) + more)


def _week_of_law(world: World, more: Decimal) -> list[Line]:
    month = world.month()
    return _of_law(world, month + 9 * DAY, month + 15 * DAY, world.limits.weekly_ceiling + more)


def _employers_of_law(world: World, more: Decimal) -> list[Line]:
    return _both(world, share(world.limits.weekly_ceiling, 31) + more, 1, NO_WEEK)


def _gap_of_law(world: World, more: Decimal) -> list[Line]:
    return _both(world, share(world.limits.weekly_ceiling, 26) + more, 6, NO_WEEK)


for _register, _more in ((fault, ABOVE), (near, NONE)):
    _register("W110")(partial(_whole_month, more=_more, days=31))
    _register("W110")(partial(_week_of_law, more=_more))
    _register("W110")(partial(_employers_of_law, more=_more))
    _register("W110")(partial(_whole_month, more=_more, days=30))
    _register("W110")(partial(_gap_of_law, more=_more))


def _rhythm(world: World, before: list[int], hours: Decimal, *, late: int = 0, known: int = 0) -> list[Line]:
    """Declare months of a work contract, begun so many days late in its first month, and then a last one."""
    month = world.late_month()
    start = add_months(month, -len(before))
    contract = world.worker(start + late * DAY, add_months(month, 2), {"Heures par semaine": Decimal(40)})
    site = world.calm()
    for number, earlier in enumerate(before):
        declare = world.already if number < known else world.line
        declare(site, contract, add_months(start, number), earlier)
    return [world.line(site, contract, month, hours)]


@fault("W111")
def jump_from_few_hours(world: World) -> list[Line]:
    return _rhythm(world, [60, 70, 80], 70 + world.limits.rhythm_gap)


@fault("W111")
def jump_by_the_cent(world: World) -> list[Line]:
    return _rhythm(world, [100, 90, 80], 90 * world.limits.rhythm_jump + CENT)


@fault("W111")
def jump_after_a_full_month_long_ago(world: World) -> list[Line]:
    return _rhythm(world, [150, 80, 80, 80], 80 * world.limits.rhythm_jump + CENT)


@fault("W111")
def jump_from_known_months(world: World) -> list[Line]:
    return _rhythm(world, [85, 95], 90 * world.limits.rhythm_jump + 7, known=2)


@near("W111")
def rise_at_the_ratio(world: World) -> list[Line]:
    return _rhythm(world, [100, 90, 80], 90 * world.limits.rhythm_jump)


@near("W111")
def rise_under_the_gap(world: World) -> list[Line]:
    return _rhythm(world, [60, 70, 80], 70 + world.limits.rhythm_gap - CENT)


@near("W111")
def only_one_month_before(world: World) -> list[Line]:
    return _rhythm(world, [60], Decimal(140))


@near("W111")
def only_one_whole_month_before(world: World) -> list[Line]:
    return _rhythm(world, [20, 70], Decimal(140), late=15)


def _minor(world: World, hours: Decimal, eighteen: int = 200) -> list[Line]:
    """Declare a whole month of a person who is of age so many days after its last day."""
    month = world.long_month()
    of_age = last_day(month) + eighteen * DAY
    born = add_months(of_age.replace(day=1), -12 * int(world.limits.minor_age)).replace(day=min(of_age.day, 28))
    born += (of_age.day - born.day) * DAY
    contract = world.whole(month, {"Heures par semaine": Decimal(39)}, {"Naissance": born})
    return [world.line(world.calm(), contract, month, hours)]


@fault("W115")
def minor_above(world: World) -> list[Line]:
    return _minor(world, share(world.limits.minor_week, 31) + CENT)


@fault("W115")
def minor_until_the_next_day(world: World) -> list[Line]:
    return _minor(world, Decimal(160), 1)


@near("W115")
def minor_just_at(world: World) -> list[Line]:
    return _minor(world, share(world.limits.minor_week, 31))


@near("W115")
def eighteen_on_the_last_day(world: World) -> list[Line]:
    return _minor(world, Decimal(160), 0)
