"""What the operations of the room share: the engagement locked, its last version, a version written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clausette.commitments import permissions
from clausette.commitments.enums import (
    CommitmentKind,
    PartOrigin,
    PartStatus,
    SubTargetBase,
    SubTargetKind,
    VersionReason,
)
from clausette.commitments.models import Commitment, CommitmentPart, CommitmentVersion, SubTarget
from clausette.commitments.queries.versions import terms_of
from clausette.commitments.queries.visibility import commitments_visible_to
from clausette.commitments.rules import PartEntry, TargetEntry, Terms
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import created, lock
from clausette.kernel.text import collapse
from clausette.procurement.queries import ContractKey, contract_keys


@dataclass(frozen=True, slots=True)
class Papers:
    """Documents of a version, by uid: the act itself, the minimum exigé, the offer."""

    document: UUID | None = None
    minimum: UUID | None = None
    offer: UUID | None = None

    def ids(self, actor: Actor) -> dict[str, int | None]:
        """Their internal numbers, by column. Raises Absent."""
        named = {
            "document_id": self.document,
            "minimum_document_id": self.minimum,
            "offer_document_id": self.offer,
        }
        return {column: file_id(actor, uid) if uid else None for column, uid in named.items()}


@dataclass(frozen=True, slots=True)
class Said:
    """One version to write: why, from when, until which term, what it says."""

    reason: VersionReason
    effective_on: date
    terms: Terms
    parts: Sequence[PartEntry] = ()
    targets: Sequence[TargetEntry] = ()
    comment: str = ""
    papers: Mapping[str, int | None] | None = None


def check_term(starts_on: date, ends_on: date) -> None:
    """Refuse a term before the start. Raises Invalid."""
    if ends_on < starts_on:
        raise Invalid({"ends_on": "Le terme de l'engagement précède son début."})


def write_version(row: Commitment, number: int, said: Said) -> CommitmentVersion:
    """Write a version with its parts and its sub-targets; `row.ends_on` is already the term it says."""
    terms = said.terms
    version = created(
        CommitmentVersion(
            commitment=row,
            contract_id=row.contract_id,
            number=number,
            reason=said.reason,
            comment=collapse(said.comment)[:500],
            effective_on=said.effective_on,
            ends_on=row.ends_on,
            minimum_hours=terms.minimum_hours,
            offer_hours=terms.offer_hours,
            amount_ht=terms.amount_ht,
            labour_share=terms.labour_share,
            rate=terms.rate,
            hourly_cost=terms.hourly_cost,
            rounding=terms.rounding,
            euros_per_hour=terms.euros_per_hour,
            beyond_ht=terms.beyond_ht,
            amount_base=terms.amount_base or "",
            estimated_ht=terms.estimated_ht,
            hours_share=terms.hours_share,
            estimated_base=terms.estimated_base,
            moved_hours=terms.moved_hours,
            **(said.papers or {}),
        )
    )
    _write_schedule(version, row, said)
    return version


def _write_schedule(version: CommitmentVersion, row: Commitment, said: Said) -> None:
    """The parts and the sub-targets of a version."""
    for part in said.parts:
        created(
            CommitmentPart(
                version=version,
                commitment=row,
                contract_id=row.contract_id,
                label=part.label,
                status=part.status,
                starts_on=part.starts_on,
                ends_on=part.ends_on,
                hours=part.hours,
                origin=part.origin,
                phase_id=part.phase_id,
            )
        )
    for target in said.targets:
        created(
            SubTarget(
                version=version,
                commitment=row,
                contract_id=row.contract_id,
                kind=target.kind,
                base=target.base,
                share=target.share,
            )
        )


def contract_of(actor: Actor, row: Commitment) -> ContractKey:
    """The visible contract of an engagement. Raises Absent."""
    contract = contract_keys(actor, [row.contract_id]).get(row.contract_id)
    if contract is None:
        raise Absent("procurement.Contract")
    return contract


def locked(actor: Actor, uid: UUID, *, settled: bool = False) -> Commitment:
    """Lock an engagement that the actor may change; a settled one only when asked for.

    Raises Absent, NotAllowed, WrongState.
    """
    seen = commitments_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is None:
        raise Absent("commitments.Commitment")
    contract = contract_of(actor, row)
    demand(
        permissions.can_add_version(
            actor, owner_org_id=contract.owner_org_id, contract_state=contract.state, closed_on=None
        )
    )
    found = lock(seen, uid=uid)
    if found.closed_on is not None and not settled:
        raise WrongState("Cet engagement est soldé : il ne change plus.")
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """What the last version says, to be said again with a change."""

    version: CommitmentVersion
    terms: Terms
    parts: tuple[PartEntry, ...]
    targets: tuple[TargetEntry, ...]


def last_version(row: Commitment, after: int | None = None) -> CommitmentVersion:
    """The last version. Raises Conflict when it is not the one that was read (`after`), WrongState without any."""
    last = CommitmentVersion.objects.filter(commitment=row).order_by("-number").first()
    if last is None:
        raise WrongState("Cet engagement n'a pas de première version.")
    if after is not None and after != last.number:
        raise Conflict("Une autre version vient d'être enregistrée. Relisez la page.", theirs=last.number)
    return last


def before(row: Commitment, after: int | None = None) -> Before:
    """What the last version says (three queries). Raises Conflict, WrongState."""
    last = last_version(row, after)
    parts = CommitmentPart.objects.filter(version=last).order_by("starts_on", "id")
    targets = SubTarget.objects.filter(version=last).order_by("kind", "base")
    return Before(
        last,
        terms_of(last),
        tuple(
            PartEntry(
                part.label, PartStatus(part.status), part.starts_on, part.ends_on, part.hours,
                PartOrigin(part.origin), part.phase_id,
            )
            for part in parts
        ),
        tuple(TargetEntry(SubTargetKind(one.kind), SubTargetBase(one.base), one.share) for one in targets),
    )  # fmt: skip


def check_day(row: Commitment, last: CommitmentVersion, contract: ContractKey, day: date) -> None:
    """Refuse a version older than the last one, or than the contract itself. Raises Invalid."""
    if contract.notified_on and day < contract.notified_on:
        sentence = f"Le marché est notifié le {format_date(contract.notified_on)} : cette version serait plus ancienne."
        raise Invalid({"effective_on": sentence})
    if day < last.effective_on:
        raise Invalid({"effective_on": "Cette version s'applique avant la précédente."})


def kind_of(row: Commitment) -> CommitmentKind:
    """The kind of an engagement."""
    return CommitmentKind(row.kind)
