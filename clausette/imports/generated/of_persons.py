"""Stories of dates, of eligibility, of sums: what stops a line (E)."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from clausette.imports.generated.amounts import CENT
from clausette.imports.generated.story import fault, near
from clausette.imports.generated.world import DAY, QUIET_WEEK, Cells, Line, World
from clausette.kernel.months import add_months, last_day

NO_WEEK: Cells = {"Heures par semaine": None}
UNCOUNTED = ("Tutorat", "Stage", "Congés", "Intempéries", "Absence")
EVER: Cells = {"Éligible du": date(2020, 1, 1), "Éligible au": None}


def _split(world: World, hours: Decimal) -> list[Line]:
    """Share a month of one work contract between two engagements of a market."""
    month = world.long_month()
    site = world.site(QUIET_WEEK)
    contract = world.whole(month, NO_WEEK)
    first = world.line(site, contract, month, 97)
    return [first, world.line(world.sister(site, QUIET_WEEK), contract, month, hours - 97)]


def _one(world: World, hours: Decimal) -> list[Line]:
    month = world.long_month()
    return [world.line(world.site(QUIET_WEEK), world.whole(month, NO_WEEK), month, hours)]


def _two_employers(world: World, hours: Decimal) -> list[Line]:
    month = world.long_month()
    site = world.site(QUIET_WEEK)
    person = world.person(month, EVER)
    first = world.contract(person, month, month + 14 * DAY, NO_WEEK)
    second = world.contract(person, month + 15 * DAY, last_day(month), NO_WEEK)
    return [world.line(site, first, month, 110), world.line(site, second, month, hours - 110)]


def _on_top_of_known(world: World, hours: Decimal) -> list[Line]:
    month = world.long_month()
    site = world.site(QUIET_WEEK)
    contract = world.whole(month, NO_WEEK)
    world.already(site, contract, month, 100)
    return [world.line(world.sister(site, QUIET_WEEK), contract, month, hours - 100)]


def _at_the_ceiling(world: World, told: Callable[[World, Decimal], list[Line]], more: Decimal) -> list[Line]:
    return told(world, world.limits.monthly_ceiling + more)


for _told in (_one, _split, _two_employers, _on_top_of_known):
    fault("E001")(partial(_at_the_ceiling, told=_told, more=CENT))
    near("E001")(partial(_at_the_ceiling, told=_told, more=Decimal(0)))


@fault("E002")
def after_the_contract(world: World) -> list[Line]:
    month = world.month()
    contract = world.worker(month - 40 * DAY, month - DAY, NO_WEEK)
    return [world.line(world.site(QUIET_WEEK), contract, month, 40)]


@fault("E002")
def before_the_contract(world: World) -> list[Line]:
    month = world.month()
    contract = world.worker(last_day(month) + DAY, None, NO_WEEK)
    return [world.line(world.site(QUIET_WEEK), contract, month, 40)]


@fault("E002")
def after_a_contract_of_some_week(world: World) -> list[Line]:
    month = world.month()
    contract = world.worker(month - 40 * DAY, month - DAY)
    return [world.line(world.calm(), contract, month, 40)]


@near("E002")
def contract_ends_on_the_first(world: World) -> list[Line]:
    month = world.month()
    contract = world.worker(month - 40 * DAY, month)
    return [world.line(world.calm(), contract, month, world.limits.contract(world.limits.week_hours, 1))]


@near("E002")
def contract_starts_on_the_last(world: World) -> list[Line]:
    month = world.month()
    contract = world.worker(last_day(month), None)
    return [world.line(world.calm(), contract, month, world.limits.contract(world.limits.week_hours, 1))]


def _person(world: World, month: date, person: Cells, contract: Cells | None = None) -> list[Line]:
    return [world.line(world.calm(), world.whole(month, contract, person), month, world.usual())]


@fault("E004")
def after_the_last_day_counted(world: World) -> list[Line]:
    month = world.month()
    return _person(world, month, {"Heures comptées jusqu'au": month - DAY})


@near("E004")
def month_of_the_last_day_counted(world: World) -> list[Line]:
    month = world.month()
    return _person(world, month, {"Heures comptées jusqu'au": month})


@fault("E005")
def next_month(world: World) -> list[Line]:
    return _person(world, add_months(world.current, 1), {})


@fault("E005")
def far_month(world: World) -> list[Line]:
    return _person(world, add_months(world.current, world.chance.randint(2, 6)), {})


@near("E005")
def current_month(world: World) -> list[Line]:
    return _person(world, world.current, {})


def _hired(world: World, decided: Mapping[str, int | None], hiring: int) -> list[Line]:
    """Hire so many days before the 3rd of a month; the days of the decision are counted from the hiring."""
    month = world.month()
    starts = month + 2 * DAY
    hired = starts - hiring * DAY
    person: Cells = {name: None if days is None else hired + days * DAY for name, days in decided.items()}
    contract = world.worker(starts, last_day(month), {"Embauché le": hired if hiring else None}, person)
    return [world.line(world.calm(), contract, month, 100)]


for _hiring in (0, 12):
    for _code, _decided in (
        ("E006", {"Éligible du": None, "Éligible au": None}),
        ("E006", {"Éligible du": -90, "Éligible au": -1}),
        ("E006", {"Éligible du": None, "Éligible au": -1}),
        ("E022", {"Éligible du": 1, "Éligible au": 60}),
        ("E022", {"Éligible du": 1, "Éligible au": None}),
    ):
        fault(_code)(partial(_hired, decided=_decided, hiring=_hiring))
    for _code, _decided in (
        ("E006", {"Éligible du": -90, "Éligible au": 0}),
        ("E006", {"Éligible du": None, "Éligible au": 0}),
        ("E022", {"Éligible du": 0, "Éligible au": 60}),
        ("E022", {"Éligible du": 0, "Éligible au": None}),
    ):
        near(_code)(partial(_hired, decided=_decided, hiring=_hiring))


def _total(world: World, total: Decimal) -> list[Line]:
    month = world.month()
    return [world.line(world.calm(), world.whole(month), month, 100, total=total)]


def _total_of_two(world: World, total: Decimal) -> list[Line]:
    month = world.month()
    site = world.calm()
    contract = world.whole(month)
    first = world.line(site, contract, month, Decimal("59.75"))
    return [first, world.line(world.sister(site), contract, month, Decimal("40.25"), total=total)]


def _total_with_known(world: World, total: Decimal) -> list[Line]:
    month = world.month()
    site = world.calm()
    contract = world.whole(month)
    world.already(site, contract, month, 60)
    return [world.line(world.sister(site), contract, month, 40, total=total)]


for _story in (_total, _total_of_two, _total_with_known):
    fault("E017")(partial(_story, total=100 - CENT))
    near("E017")(partial(_story, total=Decimal(100)))


def _validated(world: World, *, declarant: str = "", months: int = 0) -> list[Line]:
    month = world.late_month()
    site = world.site()
    world.validated.append(
        {
            "Déclarant": declarant or site.declarant,
            "Marché": site.market,
            "Mois": f"{add_months(month, months):%Y-%m}",
        }
    )
    return [world.line(site, world.whole(month), month, world.usual()) for _ in range(2)]


@fault("E018")
def month_validated(world: World) -> list[Line]:
    return _validated(world)


@near("E018")
def month_before_validated(world: World) -> list[Line]:
    return _validated(world, months=-1)


@near("E018")
def validated_of_another(world: World) -> list[Line]:
    return _validated(world, declarant="Un autre déclarant")


@near("E018")
def correction_of_a_validated_line(world: World) -> list[Line]:
    month = world.month()
    site = world.site()
    world.validated.append({"Déclarant": site.declarant, "Marché": site.market, "Mois": f"{month:%Y-%m}"})
    contract = world.whole(month)
    known = world.already(site, contract, month, 100)
    return [world.line(site, contract, month, Decimal("-4.25"), corrects=known)]


@fault("E019")
def nature_that_does_not_count(world: World) -> list[Line]:
    month = world.month()
    nature = world.chance.choice(UNCOUNTED)
    return [world.line(world.calm(), world.whole(month), month, 21, nature=nature)]


@fault("E019")
def leave_beside_work(world: World) -> list[Line]:
    month = world.month()
    site, contract = world.calm(), world.whole(month)
    world.line(site, contract, month, 90)
    return [world.line(site, contract, month, 14, nature="Congés")]


@near("E019")
def training_counts(world: World) -> list[Line]:
    month = world.month()
    return [world.line(world.calm(), world.whole(month), month, 21, nature="Formation")]


def _hours(world: World, hours: str) -> list[Line]:
    month = world.month()
    return [world.line(world.calm(), world.whole(month), month, Decimal(hours))]


for _number in ("0", "-7", "7.255", "12.345"):
    fault("E020")(partial(_hours, hours=_number))
near("E020")(partial(_hours, hours="0.01"))


@fault("E021")
def the_same_twice(world: World) -> list[Line]:
    month = world.month()
    site, contract = world.calm(), world.whole(month)
    return [world.line(site, contract, month, 60), world.line(site, contract, month, 20, nature="Travail")]


@fault("E021")
def the_same_three_times(world: World) -> list[Line]:
    month = world.month()
    site, contract = world.calm(), world.whole(month)
    return [world.line(site, contract, month, 35, nature="Formation") for _ in range(3)]


@fault("E021")
def known_already(world: World) -> list[Line]:
    month = world.month()
    site, contract = world.calm(), world.whole(month)
    world.already(site, contract, month, 60)
    return [world.line(site, contract, month, 60)]


@near("E021")
def work_and_training(world: World) -> list[Line]:
    month = world.month()
    site, contract = world.calm(), world.whole(month)
    return [world.line(site, contract, month, 60), world.line(site, contract, month, 60, nature="Formation")]


@near("E021")
def the_same_on_two_engagements(world: World) -> list[Line]:
    month = world.month()
    site, contract = world.calm(), world.whole(month)
    return [world.line(site, contract, month, 60), world.line(world.sister(site), contract, month, 60)]
