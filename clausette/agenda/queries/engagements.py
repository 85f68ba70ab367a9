"""One row per engagement (lot × titulaire) with its progress: what the desks, the board and the search show."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.agenda import rules
from clausette.commitments.enums import CommitmentKind, Periodicity
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.queries import OWED, Progress, Reading, readings_for
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared
from clausette.procurement.enums import ContractState
from clausette.reference.queries import parameters_on

ZERO = Decimal(0)
_PATHS = (
    "uid", "contract__uid", "contract__common_name", "contract__official_id", "contract__state", "contract__sort_key",
    "contract__operation__name", "contract__buyer_id", "contract__buyer__uid", "contract__buyer__name",
    "contract__buyer__sort_key", "contract__owner_org_id", "contract__owner_org__name", "contract__referent_id",
    "contract__referent__full_name", "lot__number", "lot__title", "contractor__uid", "contractor__name",
    "contractor__sort_key",
)  # fmt: skip
"""In the order of the fields of an Engagement."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How one engagement is, as of a day. `due_in_year`: what its schedule asks of the civil year."""

    id: int
    contract_id: int
    contractor_id: int
    kind: CommitmentKind
    periodicity: Periodicity
    due_day: int
    starts_on: date
    ends_on: date
    closed_on: date | None
    as_of: date
    progress: Progress
    due_in_year: Decimal

    @property
    def elapsed(self) -> Decimal:
        """Share of its time gone, 0 to 1."""
        return rules.elapsed_share(self.starts_on, self.ends_on, self.as_of)

    @property
    def is_running(self) -> bool:
        """Neither settled nor past its term."""
        return self.closed_on is None and self.ends_on >= self.as_of

    @property
    def is_difficult(self) -> bool:
        """The time gone is more than 20 points ahead of the achievement, and the engagement is not settled."""
        if self.closed_on is not None:
            return False
        gap = parameters_on(self.as_of)["difficulty_gap"]
        return rules.in_difficulty(elapsed=self.elapsed, achieved=self.progress.raw, gap=gap)

    @property
    def late_months(self) -> tuple[date, ...]:
        """Months whose statement should have come already."""
        missing = self.progress.missing_months
        return rules.late_months(missing, periodicity=self.periodicity, due_day=self.due_day, on=self.as_of)

    @property
    def days_late(self) -> int:
        """How many days the oldest late statement is late; 0 when none is."""
        oldest = min(self.progress.missing_months, default=None)
        if oldest is None:
            return 0
        return rules.days_late(oldest, periodicity=self.periodicity, due_day=self.due_day, on=self.as_of)


@dataclass(frozen=True, slots=True)
class Engagement(Pulse):
    """The same, with where it sits, who owes it, who follows it. `*_key`: stored sort keys."""

    uid: UUID
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
    contractor_uid: UUID
    contractor_name: str
    contractor_key: str

    @property
    def lot(self) -> str:
        """« lot 2 · Gros œuvre », « » for a contract without lots."""
        number = f"lot {self.lot_number}" if self.lot_number else ""
        return " · ".join(part for part in (number, self.lot_title) if part)

    @property
    def followed_by(self) -> str:
        """Who follows it: the colleague in charge, else the structure."""
        return self.referent_name or self.owner_name


def _rows(visible: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    ordered = visible.order_by(
        "contract__sort_key", "contract_id", "lot__number", "contractor__sort_key", "id"
    )
    return ordered.values_list(*OWED, *_PATHS)


@prepared
def _all(actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    return _rows(commitments_visible_to(actor))


@prepared
def _some(actor: Actor, ids: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    return _rows(commitments_visible_to(actor).filter(Among("id", ids)))


@prepared
def _bare(actor: Actor) -> QuerySet[Any, tuple[Any, ...]]:
    return commitments_visible_to(actor).order_by().values_list(*OWED)


def pulses(*, actor: Actor, as_of: date) -> tuple[Pulse, ...]:
    """Return how all the visible engagements are, in no order: two queries, see `engagements`."""
    rows = _bare(actor)
    read = readings_for(actor=actor, rows=rows, as_of=as_of)
    return tuple(Pulse(*_beginning(row, read[row[0]], as_of)) for row in rows)


def engagements(*, actor: Actor, as_of: date, only: Q | None = None) -> tuple[Engagement, ...]:
    """Return the visible engagements with their progress as of a day, by contract then lot.

    Two queries; a few more for those whose reading is not kept, whatever their number.
    `only`: a condition on the engagements, made by this room.
    """
    rows = _all(actor) if only is None else list(_rows(commitments_visible_to(actor).filter(only)))
    read = readings_for(actor=actor, rows=rows, as_of=as_of)
    return tuple(_engagement(row, _beginning(row, read[row[0]], as_of)) for row in rows)


def dressed(*, actor: Actor, several: Sequence[Pulse]) -> tuple[Engagement, ...]:
    """Return a few engagements with all that a page says of them, in the order given (one query)."""
    rows = {row[0]: row for row in _some(actor, [one.id for one in several])}
    return tuple(
        _engagement(rows[one.id], tuple(getattr(one, name) for name in BEGINNING)) for one in several
    )


BEGINNING = tuple(one.name for one in fields(Pulse))
NAMED = tuple(one.name for one in fields(Engagement))[len(BEGINNING) :]
_STATE = NAMED.index("contract_state")
_OPTIONAL = tuple(NAMED.index(name) for name in ("operation_name", "referent_name", "lot_number", "lot_title"))
_KINDS, _RHYTHMS, _STATES = (
    {one.value: one for one in several} for several in (CommitmentKind, Periodicity, ContractState)
)


def _beginning(row: tuple[Any, ...], reading: Reading, as_of: date) -> tuple[Any, ...]:
    """The values of a Pulse, in the order of its fields, from a row that begins with the columns OWED."""
    pk, contract, firm, kind, starts_on, ends_on, closed_on, rhythm, due_day = row[:9]
    return (
        pk, contract, firm, _KINDS[kind], _RHYTHMS[rhythm], due_day, starts_on, ends_on, closed_on, as_of,
        reading.progress, reading.due_in_year,
    )  # fmt: skip


def _engagement(row: tuple[Any, ...], beginning: tuple[Any, ...]) -> Engagement:
    named = list(row[len(OWED) :])
    for place in _OPTIONAL:
        named[place] = named[place] or ""
    named[_STATE] = _STATES[named[_STATE]]
    return Engagement(*beginning, *named)
