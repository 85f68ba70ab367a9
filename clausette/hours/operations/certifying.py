"""Online certification: kept with the statement handed over, gone when it goes back to its declarant."""

from collections.abc import Mapping
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

ZERO = Decimal(0)
UNCERTIFIED: Mapping[str, object] = {
    "certified_name": "", "certified_as": "", "certified_on": None, "certified_hours": None,
}  # fmt: skip


def certification(actor: Actor, statement: Statement, signer: Signer | None, on: date) -> Mapping[str, object]:
    """Return what a statement keeps of its certification on `on`, with the hours it holds now. Raises Invalid."""
    if signer is None:
        return UNCERTIFIED
    refused = refusals_of_signer(signer)
    if refused:
        raise Invalid(refused)
    total = waiting_hours(
        actor=actor, statement_id=statement.pk
    )  # certified as the others, credited to nobody yet
    for rows in (lines_visible_to(actor), collective_visible_to(actor)):
        held = rows.filter(statement_id=statement.pk).exclude(state="refused").order_by()
        total += held.aggregate(total=Sum("hours"))["total"] or ZERO
    return {
        "certified_name": plain_text(signer.name, field="certified_name", most=NAME_MOST, missing=""),
        "certified_as": plain_text(signer.quality, field="certified_as", most=QUALITY_MOST, missing=""),
        "certified_on": on,
        "certified_hours": total,
    }
