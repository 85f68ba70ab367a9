"""The person decides: create, tie to a contract held, leave aside; which published values to take."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clausette.imports.decp import DecpRecord
from clausette.imports.enums import RowChoice, RowFate
from clausette.imports.models import ImportBatch, ImportRow
from clausette.imports.operations.assessing import changes_with
from clausette.imports.operations.taking import AT_ONCE, decidable_batch, record_of
from clausette.imports.queries.batches import rows_visible_to
from clausette.imports.queries.held import HeldHere, held_contracts
from clausette.imports.rules import DifferenceKind
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal, WrongState
from clausette.kernel.operation import because, change, lock, operation
from clausette.procurement import permissions as procurement
from clausette.procurement.queries import contract_key

# What may be decided for each fate; a fate not listed is not decided by anybody.
OPEN = {
    RowFate.ADDED: {RowChoice.CREATE, RowChoice.ATTACH, RowChoice.SKIP},
    RowFate.AMBIGUOUS: {RowChoice.CREATE, RowChoice.ATTACH, RowChoice.SKIP, RowChoice.UNDECIDED},
    RowFate.CHANGED: {RowChoice.ATTACH, RowChoice.SKIP},
    RowFate.SAME: {RowChoice.ATTACH, RowChoice.SKIP},
}
CLOSED = {
    RowFate.REFUSED: "Cet enregistrement ne peut pas être repris : voyez ses remarques.",
    RowFate.SET_ASIDE: "Cet enregistrement est mis de côté : une version précédente ne le lisait pas.",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided for one record; `accepted`: names of the differing fields whose published value is taken."""

    choice: RowChoice
    attach_to_uid: UUID | None = None
    accepted: frozenset[str] = frozenset()


@operation("imports.row.decided")
def choose(*, actor: Actor, batch_uid: UUID, position: int, decision: Decision) -> UUID:
    """Keep the decision for one record; nothing is written to the contracts. Return the uid of the row.

    Raises NotAllowed, Absent, WrongState (already taken), Refusal (not open to this record, contract missing).
    """
    batch = decidable_batch(actor, batch_uid)
    row = lock(rows_visible_to(actor), batch_id=batch.pk, position=position)
    _demand_open(row, decision.choice)
    change(row, **_decided(actor, batch, row, decision))
    return row.uid


@operation("imports.rows.decided")
def choose_all(
    *, actor: Actor, batch_uid: UUID, fate: RowFate, choice: RowChoice, accept: bool = False
) -> int:
    """Decide alike for all the records of a fate that are not taken yet; return how many.

    SKIP; CREATE for the new ones; ATTACH for the changed ones, with every published value (`accept`) or none.
    Raises NotAllowed, Absent, Refusal.
    """
    batch = decidable_batch(actor, batch_uid)
    if choice not in OPEN.get(fate, set()) or (choice == RowChoice.ATTACH and fate != RowFate.CHANGED):
        raise Refusal("Ce choix ne peut pas être fait pour tous ces enregistrements à la fois.")
    if choice == RowChoice.CREATE and fate != RowFate.ADDED:
        raise Refusal("Ces enregistrements ressemblent à des marchés saisis : décidez un par un.")
    because(f"{RowFate(fate).label} : {RowChoice(choice).label}")
    rows = list(rows_visible_to(actor).filter(batch=batch, fate=fate, result=None).order_by("position"))
    if fate == RowFate.AMBIGUOUS:
        rows = [row for row in rows if row.choice == RowChoice.UNDECIDED]
    for row in rows:
        row.choice = choice
        row.changes = [{**one, "accepted": accept and _asked(one)} for one in row.changes]
        if fate == RowFate.ADDED:
            row.attach_to_id = None
    ImportRow.objects.bulk_update(rows, ("choice", "changes", "attach_to"), batch_size=AT_ONCE)
    return len(rows)


def _demand_open(row: ImportRow, choice: RowChoice) -> None:
    fate = RowFate(row.fate)
    if row.result_id is not None:
        raise WrongState("Ce marché est déjà repris.")
    if choice not in OPEN.get(fate, set()):
        raise Refusal(CLOSED.get(fate, "Ce choix n'est pas possible pour cet enregistrement."))


def _decided(actor: Actor, batch: ImportBatch, row: ImportRow, decision: Decision) -> dict[str, Any]:
    values: dict[str, Any] = {"choice": decision.choice}
    if decision.choice == RowChoice.ATTACH:
        values |= _attached(actor, batch, row, decision)
    elif row.fate in (RowFate.ADDED, RowFate.AMBIGUOUS):
        values |= {"attach_to_id": None, "changes": []}
    return values


def _attached(actor: Actor, batch: ImportBatch, row: ImportRow, decision: Decision) -> dict[str, Any]:
    """Tie the row to the contract asked (or the one found), and keep the differences with the answers."""
    record = record_of(actor, batch, row)
    held = _target(actor, row, record, decision.attach_to_uid)
    changes = changes_with(record, held)
    accepted = decision.accepted
    answered = [{**one, "accepted": _asked(one) and one["field"] in accepted} for one in changes]
    return {"attach_to_id": held.id, "changes": answered}


def _target(actor: Actor, row: ImportRow, record: DecpRecord, uid: UUID | None) -> HeldHere:
    found_by_number = row.fate in (RowFate.CHANGED, RowFate.SAME)
    if uid is None and not found_by_number:
        raise Refusal("Choisissez le marché à rapprocher.", "attach_to")
    wanted = row.attach_to_id if found_by_number else None
    if uid is not None and not found_by_number:
        key = contract_key(actor, uid)
        demand(procurement.can_pilot(actor, owner_org_id=key.owner_org_id))
        wanted = key.id
    here = held_contracts(actor=actor, records=[record], also={wanted} if wanted else set())
    for one in here.values():
        if one.id == wanted:
            return one
    raise Refusal("Choisissez le marché à rapprocher.", "attach_to")


def _asked(change_kept: dict[str, Any]) -> bool:
    return bool(change_kept["kind"] == DifferenceKind.DIFFERS.value)
