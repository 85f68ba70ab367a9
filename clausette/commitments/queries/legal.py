"""The article to write for the levier juridique of a contract, by the date of its consultation."""

from dataclasses import dataclass
from datetime import date

from clausette.commitments.rules import legal_reference
from clausette.procurement.enums import ContractKind, ContractNature, LegalDeviceKind
from clausette.procurement.queries import ContractKey, ContractSheet
from clausette.procurement.rules import social_obligation
from clausette.reference.enums import BuyerSector, Reliability
from clausette.reference.queries import legal_articles, thresholds


@dataclass(frozen=True, slots=True)
class LegalLine:
    """« L2112-2-1 (Code de la commande publique) », and on what date it was sought."""

    device_label: str
    articles: str
    text: str
    reliability_label: str
    on: date | None
    basis: str

    @property
    def label(self) -> str:
        """The articles and their text, as one phrase."""
        return f"{self.articles} ({self.text})" if self.text else self.articles


_BASES = (
    ("consultation_on", "consultation engagée le"),
    ("notified_on", "notifié le (date de consultation non renseignée)"),
    ("starts_on", "début d'exécution le (date de consultation non renseignée)"),
)


def _basis(contract: ContractKey | ContractSheet) -> tuple[date | None, str]:
    for field, told in _BASES:
        day: date | None = getattr(contract, field)
        if day is not None:
            return day, told
    return None, ""


def legal_line(contract: ContractKey | ContractSheet) -> LegalLine | None:
    """Return the article for a contract, None when it has no clause or no date at all (one query)."""
    on, basis = _basis(contract)
    kind, device = ContractKind(contract.kind), LegalDeviceKind(contract.device)
    obligation = social_obligation(
        thresholds(),
        kind=kind,
        nature=ContractNature(contract.nature),
        sector=BuyerSector.STATE if contract.buyer_body_kind == "state" else BuyerSector.LOCAL,
        estimated_ht=contract.amount_ht,
        consultation_on=on,
    )
    found = legal_reference(
        legal_articles(),
        device=device,
        kind=kind,
        consultation_on=on,
        at_or_above_threshold=obligation.at_or_above_threshold,
    )
    if found is None:
        return None
    return LegalLine(
        device.label, found.articles, found.text, Reliability(found.reliability).label, on, basis
    )
