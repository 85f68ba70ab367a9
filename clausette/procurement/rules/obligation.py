"""Is a social condition of execution due? (law 2021-1104, art. 35; decree 2022-767; L2112-2-1 and
L3114-2-1 CCP).

The pivot is compared with the day the consultation began, never with the notification.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clausette.kernel.french import format_date, format_euros
from clausette.procurement.enums import ContractKind, ContractNature
from clausette.reference.enums import BuyerSector
from clausette.reference.facts.articles import CLIMATE_2026
from clausette.reference.facts.thresholds import ThresholdRow
from clausette.reference.rules import threshold_at

CLIMATE_PIVOT = CLIMATE_2026
_OUTSIDE = frozenset({ContractKind.PRIVATE, ContractKind.CHARTER, ContractKind.ACI_AGREEMENT})
_CONCESSIONS = frozenset({ContractKind.CONCESSION, ContractKind.DSP})


class ObligationAnswer(StrEnum):
    """Answer of the test."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    NOT_CONCERNED = "not_concerned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Obligation:
    """Answer, the threshold used (€ without tax; None when none applies) and why, in French."""

    answer: ObligationAnswer
    threshold: int | None
    sentence: str

    @property
    def at_or_above_threshold(self) -> bool | None:
        """True when required, None when not known, else False."""
        if self.answer == ObligationAnswer.UNKNOWN:
            return None
        return self.answer == ObligationAnswer.REQUIRED


def social_obligation(
    thresholds: Iterable[ThresholdRow],
    *,
    kind: ContractKind,
    nature: ContractNature,
    sector: BuyerSector,
    estimated_ht: Decimal | None,
    consultation_on: date | None,
) -> Obligation:
    """Say whether the contract must hold a social condition; `estimated_ht` is the estimate in euros
    without tax."""
    if kind in _OUTSIDE:
        return Obligation(
            ObligationAnswer.NOT_CONCERNED, None, "Hors code de la commande publique : clause volontaire."
        )
    if sector == BuyerSector.DEFENCE:
        return Obligation(
            ObligationAnswer.OPTIONAL, None, "Défense ou sécurité : la clause sociale reste facultative."
        )
    if consultation_on is None:
        return Obligation(ObligationAnswer.UNKNOWN, None, "Donnez la date de lancement de la consultation.")
    if consultation_on < CLIMATE_PIVOT:
        start = format_date(CLIMATE_PIVOT)
        return Obligation(
            ObligationAnswer.OPTIONAL, None, f"Consultation lancée avant le {start} : clause facultative."
        )
    works = nature == ContractNature.WORKS or kind in _CONCESSIONS
    threshold = threshold_at(thresholds, consultation_on, works_or_concession=works, sector=sector)
    return _compare(estimated_ht, threshold)


def _compare(estimated_ht: Decimal | None, threshold: int | None) -> Obligation:
    if threshold is None:
        return Obligation(ObligationAnswer.UNKNOWN, None, "Le seuil européen n'est pas connu à cette date.")
    shown = format_euros(threshold)
    if estimated_ht is None:
        return Obligation(
            ObligationAnswer.UNKNOWN, threshold, f"Donnez le montant estimé HT (seuil : {shown})."
        )
    amount = format_euros(estimated_ht)
    if estimated_ht >= threshold:
        rule = "une condition sociale est obligatoire, sauf dispense motivée"
        sentence = f"{amount} HT, seuil européen {shown} : {rule}."
        return Obligation(ObligationAnswer.REQUIRED, threshold, sentence)
    sentence = f"{amount} HT, sous le seuil européen de {shown} : clause facultative."
    return Obligation(ObligationAnswer.OPTIONAL, threshold, sentence)
