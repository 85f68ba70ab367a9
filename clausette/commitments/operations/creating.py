"""Record the engagement of a titulaire, with its first version."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from django.db.models import Q

from clausette.access.queries import get_organisation
from clausette.commitments import permissions
from clausette.commitments.enums import (
    CommitmentKind,
    EttAdmission,
    Periodicity,
    VersionReason,
    WorkStudyCounting,
)
from clausette.commitments.models import Commitment
from clausette.commitments.operations.writing import Papers, Said, check_term, write_version
from clausette.commitments.queries.conditions import PROPOSED, default_conditions
from clausette.commitments.rules import (
    CONTROL_CODE,
    PartEntry,
    TargetEntry,
    Terms,
    check_counting,
    check_expected,
    check_targets,
    check_terms,
    schedule,
)
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import created, operation
from clausette.procurement.enums import LegalDeviceKind
from clausette.procurement.queries import ContractKey, contract_key, contractors_of, lot_id, lot_keys
from clausette.reference.queries import categories


class Options(TypedDict, total=False):
    """What an engagement carries besides its hours. `due_day`: day of the month of the statement (1–28).

    Counting rules left out (None, "") are those of the structure, else the dated parameters.
    """

    ett: EttAdmission
    periodicity: Periodicity
    due_day: int
    penalty_multiplier: Decimal
    publics: list[str]
    modalities: list[str]
    cdi_months: int | None
    work_study: WorkStudyCounting | None
    training_cap: Decimal | None
    validity_months: int | None
    controls_off: list[str]
    confirmed_by_firm: bool


class EngagementOptions(Options, total=False):
    """The same, and the first month whose statement is expected (None: from the start of the engagement)."""

    expected_from: date | None


def columns(options: EngagementOptions | Options) -> dict[str, object]:
    """The options as columns of the table. Raises Invalid when one of them does not hold."""
    check_counting(
        cdi_months=options.get("cdi_months"),
        training_cap=options.get("training_cap"),
        validity_months=options.get("validity_months"),
        due_day=options.get("due_day"),
        penalty_multiplier=options.get("penalty_multiplier"),
    )
    asked = set(options.get("publics", ()))
    if asked and asked != {row.code for row in categories(codes=asked)}:
        raise Invalid({"publics": "Choisissez les publics dans la liste."})
    if not all(CONTROL_CODE.fullmatch(code) for code in options.get("controls_off", ())):
        raise Invalid({"controls_off": "Choisissez les contrôles dans la liste."})
    return {**options, "work_study": options["work_study"] or ""} if "work_study" in options else dict(options)


def _proposed(actor: Actor, owner_org_id: int, on: date) -> dict[str, object]:
    """What the structure référente proposes for a new engagement, as columns; nothing when it never said."""
    found = default_conditions(actor=actor, owner_org_id=owner_org_id, on=on)
    if found is None:
        return {}
    held = {name: getattr(found, name) for name in PROPOSED}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in held.items()}


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
    targets: Sequence[TargetEntry] = (),
    lot_uid: UUID | None = None,
    document_uid: UUID | None = None,
    papers: Papers | None = None,
    comment: str = "",
    added_on: date | None = None,
    **options: Unpack[EngagementOptions],
) -> UUID:
    """Record the engagement of a titulaire on a contract or a lot, with its first version; return its uid.

    Without parts, all the hours due are one firm part. `added_on`: the clause was added to a running contract by an
    act of that day. Options left out are those of the default rules of the structure on the day `on`.
    Raises NotAllowed, Absent, Invalid, CalculationImpossible.
    """
    contract = contract_key(actor, contract_uid)
    owner, state = contract.owner_org_id, contract.state
    demand(permissions.can_create_commitment(actor, owner_org_id=owner, contract_state=state))
    terms, kind = terms or Terms(), CommitmentKind(kind)
    check_term(starts_on, ends_on)
    _check_added(contract, added_on)
    check_terms(kind, terms)
    check_targets(kind, targets)
    written = schedule(kind, terms, parts, starts_on=starts_on, ends_on=ends_on)
    lot = lot_id(actor, contract_id=contract.id, uid=lot_uid)
    _check_clause(actor, contract, lot, kind)
    firm = _contractor(actor, contract.id, contractor_uid)
    _refuse_second(contract.id, lot, firm, starts_on)
    check_expected(options.get("expected_from"), starts_on=starts_on)
    conditions = _proposed(actor, owner, on) | columns(options)
    row = Commitment(contract_id=contract.id, lot_id=lot, contractor_id=firm, kind=kind, **conditions)
    row.lead_org_id, row.starts_on, row.ends_on = owner, starts_on, ends_on
    created(row)
    held = papers or Papers(document_uid)
    reason = VersionReason.ADDED_CLAUSE if added_on else VersionReason.INITIAL
    # known today, even when it starts tomorrow
    day = added_on or min(starts_on, on)
    said = Said(reason, day, terms, written, targets, comment, held.ids(actor))
    write_version(row, 1, said)
    return row.uid


def _check_added(contract: ContractKey, added_on: date | None) -> None:
    if added_on and contract.notified_on and added_on < contract.notified_on:
        raise Invalid({"added_on": "La clause serait ajoutée avant la notification du marché."})


def _check_clause(actor: Actor, contract: ContractKey, lot: int | None, kind: CommitmentKind) -> None:
    """Voluntary hours are « hors clause »: on a lot, or a contract, without clause only (MODEL §1)."""
    if kind != CommitmentKind.VOLUNTARY:
        return
    clause = contract.device != LegalDeviceKind.NONE if lot is None else lot_keys(actor, [lot])[lot].has_clause
    if clause:
        sentence = "Des heures volontaires se comptent sur un lot sans clause : celui-ci en a une."
        raise Invalid({"lot": sentence})


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
