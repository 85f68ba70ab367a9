"""The sheet of one engagement: its arithmetic, its three figures, its parts, its versions."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Subquery

from clausette.commitments.enums import (
    CommitmentKind,
    EttAdmission,
    PartStatus,
    Periodicity,
    Rounding,
    VersionReason,
)
from clausette.commitments.models import Commitment, CommitmentPart, CommitmentVersion
from clausette.commitments.queries.figures import Figures, as_rule_part, figures_of
from clausette.commitments.queries.legal import LegalLine, legal_line
from clausette.commitments.queries.lists import elapsed_share
from clausette.commitments.queries.visibility import (
    CommitmentKey,
    commitments_visible_to,
    parts_visible_to,
    versions_visible_to,
)
from clausette.commitments.rules import (
    Calculation,
    Part,
    Terms,
    calculation_of,
    due_under,
    part_due,
    people_months,
    version_as_of,
)
from clausette.files.queries import files_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.french import equivalent, format_hours
from clausette.procurement.queries import ContractKey, LotKey, contract_keys, lot_keys
from clausette.reference.queries import parameter


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the schedule; `due`: hours due of it on the day asked."""

    label: str
    status: PartStatus
    starts_on: date
    ends_on: date
    hours: Decimal
    due: Decimal


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: why, from when, with what document. `hours`: due under its terms, None without figure."""

    uid: UUID
    number: int
    reason_label: str
    comment: str
    document_uid: UUID | None
    effective_on: date
    terms: Terms
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class CommitmentSheet:
    """All that the page of an engagement says, hours done excepted, as of one day."""

    id: int
    uid: UUID
    contract: ContractKey
    lot: LotKey | None
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
    penalty_multiplier: Decimal
    publics: tuple[str, ...]
    modalities: tuple[str, ...]
    as_of: date
    elapsed: Decimal
    version: VersionLine | None
    versions: tuple[VersionLine, ...]
    parts: tuple[PartLine, ...]
    schedule: tuple[Part, ...]
    figures: Figures
    calculation: Calculation | None
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
            penalty_multiplier=self.penalty_multiplier,
            closed_on=self.closed_on,
        )

    @property
    def due(self) -> Decimal | None:
        """Hours due under the version in force; None without figure or before the first version."""
        return self.version.hours if self.version else None

    @property
    def arithmetic(self) -> str:
        """The sentence that says where the hours due come from."""
        if self.kind == CommitmentKind.FOLLOWED:
            return (
                "Suivi sans objectif chiffré : les heures sont comptées, sans taux ni heures non réalisées."
            )
        if self.version is None:
            return "Aucune version n'est applicable à cette date."
        return _sentence(self.version.terms, self.calculation)

    @property
    def people_months(self) -> Decimal | None:
        """Full-time months that the hours due make."""
        return people_months(self.due, self.month_hours) if self.due else None

    @property
    def people(self) -> str:
        """« ≈ 1 personne pendant 5,5 mois »."""
        return equivalent(self.due, self.month_hours) if self.due else ""


def _sentence(terms: Terms, calculation: Calculation | None) -> str:
    told = [calculation.sentence] if calculation else []
    if terms.minimum_hours is not None:
        told.append(f"minimum exigé : {format_hours(terms.minimum_hours)}")
    if terms.offer_hours is not None:
        told.append(f"engagement de l'offre : {format_hours(terms.offer_hours)}")
    if not told:
        return "Heures dues : la somme des parties de l'échéancier."
    text = " ; ".join(told)
    return f"{text[0].upper()}{text[1:]}{'. Le plus grand est dû.' if len(told) > 1 else ''}"


def _terms(row: CommitmentVersion) -> Terms:
    return Terms(
        minimum_hours=row.minimum_hours,
        offer_hours=row.offer_hours,
        amount_ht=row.amount_ht,
        labour_share=row.labour_share,
        rate=row.rate,
        hourly_cost=row.hourly_cost,
        rounding=Rounding(row.rounding),
    )


def _versions(
    actor: Actor, row: Commitment, parts: dict[int, list[CommitmentPart]]
) -> tuple[tuple[VersionLine, int], ...]:
    """Versions, the latest first, each with its internal number; its document for those who may read that file."""
    document = files_visible_to(actor).filter(pk=OuterRef("document_id")).values("uid")
    rows = versions_visible_to(actor).filter(commitment_id=row.pk).annotate(document_uid=Subquery(document))
    found = []
    for version in rows.order_by("-number"):
        terms = _terms(version)
        due = due_under(CommitmentKind(row.kind), terms)
        held = parts.get(version.pk, [])
        total = sum((part.hours for part in held), Decimal(0)) if held else None
        line = VersionLine(
            uid=version.uid,
            number=version.number,
            reason_label=VersionReason(version.reason).label,
            comment=version.comment,
            document_uid=version.document_uid,
            effective_on=version.effective_on,
            terms=terms,
            hours=due if due is not None else total,
        )
        found.append((line, version.pk))
    return tuple(found)


def _parts_by_version(actor: Actor, row: Commitment) -> dict[int, list[CommitmentPart]]:
    found: dict[int, list[CommitmentPart]] = defaultdict(list)
    for part in parts_visible_to(actor).filter(commitment_id=row.pk).order_by("starts_on", "id"):
        found[part.version_id].append(part)
    return found


def _part_line(row: CommitmentPart, as_of: date) -> PartLine:
    due = part_due(as_rule_part(row), as_of)
    return PartLine(row.label, PartStatus(row.status), row.starts_on, row.ends_on, row.hours, due)


def commitment_sheet(*, actor: Actor, uid: UUID, as_of: date) -> CommitmentSheet:
    """Return the sheet of a visible engagement as of a day: seven queries at most. Raises Absent."""
    row = commitments_visible_to(actor).filter(uid=uid).select_related("contractor").first()
    if row is None:
        raise Absent("commitments.Commitment")
    contract = contract_keys(actor, [row.contract_id]).get(row.contract_id)
    if contract is None:
        raise Absent("procurement.Contract")
    all_parts = _parts_by_version(actor, row)
    numbered = _versions(actor, row, all_parts)
    versions = tuple(line for line, _ in numbered)
    version = version_as_of(versions, as_of)
    parts = [part for line, pk in numbered if line is version for part in all_parts.get(pk, [])]
    schedule = tuple(as_rule_part(part) for part in parts)
    return CommitmentSheet(
        id=row.pk,
        uid=row.uid,
        contract=contract,
        lot=lot_keys(actor, [row.lot_id]).get(row.lot_id) if row.lot_id else None,
        contractor_id=row.contractor_id,
        contractor_uid=row.contractor.uid,
        contractor_name=row.contractor.name,
        kind=CommitmentKind(row.kind),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed_on=row.closed_on,
        ett_label=EttAdmission(row.ett).label,
        periodicity=row.periodicity,
        periodicity_label=Periodicity(row.periodicity).label,
        due_day=row.due_day,
        penalty_multiplier=row.penalty_multiplier,
        publics=tuple(row.publics),
        modalities=tuple(row.modalities),
        as_of=as_of,
        elapsed=elapsed_share(row.starts_on, row.ends_on, as_of),
        version=version,
        versions=versions,
        parts=tuple(_part_line(part, as_of) for part in parts),
        schedule=schedule,
        figures=figures_of(schedule, row.kind, as_of),
        calculation=calculation_of(version.terms) if version else None,
        month_hours=parameter(code="month_hours", on=as_of),
        legal=legal_line(contract),
    )
