"""Marchés, lots, attributions, engagements and balances, through the operations of their rooms."""

from collections import defaultdict
from uuid import UUID

from clausette.access.enums import Capability
from clausette.commitments.enums import CommitmentKind, EttAdmission, VersionReason
from clausette.commitments.operations import Terms, add_version, create_commitment
from clausette.hours.operations import record_opening_balance
from clausette.imports.operations.takeover.writer import Writer
from clausette.imports.takeover.compare.contracts import Target, opening_of
from clausette.imports.takeover.following import expected_from
from clausette.imports.takeover.keys import lot_key
from clausette.imports.takeover.records import Fate, Record, RecordKind
from clausette.kernel.operation import isolated
from clausette.kernel.text import search_key
from clausette.procurement.enums import ContractState
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.operations import LotEntry, add_lots, award, create_contract, create_operation
from clausette.procurement.queries import contracts_visible_to, lots_visible_to
from clausette.procurement.queries.visibility import operations_visible_to


def write_contracts(writer: Writer) -> None:
    """Write the marchés of the workbook, each with its lots, then the engagement of each line."""
    targets = {one.key: one for one in writer.compared.bench.contracts.targets}
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in writer.compared.records:
        if record.kind is RecordKind.CONTRACT and record.fate is Fate.NEW:
            groups[record.parent].append(record)
    for records in groups.values():
        for record in records:
            with writer.trying(record):
                _write(writer, record, targets[record.key], records)


def _write(writer: Writer, record: Record, target: Target, group: list[Record]) -> None:
    if target.held is not None:
        _opening(writer, record, target.held.uid)
        return
    contract = writer.contracts.get(record.parent) or _contract(writer, record, group)
    lot = _lot(writer, contract, record)
    contractor = writer.body(target.contractor, Capability.CONTRACTOR)
    amount = record.number("amount_ht") if lot or len(group) == 1 else None
    try:
        with isolated():
            award(
                actor=writer.actor, contract_uid=contract, contractor_uid=contractor, lot_uid=lot,
                amount_ht=amount or None,
                notified_on=record.day("notified_on"), on=record.day("contract_starts_on") or writer.on,
            )  # fmt: skip
    except AlreadyHeld:
        pass  # awarded already: only its engagement is missing
    uid = _commitment(writer, record, contract, contractor, lot)
    _amendment(writer, record, uid)
    _opening(writer, record, uid)
    writer.contracts[record.parent] = contract
    writer.commitments[target.key] = uid


def _contract(writer: Writer, record: Record, group: list[Record]) -> UUID:
    """The marché held, or a new one with the dates of all its lines."""
    if "contract" in record.held:
        rows = contracts_visible_to(writer.actor).filter(pk=record.held["contract"])
        return rows.values_list("uid", flat=True).get()
    starts = [day for one in group if (day := one.day("contract_starts_on"))]
    ends = [day for one in group if (day := one.day("contract_ends_on"))]
    number = record.text("contract_number")
    amount = record.number("amount_ht") if len(group) == 1 and not record.text("lot_number") else None
    return create_contract(
        actor=writer.actor,
        common_name=record.text("contract_name") or f"Marché {number}",
        buyer_uid=writer.body(_key(writer, record, "buyer"), Capability.BUYER),
        on=writer.on,
        official_id=number,
        kind=record.text("contract_kind") or "public_contract",
        nature=record.text("nature") or "works",
        state=ContractState.RUNNING,
        notified_on=record.day("notified_on"),
        starts_on=min(starts, default=None),
        ends_on=max(ends, default=None),
        amount_ht=amount or None,
        operation_uid=_operation(writer, record.text("operation")),
    )


def _key(writer: Writer, record: Record, role: str) -> str:
    return writer.compared.bench.bodies.key(record, role)


def _operation(writer: Writer, name: str) -> UUID | None:
    if not name:
        return None
    rows = operations_visible_to(writer.actor).filter(
        owner_org_id=writer.actor.organisation_id, sort_key=search_key(name)[:200]
    )
    known = rows.values_list("uid", flat=True).first()
    return known or create_operation(actor=writer.actor, name=name[:200])


def _lot(writer: Writer, contract: UUID, record: Record) -> UUID | None:
    """The lot of a line: the one of that number, or a new one."""
    number = record.text("lot_number")
    if not number:
        return None
    rows = (
        lots_visible_to(writer.actor)
        .filter(contract__uid=contract)
        .order_by("pk")
        .values_list("number", "uid")
    )
    for known, uid in rows:
        if lot_key(known) == lot_key(number):
            return uid
    short = lot_key(number)[:10]
    entry = LotEntry(short, record.text("lot_title") or f"Lot {short}", record.number("amount_ht") or None)
    return add_lots(actor=writer.actor, contract_uid=contract, lots=[entry])[0]


def _commitment(writer: Writer, record: Record, contract: UUID, contractor: UUID, lot: UUID | None) -> UUID:
    minimum, offer = record.number("hours_minimum") or None, record.number("hours_offer") or None
    starts, ends = record.day("contract_starts_on") or writer.on, record.day("contract_ends_on")
    opening_on = record.day("opening_on") if opening_of(record) else None
    return create_commitment(
        actor=writer.actor,
        contract_uid=contract,
        contractor_uid=contractor,
        kind=CommitmentKind.FIXED if minimum or offer else CommitmentKind.FOLLOWED,
        starts_on=starts,
        ends_on=ends or writer.on,
        on=writer.on,
        expected_from=expected_from(
            starts_on=starts, opening_on=opening_on, last_month=writer.last_month, on=writer.on
        ),
        terms=Terms(minimum_hours=minimum, offer_hours=offer),
        lot_uid=lot,
        comment=writer.reason,
        ett=EttAdmission.YES,  # ordinary temporary work was admitted by who validated these hours
    )


def _amendment(writer: Writer, record: Record, uid: UUID) -> None:
    day, hours = record.day("amendment_on"), record.number("amendment_hours")
    if day is None or not hours:
        return
    add_version(
        actor=writer.actor, uid=uid, reason=VersionReason.AMENDMENT, effective_on=day,
        terms=Terms(minimum_hours=hours), comment=writer.reason,
    )  # fmt: skip


def _opening(writer: Writer, record: Record, uid: UUID) -> None:
    day, hours = record.day("opening_on"), opening_of(record)
    if day is None or not hours:
        return
    record_opening_balance(
        actor=writer.actor, commitment_uid=uid, as_of=day, hours=hours, by_year=record.opening_by_year,
        document_uid=writer.document_uid, on=writer.on,
    )  # fmt: skip
