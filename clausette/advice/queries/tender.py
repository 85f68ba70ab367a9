"""The readings of the tender of a study, from the last one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.advice.enums import Compared
from clausette.advice.queries.visibility import tender_checks_visible_to
from clausette.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class TenderLine:
    """A reading as it was kept."""

    checked_on: date
    advised_hours: Decimal | None
    hours_found: Decimal | None
    hours: Compared
    text: Compared
    comment: str
    checked_by: str


def tender_checks(*, actor: Actor, study_uid: UUID) -> tuple[TenderLine, ...]:
    """Return the readings of a study (one query)."""
    rows = tender_checks_visible_to(actor).filter(study__uid=study_uid).select_related("checked_by").order_by("-id")
    return tuple(
        TenderLine(
            row.checked_on, row.advised_hours, row.hours_found, Compared(row.hours), Compared(row.text), row.comment,
            row.checked_by.full_name,
        )
        for row in rows
    )  # fmt: skip
