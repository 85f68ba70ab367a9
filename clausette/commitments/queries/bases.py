"""Hours worked declared for an engagement, as their page shows them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.queries.visibility import base_hours_visible_to, commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One period declared, both days included; withdrawn ones say since when and why."""

    uid: UUID
    starts_on: date
    ends_on: date
    hours: Decimal
    declarant_name: str
    withdrawn_on: date | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class BaseRef:
    """One declaration and its engagement."""

    uid: UUID
    commitment_uid: UUID


def bases_of(*, actor: Actor, commitment_id: int) -> tuple[BaseLine, ...]:
    """Return the periods declared of an engagement, the latest first (one query)."""
    rows = base_hours_visible_to(actor).filter(commitment_id=commitment_id).order_by("-starts_on", "-id")
    columns = ("uid", "starts_on", "ends_on", "hours", "declarant__name", "withdrawn_on", "withdrawn_reason")
    return tuple(BaseLine(*row) for row in rows.values_list(*columns))


def base_line(*, actor: Actor, uid: UUID) -> BaseRef:
    """Return one visible declaration with its engagement. Raises Absent."""
    row = base_hours_visible_to(actor).filter(uid=uid).values_list("uid", "commitment_id").first()
    owed = commitments_visible_to(actor).filter(pk=row[1]).values_list("uid", flat=True).first() if row else None
    if row is None or owed is None:
        raise Absent("commitments.BaseHours")
    return BaseRef(row[0], owed)
