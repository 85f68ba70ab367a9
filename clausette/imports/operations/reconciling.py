"""A published record becomes the purchase that was awaited, or is left; one that nobody followed is followed."""

from datetime import date
from uuid import UUID

from clausette.access.enums import Capability
from clausette.advice.operations import follow_study
from clausette.advice.queries import studies_visible_to
from clausette.files.queries import read_file
from clausette.imports import permissions
from clausette.imports.decp import DecpRecord, read_decp
from clausette.imports.enums import RowChoice
from clausette.imports.models import ImportRow, LeftRecord
from clausette.imports.operations.applying import tie
from clausette.imports.operations.changing import note_changes
from clausette.imports.operations.writing import Scribe
from clausette.imports.queries.batches import rows_visible_to
from clausette.imports.queries.held import held_contracts
from clausette.imports.rules import published
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, Refusal, WrongState
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement.enums import ContractState
from clausette.procurement.operations import move_contract
from clausette.procurement.queries import contract_key, contract_sheet

NOT_THE_SAME = "Ce n'est pas le même."
LONGEST_REASON = 300


def _row(actor: Actor, uid: UUID) -> ImportRow:
    """Lock a record not tied yet. Raises NotAllowed, Absent, WrongState."""
    demand(permissions.can_import(actor))
    row = lock(rows_visible_to(actor).select_related("batch__file"), uid=uid)
    if row.result_id is not None:
        raise WrongState("Ce marché est déjà repris.")
    return row


def _record(actor: Actor, row: ImportRow) -> DecpRecord:
    """Read the record again where it was kept. Raises Refusal when it cannot be taken."""
    content = read_file(actor=actor, uid=row.batch.file.uid)
    found = read_decp(content.data, only={row.position}).records
    if not found or found[0].fields is None:
        raise Refusal("Cet enregistrement ne peut pas être repris : voyez ses remarques sur la page de l'import.")
    return found[0]


@operation("imports.match.accepted")
def accept_match(
    *, actor: Actor, row_uid: UUID, on: date, study_uid: UUID | None = None, contract_uid: UUID | None = None
) -> UUID:
    """Say that a record is the purchase awaited: its contract gets what was published; return its uid.

    A study without contract gets its contract first. Blanks are filled, titulaires are awarded, the contract is
    notified; what a person typed stays. Raises NotAllowed, Absent, WrongState, Refusal.
    """
    row = _row(actor, row_uid)
    record = _record(actor, row)
    if record.fields is None:
        raise Absent("imports.ImportRow")
    said, scribe = published(record.fields), Scribe(actor, on, row.batch)
    if study_uid is not None:
        contract_uid = follow_study(
            actor=actor, study_uid=study_uid, buyer_uid=scribe.body(said.buyer, Capability.BUYER), on=on
        )
    if contract_uid is None:
        raise Invalid({"": "Choisissez le marché ou l'étude."})
    key = contract_key(actor, contract_uid)
    here = held_contracts(actor=actor, records=[record], also={key.id})
    held = next((one for one in here.values() if one.id == key.id), None)
    if held is None or not held.piloted:
        raise Absent("procurement.Contract")
    note_changes(row.batch, said, held, on=on)
    scribe.attach(held.uid, said, held.facts, ())
    _notify(actor, held.uid, said.notified_on, on)
    change(row, choice=RowChoice.ATTACH, attach_to_id=key.id, result_id=key.id)
    tie(actor, [(record, key.id)])
    return held.uid


def _notify(actor: Actor, uid: UUID, notified_on: date, on: date) -> None:
    """The contract is notified, on the day published unless a later step is known."""
    sheet = contract_sheet(actor=actor, uid=uid)
    if ContractState.NOTIFIED in sheet.next_states:
        try:
            move_contract(actor=actor, uid=uid, to=ContractState.NOTIFIED, reason="", on=notified_on)
        except Invalid:  # a step is known after that day
            move_contract(actor=actor, uid=uid, to=ContractState.NOTIFIED, reason="", on=on)


@operation("imports.match.left")
def leave_match(
    *, actor: Actor, row_uid: UUID, on: date, study_uid: UUID | None = None, contract_uid: UUID | None = None
) -> UUID:
    """Remember that a record is not the purchase it looked like. Raises NotAllowed, Absent, WrongState."""
    row = _row(actor, row_uid)
    study = None
    if study_uid is not None:
        study = studies_visible_to(actor).filter(uid=study_uid).values_list("pk", flat=True).first()
        if study is None:
            raise Absent("advice.Study")
    contract = contract_key(actor, contract_uid).id if contract_uid else None
    if study is None and contract is None:
        raise Invalid({"": "Choisissez le marché ou l'étude."})
    return created(
        LeftRecord(
            owner_org_id=actor.organisation_id, key=row.key, study_id=study, contract_id=contract,
            reason=NOT_THE_SAME, left_on=on, left_by_id=actor.account_id,
        )
    ).uid  # fmt: skip


@operation("imports.record.left")
def leave_record(*, actor: Actor, row_uid: UUID, reason: str, on: date) -> UUID:
    """Remember that a published record is not to be followed, and why. Raises NotAllowed, Absent, Invalid."""
    row = _row(actor, row_uid)
    reason = collapse(reason)
    if not reason:
        raise Invalid({"reason": "Dites pourquoi vous ne suivez pas ce marché."})
    because(reason)
    return created(
        LeftRecord(
            owner_org_id=actor.organisation_id, key=row.key, reason=reason[:LONGEST_REASON], left_on=on,
            left_by_id=actor.account_id,
        )
    ).uid  # fmt: skip


@operation("imports.record.followed")
def follow_record(*, actor: Actor, row_uid: UUID, on: date) -> UUID:
    """Follow a published record: its contract is created as an import does; return its uid.

    Raises NotAllowed, Absent, WrongState, Refusal.
    """
    row = _row(actor, row_uid)
    record = _record(actor, row)
    if record.fields is None:
        raise Absent("imports.ImportRow")
    uid = Scribe(actor, on, row.batch).create(published(record.fields))
    made = contract_key(actor, uid).id
    change(row, choice=RowChoice.CREATE, attach_to_id=None, result_id=made)
    tie(actor, [(record, made)])
    return uid
