"""Engagements made through operations, on the contracts of the procurement cast."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.operations import PartEntry, TargetEntry, Terms, create_commitment
from tests.hats import TODAY, acting
from tests.procurement.builders import Cast

MILLION = Terms(
    amount_ht=Decimal(1_000_000), labour_share=Decimal("0.5"), rate=Decimal("0.05"), hourly_cost=Decimal(30)
)
"""1 000 000 € × 50 % × 5 % ÷ 30 €/h = 833,33 → 833 h."""


def commitment(
    people: Cast,
    contract_uid: UUID,
    *,
    kind: CommitmentKind = CommitmentKind.COMPUTED,
    terms: Terms = MILLION,
    parts: tuple[PartEntry, ...] = (),
    firm: str = "firm",
    starts_on: date = date(2026, 3, 1),
    ends_on: date = date(2027, 6, 30),
    targets: tuple[TargetEntry, ...] = (),
) -> UUID:
    """Record the engagement of a firm; 833 h computed unless said otherwise."""
    with acting(people.pilot) as actor:
        return create_commitment(
            actor=actor,
            contract_uid=contract_uid,
            contractor_uid=people.uid(firm),
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            terms=terms,
            parts=parts,
            targets=targets,
            on=TODAY,
        )
