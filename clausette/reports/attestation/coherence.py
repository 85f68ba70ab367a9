"""An attestation must add up: what is wrong is said before anything is printed."""

from collections.abc import Iterator
from decimal import Decimal

from clausette.reports.attestation.facts import AttestationFacts

_NOTHING = Decimal(0)


class IncoherentFacts(ValueError):
    """The figures of an attestation contradict each other: nothing may be printed from them."""


def inconsistencies(facts: AttestationFacts) -> tuple[str, ...]:
    """Return one French sentence for each contradiction between the figures; empty when all adds up.

    Tables that are absent (no row) are not checked. Rates are compared to four decimals.
    """
    return (*_totals(facts), *_rates(facts))


def _totals(facts: AttestationFacts) -> Iterator[str]:
    figures = facts.figures
    detailed = figures.validated - (figures.opening_balance or _NOTHING)
    kinds = (figures.named, figures.reserved, figures.collective, figures.opening_balance)
    if (
        figures.named is not None
        and sum((hours or _NOTHING for hours in kinds), _NOTHING) != figures.validated
    ):
        yield "Les heures nominatives, sous réserve, non nominatives et de reprise ne font pas les heures validées."
    if facts.months:
        if sum((row.validated or _NOTHING for row in facts.months), _NOTHING) != detailed:
            yield "La somme des mois n'est pas égale aux heures validées, reprise déduite."
        if sum((row.declared or _NOTHING for row in facts.months), _NOTHING) != figures.declared:
            yield "La somme des mois n'est pas égale aux heures déclarées."
    if facts.modalities and sum((row.validated for row in facts.modalities), _NOTHING) != detailed:
        yield "La somme des modalités n'est pas égale aux heures validées, reprise déduite."


def _rates(facts: AttestationFacts) -> Iterator[str]:
    figures = facts.figures
    due = figures.due_firm
    if due is None:
        if (figures.raw_rate, figures.capped_rate, figures.remaining) != (None, None, None):
            yield "Un suivi sans objectif chiffré n'a ni taux ni heures restant à réaliser."
        return
    if figures.remaining != max(_NOTHING, due - figures.validated):
        yield "Les heures restant à réaliser ne sont pas la différence entre les heures dues et validées."
    if (
        due > 0
        and figures.raw_rate is not None
        and abs(figures.raw_rate - figures.validated / due) > Decimal("0.00006")
    ):
        yield "Le taux brut n'est pas le rapport des heures validées aux heures dues."
    if figures.raw_rate is not None and figures.capped_rate != min(figures.raw_rate, Decimal(1)):
        yield "Le taux plafonné ne correspond pas au taux brut."
