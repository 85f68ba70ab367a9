"""Verbs of the commitments room: record an engagement, change it by a new version, settle it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db.models import Q

from clausette.access.queries import get_organisation
from clausette.commitments import permissions
from clausette.commitments.enums import CommitmentKind, EttAdmission, Periodicity, VersionReason
from clausette.commitments.models import Commitment, CommitmentPart, CommitmentVersion
from clausette.commitments.queries.visibility import commitments_visible_to
from clausette.commitments.rules import PartEntry, Terms, check_terms, schedule
from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, Invalid, Refusal, WrongState
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement.queries import contract_key, contractors_of, lot_id

__all__ = ["Options", "PartEntry", "Terms", "add_version", "close_commitment", "create_commitment"]


class Options(TypedDict, total=False):
    """What an engagement carries besides its hours. `due_day`: day of the month of the statement (1–28)."""

    ett: EttAdmission
    periodicity: Periodicity
    due_day: int
    penalty_multiplier: Decimal
    publics: list[str]
    modalities: list[str]


def _check_dates(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Invalid({"ends_on": "Le terme de l'engagement précède son début."})


@operation("commitments.commitment.created")
def create_commitment(
    *,
    actor: Actor,
    contract_uid: UUID,
    contractor_uid: UUID,
    kind: CommitmentKind,
    starts_on: date,
    ends_on: date,
    on: date,
    terms: Terms | None = None,
    parts: Sequence[PartEntry] = (),
    lot_uid: UUID | None = None,
    document_uid: UUID | None = None,
    comment: str = "",
    **options: Unpack[Options],
) -> UUID:
    """Record the engagement of a titulaire on a contract or a lot, with its first version; return its uid.

    Without parts, all the hours due are one firm part. Raises NotAllowed, Absent, Invalid, CalculationImpossible.
    """
    contract = contract_key(actor, contract_uid)
    owner, state = contract.owner_org_id, contract.state
    demand(permissions.can_create_commitment(actor, owner_org_id=owner, contract_state=state))
    terms, kind = terms or Terms(), CommitmentKind(kind)
    _check_dates(starts_on, ends_on)
    check_terms(kind, terms)
    written = schedule(kind, terms, parts, starts_on=starts_on, ends_on=ends_on)
    lot = lot_id(actor, contract_id=contract.id, uid=lot_uid)
    firm = _contractor(actor, contract.id, contractor_uid)
    _refuse_second(contract.id, lot, firm, starts_on)
    row = Commitment(
        contract_id=contract.id, lot_id=lot, contractor_id=firm, kind=kind, lead_org_id=owner, **options
    )
    row.starts_on, row.ends_on = starts_on, ends_on
    created(row)
    _write_version(
        row,
        number=1,
        reason=VersionReason.INITIAL,
        comment=comment,
        effective_on=min(starts_on, on),  # known today, even when it starts tomorrow
        terms=terms,
        parts=written,
        document_id=file_id(actor, document_uid) if document_uid else None,
    )
    return row.uid


def _contractor(actor: Actor, contract_id: int, uid: UUID) -> int:
    """The internal number of a titulaire of the contract. Raises Invalid when it is not one."""
    if uid not in dict(contractors_of(actor=actor, contract_id=contract_id)):
        raise Invalid(
            {"contractor": "Cette entreprise n'est pas titulaire de ce marché : attribuez-le d'abord."}
        )
    return get_organisation(actor=actor, uid=uid).id


def _refuse_second(contract_id: int, lot: int | None, contractor_id: int, starts_on: date) -> None:
    same = Commitment.objects.filter(
        contract_id=contract_id, contractor_id=contractor_id, starts_on=starts_on
    )
    held = same.filter(Q(lot_id=lot) if lot else Q(lot=None))
    if held.exists():
        sentence = "Cette entreprise a déjà un engagement d'insertion ici, à cette date de début."
        raise Invalid({"contractor": sentence})


def _write_version(
    row: Commitment,
    *,
    number: int,
    reason: VersionReason,
    comment: str,
    effective_on: date,
    terms: Terms,
    parts: Sequence[PartEntry],
    document_id: int | None,
) -> CommitmentVersion:
    version = created(
        CommitmentVersion(
            commitment=row,
            contract_id=row.contract_id,
            number=number,
            reason=reason,
            comment=collapse(comment)[:500],
            document_id=document_id,
            effective_on=effective_on,
            ends_on=row.ends_on,
            minimum_hours=terms.minimum_hours,
            offer_hours=terms.offer_hours,
            amount_ht=terms.amount_ht,
            labour_share=terms.labour_share,
            rate=terms.rate,
            hourly_cost=terms.hourly_cost,
            rounding=terms.rounding,
        )
    )
    for part in parts:
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
            )
        )
    return version


def _locked(actor: Actor, uid: UUID) -> Commitment:
    """Lock a commitment that the actor may change. Raises Absent, NotAllowed, WrongState."""
    seen = commitments_visible_to(actor)
    row = seen.filter(uid=uid).first()
    if row is None:
        raise Absent("commitments.Commitment")
    contract = row.contract
    decision = permissions.can_add_version(
        actor, owner_org_id=contract.owner_org_id, contract_state=contract.state, closed_on=None
    )
    demand(decision)
    locked = lock(seen, uid=uid)
    if locked.closed_on is not None:
        raise WrongState("Cet engagement est soldé : il ne change plus.")
    return locked


def _last_version(row: Commitment) -> CommitmentVersion:
    last = CommitmentVersion.objects.filter(commitment=row).order_by("-number").first()
    if last is None:
        raise WrongState("Cet engagement n'a pas de première version.")
    return last


@operation("commitments.version.added")
def add_version(
    *,
    actor: Actor,
    uid: UUID,
    reason: VersionReason,
    effective_on: date,
    terms: Terms,
    comment: str = "",
    parts: Sequence[PartEntry] = (),
    document_uid: UUID | None = None,
    ends_on: date | None = None,
    after: int | None = None,
) -> UUID:
    """Say what the engagement is from a day on; the versions before stay as they were. Return the commitment's uid.

    `ends_on`: the new term, when it moves. `after`: number of the version that the person read.
    Raises NotAllowed, Absent, WrongState (settled), Conflict (somebody wrote one meanwhile), Invalid.
    """
    row = _locked(actor, uid)
    last = _last_version(row)
    if after is not None and after != last.number:
        raise Conflict("Une autre version vient d'être enregistrée. Relisez la page.", theirs=last.number)
    if reason == VersionReason.INITIAL:
        raise Invalid({"reason": "Choisissez le motif de cette nouvelle version."})
    if effective_on < last.effective_on:
        raise Invalid({"effective_on": "Cette version s'applique avant la précédente."})
    kind, term = CommitmentKind(row.kind), ends_on or row.ends_on
    _check_dates(row.starts_on, term)
    check_terms(kind, terms)
    written = schedule(kind, terms, parts, starts_on=row.starts_on, ends_on=term)
    because(collapse(comment))
    if term != row.ends_on:
        change(row, ends_on=term)
    document_id = file_id(actor, document_uid) if document_uid else None
    _write_version(
        row,
        number=last.number + 1,
        reason=reason,
        comment=comment,
        effective_on=effective_on,
        terms=terms,
        parts=written,
        document_id=document_id,
    )
    return row.uid


@operation("commitments.commitment.closed")
def close_commitment(*, actor: Actor, uid: UUID, on: date, reason: str = "") -> UUID:
    """Settle an engagement on a day: no new version after that. Raises NotAllowed, Absent, WrongState, Refusal."""
    row = _locked(actor, uid)
    if on < row.starts_on:
        raise Refusal("Un engagement ne se solde pas avant son début.", "on")
    because(collapse(reason))
    change(row, closed_on=on)
    return row.uid
