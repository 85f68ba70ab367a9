"""The three figures of many engagements at once, as of a day: two queries whatever their number."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.commitments.enums import CommitmentKind, PartStatus
from clausette.commitments.models import CommitmentPart
from clausette.commitments.queries.visibility import (
    commitments_visible_to,
    parts_visible_to,
    versions_visible_to,
)
from clausette.commitments.rules import Part, three_figures
from clausette.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Figures:
    """Hours « dues à ce jour », « dues fermes au terme », « dues possibles »; all 0 when `followed` (no figure)."""

    to_date: Decimal
    firm_at_term: Decimal
    possible: Decimal
    followed: bool = False


def as_rule_part(row: CommitmentPart) -> Part:
    """The part as the rules take it."""
    return Part(row.hours, row.starts_on, row.ends_on, PartStatus(row.status))


def schedules_for(
    *, actor: Actor, commitment_ids: Collection[int] | None = None, as_of: date
) -> dict[int, tuple[Part, ...]]:
    """Return the parts in force on `as_of` of the visible engagements, by internal number (one query).

    `commitment_ids`: None for all. An engagement without part in force on that day has no line.
    """
    versions = versions_visible_to(actor).filter(effective_on__lte=as_of)
    if commitment_ids is not None:
        versions = versions.filter(commitment_id__in=list(commitment_ids))
    latest = (
        versions.order_by("commitment_id", "-effective_on", "-number").distinct("commitment_id").values("pk")
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for row in parts_visible_to(actor).filter(version_id__in=latest).order_by("starts_on", "id"):
        found[row.commitment_id].append(as_rule_part(row))
    return {commitment_id: tuple(parts) for commitment_id, parts in found.items()}


def figures_for(
    *, actor: Actor, commitment_ids: Collection[int] | None = None, as_of: date
) -> dict[int, Figures]:
    """Return the three figures of the visible engagements on `as_of`, by internal number (two queries)."""
    rows = commitments_visible_to(actor).order_by("id")
    if commitment_ids is not None:
        rows = rows.filter(pk__in=list(commitment_ids))
    kinds = dict(rows.values_list("pk", "kind"))
    schedules = schedules_for(actor=actor, commitment_ids=list(kinds), as_of=as_of)
    return {
        commitment_id: figures_of(schedules.get(commitment_id, ()), kind, as_of)
        for commitment_id, kind in kinds.items()
    }


def figures_of(parts: Collection[Part], kind: str, as_of: date) -> Figures:
    """The three figures of one schedule."""
    three = three_figures(parts, as_of)
    return Figures(three.to_date, three.firm, three.possible, kind == CommitmentKind.FOLLOWED)
