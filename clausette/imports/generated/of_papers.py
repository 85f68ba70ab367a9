"""Stories of pieces, declarants, employers, jobs and training: what asks for a justification (W) by a fact."""

from datetime import date
from functools import partial

from clausette.access.enums import BodyKind as Body
from clausette.imports.generated.of_engagements import TRAINING, one
from clausette.imports.generated.of_persons import EVER, NO_WEEK
from clausette.imports.generated.story import fault, near
from clausette.imports.generated.world import DAY, Cells, Line, World, way
from clausette.kernel.months import add_months, last_day
from clausette.placements.enums import Modality as Way
from clausette.placements.enums import WorkContractKind as Kind


@fault("W103")
def same_contract_declared_by_two(world: World) -> list[Line]:
    month = world.month()
    contract = world.whole(month)
    return [world.line(world.calm(), contract, month, 50), world.line(world.site(), contract, month, 45)]


@fault("W103")
def two_contracts_declared_by_two(world: World) -> list[Line]:
    month = world.month()
    person = world.person(month, EVER)
    first = world.contract(person, month, month + 9 * DAY)
    second = world.contract(person, month + 10 * DAY, last_day(month))
    return [world.line(world.site(), first, month, 40), world.line(world.calm(), second, month, 40)]


@near("W103")
def two_declarants_one_after_the_other(world: World) -> list[Line]:
    month = world.late_month()
    before = add_months(month, -1)
    contract = world.worker(before, last_day(month))
    return [world.line(world.site(), contract, before, 90), world.line(world.site(), contract, month, 90)]


@fault("W104")
def no_piece(world: World) -> list[Line]:
    month = world.month()
    return [world.line(world.site(), world.whole(month), month, world.usual(), piece="", handed=None)]


@fault("W104")
def no_piece_for_two(world: World) -> list[Line]:
    month, site = world.month(), world.site()
    return [world.line(site, world.whole(month), month, world.usual(), piece="", handed=None) for _ in range(2)]


def _training(world: World, most: int) -> list[Line]:
    month = world.late_month()
    site = world.site({"Formation au plus": most, "Formation déjà connue": 30})
    contract = world.whole(month)
    other = world.worker(add_months(month, -2), add_months(month, 1))
    world.already(site, other, add_months(month, -2), 20, nature=TRAINING)
    world.line(site, world.whole(month), month, world.usual())
    return [
        world.line(site, contract, month, 35, nature=TRAINING),
        world.line(site, other, add_months(month, -1), 15, nature=TRAINING),
    ]


fault("W105")(lambda world: _training(world, 99))
near("W105")(lambda world: _training(world, 100))


def _notified(world: World, after: int, told: Cells) -> list[Line]:
    month = world.month()
    starts = month + 3 * DAY
    site = world.site({"Notifié le": starts + after * DAY})
    return [world.line(site, world.worker(starts, last_day(month), told), month, 90)]


def _hired_before(world: World, notified: int) -> list[Line]:
    """Hire ten days before the first day of work, and notify so many days after the hiring."""
    month = world.month()
    hired, starts = month - 8 * DAY, month + 2 * DAY
    site = world.site({"Notifié le": hired + notified * DAY})
    contract = world.contract(world.person(hired), starts, last_day(month), {**_DIRECT, "Embauché le": hired})
    return [world.line(site, contract, month, 90)]


_DIRECT = way(Way.DIRECT, Body.COMPANY, Kind.CDI)
_ETTI = way(Way.ETTI, Body.ETTI, Kind.TEMP_MISSION)
fault("W106")(lambda world: _notified(world, 1, _DIRECT))
fault("W106")(lambda world: _notified(world, 40, _DIRECT))
fault("W106")(lambda world: _hired_before(world, 1))
near("W106")(lambda world: _hired_before(world, 0))
near("W106")(lambda world: _notified(world, 0, _DIRECT))
near("W106")(lambda world: _notified(world, 1, _ETTI))


def _employed(world: World, cells: Cells) -> list[Line]:
    return one(world, world.month(), {}, cells)


SIGNED_BY_ANOTHER = (
    (Way.DIRECT, Body.COMPANY, Kind.CDDI),
    (Way.ETTI, Body.ETTI, Kind.CDDI),
    (Way.GEIQ, Body.GEIQ, Kind.CDI_INCLUSION),
    (Way.SUBCONTRACT_EI, Body.EI, Kind.CDD_TREMPLIN),
    (Way.EA, Body.EA, Kind.SUPPORT_CONTRACT),
    (Way.DIRECT, Body.MUNICIPALITY, Kind.TEMP_MISSION),
    (Way.GEIQ, Body.GEIQ, Kind.TEMP_CDI),
    (Way.DIRECT, Body.MUNICIPALITY, Kind.CDDI),
)
SIGNED_WELL = (
    (Way.DIRECT, Body.ASSOCIATION, Kind.CDDI),
    (Way.DIRECT, Body.OTHER, Kind.TEMP_MISSION),
    (Way.ETTI, Body.ETTI, Kind.CDI_INCLUSION),
    (Way.AI, Body.AI, Kind.CDI_INCLUSION),
    (Way.ETTI, Body.ETTI, Kind.TEMP_CDI),
    (Way.ETT, Body.ETT, Kind.TEMP_MISSION),
    (Way.ETT, Body.COMPANY, Kind.TEMP_MISSION),
    (Way.ETT, Body.ETTI, Kind.TEMP_CDI),
    (Way.EA, Body.EA, Kind.TEMP_MISSION),
    (Way.SUBCONTRACT_ACI, Body.ACI, Kind.CDI_INCLUSION),
)
ORDINARY_EMPLOYER = (
    (Way.ETTI, Body.COMPANY, Kind.CDD),
    (Way.AI, Body.COMPANY, Kind.CDI),
    (Way.GEIQ, Body.MUNICIPALITY, Kind.CDD),
    (Way.ETT, Body.GEIQ, Kind.CDD),
    (Way.SUBCONTRACT_EI, Body.COMPANY, Kind.CDD),
    (Way.SUBCONTRACT_ACI, Body.LANDLORD, Kind.CDD),
    (Way.EA, Body.COMPANY, Kind.CDD),
    (Way.ESAT, Body.COMPANY, Kind.CDD),
    (Way.ETTI, Body.GEIQ, Kind.CDD),
)
NOT_JUDGED = (
    (Way.GEIQ, Body.ASSOCIATION, Kind.CDD),
    (Way.ETTI, Body.OTHER, Kind.CDD),
    (Way.DIRECT, Body.MUNICIPALITY, Kind.CDD),
    (Way.REGIE, Body.ASSOCIATION, Kind.CDD),
    (Way.OTHER, Body.COMPANY, Kind.CDD),
)

for _register, _code, _ways in (
    (fault, "W107", SIGNED_BY_ANOTHER),
    (near, "W107", SIGNED_WELL),
    (fault, "W108", ORDINARY_EMPLOYER),
    (near, "W108", NOT_JUDGED),
):
    for _way in _ways:
        _register(_code)(partial(_employed, cells=way(*_way)))


def _papers(world: World, months: int, *, market: bool = True, declarant: bool = True) -> list[Line]:
    """Give one piece for two statements, so many months apart."""
    month = world.chance.choice([one for one in world.past[:-3] if one.month in (1, 4, 7, 10)])
    later = add_months(month, months)
    site = world.site()
    other = world.site(
        market=site.market if market else None, declarant=site.declarant if declarant else ""
    )
    handed = last_day(max(month, later)) + DAY
    paper = {"piece": f"relevé {site.engagement}.pdf", "handed": handed}
    return [
        world.line(site, world.whole(month), month, world.usual(), **paper),
        world.line(other, world.whole(later), later, world.usual(), **paper),
    ]


fault("W112")(lambda world: _papers(world, -1))
fault("W112")(lambda world: _papers(world, 0, market=False))
fault("W112")(lambda world: _papers(world, 0, declarant=False))
fault("W112")(lambda world: _papers(world, 1, market=False))
near("W112")(lambda world: _papers(world, 1))
near("W112")(lambda world: _papers(world, 2))
near("W112")(lambda world: _papers(world, 0))


@fault("W112")
def piece_known_of_the_quarter_before(world: World) -> list[Line]:
    month = world.chance.choice([one for one in world.past if one.month in (1, 4, 7, 10)])
    site, before = world.site(), add_months(month, -1)
    paper = {"piece": f"relevé {site.engagement}.pdf", "handed": last_day(month)}
    world.already(site, world.whole(before), before, world.usual(), **paper)
    return [world.line(site, world.whole(month), month, world.usual(), **paper)]


def _handed(world: World, before: int, ends: int | None = None) -> list[Line]:
    """Hand the piece in so many days before the last day worked."""
    month = world.month()
    last = last_day(month) if ends is None else date(month.year, month.month, ends)
    contract = world.whole(month) if ends is None else world.worker(month, last)
    return [world.line(world.site(), contract, month, 80, handed=last - before * DAY)]


fault("W113")(lambda world: _handed(world, 1))
fault("W113")(lambda world: _handed(world, 1, 20))
fault("W113")(lambda world: _handed(world, 12))
near("W113")(lambda world: _handed(world, 0))
near("W113")(lambda world: _handed(world, 0, 20))

LEADERS = (
    "Encadrant technique", "Chef d'équipe maçonnerie", "Chef de chantier", "Conducteur de travaux", "Formateur",
    "Moniteur d'atelier", "Tuteur", "CHEF D'ÉQUIPE", "Peintre, tuteur de stage", "Encadrante technique",
    "Cheffe d'equipe", "Formatrice",
)  # fmt: skip
ALMOST_LEADERS = ("Chef de rang", "Conducteur d'engins", "Équipier", "Tuteurage de vigne", "Ouvrier de chantier")

for _register, _jobs in ((fault, LEADERS), (near, ALMOST_LEADERS)):
    for _job in _jobs:
        _register("W114")(partial(_employed, cells={"Emploi": _job}))


@near("W104")
def piece_shared_by_persons(world: World) -> list[Line]:
    month, site = world.month(), world.site()
    return [world.line(site, world.whole(month, NO_WEEK), month, world.usual()) for _ in range(3)]
