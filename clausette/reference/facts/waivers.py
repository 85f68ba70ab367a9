"""Closed lists of the reasons for which a buyer may leave the social condition out (L2112-2-1 and L3114-2-1 CCP)."""

from dataclasses import dataclass
from datetime import date

from clausette.reference.enums import Reliability
from clausette.reference.facts.articles import CLIMATE_2026, Family


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """One reason: its number in the article, what it says, from which day of consultation.

    `works_only`: it exists for works alone.
    """

    code: str
    family: Family
    number: int
    label: str
    starts_on: date
    source: str
    reliability: Reliability
    works_only: bool = False


_LINK = "Une telle condition n'a pas de lien suffisant avec l'objet"
_COMPETITION = (
    "Une telle condition est de nature à restreindre la concurrence, ou à rendre l'exécution techniquement ou "
    "économiquement difficile"
)
_L2112, _L3114 = "L2112-2-1 du code de la commande publique", "L3114-2-1 du code de la commande publique"


def _contract(code: str, number: int, label: str, *, works_only: bool = False) -> WaiverRow:
    return WaiverRow(
        code, "contract", number, label, CLIMATE_2026, _L2112, Reliability.HIGH, works_only
    )  # fmt: skip


def _concession(code: str, number: int, label: str) -> WaiverRow:
    return WaiverRow(code, "concession", number, label, CLIMATE_2026, _L3114, Reliability.SOURCED)


WAIVERS: tuple[WaiverRow, ...] = (
    _contract("available_solution", 1, "Le besoin peut être satisfait par une solution immédiatement disponible"),
    _contract("no_link", 2, f"{_LINK} du marché"),
    _contract("competition", 3, _COMPETITION),
    _contract("short_works", 4, "Le marché de travaux dure moins de six mois", works_only=True),
    _concession("no_link", 1, f"{_LINK} de la concession"),
    _concession("competition", 2, _COMPETITION),
)
