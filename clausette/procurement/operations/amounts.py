"""Orders and invoices typed by the structure or by the maître d'ouvrage; withdrawn with a reason, never erased."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clausette.files.queries import file_id
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.kernel.text import collapse
from clausette.procurement import permissions
from clausette.procurement.enums import AmountKind
from clausette.procurement.models import AmountEntry, Contract, Lot
from clausette.procurement.operations.founding import one_at_a_time
from clausette.procurement.queries.amounts import acts_for_buyer, billing_firms, ceiling_of
from clausette.procurement.queries.visibility import amounts_visible_to, contracts_visible_to, lots_visible_to
from clausette.procurement.rules import wrong_amount, wrong_amount_day

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One order or one invoice: euros without tax; `place` is how an error names it (« Ligne 2 : ») among several."""

    on: date
    reference: str
    amount_ht: Decimal
    contractor_uid: UUID
    lot_uid: UUID | None = None
    place: str = ""


def _contract(actor: Actor, uid: UUID) -> Contract:
    row = contracts_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("procurement.Contract")
    demand(
        permissions.can_enter_amounts(
            actor,
            owner_org_id=row.owner_org_id,
            state=row.state,
            for_buyer=acts_for_buyer(actor=actor, contract_id=row.pk),
        )
    )
    return row


class _Batch:
    """Checks lines one after the other and keeps what is wrong with each."""

    def __init__(self, actor: Actor, contract: Contract, kind: AmountKind, today: date) -> None:
        self.kind, self.today, self.contract = kind, today, contract
        days = [day for day in (contract.notified_on, contract.starts_on) if day]
        self.first_day = min(days) if days else None
        self.firms = {firm.uid: firm for firm in billing_firms(actor=actor, contract_id=contract.pk)}
        rows = lots_visible_to(actor).filter(contract=contract).order_by("id")
        self.lots: dict[UUID, Lot] = {lot.uid: lot for lot in rows}
        held = AmountEntry.objects.filter(contract=contract, kind=kind, withdrawn_at=None)
        self.taken = {
            (firm, reference.casefold())
            for firm, reference in held.order_by("id").values_list("contractor_id", "reference")
        }

    def wrong(self, line: AmountLine) -> tuple[str, str]:
        """The field for which this line is refused and why, « » when it holds."""
        firm = self.firms.get(line.contractor_uid)
        if firm is None:
            return "firm", "cette entreprise n'est pas titulaire du marché."
        if line.lot_uid is not None and line.lot_uid not in self.lots:
            return "lot", "ce lot n'est pas dans ce marché."
        reference = collapse(line.reference)
        if not reference or len(reference) > 60:
            return "reference", "la référence compte de 1 à 60 caractères."
        if told := wrong_amount(self.kind, line.amount_ht):
            return "amount", told
        if told := wrong_amount_day(line.on, today=self.today, first_day=self.first_day):
            return "on", told
        if (firm.id, reference.casefold()) in self.taken:
            return "reference", f"{reference} est déjà enregistrée pour {firm.name}."
        self.taken.add((firm.id, reference.casefold()))
        return "", ""


@operation("procurement.amounts.entered")
def enter_amounts(
    *,
    actor: Actor,
    contract_uid: UUID,
    kind: AmountKind,
    lines: Sequence[AmountLine],
    today: date,
    document_uid: UUID | None = None,
) -> tuple[UUID, ...]:
    """Record orders or invoices of a contract, all of them or none; return their uids in order.

    Raises NotAllowed, Absent, Invalid: one sentence for the first line that is wrong, or for orders above the maximum
    of an accord-cadre; under « lines » when the line has its place among several, else under its field (« on »,
    « reference », « amount », « firm », « lot »).
    """
    contract = _contract(actor, contract_uid)
    if not 0 < len(lines) <= MOST_AT_ONCE:
        raise Invalid({"lines": f"Écrivez au moins une ligne, {MOST_AT_ONCE} au plus."})
    one_at_a_time(contract.pk)
    batch = _Batch(actor, contract, kind, today)
    for line in lines:
        field, told = batch.wrong(line)
        if told:
            raise Invalid({"lines": line.place + told} if line.place else {field: told[0].upper() + told[1:]})
    if kind == AmountKind.ORDERED:
        field = "lines" if any(line.place for line in lines) else "amount"
        _refuse_above(actor, contract, [line.amount_ht for line in lines], field)
    document_id = file_id(actor, document_uid) if document_uid else None
    return tuple(
        created(
            AmountEntry(
                contract=contract,
                lot=batch.lots.get(line.lot_uid) if line.lot_uid else None,
                contractor_id=batch.firms[line.contractor_uid].id,
                kind=kind,
                on=line.on,
                reference=collapse(line.reference),
                amount_ht=line.amount_ht,
                document_id=document_id,
                entered_by_id=actor.account_id,
                entered_org_id=actor.organisation_id,
            )
        ).uid
        for line in lines
    )


def _refuse_above(actor: Actor, contract: Contract, amounts: Iterable[Decimal], field: str) -> None:
    told = ceiling_of(actor=actor, contract=contract).refusal(*amounts)
    if told:
        raise Invalid({field: told})


@operation("procurement.amount.withdrawn")
def withdraw_amount(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> UUID:
    """Withdraw an order or an invoice typed by mistake: it stays in the list, out of every total.

    Raises NotAllowed, Absent, WrongState, Invalid (no reason).
    """
    seen = amounts_visible_to(actor)
    known = seen.filter(uid=uid).select_related("contract").first()
    if known is None:
        raise Absent("procurement.AmountEntry")
    demand(
        permissions.can_withdraw_amount(
            actor,
            owner_org_id=known.contract.owner_org_id,
            state=known.contract.state,
            entered_org_id=known.entered_org_id,
        )
    )
    row = lock(seen, uid=uid)
    if row.withdrawn_at is not None:
        raise WrongState("Cette ligne est déjà retirée.")
    reason = collapse(reason)
    if not reason:
        raise Invalid({"reason": "Dites pourquoi cette ligne est retirée."})
    because(reason)
    change(row, withdrawn_at=at, withdrawn_reason=reason[:300])
    return row.uid
