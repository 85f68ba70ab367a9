"""What a structure sets for itself: values of a trade, offers of the structures of insertion of its territory."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.access.queries import get_organisation
from clausette.advice.enums import ValueKind
from clausette.advice.models import InsertionOffer, OwnValue
from clausette.advice.permissions import can_study
from clausette.advice.queries.facts import trades
from clausette.advice.queries.visibility import offers_visible_to
from clausette.advice.rules import check_figure
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.kernel.text import collapse

MOST_HOURS = Decimal(100_000)
"""Hours a month of one structure: above, a typing error."""


def _check_trade(trade: str, on: date) -> None:
    if trade not in {row.code for row in trades(on)}:
        raise Invalid({"trade": "Choisissez un métier dans la liste."})


@operation("advice.value.set")
def set_value(*, actor: Actor, trade: str, kind: ValueKind, value: Decimal, starts_on: date, source: str) -> UUID:
    """Set the value of a trade for the structure from a day on; what was set before stays known before that day.

    Raises NotAllowed, Invalid.
    """
    demand(can_study(actor))
    _check_trade(trade, starts_on)
    source = collapse(source)
    check_figure(kind, value, source)
    return created(
        OwnValue(
            owner_org_id=actor.organisation_id, trade=trade, kind=kind, value=value, starts_on=starts_on,
            source=source, set_by_id=actor.account_id,
        )
    ).uid  # fmt: skip


@operation("advice.offer.stated")
def state_offer(
    *,
    actor: Actor,
    provider_name: str,
    trade: str,
    monthly_hours: Decimal,
    stated_on: date,
    place: str = "",
    provider_uid: UUID | None = None,
) -> UUID:
    """Keep what a structure of insertion says it can do in a trade. Raises NotAllowed, Invalid, Absent."""
    demand(can_study(actor))
    _check_trade(trade, stated_on)
    if not collapse(provider_name):
        raise Invalid({"provider_name": "Donnez la structure d'insertion."})
    if not 0 < monthly_hours <= MOST_HOURS:
        raise Invalid({"monthly_hours": "Donnez des heures par mois, plus de zéro et au plus 100 000."})
    provider = get_organisation(actor=actor, uid=provider_uid).id if provider_uid else None
    return created(
        InsertionOffer(
            owner_org_id=actor.organisation_id, provider_id=provider, provider_name=collapse(provider_name),
            trade=trade, place=collapse(place), monthly_hours=monthly_hours, stated_on=stated_on,
        )
    ).uid  # fmt: skip


@operation("advice.offer.withdrawn")
def withdraw_offer(*, actor: Actor, offer_uid: UUID, on: date) -> UUID:
    """Say that an offer no longer holds. Raises NotAllowed, Absent, WrongState (withdrawn already)."""
    demand(can_study(actor))
    row = lock(offers_visible_to(actor), uid=offer_uid)
    if row.withdrawn_on is not None:
        raise WrongState("Cette offre est déjà retirée.")
    change(row, withdrawn_on=max(on, row.stated_on))
    return row.uid
