"""What filling many statements at once asks: who works where, and what was taken over, of many marchés."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from clausette.hours.queries.visible import openings_visible_to
from clausette.kernel.actor import Actor
from clausette.placements.queries import allocations_visible_to


@dataclass(frozen=True, slots=True)
class Post:
    """A work contract on an engagement, with the host of its last mise à disposition."""

    contract_id: int
    employer_id: int
    host_id: int
    owner_org_id: int


def posts_on(*, actor: Actor, contract_ids: Collection[int]) -> dict[tuple[int, int], Post]:
    """Return who works on these marchés, by work contract and engagement: as `workers`, without names. One query."""
    rows = allocations_visible_to(actor).filter(contract_id__in=contract_ids)
    ordered = rows.order_by("placement_id", "commitment_id", "starts_on").values_list(
        "placement_id",
        "commitment_id",
        "contract_id",
        "employer_id",
        "host_company_id",
        "placement__owner_org_id",
    )
    return {(placement, commitment): Post(*told) for placement, commitment, *told in ordered}


def reported_by(*, pairs: Collection[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """Return the structure that reports the hours of each of these engagements and months. One query.

    As the actor of the context may know: those of its own marchés.
    """
    owed, months = zip(*pairs, strict=True) if pairs else ((), ())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commitment_id, month, reporting_org_id FROM sec.reported_by(%s, %s)", [list(owed), list(months)]
        )
        return {(commitment, month): reporting for commitment, month, reporting in cursor.fetchall()}


def openings_until(*, actor: Actor, contract_ids: Collection[int]) -> dict[int, date]:
    """Return until when the hours of these marchés were taken over, by engagement. One query."""
    rows = openings_visible_to(actor).filter(contract_id__in=contract_ids, withdrawn_at=None)
    return dict(rows.order_by().values_list("commitment_id", "as_of"))
