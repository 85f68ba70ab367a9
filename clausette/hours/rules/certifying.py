"""What makes an online certification of a statement (RELIABILITY §4.3, PRODUCT « privacy »: signed or certified)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.kernel.french import HARD, format_date, format_hours

SENTENCE = "Je certifie que ces heures ont été travaillées, par ces personnes, pendant ce mois."
NAME_MOST, QUALITY_MOST = 150, 100


@dataclass(frozen=True, slots=True)
class Signer:
    """Who certifies: name, and quality (« conductrice de travaux »)."""

    name: str
    quality: str


@dataclass(frozen=True, slots=True)
class HandedFor:
    """By which mandate a statement was handed over: who holds it, its days; frozen with the statement."""

    name: str
    declarant: str
    starts_on: date
    ends_on: date

    @property
    def sentence(self) -> str:
        """« pour le compte de Bâti Ouche, par Cabinet Durand (mandat du … au …) »."""
        return (
            f"pour le compte de {self.declarant}, par {self.name} (mandat de déclaration du "
            f"{format_date(self.starts_on)} au {format_date(self.ends_on)})"
        )


@dataclass(frozen=True, slots=True)
class Certified:
    """What was certified, by whom, on which day; frozen with the statement."""

    signer: Signer
    on: date
    hours: Decimal
    handed: HandedFor | None = None
    """By which mandate; None: by the firm itself."""

    def sentence(self, total: Decimal) -> str:
        """« 453,5 h certifiées par Inès Ferrand, … »; says it when the statement holds other hours (`total`) since."""
        told = (
            f"{format_hours(self.hours)} certifiées le {format_date(self.on)} par {self.signer.name}, "
            f"{self.signer.quality}"
        )
        if self.handed:
            told = f"{told}, {self.handed.sentence}"
        return told if total == self.hours else f"{told}. Le relevé compte depuis {format_hours(total)}"


def refusals_of_signer(signer: Signer) -> dict[str, str]:
    """Return, by field, what the certification lacks in French; {} when it can be kept."""
    refused: dict[str, str] = {}
    if len(signer.name) < 3:
        refused["certified_name"] = "Écrivez le nom de la personne qui certifie."
    elif len(signer.name) > NAME_MOST:
        refused["certified_name"] = f"Ce nom est trop long{HARD}: {NAME_MOST} caractères au plus."
    if len(signer.quality) < 2:
        refused["certified_as"] = "Dites en quelle qualité : gérant, conductrice de travaux, comptable…"
    elif len(signer.quality) > QUALITY_MOST:
        refused["certified_as"] = f"Cette qualité est trop longue{HARD}: {QUALITY_MOST} caractères au plus."
    return refused
