"""Online certification: kept with the statement handed over, gone when it goes back to its declarant."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from clausette.hours.models import Statement
from clausette.hours.operations.common import plain_text
from clausette.hours.queries.unlisted import waiting_hours
from clausette.hours.queries.visible import collective_visible_to, lines_visible_to
from clausette.hours.rules.certifying import NAME_MOST, QUALITY_MOST, Signer, refusals_of_signer
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.procurement.queries import mandates_for

ZERO = Decimal(0)
UNCERTIFIED: dict[str, object] = {
    "certified_name": "", "certified_as": "", "certified_on": None, "certified_hours": None,
    "mandate_id": None, "mandated_name": "", "mandated_from": None, "mandated_until": None,
}  # fmt: skip
"""Also the mandate by which it was handed over: it goes with the certification."""


def by_mandate(actor: Actor, contract_id: int, on: date) -> dict[str, object]:
    """Return what a statement keeps of the mandate by which the actor hands it over; {} for the firm itself."""
    return by_mandates(actor, (contract_id,), on).get(contract_id, {})


def by_mandates(actor: Actor, contract_ids: Collection[int], on: date) -> dict[int, dict[str, object]]:
    """Return the same by contract: many statements handed over at once. One query, none for the firm itself."""
    if actor.mandate is None:
        return {}
    name = actor.mandate.name[:200]
    return {
        contract: {
            "mandate_id": number, "mandated_name": name, "mandated_from": starts_on, "mandated_until": ends_on,
        }
        for contract, (number, starts_on, ends_on) in mandates_for(
            actor=actor, contract_ids=contract_ids, on=on
        ).items()
    }  # fmt: skip


def certification(actor: Actor, statement: Statement, signer: Signer | None, on: date) -> Mapping[str, object]:
    """Return what a statement keeps of its certification on `on`, with the hours it holds now. Raises Invalid.

    Certified or not, it keeps by which mandate it is handed over.
    """
    mandated = UNCERTIFIED | by_mandate(actor, statement.contract_id, on)
    if signer is None:
        return mandated
    refused = refusals_of_signer(signer)
    if refused:
        raise Invalid(refused)
    total = waiting_hours(
        actor=actor, statement_id=statement.pk
    )  # certified as the others, credited to nobody yet
    for rows in (lines_visible_to(actor), collective_visible_to(actor)):
        held = rows.filter(statement_id=statement.pk).exclude(state="refused").order_by()
        total += held.aggregate(total=Sum("hours"))["total"] or ZERO
    return mandated | {
        "certified_name": plain_text(signer.name, field="certified_name", most=NAME_MOST, missing=""),
        "certified_as": plain_text(signer.quality, field="certified_as", most=QUALITY_MOST, missing=""),
        "certified_on": on,
        "certified_hours": total,
    }
