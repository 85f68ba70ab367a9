"""What asks for a gesture: hirings that rest on no decision, work contracts that end soon."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from clausette.kernel.actor import Actor
from clausette.placements.models import Placement
from clausette.placements.queries.contracts import hire_refusals
from clausette.placements.queries.visibility import placements_visible_to


@dataclass(frozen=True, slots=True)
class Attention:
    """One work contract that asks for a gesture, and why."""

    placement_uid: UUID
    participant_uid: UUID
    name: str
    employer_name: str
    job: str
    starts_on: date
    ends_on: date | None
    reason: str


def _attention(row: Placement, reason: str) -> Attention:
    person = row.participant
    return Attention(
        row.uid, person.uid, f"{person.first_name} {person.last_name}", row.employer.name, row.job, row.starts_on,
        row.ends_on, reason,
    )  # fmt: skip


def hirings_without_decision(*, actor: Actor, on: date, until: date) -> tuple[Attention, ...]:
    """Return the structure's work contracts not over on `on`, begun by `until`, that rest on no decision.

    The first to start first; a constant number of queries.
    """
    rows = list(
        placements_visible_to(actor)
        .filter(owner_org_id=actor.organisation_id, starts_on__lte=until)
        .filter(Q(ended_on__gte=on) | Q(ended_on=None, ends_on=None) | Q(ended_on=None, ends_on__gte=on))
        .select_related("employer")
        .prefetch_related("participant")
        .order_by("-starts_on", "id")
    )
    refusals = hire_refusals(actor=actor, placement_ids=[row.pk for row in rows])
    return tuple(_attention(row, refusals[row.pk]) for row in rows if refusals[row.pk])


def ending_soon(*, actor: Actor, on: date, until: date) -> tuple[Attention, ...]:
    """Return the visible work contracts whose planned end is in `on`..`until`, the next end first (two queries)."""
    rows = placements_visible_to(actor).filter(ended_on=None, ends_on__gte=on, ends_on__lte=until)
    shown = rows.select_related("employer").prefetch_related("participant").order_by("ends_on", "id")
    return tuple(_attention(row, "") for row in shown)
