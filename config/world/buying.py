"""Contracts recorded, awarded, shared, and what is owed on them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import CommitmentKind, PartStatus
from clausette.commitments.operations import PartEntry, Terms, close_commitment, create_commitment
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.procurement.enums import ContractState as State
from clausette.procurement.enums import PartyRole, PhaseKind
from clausette.procurement.operations import (
    ContactDetails,
    LotEntry,
    PhaseEntry,
    add_contact,
    admit_party,
    award,
    create_contract,
    create_operation,
    move_contract,
    plan_phase,
    revoke_share,
    share_contract,
)
from clausette.procurement.queries import contract_key, contract_sheet
from config.world.cast import PEOPLE
from config.world.plan import Bought, Calendar, Owed, hours
from config.world.stage import Stage, at

CLIMATE_LAW = date(2026, 8, 24)
"""A Monday after the social condition became due above the European thresholds."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A contract as the database knows it."""

    plan: Bought
    uid: UUID
    id: int


@dataclass(frozen=True, slots=True)
class Due:
    """An engagement as the database knows it; both days included."""

    plan: Owed
    contract: Signed
    uid: UUID
    starts_on: date
    ends_on: date


@dataclass(slots=True)
class Market:
    """All that was bought and is owed, by key."""

    contracts: dict[str, Signed] = field(default_factory=dict)
    owed: dict[str, Due] = field(default_factory=dict)
    operations: dict[str, UUID] = field(default_factory=dict)
    others: dict[str, set[str]] = field(default_factory=dict)
    """Who takes part in a contract besides those who owe, employ or host."""


def buy(stage: Stage, market: Market, plans: tuple[Bought, ...]) -> None:
    """Record these contracts, each by its own structure."""
    for plan in plans:
        with stage.structure(plan.owner) as actor:
            signed = _contract(stage, market, actor, plan)
            market.contracts[plan.key] = signed
            for owed in plan.owed:
                market.owed[owed.key] = _owed(stage, actor, signed, owed)


def _contract(stage: Stage, market: Market, actor: Actor, plan: Bought) -> Signed:
    calendar = stage.calendar
    consulted = _consulted(plan, calendar)
    starts, ends = _dates(plan, calendar)
    recorded = calendar.past(starts or consulted or calendar.before(calendar.as_of, 20))
    uid = create_contract(
        actor=actor, common_name=plan.name, buyer_uid=stage.bodies[plan.buyer], title=plan.title,
        official_id=plan.number, nature=plan.nature, device=plan.device, consultation_on=consulted,
        state=_first_state(plan), amount_ht=Decimal(plan.amount) if plan.amount else None,
        starts_on=starts, ends_on=ends, operation_uid=_operation(market, actor, plan),
        notified_on=calendar.before(starts, 30) if starts else None, on=recorded,
        lots=[LotEntry(number, title, Decimal(cost), has_clause=clause) for number, title, cost, clause in plan.lots],
    )  # fmt: skip
    signed = Signed(plan, uid, contract_key(actor, uid).id)
    _award(stage, actor, signed, recorded)
    _contact(stage, actor, signed)
    if plan.state == State.FRUITLESS:
        move_contract(
            actor=actor,
            uid=uid,
            to=State.FRUITLESS,
            reason="Aucune offre régulière reçue.",
            on=calendar.past(recorded),
        )
    return signed


def _contact(stage: Stage, actor: Actor, signed: Signed) -> None:
    """Whom to write to at the maître d'ouvrage and at the firms: somebody of the cast, else the office of the firm."""
    known = next((person for person in PEOPLE if person.body == signed.plan.buyer), None)
    if known is not None:
        details = ContactDetails(known.full_name, known.part, known.email)
        buyer = stage.bodies[signed.plan.buyer]
        add_contact(actor=actor, contract_uid=signed.uid, organisation_uid=buyer, details=details)
    for rank, firm in enumerate(dict.fromkeys(owed.firm for owed in signed.plan.owed)):
        details = _office(firm, rank)
        add_contact(
            actor=actor, contract_uid=signed.uid, organisation_uid=stage.bodies[firm], details=details
        )


def _office(firm: str, rank: int) -> ContactDetails:
    known = next((person for person in PEOPLE if person.body == firm), None)
    phone = f"03 20 00 1{rank} {20 + len(firm)}"
    if known is not None:
        return ContactDetails(known.full_name, "suivi des heures", known.email, phone)
    return ContactDetails("Secrétariat", "suivi des heures", f"heures@{firm}.example", phone)


def _consulted(plan: Bought, calendar: Calendar) -> date | None:
    if plan.consulted is None:
        return None
    day = calendar.first(plan.consulted)
    return max(day, CLIMATE_LAW) if plan.state == State.NOTIFIED else day


def _dates(plan: Bought, calendar: Calendar) -> tuple[date | None, date | None]:
    if not plan.owed:
        return None, None
    starts = min(calendar.first(owed.start) for owed in plan.owed)
    return starts, max(calendar.after(owed.start, owed.months) for owed in plan.owed)


def _first_state(plan: Bought) -> State:
    """The state in which the record is typed: the later ones have their own verb."""
    return {State.FRUITLESS: State.PUBLISHED, State.CLOSED: State.RUNNING}.get(plan.state, plan.state)


def _operation(market: Market, actor: Actor, plan: Bought) -> UUID | None:
    if not plan.operation:
        return None
    if plan.operation not in market.operations:
        anru = plan.operation.startswith("Renouvellement")
        market.operations[plan.operation] = create_operation(actor=actor, name=plan.operation, is_anru=anru)
    return market.operations[plan.operation]


def _award(stage: Stage, actor: Actor, signed: Signed, on: date) -> None:
    lots = (
        {lot.number: lot.uid for lot in contract_sheet(actor=actor, uid=signed.uid).lots}
        if signed.plan.lots
        else {}
    )
    amounts = {number: Decimal(cost) for number, _, cost, _ in signed.plan.lots}
    for owed in signed.plan.owed:
        award(
            actor=actor, contract_uid=signed.uid, contractor_uid=stage.bodies[owed.firm], lot_uid=lots.get(owed.lot),
            amount_ht=amounts.get(owed.lot), notified_on=stage.calendar.before(stage.calendar.first(owed.start), 30),
            on=on,
        )  # fmt: skip


def _terms(plan: Owed) -> Terms:
    if plan.calculation is None:
        most = Decimal(plan.minimum + plan.conditional)
        return Terms(minimum_hours=most or None, offer_hours=hours(plan.offer))
    amount, share, rate, cost = plan.calculation
    return Terms(
        amount_ht=Decimal(amount), labour_share=Decimal(share), rate=Decimal(rate), hourly_cost=Decimal(cost)
    )


def _parts(plan: Owed, starts_on: date, ends_on: date) -> tuple[PartEntry, ...]:
    if not plan.conditional:
        return ()
    second = _second(ends_on)
    return (
        PartEntry("Tranche ferme", PartStatus.FIRM, starts_on, ends_on, Decimal(plan.minimum)),
        PartEntry(
            "Tranche optionnelle 1", PartStatus.CONDITIONAL, second, ends_on, Decimal(plan.conditional)
        ),
    )


def _second(ends_on: date) -> date:
    """The first day of the optional tranche."""
    return add_months(ends_on.replace(day=1), -6)


def _tranches(actor: Actor, signed: Signed, plan: Owed, starts_on: date, ends_on: date) -> None:
    """The market has the tranches of the schedule; nobody has decided the optional one."""
    if plan.conditional:
        for kind, begins in ((PhaseKind.FIRM_TRANCHE, starts_on), (PhaseKind.OPTIONAL_TRANCHE, _second(ends_on))):
            plan_phase(actor=actor, contract_uid=signed.uid, entry=PhaseEntry(kind, 1, begins, ends_on))


def _owed(stage: Stage, actor: Actor, signed: Signed, plan: Owed) -> Due:
    calendar = stage.calendar
    starts_on, ends_on = calendar.first(plan.start), calendar.after(plan.start, plan.months)
    lots = (
        {lot.number: lot.uid for lot in contract_sheet(actor=actor, uid=signed.uid).lots} if plan.lot else {}
    )
    _tranches(actor, signed, plan, starts_on, ends_on)
    uid = create_commitment(
        actor=actor, contract_uid=signed.uid, contractor_uid=stage.bodies[plan.firm], kind=CommitmentKind(plan.kind),
        starts_on=starts_on, ends_on=ends_on, terms=_terms(plan), parts=_parts(plan, starts_on, ends_on),
        lot_uid=lots.get(plan.lot), on=calendar.past(starts_on), periodicity=plan.periodicity,
    )  # fmt: skip
    return Due(plan, signed, uid, starts_on, ends_on)


def admit_lenders(stage: Stage, market: Market) -> None:
    """The pilots let in the employers who lend people: a structure that shares the contract could not."""
    for due in market.owed.values():
        lenders = sorted({stint.way for stint in due.plan.stints if stint.way != "direct" and stint.by})
        for lender in lenders:
            with stage.structure(due.contract.plan.owner) as actor:
                admit_party(
                    actor=actor, contract_uid=due.contract.uid, organisation_uid=stage.bodies[lender],
                    role=PartyRole.EMPLOYER, valid_from=stage.calendar.past(due.starts_on),
                    head_uid=stage.bodies[due.plan.firm],
                )  # fmt: skip


def share(stage: Stage, market: Market) -> None:
    """Contracts opened to the other structure."""
    for signed in market.contracts.values():
        if signed.plan.shared is not None:
            with stage.structure(signed.plan.owner) as actor:
                share_contract(
                    actor=actor, contract_uid=signed.uid, structure_uid=stage.bodies["mde"],
                    on=stage.calendar.first(signed.plan.shared), reason="Chantier sur les deux territoires.",
                )  # fmt: skip


def close_shares(stage: Stage, market: Market) -> None:
    """Shares taken back."""
    for signed in market.contracts.values():
        if signed.plan.revoked is not None:
            with stage.structure(signed.plan.owner) as actor:
                revoke_share(
                    actor=actor, contract_uid=signed.uid, structure_uid=stage.bodies["mde"],
                    at=at(stage.calendar.first(signed.plan.revoked)), reason="Suivi repris par une seule structure.",
                )  # fmt: skip


def close_what_is_over(stage: Stage, market: Market) -> None:
    """Engagements settled and contracts closed long ago."""
    for due in market.owed.values():
        if due.plan.closed:
            on = stage.calendar.past(add_months(due.ends_on, 2))
            with stage.structure(due.contract.plan.owner) as actor:
                close_commitment(actor=actor, uid=due.uid, on=on, reason="Heures réalisées.")
                for to in (State.SETTLED, State.CLOSED):
                    move_contract(
                        actor=actor, uid=due.contract.uid, to=to, reason="Réception des travaux.", on=on
                    )
