"""How a statement is named where its events are told: its month and its declarant."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.kernel.actor import Actor


def statements_named(*, actor: Actor, uids: Collection[UUID]) -> dict[UUID, tuple[date, str]]:
    """Return (month, declarant) of the visible statements and lines among these uids, by uid. Two queries."""
    if not uids:
        return {}
    found: dict[UUID, tuple[date, str]] = {}
    for rows in (statements_visible_to(actor), lines_visible_to(actor)):
        named = rows.filter(uid__in=uids).order_by().values_list("uid", "month", "declarant__name")
        found.update({uid: (month, name) for uid, month, name in named})
    return found
