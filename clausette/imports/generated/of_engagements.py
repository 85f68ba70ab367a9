"""Stories of what an engagement says: its dates, its life, what it admits."""

from datetime import date

from clausette.access.enums import BodyKind
from clausette.commitments.enums import EttAdmission, WorkStudyCounting
from clausette.imports.generated.story import fault, near
from clausette.imports.generated.world import DAY, WAYS, Cells, Line, World, way
from clausette.kernel.months import add_months, last_day
from clausette.placements.enums import Modality, WorkContractKind

TRAINING = "Formation"
CLASSIC = way(Modality.ETT, BodyKind.ETT, WorkContractKind.TEMP_MISSION)
DIRECT_CDD = way(Modality.DIRECT, BodyKind.COMPANY, WorkContractKind.CDD)
DIRECT_CDI = way(Modality.DIRECT, BodyKind.COMPANY, WorkContractKind.CDI)
APPRENTICE = way(Modality.DIRECT, BodyKind.COMPANY, WorkContractKind.APPRENTICESHIP)
TRAINEE = way(Modality.GEIQ, BodyKind.GEIQ, WorkContractKind.PROFESSIONALISATION)


def one(world: World, month: date, engagement: Cells, contract: Cells | None = None, nature: str = "") -> list[Line]:
    """Declare a usual month on an engagement of its own."""
    site = world.site(engagement)
    return [world.line(site, world.whole(month, contract), month, world.usual(), nature=nature)]


@fault("E003")
def after_the_end(world: World) -> list[Line]:
    month = world.month()
    return one(world, month, {"Au": month - DAY})


@fault("E003")
def before_the_start(world: World) -> list[Line]:
    month = world.month()
    return one(world, month, {"Du": last_day(month) + DAY})


@near("E003")
def ends_on_the_first_day(world: World) -> list[Line]:
    month = world.month()
    return one(world, month, {"Au": month})


@near("E003")
def starts_on_the_last_day(world: World) -> list[Line]:
    month = world.month()
    return one(world, month, {"Du": last_day(month)})


@fault("E009")
def all_suspended(world: World) -> list[Line]:
    month = world.month()
    return one(world, month, {"Suspendu du": month, "Suspendu au": last_day(month)})


@fault("E009")
def suspended_twice_in_a_row(world: World) -> list[Line]:
    month = world.month()
    lines = one(world, month, {"Suspendu du": month - 10 * DAY, "Suspendu au": month + 9 * DAY})
    world.suspensions.append(
        {"Engagement": lines[0].engagement, "Du": month + 10 * DAY, "Au": last_day(month) + 3 * DAY}
    )
    return lines


@fault("E009")
def suspended_from_the_hiring(world: World) -> list[Line]:
    month = world.month()
    site = world.site({"Suspendu du": month + 14 * DAY, "Suspendu au": last_day(month)})
    contract = world.worker(month + 14 * DAY, last_day(month) + 20 * DAY)
    return [world.line(site, contract, month, 50)]


@near("E009")
def one_day_left_at_the_end(world: World) -> list[Line]:
    month = world.month()
    return one(world, month, {"Suspendu du": month, "Suspendu au": last_day(month) - DAY})


@near("E009")
def one_day_left_between(world: World) -> list[Line]:
    month = world.month()
    lines = one(world, month, {"Suspendu du": month, "Suspendu au": month + 9 * DAY})
    world.suspensions.append({"Engagement": lines[0].engagement, "Du": month + 11 * DAY, "Au": last_day(month)})
    return lines


@near("E009")
def one_day_left_before_the_end_of_the_contract(world: World) -> list[Line]:
    month = world.month()
    site = world.site({"Suspendu du": month + DAY, "Suspendu au": last_day(month)})
    contract = world.worker(month - 3 * DAY, month + 12 * DAY)
    return [world.line(site, contract, month, 20)]


def _after(code: str, column: str) -> None:
    @fault(code)
    def the_day_before(world: World) -> list[Line]:
        month = world.month()
        return one(world, month, {column: month - DAY})

    @fault(code)
    def long_before(world: World) -> list[Line]:
        month = world.month()
        return one(world, month, {column: month - world.chance.randint(2, 90) * DAY})

    @near(code)
    def on_the_first_day(world: World) -> list[Line]:
        month = world.month()
        return one(world, month, {column: month})


_after("E010", "Résilié le")
_after("E011", "Transféré le")
_after("E015", "Soldé le")


def _parts(world: World, month: date, *parts: tuple[date, date, str]) -> list[Line]:
    lines = one(world, month, {})
    for starts, ends, firm in parts:
        world.parts.append({"Engagement": lines[0].engagement, "Du": starts, "Au": ends, "Affermie": firm})
    return lines


@fault("E012")
def in_a_part_not_firm(world: World) -> list[Line]:
    month = world.month()
    return _parts(world, month, (add_months(month, -6), month - DAY, "oui"), (month, add_months(month, 6), "non"))


@fault("E012")
def touching_two_parts_not_firm(world: World) -> list[Line]:
    month = world.month()
    return _parts(world, month, (month - 9 * DAY, month, "non"), (last_day(month), last_day(month) + DAY, "non"))


@near("E012")
def firm_on_the_first_day(world: World) -> list[Line]:
    month = world.month()
    return _parts(world, month, (add_months(month, -6), month, "oui"), (month + DAY, add_months(month, 6), "non"))


@near("E012")
def firm_on_the_last_day(world: World) -> list[Line]:
    month = world.month()
    end = last_day(month)
    return _parts(world, month, (add_months(month, -6), end - DAY, "non"), (end, add_months(month, 6), "oui"))


@near("E012")
def outside_all_the_parts(world: World) -> list[Line]:
    month = world.month()
    return _parts(world, month, (add_months(month, -6), month - DAY, "non"))


@fault("E013")
def modality_left_out(world: World) -> list[Line]:
    mine = world.chance.choice(WAYS)
    others = sorted({modality.label for modality, _, _ in WAYS if modality != mine[0]})
    return one(world, world.month(), {"Modalités admises": " ; ".join(others[:4])}, way(*mine))


@near("E013")
def modality_named_last(world: World) -> list[Line]:
    mine = world.chance.choice(WAYS)
    admitted = f"{Modality.REGIE.label} ; {Modality.OTHER.label} ; {mine[0].label}"
    return one(world, world.month(), {"Modalités admises": admitted}, way(*mine))


def _public(world: World, admitted: list[str], public: str) -> list[Line]:
    month = world.month()
    site = world.site({"Publics admis": " ; ".join(admitted)})
    return [world.line(site, world.whole(month, person={"Public retenu": public}), month, world.usual())]


@fault("E014")
def public_left_out(world: World) -> list[Line]:
    mine, *others = world.chance.sample(world.publics, 4)
    return _public(world, others, mine)


@near("E014")
def public_named_last(world: World) -> list[Line]:
    some = world.chance.sample(world.publics, 4)
    return _public(world, some, some[-1])


@near("E014")
def public_not_told(world: World) -> list[Line]:
    return _public(world, world.chance.sample(world.publics, 3), "")


@fault("E016")
def classic_not_admitted(world: World) -> list[Line]:
    return one(world, world.month(), {"Intérim classique": EttAdmission.NO.label}, CLASSIC)


@fault("W116")
def classic_on_approval(world: World) -> list[Line]:
    return one(world, world.month(), {"Intérim classique": EttAdmission.ON_APPROVAL.label}, CLASSIC)


@near("E016")
def classic_admitted(world: World) -> list[Line]:
    return one(world, world.month(), {"Intérim classique": EttAdmission.YES.label}, CLASSIC)


@near("E016")
def inclusion_temporary_work(world: World) -> list[Line]:
    etti = way(Modality.ETTI, BodyKind.ETTI, WorkContractKind.TEMP_MISSION)
    return one(world, world.month(), {"Intérim classique": EttAdmission.NO.label}, etti)


@near("W116")
def direct_where_classic_asks(world: World) -> list[Line]:
    return one(world, world.month(), {"Intérim classique": EttAdmission.ON_APPROVAL.label}, DIRECT_CDD)


def _cdi(world: World, months: int, hired: date, month: date) -> list[Line]:
    site = world.site({"CDI comptés (mois)": months, "Du": hired})
    return [world.line(site, world.worker(hired, None, DIRECT_CDI), month, world.usual())]


@fault("E007")
def cdi_hired_in_the_middle(world: World) -> list[Line]:
    month, counted = world.month(), world.chance.choice((12, 24))
    return _cdi(world, counted, add_months(month, -counted - 1) + 14 * DAY, month)


@fault("E007")
def cdi_hired_on_the_first(world: World) -> list[Line]:
    month, counted = world.month(), world.chance.choice((12, 24))
    return _cdi(world, counted, add_months(month, -counted), month)


@near("E007")
def cdi_in_its_last_month(world: World) -> list[Line]:
    month, counted = world.month(), world.chance.choice((12, 24))
    return _cdi(world, counted, add_months(month, -counted) + 14 * DAY, month)


@near("E007")
def cdi_ending_with_the_month(world: World) -> list[Line]:
    month = world.month()
    return _cdi(world, 12, add_months(month, -11), month)


COMPANY_ONLY: Cells = {"Alternance": WorkStudyCounting.COMPANY.label}


@fault("E008")
def training_of_an_apprentice(world: World) -> list[Line]:
    return one(world, world.month(), COMPANY_ONLY, APPRENTICE, TRAINING)


@fault("E008")
def training_of_a_trainee(world: World) -> list[Line]:
    return one(world, world.month(), COMPANY_ONLY, TRAINEE, TRAINING)


@near("E008")
def apprentice_in_the_firm(world: World) -> list[Line]:
    return one(world, world.month(), COMPANY_ONLY, APPRENTICE)


@near("E008")
def training_of_another(world: World) -> list[Line]:
    return one(world, world.month(), COMPANY_ONLY, DIRECT_CDD, TRAINING)


@near("E008")
def training_where_all_counts(world: World) -> list[Line]:
    return one(world, world.month(), {"Alternance": WorkStudyCounting.ALL.label}, APPRENTICE, TRAINING)
