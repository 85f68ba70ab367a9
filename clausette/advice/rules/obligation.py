"""Is a social condition of execution due? The answer with its article, its threshold and the reasons to waive it.

Source: law 2021-1104, art. 35; decree 2022-767 (pivot: 21 August 2026, compared with the day the consultation is
engaged); L2112-2-1, L3114-2-1 and, for defence, L2312-1-1 CCP. The comparison itself is the one of `procurement`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.advice.enums import BuyerKind, Verdict
from clausette.advice.rules.articles import article_of
from clausette.kernel.french import format_euros
from clausette.procurement.enums import ContractKind, ContractNature, LegalDeviceKind
from clausette.procurement.rules import ObligationAnswer, social_obligation
from clausette.reference.enums import BuyerSector, Reliability
from clausette.reference.facts.articles import ArticleRow
from clausette.reference.facts.thresholds import ThresholdRow
from clausette.reference.facts.waivers import WaiverRow
from clausette.reference.rules import threshold_at

OBLIGATION_RULES = "clause-2026.1"
"""Version of these rules, kept beside each answer."""

_VERDICTS = {
    ObligationAnswer.REQUIRED: Verdict.MANDATORY,
    ObligationAnswer.OPTIONAL: Verdict.OPTIONAL,
    ObligationAnswer.NOT_CONCERNED: Verdict.NOT_APPLICABLE,
    ObligationAnswer.UNKNOWN: Verdict.UNKNOWN,
}
_SECTORS = {
    BuyerKind.STATE: BuyerSector.STATE,
    BuyerKind.LOCAL: BuyerSector.LOCAL,
    BuyerKind.UTILITY: BuyerSector.UTILITY,
    BuyerKind.DEFENCE: BuyerSector.DEFENCE,
    BuyerKind.PRIVATE: BuyerSector.LOCAL,
}
_DEFENCE_CONCESSION = "Concession de défense ou de sécurité : hors du champ de la clause sociale."


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought: `value` is the estimate in euros without tax, all lots together; `engaged_on` the day the
    consultation is engaged."""

    buyer_kind: BuyerKind
    nature: ContractNature
    value: Decimal
    engaged_on: date
    defence: bool = False
    concession: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The dated facts that the test reads."""

    thresholds: Sequence[ThresholdRow]
    articles: Sequence[ArticleRow]
    waivers: Sequence[WaiverRow]


@dataclass(frozen=True, slots=True)
class Motive:
    """One reason of the closed list. `text`: for the presentation report; `refusal`: why it cannot serve here."""

    code: str
    label: str
    text: str
    reliability: Reliability
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ObligationTest:
    """The answer. `article`: « article L2112-2-1 (…) », « » when none is known. `threshold`: € without tax in force on
    the day, None when none is known or none applies. `motives`: only where the condition is due."""

    verdict: Verdict
    sentence: str
    article: str
    article_reliability: Reliability | None
    threshold: int | None
    threshold_row: ThresholdRow | None
    motives: tuple[Motive, ...]
    rule_version: str = OBLIGATION_RULES


def obligation(purchase: Purchase, facts: Facts) -> ObligationTest:
    """Return the answer of the test for a purchase on the day its consultation is engaged."""
    kind, sector = _kind(purchase), _sector(purchase)
    found = social_obligation(
        facts.thresholds,
        kind=kind,
        nature=purchase.nature,
        sector=sector,
        estimated_ht=purchase.value,
        consultation_on=purchase.engaged_on,
    )
    verdict, sentence = _VERDICTS[found.answer], found.sentence
    if sector == BuyerSector.DEFENCE and purchase.concession and kind != ContractKind.PRIVATE:
        verdict, sentence = Verdict.NOT_APPLICABLE, _DEFENCE_CONCESSION
    article, reliability = _article(purchase, facts, kind, sector, found.at_or_above_threshold)
    applies = verdict != Verdict.NOT_APPLICABLE
    row = _period(facts.thresholds, purchase.engaged_on) if applies else None
    return ObligationTest(
        verdict=verdict,
        sentence=sentence,
        article=article if applies else "",
        article_reliability=reliability if applies else None,
        threshold=_threshold(purchase, facts, sector) if applies else None,
        threshold_row=row,
        motives=motives(purchase, facts.waivers) if verdict == Verdict.MANDATORY else (),
    )


def _kind(purchase: Purchase) -> ContractKind:
    if purchase.buyer_kind == BuyerKind.PRIVATE:
        return ContractKind.PRIVATE
    return ContractKind.CONCESSION if purchase.concession else ContractKind.PUBLIC_CONTRACT


def _sector(purchase: Purchase) -> BuyerSector:
    return BuyerSector.DEFENCE if purchase.defence else _SECTORS[purchase.buyer_kind]


def _period(rows: Sequence[ThresholdRow], on: date) -> ThresholdRow | None:
    return next((row for row in rows if row.starts_on <= on <= row.ends_on), None)


def _threshold(purchase: Purchase, facts: Facts, sector: BuyerSector) -> int | None:
    works = purchase.concession or purchase.nature == ContractNature.WORKS
    return threshold_at(facts.thresholds, purchase.engaged_on, works_or_concession=works, sector=sector)


def _article(
    purchase: Purchase, facts: Facts, kind: ContractKind, sector: BuyerSector, at_or_above: bool | None
) -> tuple[str, Reliability | None]:
    """The article of the condition of execution on that day; defence has its own part of the code."""
    found = article_of(
        facts.articles,
        device=LegalDeviceKind.EXECUTION,
        kind=kind,
        on=purchase.engaged_on,
        at_or_above=at_or_above,
        defence=sector == BuyerSector.DEFENCE,
    )
    return (found.label, found.reliability) if found else ("", None)


def motives(purchase: Purchase, rows: Sequence[WaiverRow]) -> tuple[Motive, ...]:
    """Return the closed list of reasons in force: four for a contract, two for a concession, in the article's order."""
    family = "concession" if purchase.concession else "contract"
    kept = [row for row in rows if row.family == family and row.starts_on <= purchase.engaged_on]
    return tuple(_motive(row, purchase) for row in sorted(kept, key=lambda row: row.number))


def _motive(row: WaiverRow, purchase: Purchase) -> Motive:
    refusal = ""
    if row.works_only and purchase.nature != ContractNature.WORKS:
        refusal = "Ce motif est réservé aux marchés de travaux."
    return Motive(row.code, f"{row.label}.", _text(row, purchase), row.reliability, refusal)


_DETAIL = {
    "available_solution": "Solution existante sur étagère, sans exécution propre à ce besoin : [à préciser].",
    "no_link": "Prestations examinées, et raison pour laquelle aucune ne s'y prête : [à préciser].",
    "competition": "Étude du secteur, entreprises consultées, difficulté constatée : [à préciser].",
    "short_works": "Durée d'exécution prévue, en jours ou en mois, et calendrier : [à préciser].",
}


def _text(row: WaiverRow, purchase: Purchase) -> str:
    """The paragraph to put in the presentation report (R2184-1), or among the papers of the procedure."""
    if row.family == "concession":
        opening = "L'autorité concédante ne prévoit pas de condition d'exécution"
        closing = "Ce motif est consigné au dossier de la procédure."
    else:
        opening = "L'acheteur ne prévoit pas de condition d'exécution"
        closing = "Ce motif est consigné au rapport de présentation ou, à défaut, conservé avec la procédure."
    reason = f"{row.label[0].lower()}{row.label[1:]}"
    return (
        f"La valeur estimée du besoin est de {format_euros(purchase.value)} HT. {opening} relative au domaine social "
        f"ou à l'emploi, au motif prévu au {row.number}° de l'article {row.source} : {reason}. "
        f"{_DETAIL[row.code]} {closing}"
    )
