"""What engagements say of hours sub-contracted to a structure d'insertion, as the controls read it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from clausette.access.enums import BodyKind
from clausette.commitments.enums import ValuedMatter
from clausette.commitments.queries import EngagementRules, figures_for, rules_of
from clausette.hours.enums import LineState
from clausette.hours.models import CollectiveHours
from clausette.hours.queries.people import Person
from clausette.hours.queries.validity import COUNTED
from clausette.hours.queries.visible import collective_visible_to, lines_visible_to
from clausette.hours.rules.controls import control, siae
from clausette.hours.rules.controls.facts import Finding, SiaeFacts
from clausette.hours.rules.controls.siae import SUBCONTRACTED
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared

ZERO = Decimal(0)
STRUCTURES = (BodyKind.EI, BodyKind.ACI, BodyKind.EA, BodyKind.ESAT, BodyKind.REGIE)
"""Structures d'insertion to which hours are sub-contracted."""


def siae_facts(
    *, actor: Actor, lines: Iterable[Mapping[str, Any]], persons: Mapping[int, Person],
    rules: Mapping[int, EngagementRules], on: date, replaced: Iterable[Mapping[str, Any]] = (),
) -> dict[int, SiaeFacts]:  # fmt: skip
    """Return what is said of each of these lines that is sub-contracted, by line; nothing is queried without a ceiling.

    `lines`, `replaced`: columns of LINE; lines not yet written (below zero) take the place of those `replaced`.
    """
    subcontracted = {pk for pk, person in persons.items() if person.modality in SUBCONTRACTED}
    if not subcontracted:
        return {}
    own = [line for line in lines if line["placement_id"] in subcontracted and line["commitment_id"] in rules]
    said = {
        line["id"]: rule
        for line in own
        if (rule := rules[line["commitment_id"]].said(ValuedMatter.SIAE, line["month"])) is not None
    }
    capped = {line["commitment_id"] for line in own if line["id"] in said and said[line["id"]].capped}
    taken = [line for line in replaced if line["placement_id"] in subcontracted]
    known = _known(actor, own, taken, capped) if capped else {}
    figures = figures_for(actor=actor, commitment_ids=capped, as_of=on) if capped else {}
    due = {pk: one.firm_at_term for pk, one in figures.items() if not one.followed}
    return {
        line["id"]: siae.said(
            said[line["id"]], due.get(line["commitment_id"]), known.get(line["commitment_id"], ZERO)
        )
        for line in own
        if line["id"] in said
    }


def _known(
    actor: Actor, own: Iterable[Mapping[str, Any]], replaced: Iterable[Mapping[str, Any]], capped: set[int],
    statements: Collection[int] = (),
) -> dict[int, Decimal]:  # fmt: skip
    """Hours sub-contracted that are declared or retained, with names or as a whole, and these lines, by engagement.

    `statements`: what they hold counts too, not handed over yet. Two queries.
    """
    here = [line["id"] for line in own if line["state"] != LineState.REFUSED]
    held = {line["statement_id"] for line in own if line.get("statement_id")} | set(statements)
    counted = Q(state__in=COUNTED) | Q(Among("id", here)) | Q(Among("statement_id", list(statements)))
    rows = lines_visible_to(actor).filter(
        counted, commitment_id__in=capped, placement__modality__in=SUBCONTRACTED
    ).exclude(state=LineState.REFUSED)  # fmt: skip
    known: dict[int, Decimal] = dict(rows.order_by().values_list("commitment_id").annotate(total=Sum("hours")))
    whole = _lent(actor).filter(Q(state__in=COUNTED) | Q(Among("statement_id", list(held))), commitment_id__in=capped)
    for commitment, hours in whole.order_by().values_list("commitment_id").annotate(total=Sum("hours")):
        known[commitment] = known.get(commitment, ZERO) + hours
    moves = [(line, line["hours"]) for line in own if line["id"] < 0]
    moves += [(line, -line["hours"]) for line in replaced if line["state"] in COUNTED]
    for line, hours in moves:
        if line["commitment_id"] in capped:
            known[line["commitment_id"]] = known.get(line["commitment_id"], ZERO) + hours
    return known


def _lent(actor: Actor) -> QuerySet[CollectiveHours]:
    """Hours attested as a whole, not refused, by a structure d'insertion that is not the titulaire."""
    by_structure = collective_visible_to(actor).filter(declarant__body_kind__in=STRUCTURES)
    return by_structure.exclude(state=LineState.REFUSED).exclude(declarant_id=F("commitment__contractor_id"))


@prepared
def _whole(actor: Actor, statements: list[int]) -> QuerySet[CollectiveHours, tuple[int, int, date]]:
    rows = _lent(actor).filter(Among("statement_id", statements), corrects=None)
    return rows.order_by("id").values_list("statement_id", "commitment_id", "month")


def whole_beyond(*, actor: Actor, statement_ids: Collection[int], on: date) -> dict[int, Finding]:
    """Return E027 of statements whose hours attested as a whole are beyond the ceiling of their engagement: of no line.

    One query where nothing is attested as a whole there, five else.
    """
    rows = list(_whole(actor, list(statement_ids)))
    if not rows:
        return {}
    rules = rules_of(actor=actor, commitment_ids={commitment for _, commitment, _ in rows}, on=on)
    said = {
        (commitment, month): rule
        for _, commitment, month in rows
        if commitment in rules and (rule := rules[commitment].said(ValuedMatter.SIAE, month)) and rule.capped
    }
    capped = {commitment for commitment, _ in said}
    if not capped:
        return {}
    known = _known(actor, (), (), capped, statement_ids)
    figures = figures_for(actor=actor, commitment_ids=capped, as_of=on)
    due = {pk: one.firm_at_term for pk, one in figures.items() if not one.followed}
    found: dict[int, Finding] = {}
    e027 = control("E027")
    for statement, commitment, month in rows:
        rule = said.get((commitment, month))
        facts = siae.said(rule, due.get(commitment), known.get(commitment, ZERO)) if rule else None
        if facts is not None and (trouble := siae.beyond(facts)):
            sentence, *figures_told = trouble
            found.setdefault(
                statement, Finding(e027.code, e027.severity, sentence, e027.fix, (), month, *figures_told)
            )
    return found
