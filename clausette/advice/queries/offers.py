"""What the structures of insertion of the territory say they can do."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.advice.queries.visibility import offers_visible_to
from clausette.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer in force; hours a month."""

    uid: UUID
    provider_uid: UUID | None
    provider_name: str
    trade: str
    place: str
    monthly_hours: Decimal
    stated_on: date


def list_offers(*, actor: Actor) -> tuple[OfferLine, ...]:
    """Return the offers that were not withdrawn, by trade then structure."""
    rows = offers_visible_to(actor).filter(withdrawn_on=None).select_related("provider")
    return tuple(
        OfferLine(
            row.uid, row.provider.uid if row.provider else None, row.provider_name, row.trade, row.place,
            row.monthly_hours, row.stated_on,
        )
        for row in rows.order_by("trade", "provider_name", "id")
    )  # fmt: skip
