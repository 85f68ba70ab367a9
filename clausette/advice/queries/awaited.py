"""Purchases whose award is awaited: studies that the buyer accepted, with or without contract."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.advice.models import Study
from clausette.advice.queries.visibility import studies_visible_to
from clausette.advice.rules import FOLLOWABLE
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared


@dataclass(frozen=True, slots=True)
class AwaitedStudy:
    """A study accepted and not awarded yet. Amount in euros without tax; « » and None: not known."""

    id: int
    uid: UUID
    title: str
    buyer_siret: str
    reference: str
    cpv: str
    amount_ht: Decimal | None
    engaged_on: date | None
    contract_id: int | None


@prepared
def _awaited(actor: Actor) -> QuerySet[Study]:
    rows = studies_visible_to(actor).filter(state__in=[state.value for state in FOLLOWABLE], buyer__isnull=False)
    return rows.select_related("buyer").order_by("id")


def awaited_studies(*, actor: Actor) -> tuple[AwaitedStudy, ...]:
    """Return the studies whose award is awaited and whose buyer is known by its SIRET (one query)."""
    return tuple(
        AwaitedStudy(
            row.pk, row.uid, row.title, row.buyer.siret or "", row.reference, row.cpv, row.amount_ht, row.engaged_on,
            row.contract_id,
        )
        for row in _awaited(actor)
        if row.buyer and row.buyer.siret
    )  # fmt: skip
