"""Tranches, reconductions and years: planned, then decided by an act with its day, its reason and its paper."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.french import format_date
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement.enums import PhaseKind, PhaseState
from clausette.procurement.errors import AlreadyHeld
from clausette.procurement.models import DECIDED_LATER, Contract, ContractPhase, Lot
from clausette.procurement.operations.checks import lot_of, piloted_contract, positive
from clausette.procurement.queries.visibility import phases_visible_to
from clausette.procurement.rules import check_decision, decision_words, years_of

_FOLLOWING = (PhaseKind.BASE_PERIOD, PhaseKind.RENEWAL, PhaseKind.YEAR)


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    """One phase to plan; both days are inside it."""

    kind: PhaseKind
    number: int
    starts_on: date
    ends_on: date
    label: str = ""
    amount_ht: Decimal | None = None


def _check(contract: Contract, lot: Lot | None, entry: PhaseEntry) -> None:
    errors: dict[str, str] = {}
    if entry.ends_on < entry.starts_on:
        errors["ends_on"] = "La fin de la phase précède son début."
    positive(entry.amount_ht, "amount_ht", "Le montant de la phase doit être supérieur à zéro.", errors)
    if errors:
        raise Invalid(errors)
    held = ContractPhase.objects.filter(contract=contract, lot=lot)
    if held.filter(kind=entry.kind, number=entry.number).exists():
        raise AlreadyHeld(f"« {entry.kind.label} {entry.number} » existe déjà.", "number")
    if entry.kind not in _FOLLOWING:
        return
    other = (
        held.filter(kind__in=_FOLLOWING, starts_on__lte=entry.ends_on, ends_on__gte=entry.starts_on)
        .order_by("starts_on", "id")
        .first()
    )
    if other is not None:
        told = f"du {format_date(other.starts_on)} au {format_date(other.ends_on)}"
        raise Invalid({"starts_on": f"Cette période en chevauche une autre, {told}."})


def _write(contract: Contract, lot: Lot | None, entry: PhaseEntry) -> ContractPhase:
    _check(contract, lot, entry)
    later = entry.kind in DECIDED_LATER
    return created(
        ContractPhase(
            contract=contract,
            lot=lot,
            kind=entry.kind,
            number=entry.number,
            label=collapse(entry.label)[:200],
            starts_on=entry.starts_on,
            ends_on=entry.ends_on,
            amount_ht=entry.amount_ht,
            state=PhaseState.PLANNED if later else PhaseState.CONFIRMED,
        )
    )


@operation("procurement.phase.planned")
def plan_phase(*, actor: Actor, contract_uid: UUID, entry: PhaseEntry, lot_uid: UUID | None = None) -> UUID:
    """Record a phase of a contract or of a lot; return its uid. What is optional waits for a decision.

    Raises NotAllowed, Absent, Invalid (dates, overlap), AlreadyHeld (same number).
    """
    contract = piloted_contract(actor, contract_uid)
    return _write(contract, lot_of(contract, lot_uid), entry).uid


@operation("procurement.years.planned")
def plan_years(*, actor: Actor, contract_uid: UUID) -> tuple[UUID, ...]:
    """Cut the execution of a concession into its years; return their uids. Raises NotAllowed, Absent, Invalid."""
    contract = piloted_contract(actor, contract_uid)
    if contract.starts_on is None or contract.ends_on is None:
        raise Invalid({"": "Donnez d'abord le début et la fin d'exécution du marché."})
    if ContractPhase.objects.filter(contract=contract, lot=None, kind=PhaseKind.YEAR).exists():
        raise WrongState("Les années de ce marché sont déjà là.")
    years = years_of(contract.starts_on, contract.ends_on)
    return tuple(
        _write(contract, None, PhaseEntry(PhaseKind.YEAR, year.number, year.starts_on, year.ends_on)).uid
        for year in years
    )


@operation("procurement.phase.decided")
def decide_phase(
    *, actor: Actor, uid: UUID, confirmed: bool, on: date, reason: str = "", document_uid: UUID | None = None
) -> UUID:
    """Say that an optional phase is made or not; return the uid of the phase. The engagement is adapted apart.

    Raises NotAllowed, Absent, WrongState (already decided), Invalid (no reason for what is not made).
    """
    seen = phases_visible_to(actor)
    known = seen.filter(uid=uid).select_related("contract").first()
    if known is None:
        raise Absent("procurement.ContractPhase")
    piloted_contract(actor, known.contract.uid)
    row = lock(seen, uid=uid)
    state = PhaseState.CONFIRMED if confirmed else PhaseState.NOT_MADE
    kind = PhaseKind(row.kind)
    check_decision(kind, PhaseState(row.state), state)
    reason = collapse(reason)
    if not confirmed and not reason:
        raise Invalid({"reason": "Dites pourquoi cette phase n'est pas faite."})
    told = f"{decision_words(kind, state)} le {format_date(on)}"
    because(f"{told} : {reason}" if reason else told)
    document_id = file_id(actor, document_uid) if document_uid else None
    change(row, state=state, decided_on=on, reason=reason[:300], document_id=document_id)
    return row.uid
