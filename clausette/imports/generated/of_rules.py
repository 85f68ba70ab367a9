"""Stories of the dated rules of an engagement: training before hiring, sub-contracting to a structure d'insertion."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from clausette.access.enums import BodyKind as Body
from clausette.imports.generated.amounts import CENT
from clausette.imports.generated.of_engagements import DIRECT_CDD, TRAINING
from clausette.imports.generated.of_persons import EVER
from clausette.imports.generated.story import fault, near
from clausette.imports.generated.world import DAY, Cells, Line, Site, World, way
from clausette.kernel.months import add_months, last_day
from clausette.placements.enums import Modality as Way
from clausette.placements.enums import WorkContractKind as Kind

BEFORE, LENT = "Formation avant l'embauche", "Sous-traitance à une structure d'insertion"
OF_PERSON, OF_ALL = "Heures au plus par personne", "Heures au plus, en tout"
SHARE, DAYS = "Part des heures dues au plus", "Jours jusqu'à l'embauche"
NONE = Decimal(0)
SIAE_WAYS = (
    (Way.SUBCONTRACT_EI, Body.EI, Kind.CDDI),
    (Way.SUBCONTRACT_ACI, Body.ACI, Kind.CDDI),
    (Way.EA, Body.EA, Kind.CDD_TREMPLIN),
    (Way.ESAT, Body.ESAT, Kind.SUPPORT_CONTRACT),
    (Way.REGIE, Body.ASSOCIATION, Kind.CDD),
)
OTHER_WAYS = (
    (Way.DIRECT, Body.COMPANY, Kind.CDI),
    (Way.ETTI, Body.ETTI, Kind.TEMP_MISSION),
    (Way.GEIQ, Body.GEIQ, Kind.PROFESSIONALISATION),
    (Way.AI, Body.AI, Kind.CDDI),
    (Way.DIRECT, Body.EI, Kind.CDDI),
)
Hours = Decimal | int


def _rule(world: World, site: Site, cells: Cells | None = None, *, what: str = BEFORE, since: date | None = None,
          admitted: str = "oui") -> None:  # fmt: skip
    told: Cells = {"Engagement": site.engagement, "Règle": what, "À partir du": since, "Ces heures comptent": admitted}
    world.rules.append({**told, **(cells or {})})


def _course(world: World, site: Site, hours: Sequence[Hours], *, gap: int = 1, first: date | None = None,
            hired: int | None = None) -> list[Line]:  # fmt: skip
    """Train a person for some months; her work contract begins so many days after the last day of the last one.

    `hired`: days of the hiring, where it is not the first day of the work contract.
    """
    first = first or world.chance.choice(world.past[:6])
    months = [add_months(first, number) for number in range(len(hours))]
    ends = last_day(months[-1])
    told: Cells = {} if hired is None else {"Embauché le": ends + hired * DAY}
    contract = world.contract(world.person(ends, EVER), ends + gap * DAY, None, told)
    dates = (first + world.chance.randint(0, 20) * DAY, ends)
    return [world.line(site, contract, month, one, nature=BEFORE, trained=dates)
            for month, one in zip(months, hours, strict=True)]  # fmt: skip


@fault("E023")
def nothing_said_of_training(world: World) -> list[Line]:
    return _course(world, world.site(), [70])


@fault("E023")
def training_refused(world: World) -> list[Line]:
    site = world.site()
    _rule(world, site, admitted="non")
    return _course(world, site, [70, 35])


@fault("E023")
def only_lent_hours_admitted(world: World) -> list[Line]:
    site = world.site()
    _rule(world, site, what=LENT)
    return _course(world, site, [70])


@fault("E023")
def admitted_from_the_next_month(world: World) -> list[Line]:
    site, first = world.site(), world.past[3]
    _rule(world, site, since=add_months(first, 1))
    return _course(world, site, [60, 60], first=first)[:1]


@fault("E023")
def refused_from_the_end_of_the_month(world: World) -> list[Line]:
    site, first = world.site(), world.past[3]
    _rule(world, site)
    _rule(world, site, since=last_day(add_months(first, 1)), admitted="non")
    return _course(world, site, [60, 60], first=first)[1:]


@near("E023")
def admitted_from_the_end_of_the_month(world: World) -> list[Line]:
    site, first = world.site(), world.past[4]
    _rule(world, site, admitted="non")
    _rule(world, site, since=last_day(first))
    return _course(world, site, [60, 60], first=first)


@near("E023")
def refused_from_the_next_month(world: World) -> list[Line]:
    site, first = world.site(), world.past[4]
    _rule(world, site)
    _rule(world, site, since=add_months(first, 1), admitted="non")
    return _course(world, site, [60], first=first)


@near("E023")
def training_of_an_employee(world: World) -> list[Line]:
    site, month = world.site(), world.month()
    _rule(world, site, admitted="non")
    return [world.line(site, world.whole(month), month, 35, nature=TRAINING)]


def _hired(world: World, gap: int, most: int | None, hired: int | None = None) -> list[Line]:
    site = world.site()
    _rule(world, site, {DAYS: most})
    return _course(world, site, [70], gap=gap, hired=hired)


for _days in (1, 15, 30, 45):
    fault("E024")(partial(_hired, gap=_days + 1, most=_days))
    near("E024")(partial(_hired, gap=_days, most=_days))
fault("E024")(partial(_hired, gap=1, most=0))
fault("E024")(partial(_hired, gap=0, most=None))
fault("E024")(partial(_hired, gap=-9, most=20))
fault("E024")(partial(_hired, gap=6, most=None, hired=0))
fault("E024")(partial(_hired, gap=12, most=10, hired=11))
near("E024")(partial(_hired, gap=12, most=10, hired=10))


@fault("W118")
def hired_after_the_usage(world: World) -> list[Line]:
    return _hired(world, world.limits.days_before + 1, None)


@fault("W118")
def two_months_hired_after_the_usage(world: World) -> list[Line]:
    site = world.site()
    _rule(world, site, {OF_ALL: 400})
    return _course(world, site, [80, 60], gap=world.limits.days_before + 15)


@near("W118")
def hired_within_the_usage(world: World) -> list[Line]:
    return _hired(world, world.limits.days_before, None)


@near("W118")
def hired_within_what_is_said(world: World) -> list[Line]:
    return _hired(world, world.limits.days_before + 10, world.limits.days_before + 10)


def _of_one(world: World, more: Decimal) -> list[Line]:
    """Beside her, another person has just the ceiling."""
    site = world.site()
    _rule(world, site, {OF_PERSON: 100})
    _course(world, site, [55, 45])
    return _course(world, site, [60, 40 + more])


def _of_one_known(world: World, more: Decimal) -> list[Line]:
    site = world.site()
    _rule(world, site, {OF_PERSON: 100})
    (line,) = _course(world, site, [60 + more], first=world.past[4])
    world.already(site, line.contract, world.past[3], 40, nature=BEFORE)
    return [line]


def _of_two(world: World, more: Decimal, said: Cells, due: Cells) -> list[Line]:
    """Two persons reach 150 hours together, and so many more."""
    site = world.site(due)
    _rule(world, site, said)
    return _course(world, site, [90]) + _course(world, site, [60 + more])


def _of_all_known(world: World, more: Decimal) -> list[Line]:
    site = world.site()
    _rule(world, site, {OF_ALL: 150})
    other = world.whole(world.past[3])
    world.already(site, other, world.past[3], 80, nature=BEFORE)
    world.line(site, world.whole(world.past[3]), world.past[3], 120)
    return _course(world, site, [70 + more])


def _of_all_since(world: World, more: Decimal) -> list[Line]:
    """The ceiling comes with the second month, and the hours of the first one are known of it."""
    site, first = world.site(), world.past[4]
    _rule(world, site)
    _rule(world, site, {OF_ALL: 100}, since=last_day(add_months(first, 1)))
    return _course(world, site, [60, 40 + more], first=first)[1:]


_DUE: Cells = {"Heures dues": 1000}
for _register, _more in ((fault, CENT), (near, NONE)):
    _register("E025")(partial(_of_one, more=_more))
    _register("E025")(partial(_of_two, more=_more, said={OF_ALL: 150}, due={}))
    _register("E025")(partial(_of_two, more=_more, said={SHARE: "15 %"}, due=_DUE))
    _register("E025")(partial(_of_one_known, more=_more))
    _register("E025")(partial(_of_two, more=_more, said={SHARE: Decimal("0.15"), OF_ALL: 151}, due=_DUE))
    _register("E025")(partial(_of_two, more=_more, said={SHARE: "40 %", OF_ALL: 150}, due=_DUE))
    _register("E025")(partial(_of_all_known, more=_more))
    _register("E025")(partial(_of_all_since, more=_more))
near("E025")(partial(_of_two, more=Decimal(30), said={SHARE: "10 %"}, due={}))
near("E025")(partial(_of_two, more=Decimal(30), said={OF_PERSON: 90}, due=_DUE))


def _usage_of_one(world: World, more: Decimal) -> list[Line]:
    site, half = world.site(), world.limits.before_hiring_hours / 2 - 10
    _rule(world, site)
    _course(world, site, [half, half, 20])
    return _course(world, site, [half, 20 + more, half])


def _usage_known(world: World, more: Decimal) -> list[Line]:
    site = world.site()
    _rule(world, site)
    (line,) = _course(world, site, [100 + more], first=world.past[6])
    world.already(site, line.contract, world.past[5], world.limits.before_hiring_hours - 100, nature=BEFORE)
    return [line]


def _usage_of_all(world: World, more: Decimal) -> list[Line]:
    most = 1000 * world.limits.before_hiring_share
    site = world.site(_DUE)
    _rule(world, site, {DAYS: 20})
    return _course(world, site, [most / 2]) + _course(world, site, [30, most / 2 - 30 + more])


for _register, _more in ((fault, CENT), (near, NONE)):
    for _told in (_usage_of_one, _usage_of_all, _usage_known):
        _register("W117")(partial(_told, more=_more))


@near("W117")
def above_the_usage_within_what_is_said(world: World) -> list[Line]:
    site, half = world.site({"Heures dues": 100}), world.limits.before_hiring_hours / 2
    _rule(world, site, {OF_PERSON: half * 3})
    return _course(world, site, [half, half, half])


def _lent(world: World, site: Site, month: date, hours: Hours, ways: Sequence[tuple[Way, Body, Kind]] = SIAE_WAYS,
          nature: str = "") -> Line:  # fmt: skip
    contract = world.whole(month, way(*world.chance.choice(ways)))
    return world.line(site, contract, month, hours, nature=nature)


def _lent_refused(world: World, mine: tuple[Way, Body, Kind], nature: str = "") -> list[Line]:
    site, month = world.site(), world.month()
    _rule(world, site, what=LENT, admitted="non")
    return [_lent(world, site, month, 100, [mine], nature)]


for _way in SIAE_WAYS:
    fault("E026")(partial(_lent_refused, mine=_way))
fault("E026")(partial(_lent_refused, mine=SIAE_WAYS[0], nature=TRAINING))
for _way in OTHER_WAYS:
    near("E026")(partial(_lent_refused, mine=_way))


def _lent_since(world: World, first: str, then: str, since: int) -> list[Line]:
    """Say one thing, then another so many days after the first of the month."""
    site, month = world.site(), world.month()
    _rule(world, site, what=LENT, admitted=first)
    _rule(world, site, what=LENT, admitted=then, since=month + since * DAY)
    return [_lent(world, site, month, 100)]


fault("E026")(partial(_lent_since, first="oui", then="non", since=27))
fault("E026")(partial(_lent_since, first="non", then="oui", since=31))
near("E026")(partial(_lent_since, first="oui", then="non", since=31))
near("E026")(partial(_lent_since, first="non", then="oui", since=27))


@near("E026")
def lent_where_only_training_is_refused(world: World) -> list[Line]:
    site, month = world.site(), world.month()
    _rule(world, site, admitted="non")
    return [_lent(world, site, month, 100)]


def _lent_to_the_ceiling(world: World, more: Decimal, said: Cells, due: Cells, known: int = 0) -> list[Line]:
    """Two persons lent reach 150 hours with those known; a third one, hired directly, is no part of it."""
    site, month = world.site(due), world.late_month()
    _rule(world, site, said, what=LENT)
    if known:
        lent = world.whole(add_months(month, -1), way(*SIAE_WAYS[0]))
        world.already(site, lent, add_months(month, -1), known)
        world.already(site, lent, add_months(month, -1), 40, nature="Congés")
    world.line(site, world.whole(month, DIRECT_CDD), month, 120)
    return [_lent(world, site, month, 90 - known, nature=TRAINING), _lent(world, site, month, 60 + more)]


def _lent_over_two_months(world: World, more: Decimal) -> list[Line]:
    site, month = world.site(), world.late_month()
    _rule(world, site, {OF_ALL: 150}, what=LENT)
    return [_lent(world, site, add_months(month, -1), 90), _lent(world, site, month, 60 + more)]


def _lent_under_a_later_ceiling(world: World, more: Decimal) -> list[Line]:
    site, month = world.site(), world.late_month()
    _rule(world, site, {OF_ALL: 150}, what=LENT, since=last_day(month))
    _lent(world, site, add_months(month, -1), 90)
    return [_lent(world, site, month, 60 + more)]


for _register, _more in ((fault, CENT), (near, NONE)):
    _register("E027")(partial(_lent_to_the_ceiling, more=_more, said={OF_ALL: 150}, due={}))
    _register("E027")(partial(_lent_to_the_ceiling, more=_more, said={SHARE: "15 %", OF_ALL: 400}, due=_DUE))
    _register("E027")(partial(_lent_to_the_ceiling, more=_more, said={OF_ALL: 150}, due={}, known=50))
    _register("E027")(partial(_lent_over_two_months, more=_more))
    _register("E027")(partial(_lent_under_a_later_ceiling, more=_more))
near("E027")(partial(_lent_to_the_ceiling, more=Decimal(20), said={SHARE: "10 %"}, due={}))
