"""Balances taken over: where an engagement stood when we began."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum

from clausette.hours.models import OpeningBalance
from clausette.hours.queries.visible import opening_years_visible_to, openings_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import prepared

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Opening:
    """« Reprise au JJ/MM/AAAA » of an engagement; `by_year`: the part whose year is known, in order."""

    uid: UUID
    commitment_id: int
    as_of: date
    hours: Decimal
    by_year: tuple[tuple[int, Decimal], ...]
    document_uid: UUID | None
    document_name: str
    entered_by: str
    entered_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


def opening_sums(
    *, actor: Actor, commitment_ids: Iterable[int], as_of: date
) -> dict[int, tuple[date, Decimal]]:
    """Return (date, hours) of the balances in force of these engagements, by engagement. One query."""
    rows = openings_visible_to(actor).filter(
        commitment_id__in=list(commitment_ids), withdrawn_at=None, as_of__lte=as_of
    )
    return {
        pk: (day, hours) for pk, day, hours in rows.order_by().values_list("commitment_id", "as_of", "hours")
    }


def taken_over_until(*, actor: Actor, contract_id: int) -> dict[int, date]:
    """Return until when the hours of a contract were taken over, by engagement. One query."""
    return dict(_taken_over(actor, contract_id))


@prepared
def _taken_over(actor: Actor, contract_id: int) -> QuerySet[OpeningBalance, tuple[int, date]]:
    rows = openings_visible_to(actor).filter(contract_id=contract_id, withdrawn_at=None)
    return rows.order_by().values_list("commitment_id", "as_of")


def openings_of(*, actor: Actor, commitment_id: int) -> tuple[Opening, ...]:
    """Return the balances of an engagement, withdrawn ones too, the last first. Two queries."""
    years: dict[int, list[tuple[int, Decimal]]] = {}
    detail = opening_years_visible_to(actor).filter(commitment_id=commitment_id).order_by("year")
    for balance, year, hours in detail.values_list("balance_id", "year", "hours"):
        years.setdefault(balance, []).append((year, hours))
    rows = openings_visible_to(actor).filter(commitment_id=commitment_id).order_by("-id")
    return tuple(
        Opening(
            uid, commitment_id, day, hours, tuple(years.get(pk, ())), document, name or "", by or "", at, gone, reason
        )
        for pk, uid, day, hours, document, name, by, at, gone, reason in rows.values_list(
            "id", "uid", "as_of", "hours", "document__uid", "document__name", "entered_by__full_name", "created_at",
            "withdrawn_at", "withdrawn_reason",
        )
    )  # fmt: skip


def opening_commitment(*, actor: Actor, uid: UUID) -> UUID:
    """Return the engagement of a balance. Raises Absent."""
    found = openings_visible_to(actor).filter(uid=uid).values_list("commitment__uid", flat=True).first()
    if found is None:
        raise Absent("hours.OpeningBalance")
    return found


def opening_hours_of_year(
    *, actor: Actor, year: int, commitment_ids: Collection[int] | None = None
) -> dict[int, Decimal]:
    """Return the hours of a year that balances in force detail, by engagement: nothing when it is not detailed."""
    rows = opening_years_visible_to(actor).filter(year=year, balance__withdrawn_at=None)
    if commitment_ids is not None:
        rows = rows.filter(commitment_id__in=list(commitment_ids))
    return dict(rows.order_by().values_list("commitment_id").annotate(total=Sum("hours")))
