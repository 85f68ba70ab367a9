"""What engagements say of hours sub-contracted to a structure d'insertion, as the controls read it."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.queries import EngagementRules, figures_for
from clausette.hours.enums import LineState
from clausette.hours.queries.people import Person
from clausette.hours.queries.validity import COUNTED
from clausette.hours.queries.visible import lines_visible_to
from clausette.hours.rules.controls import siae
from clausette.hours.rules.controls.facts import SiaeFacts
from clausette.hours.rules.controls.siae import SUBCONTRACTED
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among

ZERO = Decimal(0)


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
    actor: Actor, own: Iterable[Mapping[str, Any]], replaced: Iterable[Mapping[str, Any]], capped: set[int]
) -> dict[int, Decimal]:
    """Hours sub-contracted that are declared or retained, and these lines, by engagement."""
    here = [line["id"] for line in own if line["state"] != LineState.REFUSED]
    rows = lines_visible_to(actor).filter(
        Q(state__in=COUNTED) | Q(Among("id", here)), commitment_id__in=capped, placement__modality__in=SUBCONTRACTED
    )
    known = dict(rows.order_by().values_list("commitment_id").annotate(total=Sum("hours")))
    moves = [(line, line["hours"]) for line in own if line["id"] < 0]
    moves += [(line, -line["hours"]) for line in replaced if line["state"] in COUNTED]
    for line, hours in moves:
        if line["commitment_id"] in capped:
            known[line["commitment_id"]] = known.get(line["commitment_id"], ZERO) + hours
    return known
