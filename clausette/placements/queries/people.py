"""Who is at work where: one row per work contract, engagement and entreprise utilisatrice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.months import first_day, last_day
from clausette.kernel.prepared import prepared
from clausette.participants.queries import eligibility_of
from clausette.placements.enums import Modality, WorkContractKind
from clausette.placements.models import Allocation
from clausette.placements.queries.visibility import allocations_visible_to


@dataclass(frozen=True, slots=True)
class PersonAtWork:
    """One person on one engagement in one firm. Dates are those of the mise à disposition within the work contract."""

    placement_id: int
    placement_uid: UUID
    allocation_uid: UUID
    participant_id: int
    participant_uid: UUID
    name: str
    job: str
    modality: Modality
    work_contract: WorkContractKind
    employer_id: int
    employer_name: str
    host_id: int
    host_name: str
    contract_id: int
    commitment_id: int
    commitment_uid: UUID
    starts_on: date
    ends_on: date | None
    weekly_hours: Decimal
    owner_org_id: int
    hire_before: date | None
    share: Decimal

    def works_on(self, day: date) -> bool:
        """Say whether `day` is within the dates."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


_PATHS = {
    "placement_uid": "placement__uid",
    "participant_id": "placement__participant_id",
    "participant_uid": "placement__participant__uid",
    "first_name": "placement__participant__first_name",
    "last_name": "placement__participant__last_name",
    "job": "placement__job",
    "modality": "placement__modality",
    "work_contract": "placement__work_contract",
    "employer_name": "employer__name",
    "host_name": "host_company__name",
    "commitment_uid": "commitment__uid",
    "weekly_hours": "placement__weekly_hours",
    "owner_org_id": "placement__owner_org_id",
}
_OWN = ("uid", "placement_id", "employer_id", "host_company_id", "contract_id", "commitment_id", "share")
_DATES = ("starts_on", "ends_on", "placement__starts_on", "placement__ends_on", "placement__ended_on")


def effective(row: dict[str, Any]) -> tuple[date, date | None]:
    """Return the days of a mise à disposition within those of its work contract."""
    ends = [day for day in (row["ends_on"], row["placement__ended_on"] or row["placement__ends_on"]) if day]
    return max(row["starts_on"], row["placement__starts_on"]), min(ends) if ends else None


def _restricted(
    actor: Actor,
    contract_id: int | None,
    commitment_id: int | None,
    declarant_id: int | None,
    first: date | None,
    last: date | None,
) -> QuerySet[Allocation]:
    rows = allocations_visible_to(actor)
    if contract_id is not None:
        rows = rows.filter(contract_id=contract_id)
    if commitment_id is not None:
        rows = rows.filter(commitment_id=commitment_id)
    if declarant_id is not None:
        rows = rows.filter(Q(host_company_id=declarant_id) | Q(employer_id=declarant_id))
    if first is not None and last is not None:
        rows = rows.filter(
            Q(ends_on=None) | Q(ends_on__gte=first),
            Q(placement__ended_on__gte=first)
            | Q(placement__ended_on=None, placement__ends_on=None)
            | Q(placement__ended_on=None, placement__ends_on__gte=first),
            starts_on__lte=last,
            placement__starts_on__lte=last,
        )
    return rows


@prepared
def _at_work(
    actor: Actor,
    contract_id: int | None,
    commitment_id: int | None,
    declarant_id: int | None,
    first: date | None,
    last: date | None,
) -> QuerySet[Any, dict[str, Any]]:
    rows = _restricted(actor, contract_id, commitment_id, declarant_id, first, last)
    ordered = rows.order_by("placement__participant__sort_key", "placement_id", "starts_on", "id")
    named: QuerySet[Any, dict[str, Any]] = ordered.values(*_OWN, *_DATES, *_PATHS.values())
    return named


def people_at_work(
    *,
    actor: Actor,
    contract_id: int | None = None,
    commitment_id: int | None = None,
    declarant_id: int | None = None,
    month: date | None = None,
    on: date | None = None,
) -> tuple[PersonAtWork, ...]:
    """Return who works, by name: on a contract, an engagement, for a body (employer or host), in a month.

    `on`: only those at work that day. Two queries, whatever the number.
    """
    day = month or on
    bounds = (first_day(day), last_day(day)) if day else (None, None)
    values = _at_work(actor, contract_id, commitment_id, declarant_id, *bounds)
    persons = {row["placement__participant_id"] for row in values}
    standings = eligibility_of(actor=actor, participant_ids=persons, on=on or month or date.min)
    people = (_person(row, standings[row["placement__participant_id"]].hire_before) for row in values)
    return tuple(person for person in people if on is None or person.works_on(on))


def _person(row: dict[str, Any], hire_before: date | None) -> PersonAtWork:
    named = {name: row[path] for name, path in _PATHS.items()}
    first_name, last_name = named.pop("first_name"), named.pop("last_name")
    starts_on, ends_on = effective(row)
    return PersonAtWork(
        allocation_uid=row["uid"],
        placement_id=row["placement_id"],
        name=f"{last_name} {first_name}",
        modality=Modality(named.pop("modality")),
        work_contract=WorkContractKind(named.pop("work_contract")),
        employer_id=row["employer_id"],
        host_id=row["host_company_id"],
        contract_id=row["contract_id"],
        commitment_id=row["commitment_id"],
        starts_on=starts_on,
        ends_on=ends_on,
        hire_before=hire_before,
        share=row["share"],
        **named,
    )


def people_on(*, actor: Actor, commitment_ids: Iterable[int], on: date) -> dict[int, int]:
    """Return how many different persons are at work on `on`, by engagement (one query)."""
    rows = _restricted(actor, None, None, None, first_day(on), last_day(on))
    rows = rows.filter(commitment_id__in=set(commitment_ids))
    found: dict[int, set[int]] = {}
    for row in rows.order_by("id").values("commitment_id", "placement__participant_id", *_DATES):
        starts_on, ends_on = effective(row)
        if starts_on <= on and (ends_on is None or on <= ends_on):
            found.setdefault(row["commitment_id"], set()).add(row["placement__participant_id"])
    return {commitment: len(people) for commitment, people in found.items()}
