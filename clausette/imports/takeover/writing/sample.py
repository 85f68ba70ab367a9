"""A made-up workbook of any size, always the same for the same numbers: tests, benches, first try."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from clausette.imports.takeover.fields import KIND_LABELS, SheetKind
from clausette.imports.takeover.writing.book import Book
from clausette.imports.takeover.writing.template import SHEETS, columns_of, heading_of
from clausette.kernel.months import add_months, last_day

FIRST = ("Ines", "Malo", "Sami", "Lila", "Noe", "Awa", "Theo", "Jade", "Ali", "Rose", "Hugo", "Mina", "Luc", "Eva",
         "Omar",
         "Lou", "Ismael", "Clara", "Yann", "Nora")  # fmt: skip
LAST = ("Lefranc", "Mercier", "Garnier", "Diop", "Lambert", "Renard", "Benali", "Collet", "Dumas", "Kone", "Leroux",
        "Marchand", "Perrot", "Rolland", "Sow", "Tessier", "Vidal", "Weber", "Aubry", "Brunet")  # fmt: skip
SITES = ("École", "Gymnase", "Médiathèque", "Voirie", "Crèche", "Piscine", "Collège", "Résidence")
PLACES = (
    "des Tilleuls",
    "du Moulin",
    "Jean Macé",
    "des Prés",
    "de la Gare",
    "du Canal",
    "Louise Michel",
    "des Érables",
)
FIRMS = (
    "Maçonnerie",
    "Peinture",
    "Couverture",
    "Électricité",
    "Paysage",
    "Menuiserie",
    "Plomberie",
    "Façade",
)
OWNERS = ("Delorme", "Vasseur", "Pichon", "Guérin", "Barbier", "Colin", "Noël", "Fabre")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each."""

    contracts: int = 4
    people: int = 8
    lines: int = 60


def made_siret(number: int) -> str:
    """Return a valid SIRET made from a number."""
    siren = _with_key(f"{10_000_000 + number:08d}")
    return _with_key(f"{siren}0001")


def _with_key(digits: str) -> str:
    """Add the digit that makes the key of Luhn right."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return f"{digits}{-total % 10}"


def sample_rows(size: Size, *, on: date, seed: int = 7) -> dict[SheetKind, list[dict[str, Any]]]:
    """Return the lines of the four sheets, by field. Hours stop the month before `on`."""
    chance = Random(seed)  # noqa: S311 - made-up data
    contracts = [_contract(number, on) for number in range(size.contracts)]
    people = [_person(number, on, chance) for number in range(size.people)]
    works = [
        _work(number, people[number], contracts[number % size.contracts], on) for number in range(size.people)
    ]
    hours: list[dict[str, Any]] = []
    for line in _hours(works, contracts, on, chance):
        if len(hours) >= size.lines:
            break
        hours.append(line)
    return {
        SheetKind.CONTRACTS: contracts,
        SheetKind.PEOPLE: people,
        SheetKind.WORK: works,
        SheetKind.HOURS: hours,
    }


def _contract(number: int, on: date) -> dict[str, Any]:
    starts = add_months(date(on.year, on.month, 1), -40)
    firm = number % (len(FIRMS) * len(OWNERS))
    row: dict[str, Any] = {
        "contract_number": f"{starts.year}-{number + 1:03d}",
        "contract_name": f"{SITES[number % 8]} {PLACES[number // 8 % 8]} {number + 1}",
        "nature": "Travaux",
        "buyer_name": f"Ville de Belleroche {number % 10 + 1}",
        "buyer_siret": made_siret(500 + number % 10),
        "contractor_name": f"{FIRMS[firm % 8]} {OWNERS[firm // 8]}",
        "contractor_siret": made_siret(1000 + firm),
        "contract_starts_on": starts,
        "contract_ends_on": add_months(date(on.year, on.month, 1), 14) - timedelta(days=1),
        "hours_minimum": Decimal(4000 + 100 * (number % 20)),
    }
    if number % 5 == 0:
        row |= {"opening_on": starts + timedelta(days=60), "opening_hours": Decimal("120.5")}
        row["opening_on"] = last_day(row["opening_on"])
    return row


def _person(number: int, on: date, chance: Random) -> dict[str, Any]:
    born = date(on.year - 45, 1, 1) + timedelta(days=chance.randrange(20 * 365) + number % 7)
    row: dict[str, Any] = {
        "last_name": f"{LAST[number % 20]}{'' if number < 400 else f'-{LAST[number // 400 % 20]}'}",
        "first_name": FIRST[number // 20 % 20],
        "birth_date": born,
        "sex": "Femme" if number % 2 else "Homme",
        "commune": "Belleroche",
    }
    if number % 3:
        row |= {"public": "Bénéficiaire du RSA ou ayant droit, en recherche d'emploi",
                "decided_on": add_months(date(on.year, on.month, 1), -38)}  # fmt: skip
    return row


def _work(number: int, person: dict[str, Any], contract: dict[str, Any], on: date) -> dict[str, Any]:
    lent = number % 4 == 3
    return {
        "last_name": person["last_name"], "first_name": person["first_name"], "birth_date": person["birth_date"],
        "contract_number": contract["contract_number"],
        "employer_name": "GEIQ du Val" if lent else contract["contractor_name"],
        "employer_siret": made_siret(2000) if lent else contract["contractor_siret"],
        "modality": "Mise à disposition par un GEIQ" if lent else "Embauche directe",
        "work_kind": "CDI",
        "job": "Aide maçon",
        "work_starts_on": add_months(contract["contract_starts_on"], 3) + timedelta(days=number % 5),
        "weekly_hours": Decimal(35),
    }  # fmt: skip


def _hours(
    works: list[dict[str, Any]], contracts: list[dict[str, Any]], on: date, chance: Random
) -> Iterator[dict[str, Any]]:
    first = min(work["work_starts_on"] for work in works)
    month = add_months(first.replace(day=1), 1)
    while month < on.replace(day=1):
        for work in works:
            yield {
                "last_name": work["last_name"], "first_name": work["first_name"], "birth_date": work["birth_date"],
                "contract_number": work["contract_number"], "month": month,
                "hours": Decimal(chance.randrange(4, 600)) / 4,
            }  # fmt: skip
        month = add_months(month, 1)


def sample_workbook(rows: dict[SheetKind, list[dict[str, Any]]], *, on: date) -> bytes:
    """Return these lines in the sheets of the template."""
    book = Book()
    for kind in SHEETS:
        sheet = book.sheet(KIND_LABELS[kind])
        codes = columns_of(kind, on)
        for column, code in enumerate(codes):
            sheet.write_string(0, column, heading_of(code), book.head)
        for line, row in enumerate(rows[kind], 1):
            for column, code in enumerate(codes):
                if code in row:
                    book.write(sheet, line, column, row[code], month=code == "month")
    return book.close()
