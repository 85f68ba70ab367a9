"""The sheet of one engagement: its arithmetic, its three figures, its parts, its versions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.commitments.enums import CommitmentKind, EttAdmission, Periodicity
from clausette.commitments.models import Commitment, StructureDefaults
from clausette.commitments.queries.conditions import counting_said
from clausette.commitments.queries.figures import Figures, amounts_of_commitments, owing_of, periods_of
from clausette.commitments.queries.legal import LegalLine, legal_line
from clausette.commitments.queries.lists import elapsed_share
from clausette.commitments.queries.versions import PartLine, VersionLine, due_by, version_lines
from clausette.commitments.queries.visibility import (
    CommitmentKey,
    commitments_visible_to,
    defaults_visible_to,
)
from clausette.commitments.rules import (
    Applied,
    Calculation,
    Counting,
    Owing,
    applied,
    arithmetic,
    calculation_of,
    held_on,
    pauses_of,
    people_months,
    version_as_of,
)
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.french import equivalent
from clausette.kernel.months import last_day
from clausette.kernel.prepared import prepared
from clausette.procurement.queries import ContractKey, LotKey, contract_and_lot
from clausette.reference.queries import parameters_on


@dataclass(frozen=True, slots=True)
class CommitmentSheet:
    """All that the page of an engagement says, hours done excepted, as of one day."""

    id: int
    uid: UUID
    contract: ContractKey
    lot: LotKey | None
    lead_org_id: int
    contractor_id: int
    contractor_uid: UUID
    contractor_name: str
    kind: CommitmentKind
    starts_on: date
    ends_on: date
    closed_on: date | None
    ett_label: str
    periodicity: str
    periodicity_label: str
    due_day: int
    expected_from: date | None
    penalty_multiplier: Decimal
    publics: tuple[str, ...]
    modalities: tuple[str, ...]
    as_of: date
    elapsed: Decimal
    version: VersionLine | None
    versions: tuple[VersionLine, ...]
    parts: tuple[PartLine, ...]
    owing: Owing
    figures: Figures
    calculation: Calculation | None
    counting: Applied
    month_hours: Decimal
    legal: LegalLine | None

    @property
    def key(self) -> CommitmentKey:
        """What other rooms need to know of the engagement."""
        return CommitmentKey(
            id=self.id,
            uid=self.uid,
            contract_id=self.contract.id,
            contract_uid=self.contract.uid,
            lot_id=self.lot.id if self.lot else None,
            contractor_id=self.contractor_id,
            kind=self.kind,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            owner_org_id=self.contract.owner_org_id,
            periodicity=self.periodicity,
            due_day=self.due_day,
            expected_from=self.expected_from,
            penalty_multiplier=self.penalty_multiplier,
            closed_on=self.closed_on,
        )

    @property
    def due(self) -> Decimal | None:
        """Hours due firm at term; None without figure, before the first version, or without schedule nor basis."""
        if self.version is None or self.figures.followed:
            return None
        return self.version.hours if self.owing.basis is None else self.figures.firm_at_term

    @property
    def arithmetic(self) -> str:
        """The sentence that says where the hours due come from."""
        if self.version is None:
            return "Aucune version n'est applicable à cette date."
        return arithmetic(self.owing, self.version.terms, self.calculation, self.as_of)

    @property
    def people_months(self) -> Decimal | None:
        """Full-time months that the hours due make."""
        return people_months(self.due, self.month_hours) if self.due else None

    @property
    def people(self) -> str:
        """« ≈ 1 personne pendant 5,5 mois »."""
        return equivalent(self.due, self.month_hours) if self.due else ""


@prepared
def _row(actor: Actor, uid: UUID) -> QuerySet[Commitment]:
    return commitments_visible_to(actor).filter(uid=uid).select_related("contractor").order_by("id")


@prepared
def _defaults(actor: Actor, owner_org_id: int) -> QuerySet[StructureDefaults]:
    return defaults_visible_to(actor).filter(owner_org_id=owner_org_id, withdrawn_on=None).order_by("id")


def commitment_sheet(*, actor: Actor, uid: UUID, as_of: date) -> CommitmentSheet:
    """Return the sheet of a visible engagement as of a day: nine queries at most. Raises Absent."""
    found = _row(actor, uid)
    if not found:
        raise Absent("commitments.Commitment")
    row = found[0]
    contract, lot = contract_and_lot(actor, contract_id=row.contract_id, lot_id=row.lot_id)
    kind = CommitmentKind(row.kind)
    versions = version_lines(actor, row.pk, kind)
    version = version_as_of(versions, as_of)
    owing = _owing(actor, row, versions, version, as_of)
    practice = parameters_on(as_of)
    return CommitmentSheet(
        id=row.pk,
        uid=row.uid,
        contract=contract,
        lot=lot,
        lead_org_id=row.lead_org_id,
        contractor_id=row.contractor_id,
        contractor_uid=row.contractor.uid,
        contractor_name=row.contractor.name,
        kind=kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed_on=row.closed_on,
        ett_label=EttAdmission(row.ett).label,
        periodicity=row.periodicity,
        periodicity_label=Periodicity(row.periodicity).label,
        due_day=row.due_day,
        expected_from=row.expected_from,
        penalty_multiplier=row.penalty_multiplier,
        publics=tuple(row.publics),
        modalities=tuple(row.modalities),
        as_of=as_of,
        elapsed=elapsed_share(row.starts_on, row.ends_on, as_of),
        version=version,
        versions=versions,
        parts=tuple(due_by(part, as_of, owing.pauses) for part in version.parts) if version else (),
        owing=owing,
        figures=owing.figures(as_of),
        calculation=calculation_of(version.terms) if version else None,
        counting=_counting(actor, row, contract.owner_org_id, as_of, practice["hours_validity_months"]),
        month_hours=practice["month_hours"],
        legal=legal_line(contract),
    )


def _owing(
    actor: Actor, row: Commitment, versions: tuple[VersionLine, ...], version: VersionLine | None, as_of: date
) -> Owing:
    """What it owes as known on a day, from the versions already read (one query more for a basis)."""
    told = [(line.effective_on, line.reason) for line in reversed(versions) if line.effective_on <= as_of]
    shared = row.kind == CommitmentKind.SHARE_OF_HOURS
    metered = row.kind == CommitmentKind.PER_AMOUNT
    return owing_of(
        {"id": row.pk, "kind": row.kind, "starts_on": row.starts_on, "ends_on": row.ends_on},
        parts=[part.as_part() for part in version.parts] if version else [],
        pauses=pauses_of(told),
        said=version.said if version else None,
        periods=periods_of(actor, [row.pk]).get(row.pk, []) if shared else [],
        amounts=amounts_of_commitments([row.pk], as_of).get(row.pk, []) if metered else [],
    )


def _counting(actor: Actor, row: Commitment, owner_org_id: int, as_of: date, months: Decimal) -> Applied:
    """The counting rules of the month: its own, those of its structure, the dated parameter (one query)."""
    structure = held_on(_defaults(actor, owner_org_id), last_day(as_of))
    return applied(
        counting_said(row),
        counting_said(structure) if structure else Counting(),
        validity_months=int(months),
    )
