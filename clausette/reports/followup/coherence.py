"""A follow-up document must add up: what is wrong is said before anything is printed."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from clausette.reports.followup.facts import FollowUpFacts
from clausette.reports.rules import MAIN

_NOTHING = Decimal(0)
_COUNTED = frozenset({"Validées", "Sous réserve"})


def contradictions(facts: FollowUpFacts) -> tuple[str, ...]:
    """Return one French sentence for each contradiction between the figures; empty when all adds up."""
    return (*_totals(facts), *_period(facts), *_breakdowns(facts))


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value or _NOTHING for value in values), _NOTHING)


def _totals(facts: FollowUpFacts) -> Iterator[str]:
    totals, rows = facts.totals, facts.engagements
    for name, word in (
        ("due_to_date", "dues à ce jour"),
        ("due_firm", "dues fermes au terme"),
        ("due_possible", "dues possibles"),
        ("validated", "validées"),
        ("waiting", "à valider"),
        ("in_period", "validées de la période"),
        ("named", "nominatives"),
        ("reserved", "retenues sous réserve"),
        ("collective", "non nominatives"),
        ("opening", "de reprise"),
    ):
        if _sum(getattr(row, name) for row in rows) != getattr(totals, name):
            yield f"La somme des engagements n'est pas égale aux heures {word}."
    if totals.named + totals.reserved + totals.collective + totals.opening != totals.validated:
        yield "Les heures nominatives, sous réserve, non nominatives et de reprise ne font pas les heures validées."
    due = [row for row in rows if row.due_firm]
    if totals.due_firm > 0 and totals.capped is not None:
        kept = _sum(min(row.validated, row.due_firm or _NOTHING) for row in due)
        if abs(totals.capped - kept / totals.due_firm) > Decimal("0.00006"):
            yield "Le taux plafonné n'est pas celui des engagements."


def _period(facts: FollowUpFacts) -> Iterator[str]:
    wanted = facts.totals.in_period
    if _sum(row.validated for row in facts.months) != wanted:
        yield "La somme des mois n'est pas égale aux heures validées de la période."
    if _sum(row.waiting for row in facts.months) != facts.totals.waiting_in_period:
        yield "La somme des mois n'est pas égale aux heures à valider de la période."
    for rows, word in ((facts.modalities, "modalités"), (facts.contract_kinds, "contrats de travail")):
        if _sum(row.hours for row in rows) != wanted:
            yield f"La somme des {word} n'est pas égale aux heures validées de la période."
    if facts.lines and _sum(row.hours for row in facts.lines if row.state in _COUNTED) != wanted:
        yield "La somme des lignes n'est pas égale aux heures validées de la période."


def _breakdowns(facts: FollowUpFacts) -> Iterator[str]:
    nominative = facts.totals.in_period - facts.totals.collective_in_period
    for one in facts.breakdowns:
        if one.rule != MAIN or one.masked or not one.rows:
            continue
        if sum(row.people or 0 for row in one.rows) != facts.participants:
            yield f"La répartition « {one.title} » n'a pas autant de personnes que la période."
        if _sum(row.hours for row in one.rows) != nominative:
            yield f"La répartition « {one.title} » n'a pas autant d'heures que la période."
