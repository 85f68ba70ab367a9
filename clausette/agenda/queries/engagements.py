"""One row per engagement (lot × titulaire) with its progress: what the desks, the board and the search show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.agenda import rules
from clausette.commitments.enums import CommitmentKind, Periodicity
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.queries import OWED, Progress, Reading, kept_readings, readings_of
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import prepared
from clausette.procurement.enums import ContractState
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)
_PATHS = {
    "uid": "uid",
    "contract_uid": "contract__uid",
    "contract_name": "contract__common_name",
    "contract_number": "contract__official_id",
    "contract_state": "contract__state",
    "operation_name": "contract__operation__name",
    "buyer_id": "contract__buyer_id",
    "buyer_uid": "contract__buyer__uid",
    "buyer_name": "contract__buyer__name",
    "buyer_key": "contract__buyer__sort_key",
    "owner_id": "contract__owner_org_id",
    "owner_name": "contract__owner_org__name",
    "referent_id": "contract__referent_id",
    "referent_name": "contract__referent__full_name",
    "contract_key": "contract__sort_key",
    "lot_number": "lot__number",
    "lot_title": "lot__title",
    "contractor_uid": "contractor__uid",
    "contractor_name": "contractor__name",
    "contractor_key": "contractor__sort_key",
    "periodicity": "periodicity",
    "due_day": "due_day",
}


@dataclass(frozen=True, slots=True)
class Engagement:
    """One engagement as of a day: where it sits, who owes it, who follows it, how far it is.

    `elapsed`: share of its time gone, 0 to 1. `due_in_year`: what its schedule asks of the civil year.
    `*_key`: stored sort keys.
    """

    id: int
    uid: UUID
    contract_id: int
    contract_uid: UUID
    contract_name: str
    contract_number: str
    contract_state: ContractState
    contract_key: str
    operation_name: str
    buyer_id: int
    buyer_uid: UUID
    buyer_name: str
    buyer_key: str
    owner_id: int
    owner_name: str
    referent_id: int | None
    referent_name: str
    lot_number: str
    lot_title: str
    contractor_id: int
    contractor_uid: UUID
    contractor_name: str
    contractor_key: str
    kind: CommitmentKind
    periodicity: Periodicity
    due_day: int
    starts_on: date
    ends_on: date
    closed_on: date | None
    as_of: date
    elapsed: Decimal
    progress: Progress
    due_in_year: Decimal

    @property
    def lot(self) -> str:
        """« lot 2 · Gros œuvre », « » for a contract without lots."""
        number = f"lot {self.lot_number}" if self.lot_number else ""
        return " · ".join(part for part in (number, self.lot_title) if part)

    @property
    def followed_by(self) -> str:
        """Who follows it: the colleague in charge, else the structure."""
        return self.referent_name or self.owner_name

    @property
    def is_running(self) -> bool:
        """Neither settled nor past its term."""
        return self.closed_on is None and self.ends_on >= self.as_of

    @property
    def is_difficult(self) -> bool:
        """The time gone is more than 20 points ahead of the achievement, and the engagement is not settled."""
        gap = parameters_on(self.as_of)["difficulty_gap"]
        behind = rules.in_difficulty(elapsed=self.elapsed, achieved=self.progress.raw, gap=gap)
        return self.closed_on is None and behind

    @property
    def late_months(self) -> tuple[date, ...]:
        """Months whose statement should have come already."""
        missing = self.progress.missing_months
        return rules.late_months(missing, periodicity=self.periodicity, due_day=self.due_day, on=self.as_of)

    @property
    def days_late(self) -> int:
        """How many days the oldest late statement is late."""
        late = self.late_months
        if not late:
            return 0
        return rules.days_late(late[0], periodicity=self.periodicity, due_day=self.due_day, on=self.as_of)


def _rows(visible: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    ordered = visible.order_by(
        "contract__sort_key", "contract_id", "lot__number", "contractor__sort_key", "id"
    )
    return ordered.values(*OWED, *_PATHS.values())


@prepared
def _all(actor: Actor) -> QuerySet[Any, dict[str, Any]]:
    return _rows(commitments_visible_to(actor))


def engagements(*, actor: Actor, as_of: date, only: Q | None = None) -> tuple[Engagement, ...]:
    """Return the visible engagements with their progress as of a day, by contract then lot.

    Two queries; a few more for those whose reading is not kept, whatever their number.
    `only`: a condition on the engagements, made by this room.
    """
    found = _all(actor) if only is None else list(_rows(commitments_visible_to(actor).filter(only)))
    read = kept_readings(actor=actor, as_of=as_of)
    others = [row for row in found if row["id"] not in read]
    if others:
        read |= readings_of(actor=actor, owed=others, as_of=as_of)
    return tuple(_engagement(row, read[row["id"]], as_of) for row in found)


def _engagement(row: Mapping[str, Any], reading: Reading, as_of: date) -> Engagement:
    named = {name: row[path] for name, path in _PATHS.items()}
    for optional in ("operation_name", "referent_name", "lot_number", "lot_title"):
        named[optional] = named[optional] or ""
    return Engagement(
        **named
        | {
            "contract_state": ContractState(row["contract__state"]),
            "kind": CommitmentKind(row["kind"]),
            "periodicity": Periodicity(row["periodicity"]),
        },
        id=row["id"],
        contract_id=row["contract_id"],
        contractor_id=row["contractor_id"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        closed_on=row["closed_on"],
        as_of=as_of,
        elapsed=rules.elapsed_share(row["starts_on"], row["ends_on"], as_of),
        progress=reading.progress,
        due_in_year=reading.due_in_year,
    )
