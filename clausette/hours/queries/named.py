"""How a statement is named where its events are told: its month and its declarant."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared


def statements_named(*, actor: Actor, uids: Collection[UUID]) -> dict[UUID, tuple[date, str]]:
    """Return (month, declarant) of the visible statements and lines among these uids, by uid. One query."""
    return {uid: (month, name) for uid, month, name in _named(actor, list(uids))} if uids else {}


@prepared
def _named(actor: Actor, uids: list[UUID]) -> QuerySet[Any, tuple[Any, ...]]:
    statements, lines = (
        rows.filter(Among("uid", uids, of="uuid")).order_by().values_list("uid", "month", "declarant__name")
        for rows in (statements_visible_to(actor), lines_visible_to(actor))
    )
    return statements.union(lines, all=True)
