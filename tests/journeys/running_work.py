"""The story of running work: what the workbook of the structure says, and what three months add to it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from clausette.imports.takeover.fields import SheetKind
from clausette.imports.takeover.writing.sample import made_siret, sample_workbook
from clausette.kernel import clock
from clausette.kernel.months import add_months, first_day, last_day

TODAY = clock.today()
THIS = first_day(TODAY)
BEGAN = add_months(THIS, -14)  # the marchés
FIRST = add_months(THIS, -13)  # the first month of hours of the workbook
LAST = add_months(THIS, -4)  # its last month
BY_HAND, BY_FIRM, BY_FIRM_TOO = (add_months(THIS, -back) for back in (3, 2, 1))
FOLLOWED = (BY_HAND, BY_FIRM, BY_FIRM_TOO)
CITY, DELORME, VASSEUR = "Ville de Belleroche", "Maçonnerie Delorme", "Peinture Vasseur"
SCHOOL, GYM, ROAD = "École des Tilleuls", "Gymnase du Moulin", "Voirie des Prés"
PUBLIC = "Bénéficiaire du RSA ou ayant droit, en recherche d'emploi"
PEOPLE = (("Lefranc", "Ines"), ("Mercier", "Paul"), ("Diop", "Awa"), ("Renard", "Théo"), ("Benali", "Lila"),
          ("Collet", "Noé"))  # fmt: skip


@dataclass(frozen=True)
class Marche:
    """One marché of the workbook: what is owed, what was done before without the detail of persons, its two people."""

    number: str
    name: str
    firm: str
    siret: str
    owed: Decimal
    opening: Decimal
    people: tuple[tuple[str, str], ...]


MARCHES = (
    Marche("2025-014", SCHOOL, DELORME, made_siret(1001), Decimal(3000), Decimal("310.5"), PEOPLE[:2]),
    Marche("2025-021", GYM, VASSEUR, made_siret(1002), Decimal(1200), Decimal(0), PEOPLE[2:4]),
    Marche("2025-033", ROAD, DELORME, made_siret(1001), Decimal(900), Decimal("45.75"), PEOPLE[4:]),
)


@dataclass
class Book:
    """The workbook and its totals by marché, counted here and nowhere else."""

    data: bytes
    hours: dict[str, Decimal] = field(default_factory=dict)
    lines: int = 0

    def total(self, name: str) -> Decimal:
        """Hours of a marché, its opening balance included."""
        return self.hours[name] + next(one.opening for one in MARCHES if one.name == name)

    @property
    def whole(self) -> Decimal:
        """All the hours of the workbook."""
        return sum((self.total(one.name) for one in MARCHES), Decimal(0))


def workbook() -> Book:
    """Three marchés, six people, sixty lines of hours, two opening balances."""
    rows: dict[SheetKind, list[dict[str, Any]]] = {kind: [] for kind in SheetKind}
    hours: dict[str, Decimal] = defaultdict(Decimal)
    for one in MARCHES:
        rows[SheetKind.CONTRACTS].append(_contract(one))
        for place, (last, first) in enumerate(one.people):
            who = {"last_name": last, "first_name": first, "birth_date": date(1990 + place, 5, 17)}
            rows[SheetKind.PEOPLE].append({**who, "sex": "Femme", "commune": "Belleroche", "public": PUBLIC,
                                           "decided_on": BEGAN + timedelta(days=5)})  # fmt: skip
            rows[SheetKind.WORK].append(_work(who, one))
            for back in range(10):
                month, done = (
                    add_months(FIRST, back),
                    Decimal(60 + 3 * back + 10 * place) + Decimal("0.25") * back,
                )
                rows[SheetKind.HOURS].append(
                    {**who, "contract_number": one.number, "month": month, "hours": done}
                )
                hours[one.name] += done
    return Book(sample_workbook(rows, on=TODAY), dict(hours), len(rows[SheetKind.HOURS]))


def _contract(one: Marche) -> dict[str, Any]:
    row: dict[str, Any] = {
        "contract_number": one.number, "contract_name": one.name, "nature": "Travaux", "buyer_name": CITY,
        "buyer_siret": made_siret(501), "contractor_name": one.firm, "contractor_siret": one.siret,
        "contract_starts_on": BEGAN, "contract_ends_on": last_day(add_months(THIS, 9)), "hours_minimum": one.owed,
    }  # fmt: skip
    if one.opening:
        row |= {"opening_on": last_day(BEGAN), "opening_hours": one.opening}
    return row


def _work(who: dict[str, Any], one: Marche) -> dict[str, Any]:
    return {
        **who, "contract_number": one.number, "employer_name": one.firm, "employer_siret": one.siret,
        "modality": "Embauche directe", "work_kind": "CDI", "job": "Aide maçon", "work_starts_on": FIRST,
        "weekly_hours": Decimal(35),
    }  # fmt: skip


def book_file(folder: Path, book: Book) -> Path:
    """The workbook on the disk of the person."""
    path = folder / "suivi-des-clauses.xlsx"
    path.write_bytes(book.data)
    return path
