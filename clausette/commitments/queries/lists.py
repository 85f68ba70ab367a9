"""Engagements as lines: of a contract, of a firm, of a buyer, with what is due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.models import Commitment
from clausette.commitments.queries.figures import OWES, Figures, owings
from clausette.commitments.queries.visibility import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.months import days_between
from clausette.kernel.prepared import Among, prepared


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """One engagement and what is due on the day asked. `contract_*` names where it sits."""

    id: int
    uid: UUID
    contract_id: int
    contract_uid: UUID
    contract_name: str
    buyer_id: int
    buyer_uid: UUID
    buyer_name: str
    lot_number: str
    lot_title: str
    contractor_id: int
    contractor_uid: UUID
    contractor_name: str
    kind: str
    kind_label: str
    starts_on: date
    ends_on: date
    closed_on: date | None
    periodicity: str
    due_day: int
    expected_from: date | None
    figures: Figures
    elapsed: Decimal

    @property
    def name(self) -> str:
        """« Lot 1 · Bâti Ouche »."""
        return f"Lot {self.lot_number} · {self.contractor_name}" if self.lot_number else self.contractor_name


def elapsed_share(starts_on: date, ends_on: date, on: date) -> Decimal:
    """Return the share of the time gone by the evening of `on`, from 0 to 1."""
    total = days_between(starts_on, ends_on)
    gone = days_between(starts_on, min(on, ends_on))
    return Decimal(gone) / Decimal(total) if total else Decimal(0)


def _line(row: Commitment, figures: Figures, as_of: date) -> CommitmentLine:
    contract, lot = row.contract, row.lot
    return CommitmentLine(
        id=row.pk,
        uid=row.uid,
        contract_id=contract.id,
        contract_uid=contract.uid,
        contract_name=contract.common_name,
        buyer_id=contract.buyer_id,
        buyer_uid=contract.buyer.uid,
        buyer_name=contract.buyer.name,
        lot_number=lot.number if lot else "",
        lot_title=lot.title if lot else "",
        contractor_id=row.contractor_id,
        contractor_uid=row.contractor.uid,
        contractor_name=row.contractor.name,
        kind=row.kind,
        kind_label=CommitmentKind(row.kind).label,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed_on=row.closed_on,
        periodicity=row.periodicity,
        due_day=row.due_day,
        expected_from=row.expected_from,
        figures=figures,
        elapsed=elapsed_share(row.starts_on, row.ends_on, as_of),
    )


@prepared
def _rows(
    actor: Actor, contract_ids: list[int] | None, contractor_id: int | None, buyer_id: int | None
) -> QuerySet[Commitment]:
    visible = commitments_visible_to(actor).select_related("contractor", "contract__buyer", "lot")
    rows = visible.order_by("contract_id", "lot_id", "id")
    if contract_ids is not None:
        rows = rows.filter(Among("contract_id", contract_ids))
    if contractor_id is not None:
        rows = rows.filter(contractor_id=contractor_id)
    if buyer_id is not None:
        rows = rows.filter(contract__buyer_id=buyer_id)
    return rows


def list_commitments(
    *,
    actor: Actor,
    as_of: date,
    contract_ids: Collection[int] | None = None,
    contractor_id: int | None = None,
    buyer_id: int | None = None,
) -> tuple[CommitmentLine, ...]:
    """Return the visible engagements with their figures on `as_of`: a few queries whatever their number."""
    wanted = None if contract_ids is None else list(contract_ids)
    found = _rows(actor, wanted, contractor_id, buyer_id)
    owed = [{name: getattr(row, name) for name in OWES} for row in found]
    known = owings(actor=actor, owed=owed, as_of=as_of)
    return tuple(_line(row, known[row.pk].figures(as_of), as_of) for row in found)
