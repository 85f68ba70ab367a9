"""Balances already taken over, by engagement and by marché."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from clausette.hours.queries import openings_visible_to
from clausette.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours already validated before the takeover, and the day they stop at."""

    as_of: date
    hours: Decimal


def openings_of(*, actor: Actor, commitment_ids: Collection[int]) -> dict[int, Opening]:
    """Return the balances of these engagements, by internal number; those withdrawn are left out."""
    rows = (
        openings_visible_to(actor)
        .filter(commitment_id__in=list(commitment_ids), withdrawn_at=None)
        .order_by("pk")
    )
    return {
        commitment: Opening(as_of, hours)
        for commitment, as_of, hours in rows.values_list("commitment_id", "as_of", "hours")
    }


def openings_by_contract(*, actor: Actor, contract_ids: Collection[int]) -> dict[int, Decimal]:
    """Return the hours of the balances of these marchés, by internal number."""
    rows = openings_visible_to(actor).filter(contract_id__in=list(contract_ids), withdrawn_at=None).order_by()
    return dict(rows.values_list("contract_id").annotate(total=Sum("hours")))
