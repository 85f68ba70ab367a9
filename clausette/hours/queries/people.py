"""Who works on a contract in a month, as statements need it: one row per work contract × engagement."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.months import last_day
from clausette.kernel.prepared import Among, prepared
from clausette.placements.queries import allocations_visible_to, placements_visible_to


@dataclass(frozen=True, slots=True)
class Worker:
    """One person on one engagement. The dates are within both the work contract and the mise à disposition."""

    placement_id: int
    placement_uid: UUID
    participant_uid: UUID
    first_name: str
    last_name: str
    job: str
    employer_id: int
    employer_uid: UUID
    employer_name: str
    host_id: int
    host_uid: UUID
    host_name: str
    owner_org_id: int
    commitment_id: int
    commitment_uid: UUID
    starts_on: date
    ends_on: date | None
    modality: str = ""

    @property
    def name(self) -> str:
        """« Lemaire David »: what lists sort by."""
        return f"{self.last_name} {self.first_name}"

    @property
    def short_name(self) -> str:
        """« D. Lemaire »: what a phone has room for."""
        return f"{self.first_name[:1]}. {self.last_name}"

    @property
    def key(self) -> tuple[UUID, UUID]:
        """What an entry of hours is about: work contract and engagement."""
        return self.placement_uid, self.commitment_uid

    def works_in(self, month: date) -> bool:
        """Say whether at least one day of the month is within the dates."""
        return self.starts_on <= last_day(month) and (self.ends_on is None or month <= self.ends_on)


_FIELDS = {
    "placement_id": "placement_id",
    "placement_uid": "placement__uid",
    "participant_uid": "placement__participant__uid",
    "first_name": "placement__participant__first_name",
    "last_name": "placement__participant__last_name",
    "job": "placement__job",
    "employer_id": "employer_id",
    "employer_uid": "employer__uid",
    "employer_name": "employer__name",
    "host_id": "host_company_id",
    "host_uid": "host_company__uid",
    "host_name": "host_company__name",
    "owner_org_id": "placement__owner_org_id",
    "commitment_id": "commitment_id",
    "commitment_uid": "commitment__uid",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "modality": "placement__modality",
}
_DATES = ("placement__starts_on", "placement__ends_on", "placement__ended_on")


def workers(
    *, actor: Actor, contract_id: int, declarant_id: int | None = None, months: Collection[date] = (),
    placement_uids: Collection[UUID] | None = None,
) -> list[Worker]:  # fmt: skip
    """Return who works on a contract, sorted by name, one row per work contract and engagement.

    `declarant_id`: those that this body employs or hosts. `months`: those at work at least one day of them (all when
    none is given). `placement_uids`: of these work contracts. One query.
    """
    found: dict[tuple[int, int], Worker] = {}
    named = None if placement_uids is None else list(placement_uids)
    for row in _employed(actor, contract_id, declarant_id, named):
        worker = _worker(row)
        known = found.get((worker.placement_id, worker.commitment_id))
        found[worker.placement_id, worker.commitment_id] = _joined(known, worker) if known else worker
    return [w for w in found.values() if not months or any(w.works_in(month) for month in months)]


@prepared
def _employed(
    actor: Actor, contract_id: int, declarant_id: int | None, placement_uids: list[UUID] | None
) -> QuerySet[Any, dict[str, Any]]:
    rows = allocations_visible_to(actor).filter(contract_id=contract_id)
    if placement_uids is not None:
        rows = rows.filter(Among("placement__uid", placement_uids, "uuid"))
    if declarant_id is not None:
        rows = rows.filter(Q(host_company_id=declarant_id) | Q(employer_id=declarant_id))
    ordered = rows.order_by("placement__participant__sort_key", "placement_id", "commitment_id", "starts_on")
    named: QuerySet[Any, dict[str, Any]] = ordered.values(*_FIELDS.values(), *_DATES)
    return named


def _worker(row: dict[str, Any]) -> Worker:
    values = {name: row[path] for name, path in _FIELDS.items()}
    ends = [
        end
        for end in (row["ends_on"], row["placement__ended_on"] or row["placement__ends_on"])
        if end is not None
    ]
    values["starts_on"] = max(row["starts_on"], row["placement__starts_on"])
    values["ends_on"] = min(ends) if ends else None
    return Worker(**values)


def _joined(one: Worker, other: Worker) -> Worker:
    """Two mises à disposition in turn on the same engagement: one row, the host of the last one."""
    values = {name: getattr(other, name) for name in Worker.__dataclass_fields__}
    values["starts_on"] = min(one.starts_on, other.starts_on)
    values["ends_on"] = (
        None if one.ends_on is None or other.ends_on is None else max(one.ends_on, other.ends_on)
    )
    return Worker(**values)


@dataclass(frozen=True, slots=True)
class Person:
    """The person of a work contract, for those who may know them; dates and length of the work contract."""

    placement_id: int
    placement_uid: UUID
    participant_id: int
    participant_uid: UUID
    name: str
    job: str
    starts_on: date
    ends_on: date | None
    weekly_hours: Decimal
    work_contract: str
    modality: str
    employer_id: int
    employer_kind: str
    birth_date: date


def persons_of(*, actor: Actor, placement_ids: Iterable[int]) -> dict[int, Person]:
    """Return the persons of these work contracts, by work contract id; those not visible are left out. One query."""
    return {row[0]: _person(row) for row in _named(actor, list(set(placement_ids)))}


def persons_with_work(*, actor: Actor, placement_ids: Iterable[int]) -> dict[int, Person]:
    """Return the persons of these work contracts in all their visible ones, by work contract id. One query."""
    return {row[0]: _person(row) for row in _with_work(actor, list(set(placement_ids)))}


def hires_of(persons: Mapping[int, Person]) -> list[tuple[int, int, date, str]]:
    """Return these work contracts, by start, as hirings are judged (`placements.queries.hire_refusals`)."""
    hires = [(one.placement_id, one.participant_id, one.starts_on, one.modality) for one in persons.values()]
    return sorted(hires, key=lambda hire: (hire[2], hire[0]))


def _person(row: tuple[Any, ...]) -> Person:
    return Person(
        row[0], row[1], row[2], row[3], f"{row[5]} {row[4]}", row[6], row[7], row[9] or row[8], row[10], *row[11:]
    )


FACTS = (
    "id", "uid", "participant_id", "participant__uid", "participant__first_name", "participant__last_name", "job",
    "starts_on", "ends_on", "ended_on", "weekly_hours", "work_contract", "modality", "employer_id",
    "employer__body_kind", "participant__birth_date",
)  # fmt: skip


@prepared
def _named(actor: Actor, placement_ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    return placements_visible_to(actor).filter(Among("id", placement_ids)).order_by().values_list(*FACTS)


@prepared
def _with_work(actor: Actor, placement_ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    visible = placements_visible_to(actor)
    people = visible.filter(Among("id", placement_ids)).order_by().values("participant_id")
    return visible.filter(participant_id__in=people).order_by().values_list(*FACTS)
