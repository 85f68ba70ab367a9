"""Who certified a statement, and who did last for the actor's organisation: proposed again, to type nothing twice."""

from collections.abc import Mapping
from typing import Any

from clausette.hours.queries.visible import statements_visible_to
from clausette.hours.rules.certifying import Certified, HandedFor, Signer
from clausette.kernel.actor import Actor

CERTIFIED = (
    "certified_name", "certified_as", "certified_on", "certified_hours", "mandated_name", "mandated_from",
    "mandated_until", "declarant__name",
)  # fmt: skip


def certified_of(row: Mapping[str, Any]) -> Certified | None:
    """Return the certification of a statement from these columns, None when it has none."""
    if row["certified_on"] is None:
        return None
    signer = Signer(row["certified_name"], row["certified_as"])
    return Certified(signer, row["certified_on"], row["certified_hours"], handed_for(row))


def handed_for(row: Mapping[str, Any]) -> HandedFor | None:
    """Return by which mandate a statement was handed over from the same columns, None by the firm itself."""
    if row["mandated_from"] is None:
        return None
    return HandedFor(row["mandated_name"], row["declarant__name"], row["mandated_from"], row["mandated_until"])


def last_signer(*, actor: Actor) -> Signer:
    """Return the account as signer, with the quality it gave last time; no quality the first time. One query."""
    own = statements_visible_to(actor).filter(
        declarant_id=actor.organisation_id, submitted_by_id=actor.account_id, certified_on__isnull=False
    )
    last = own.order_by("-certified_on", "-id").values_list("certified_name", "certified_as").first()
    if last:
        return Signer(*last)
    return Signer(actor.mandate.person if actor.mandate else actor.account_name, "")
