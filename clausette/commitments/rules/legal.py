"""Which legal article to write for an engagement, by the date on which the consultation began."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clausette.procurement.enums import ContractKind, LegalDeviceKind
from clausette.reference.enums import Reliability
from clausette.reference.facts.articles import ArticleRow

_CONCESSIONS = frozenset({ContractKind.CONCESSION, ContractKind.DSP})
_OUTSIDE = frozenset({ContractKind.PRIVATE, ContractKind.CHARTER, ContractKind.ACI_AGREEMENT})


@dataclass(frozen=True, slots=True)
class LegalReference:
    """Articles (« article 14 », « L2112-2-1 »), the text they belong to, and how sure we are."""

    articles: str
    text: str
    reliability: Reliability

    @property
    def label(self) -> str:
        """« article 14 (Code des marchés publics de 2006) », as shown."""
        return f"{self.articles} ({self.text})" if self.text else self.articles


def _applies(row: ArticleRow, device: LegalDeviceKind, family: str, on: date) -> bool:
    in_force = row.starts_on <= on and (row.ends_on is None or on <= row.ends_on)
    return row.device == device.value and row.family == family and in_force


def _written(articles: str) -> str:
    """« L2113-12 et R2113-7 » → « articles L2113-12 et R2113-7 »; others already say « article »."""
    if articles.startswith("article"):
        return articles
    return f"articles {articles}" if " et " in articles or " ou " in articles else f"article {articles}"


def legal_reference(
    rows: Iterable[ArticleRow],
    *,
    device: LegalDeviceKind,
    kind: ContractKind,
    consultation_on: date | None,
    at_or_above_threshold: bool | None,
) -> LegalReference | None:
    """Return the articles in force on the day the consultation began, or None when they are not known.

    `at_or_above_threshold`: the estimated amount reaches the European threshold; None when unknown: both
    articles are then named. Private contracts, charters and conventions have no article of public purchase.
    """
    if device == LegalDeviceKind.NONE:
        return None
    if device == LegalDeviceKind.PRIVATE or kind in _OUTSIDE:
        return LegalReference("clause volontaire, hors code de la commande publique", "", Reliability.HIGH)
    if consultation_on is None:
        return None
    family = "concession" if kind in _CONCESSIONS else "contract"
    found = [row for row in rows if _applies(row, device, family, consultation_on)]
    wanted = (
        {True: "at_or_above", False: "below"}.get(at_or_above_threshold)
        if at_or_above_threshold is not None
        else None
    )
    kept = [row for row in found if row.threshold == "any" or wanted is None or row.threshold == wanted]
    if not kept:
        return None
    articles = " ou ".join(sorted({row.articles for row in kept}))
    note = ", selon le seuil européen" if len(kept) > 1 else ""
    return LegalReference(_written(articles) + note, kept[0].text, kept[0].reliability)
