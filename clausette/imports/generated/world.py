"""What surrounds the lines (engagements, persons, work contracts) and the lines, as cells of the workbook."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from clausette.access.enums import BodyKind
from clausette.imports.generated.amounts import Limits
from clausette.kernel.months import add_months, first_day, last_day
from clausette.placements.enums import Modality, WorkContractKind

Cells = dict[str, object]
DAY = timedelta(days=1)
QUIET_WEEK: Cells = {"Contrôles éteints": "W110"}
LINES_OF_A_CALM_ENGAGEMENT = 60

WAYS = (
    (Modality.DIRECT, BodyKind.COMPANY, WorkContractKind.CDD),
    (Modality.DIRECT, BodyKind.COMPANY, WorkContractKind.CDI),
    (Modality.ETTI, BodyKind.ETTI, WorkContractKind.TEMP_MISSION),
    (Modality.ETT, BodyKind.ETT, WorkContractKind.TEMP_CDI),
    (Modality.AI, BodyKind.AI, WorkContractKind.CDDI),
    (Modality.GEIQ, BodyKind.GEIQ, WorkContractKind.PROFESSIONALISATION),
    (Modality.SUBCONTRACT_EI, BodyKind.EI, WorkContractKind.CDDI),
    (Modality.SUBCONTRACT_ACI, BodyKind.ACI, WorkContractKind.CDDI),
    (Modality.EA, BodyKind.EA, WorkContractKind.CDD_TREMPLIN),
    (Modality.ESAT, BodyKind.ESAT, WorkContractKind.SUPPORT_CONTRACT),
    (Modality.DIRECT, BodyKind.ASSOCIATION, WorkContractKind.CDDU),
)
JOBS = (
    "Maçon", "Peintre", "Agent de propreté", "Jardinier", "Chef de rang", "Conducteur d'engins", "Manœuvre",
    "Électricien", "Aide-cuisinier", "Conducteur de car", "Agent d'accueil", "Couvreur",
)  # fmt: skip


class Site(NamedTuple):
    """Where lines are declared: an engagement, its market, who declares."""

    engagement: str
    market: str
    declarant: str


@dataclass(slots=True, eq=False)
class Line:
    """One line of hours; `corrects` is a line of the sheet of those known already."""

    declarant: str
    contract: str
    engagement: str
    month: date
    hours: Decimal
    nature: str = ""
    total: Decimal | None = None
    piece: str = ""
    handed: date | None = None
    corrects: "Line | None" = None
    trained: tuple[date, date] | None = None


def way(modality: Modality, employer: BodyKind, kind: WorkContractKind) -> Cells:
    """Return the cells of a work contract that say how the person works."""
    return {
        "Modalité": modality.label,
        "Nature de l'employeur": employer.label,
        "Nature du contrat": kind.label,
    }


@dataclass
class World:
    """All the rows, filled by the stories; whatever chance decides comes from `chance`."""

    on: date
    limits: Limits
    publics: Sequence[str]
    chance: Random
    engagements: list[Cells] = field(default_factory=list)
    suspensions: list[Cells] = field(default_factory=list)
    parts: list[Cells] = field(default_factory=list)
    rules: list[Cells] = field(default_factory=list)
    persons: list[Cells] = field(default_factory=list)
    contracts: list[Cells] = field(default_factory=list)
    validated: list[Cells] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    known: list[Line] = field(default_factory=list)
    _calm: Site | None = None
    _calm_until: int = 0

    def __post_init__(self) -> None:
        """Lay out the twelve months before the day of the control, and its own as the last."""
        self.current = first_day(self.on)
        self.past = [add_months(self.current, back) for back in range(-12, 0)]

    def month(self) -> date:
        """Return a month that is over."""
        return self.chance.choice(self.past)

    def late_month(self) -> date:
        """Return a month that has four others over before it."""
        return self.chance.choice(self.past[4:])

    def long_month(self, days: int = 31) -> date:
        """Return a month of so many days that is over."""
        return self.chance.choice([month for month in self.past if last_day(month).day == days])

    def site(self, cells: Cells | None = None, *, market: str | None = None, declarant: str = "") -> Site:
        """Open an engagement, of a market of its own unless told."""
        number = len(self.engagements) + 1
        site = Site(f"ENG-{number}", f"M-{number}" if market is None else market, declarant or f"Déclarant {number}")
        running: Cells = {"Du": add_months(self.past[0], -24)}
        self.engagements.append({"Engagement": site.engagement, "Marché": site.market, **running, **(cells or {})})
        return site

    def sister(self, site: Site, cells: Cells | None = None) -> Site:
        """Open another engagement of the same market, declared by the same."""
        return self.site(cells, market=site.market, declarant=site.declarant)

    def calm(self) -> Site:
        """Return an engagement that many stories share."""
        if self._calm is None or len(self.lines) >= self._calm_until:
            self._calm = self.site(market="" if self.chance.random() < 0.25 else None)
            self._calm_until = len(self.lines) + LINES_OF_A_CALM_ENGAGEMENT
        return self._calm

    def person(self, hired: date, cells: Cells | None = None) -> str:
        """Add an adult decided eligible before that hiring."""
        name = f"P-{len(self.persons) + 1}"
        row: Cells = {
            "Personne": name,
            "Naissance": date(self.chance.randint(1966, 2004), self.chance.randint(1, 12), self.chance.randint(1, 28)),
            "Public retenu": self.chance.choice(self.publics),
            "Éligible du": hired - self.chance.randint(0, 40) * DAY,
            "Éligible au": hired + self.chance.randint(0, 60) * DAY,
            "Heures comptées jusqu'au": add_months(hired, 30),
        }
        self.persons.append({**row, **(cells or {})})
        return name

    def contract(self, person: str, starts: date, ends: date | None, cells: Cells | None = None) -> str:
        """Add a work contract of 35 hours a week to a person."""
        name = f"CT-{len(self.contracts) + 1}"
        row: Cells = {
            "Contrat de travail": name,
            "Personne": person,
            "Employeur": f"Employeur {self.chance.randint(1, 400)}",
            **way(*self.chance.choice(WAYS)),
            "Emploi": self.chance.choice(JOBS),
            "Début": starts,
            "Fin": ends,
            "Heures par semaine": self.limits.week_hours,
        }
        self.contracts.append({**row, **(cells or {})})
        return name

    def worker(self, starts: date, ends: date | None, cells: Cells | None = None, person: Cells | None = None) -> str:
        """Add a person hired on the first day of a work contract, and that contract."""
        return self.contract(self.person(starts, person), starts, ends, cells)

    def whole(self, month: date, cells: Cells | None = None, person: Cells | None = None) -> str:
        """Add a worker whose work contract holds all that month."""
        before, after = self.chance.randint(0, 25), self.chance.randint(0, 25)
        return self.worker(month - before * DAY, last_day(month) + after * DAY, cells, person)

    def usual(self) -> Decimal:
        """Return hours that nobody remarks in a whole month at 35 hours a week."""
        return Decimal(self.chance.randint(400, 590)) / 4

    def line(self, site: Site, contract: str, month: date, hours: Decimal | int, **told: object) -> Line:
        """Declare hours, with the piece of the statement, handed in after the month."""
        made = self._made(site, contract, month, hours, told)
        self.lines.append(made)
        return made

    def already(self, site: Site, contract: str, month: date, hours: Decimal | int, **told: object) -> Line:
        """Add a line to those known already."""
        made = self._made(site, contract, month, hours, told)
        self.known.append(made)
        return made

    def _made(self, site: Site, contract: str, month: date, hours: Decimal | int, told: Cells) -> Line:
        handed = last_day(month) + 5 * DAY
        made = Line(site.declarant, contract, site.engagement, month, Decimal(hours))
        made.piece = f"{site.market or site.engagement} {site.declarant} {month:%Y-%m}.pdf"
        made.handed = handed if handed <= self.on else None
        for name, value in told.items():
            setattr(made, name, value)
        return made
