"""Hours worked declared for an engagement, as their page shows them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import CommitmentKind, VersionReason
from clausette.commitments.models import Commitment
from clausette.commitments.queries.figures import SAID, amounts_of_commitments, owing_of
from clausette.commitments.queries.versions import terms_of
from clausette.commitments.queries.visibility import (
    base_hours_visible_to,
    commitments_visible_to,
    versions_visible_to,
)
from clausette.commitments.rules import BasePeriod, arithmetic, calculation_of, pauses_of, version_as_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.procurement.queries import ContractKey, contract_keys


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


@dataclass(frozen=True, slots=True)
class BaseSheet:
    """What the page of the hours worked needs of an engagement, and the periods declared, the latest first."""

    id: int
    uid: UUID
    contract: ContractKey
    lead_org_id: int
    contractor_id: int
    contractor_uid: UUID
    contractor_name: str
    kind: CommitmentKind
    closed_on: date | None
    arithmetic: str
    periods: tuple[BaseLine, ...]


def base_sheet(*, actor: Actor, uid: UUID, as_of: date) -> BaseSheet:
    """Return the page of the hours worked of a visible engagement (four queries). Raises Absent."""
    row = commitments_visible_to(actor).filter(uid=uid).select_related("contractor").first()
    contract = contract_keys(actor, [row.contract_id]).get(row.contract_id) if row else None
    if row is None or contract is None:
        raise Absent("commitments.Commitment")
    periods = bases_of(actor=actor, commitment_id=row.pk)
    return BaseSheet(
        id=row.pk,
        uid=row.uid,
        contract=contract,
        lead_org_id=row.lead_org_id,
        contractor_id=row.contractor_id,
        contractor_uid=row.contractor.uid,
        contractor_name=row.contractor.name,
        kind=CommitmentKind(row.kind),
        closed_on=row.closed_on,
        arithmetic=_arithmetic(actor, row, periods, as_of),
        periods=periods,
    )


def _arithmetic(actor: Actor, row: Commitment, periods: tuple[BaseLine, ...], as_of: date) -> str:
    """The sentence of the sheet: where the hours due of a day come from, the schedule not needed (one query)."""
    known = list(versions_visible_to(actor).filter(commitment_id=row.pk, effective_on__lte=as_of).order_by("number"))
    version = version_as_of(known, as_of)
    if version is None:
        return "Aucune version n'est applicable à cette date."
    metered = row.kind == CommitmentKind.PER_AMOUNT
    owing = owing_of(
        {"id": row.pk, "kind": row.kind, "starts_on": row.starts_on, "ends_on": row.ends_on},
        parts=(),
        pauses=pauses_of((one.effective_on, VersionReason(one.reason)) for one in known),
        said={name: getattr(version, name) for name in SAID},
        periods=[BasePeriod(one.starts_on, one.ends_on, one.hours) for one in periods if one.withdrawn_on is None],
        amounts=amounts_of_commitments([row.pk], as_of).get(row.pk, []) if metered else [],
    )
    terms = terms_of(version)
    return arithmetic(owing, terms, calculation_of(terms), as_of)


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
