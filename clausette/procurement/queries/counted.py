"""The contracts of one buyer that the structure follows, as its targets count them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.kernel.actor import Actor
from clausette.procurement.enums import LegalDeviceKind
from clausette.procurement.queries.visibility import contracts_visible_to


@dataclass(frozen=True, slots=True)
class NotifiedContract:
    """A contract of a buyer, notified. `social`: None when its levier is not known. Amount: euros without tax."""

    id: int
    number: str
    notified_on: date
    amount_ht: Decimal | None
    social: bool | None


def notified_contracts(*, actor: Actor, buyer_id: int) -> tuple[NotifiedContract, ...]:
    """Return the contracts notified of a buyer that the structure follows itself (one query)."""
    rows = contracts_visible_to(actor).filter(
        owner_org_id=actor.organisation_id, buyer_id=buyer_id, notified_on__isnull=False
    )
    found = rows.order_by("id").values_list("id", "official_id", "notified_on", "amount_ht", "device")
    return tuple(
        NotifiedContract(pk, number, day, amount, _social(device)) for pk, number, day, amount, device in found if day
    )


def _social(device: str) -> bool | None:
    return None if device == LegalDeviceKind.UNKNOWN else device != LegalDeviceKind.NONE
