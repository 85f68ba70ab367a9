"""Cases of contracts: orders, a reconduction not made, a tranche, a group, a contract relaunched, a portfolio."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clausette.access.queries import memberships_visible_to
from clausette.commitments.enums import (
    CommitmentKind,
    PartStatus,
    SubTargetBase,
    SubTargetKind,
    VersionReason,
)
from clausette.commitments.operations import PartEntry, TargetEntry, Terms, add_version, set_shares
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.participants.enums import Sex
from clausette.placements.enums import Modality, WorkContractKind
from clausette.procurement.enums import (
    ContractKind,
    ContractNature,
    ContractState,
    GroupKind,
    PartyRole,
    PhaseKind,
)
from clausette.procurement.operations import (
    MemberEntry,
    OrderEntry,
    PhaseEntry,
    admit_party,
    create_order,
    decide_phase,
    hand_over,
    move_contract,
    plan_phase,
    relaunch_contract,
)
from clausette.procurement.queries import contract_key
from config.world.buying import Due, Signed
from config.world.cases.kit import STRUCTURE, Case, Kit
from config.world.plan import Bought
from config.world.working import Work

ORDERS = ((100_000, 71), (140_000, 100), (60_000, 43))
"""Amounts ordered and hours due: 50 % of labour, 5 %, 35 €/h → 71,4 h by 100 000 €."""


def silent(
    kit: Kit, actor: Actor, signed: Signed, firm: str, first: date, until: date, *works: tuple[Work, str]
) -> None:
    """« Aucune heure ce mois-ci », month after month, or the same hours of the same people."""
    month = first
    while month <= until and month < kit.month(0):
        kit.tell(actor, signed, firm, month, works)
        month = add_months(month, 1)


def framework(kit: Kit, actor: Actor) -> list[Case]:
    """An accord-cadre whose maximum sets no hours; three orders do."""
    starts, ends = kit.month(-6), kit.end_of(kit.month(-6), 24)
    signed = kit.contract(
        actor, "cadre", "Entretien des espaces verts", "metropole", "2026-AC-804", starts=starts, ends=ends,
        amount=900_000, amount_is_maximum=True, kind=ContractKind.FRAMEWORK, nature=ContractNature.SERVICES,
    )  # fmt: skip
    kit.award(actor, signed, "paysages", on=starts)
    owed: dict[str, UUID] = {}
    who = kit.person(actor, "Gaston", "Leclerc", date(1968, 10, 4), "SENIOR", on=kit.month(-4))
    for rank, (amount, _hours) in enumerate(ORDERS, 1):
        begins, until = kit.month(-rank), kit.end_of(kit.month(-rank), 6)
        name = f"Entretien des espaces verts, commande {rank}"
        number = f"2026-AC-804-BC{rank}"
        uid = create_order(
            actor=actor, framework_uid=signed.uid, on=begins,
            entry=OrderEntry(ContractKind.ORDER, name, Decimal(amount), number, begins, begins, until),
        )  # fmt: skip
        plan = Bought(f"cadre-{rank}", STRUCTURE, name, name, "metropole", number, amount)
        order = kit.market.contracts[plan.key] = Signed(plan, uid, contract_key(actor, uid).id)
        terms = Terms(amount_ht=Decimal(amount), labour_share=Decimal("0.5"), rate=Decimal("0.05"),
                      hourly_cost=Decimal(35))  # fmt: skip
        due = kit.owe(actor, order, plan.key, "paysages", starts=begins, ends=until, kind=CommitmentKind.COMPUTED,
                      terms=terms)  # fmt: skip
        owed[str(rank)] = due.uid
        work = kit.hire(actor, who, due, starts=begins, ends=until, weekly=8, job="jardinier")
        silent(kit, actor, order, "paysages", begins, until, (work, "20"))
    contracts = {"cadre": signed.uid} | {key: kit.market.contracts[f"cadre-{key}"].uid for key in owed}
    return [Case(1, "commandes", "Accord-cadre et trois commandes", contracts, owed, {"gaston": who.uid})]


def _renewable(kit: Kit, actor: Actor) -> tuple[Signed, Due, UUID, date]:
    """A year, and another one if the buyer wants it."""
    starts, middle = kit.month(-14), kit.month(-2)
    ends = kit.end_of(starts, 24)
    signed = kit.contract(actor, "restauration", "Restauration scolaire", "metropole", "2025-S-831", starts=starts,
                          ends=ends, amount=1_200_000, nature=ContractNature.SERVICES)  # fmt: skip
    kit.award(actor, signed, "proprete", on=starts)
    plan_phase(actor=actor, contract_uid=signed.uid,
               entry=PhaseEntry(PhaseKind.BASE_PERIOD, 1, starts, middle - timedelta(days=1)))  # fmt: skip
    renewal = plan_phase(actor=actor, contract_uid=signed.uid, entry=PhaseEntry(PhaseKind.RENEWAL, 1, middle, ends))
    parts = (
        PartEntry("Période initiale", PartStatus.FIRM, starts, middle - timedelta(days=1), Decimal(300)),
        PartEntry("Reconduction 1", PartStatus.CONDITIONAL, middle, ends, Decimal(300)),
    )
    due = kit.owe(actor, signed, "restauration", "proprete", starts=starts, ends=ends, parts=parts,
                  terms=Terms(minimum_hours=Decimal(600)))  # fmt: skip
    return signed, due, renewal, middle


def not_renewed(kit: Kit, actor: Actor) -> list[Case]:
    """The buyer does not go on: the conditional hours are cancelled, the firm ones stay due."""
    signed, due, renewal, middle = _renewable(kit, actor)
    who = kit.person(actor, "Solène", "Prigent", date(1971, 2, 18), "SENIOR", on=due.starts_on - timedelta(days=7))
    work = kit.hire(actor, who, due, starts=due.starts_on, ends=middle - timedelta(days=1), weekly=20,
                    job="aide de cuisine")  # fmt: skip
    kit.tell_months(actor, signed, "proprete", due.starts_on, ["25"] * 12, [work])
    on = add_months(middle, -2)
    decide_phase(actor=actor, uid=renewal, confirmed=False, on=on, reason="Service repris en régie.",
                 document_uid=kit.paper(actor, "non-reconduction", signed))  # fmt: skip
    parts = (
        PartEntry("Période initiale", PartStatus.FIRM, due.starts_on, middle - timedelta(days=1), Decimal(300)),
        PartEntry("Reconduction 1", PartStatus.CANCELLED, middle, due.ends_on, Decimal(300)),
    )
    add_version(actor=actor, uid=due.uid, reason=VersionReason.NOT_RENEWED, effective_on=on, parts=parts,
                terms=Terms(minimum_hours=Decimal(600)), comment="Reconduction non faite.")  # fmt: skip
    silent(kit, actor, signed, "proprete", middle, due.ends_on)
    return [Case(2, "reconduction", "Reconduction non faite", {"restauration": signed.uid},
                 {"restauration": due.uid}, {"solene": who.uid})]  # fmt: skip


def tranche(kit: Kit, actor: Actor) -> list[Case]:
    """An optional tranche becomes firm: what was possible is now due."""
    starts = kit.month(-10)
    ends, second = kit.end_of(starts, 20), kit.month(-3)
    signed = kit.contract(actor, "quais", "Aménagement des quais", "metropole", "2025-T-840", starts=starts, ends=ends,
                          amount=2_600_000)  # fmt: skip
    kit.award(actor, signed, "voirie", on=starts)
    first = PartEntry("Tranche ferme", PartStatus.FIRM, starts, ends, Decimal(400))
    plan_phase(actor=actor, contract_uid=signed.uid, entry=PhaseEntry(PhaseKind.FIRM_TRANCHE, 1, starts, ends))
    phase = plan_phase(actor=actor, contract_uid=signed.uid,
                       entry=PhaseEntry(PhaseKind.OPTIONAL_TRANCHE, 1, second, ends))  # fmt: skip
    optional = PartEntry("Tranche optionnelle 1", PartStatus.CONDITIONAL, second, ends, Decimal(200))
    due = kit.owe(actor, signed, "quais", "voirie", starts=starts, ends=ends, parts=(first, optional),
                  terms=Terms(minimum_hours=Decimal(600)))  # fmt: skip
    decide_phase(actor=actor, uid=phase, confirmed=True, on=second,
                 document_uid=kit.paper(actor, "affermissement", signed))  # fmt: skip
    confirmed = PartEntry(optional.label, PartStatus.FIRM, second, ends, Decimal(200))
    add_version(
        actor=actor, uid=due.uid, reason=VersionReason.CONFIRMATION, effective_on=second, parts=(first, confirmed),
        terms=Terms(minimum_hours=Decimal(600)), comment="Tranche affermie.",
    )  # fmt: skip
    who = kit.person(actor, "Rose", "Kouassi", date(1979, 3, 30), "DELD", on=starts, sex=Sex.FEMALE)
    work = kit.hire(actor, who, due, starts=starts, ends=ends, weekly=20, job="ouvrière de voirie")
    silent(kit, actor, signed, "voirie", starts, ends, (work, "35"))
    return [Case(3, "tranche", "Tranche optionnelle affermie", {"quais": signed.uid}, {"quais": due.uid},
                 {"rose": who.uid})]  # fmt: skip


def group(kit: Kit, actor: Actor) -> list[Case]:
    """Three firms together, and a sub-contractor of a sub-contractor where somebody works."""
    starts = kit.month(-5)
    ends = kit.end_of(starts, 12)
    signed = kit.contract(actor, "tram", "Station de tramway Voltaire", "metropole", "2026-T-821", starts=starts,
                          ends=ends, amount=4_100_000)  # fmt: skip
    bodies = kit.stage.bodies
    members = [MemberEntry(bodies["castan"], Decimal("0.30")), MemberEntry(bodies["rivoire"], Decimal("0.20"))]
    kit.award(actor, signed, "ferrand", on=starts, members=members, group_kind=GroupKind.SEVERAL)
    young = TargetEntry(SubTargetKind.UNDER_26, SubTargetBase.HOURS, Decimal("0.25"))
    women = TargetEntry(SubTargetKind.WOMEN, SubTargetBase.HOURS, Decimal("0.10"))
    due = kit.owe(actor, signed, "tram", "ferrand", starts=starts, ends=ends, minimum=1_000, targets=(young, women))
    shares = {bodies["ferrand"]: Decimal("0.50"), bodies["castan"]: Decimal("0.30"), bodies["rivoire"]: Decimal("0.20")}
    set_shares(actor=actor, uid=due.uid, shares=shares, on=starts)
    for firm, head in (("voirie", "castan"), ("paysages", "voirie")):
        admit_party(actor=actor, contract_uid=signed.uid, organisation_uid=bodies[firm], role=PartyRole.SUBCONTRACTOR,
                    head_uid=bodies[head], valid_from=starts)  # fmt: skip
    kit.market.others["tram"] = {"castan", "rivoire", "voirie", "paysages"}
    who = kit.person(actor, "Théodore", "Lambert", date(2003, 9, 6), "JEUNE_SQ", on=starts - timedelta(days=12))
    work = kit.hire(actor, who, due, starts=starts, ends=kit.end_of(starts, 5), host="paysages",
                    modality=Modality.DIRECT, kind=WorkContractKind.CDD, job="ouvrier paysagiste")  # fmt: skip
    kit.tell_months(actor, signed, "paysages", starts, ["80"] * 5, [work])
    silent(kit, actor, signed, "ferrand", starts, ends)
    return [Case(4, "groupement", "Groupement de trois et sous-traitant de rang 2", {"tram": signed.uid},
                 {"tram": due.uid}, {"theodore": who.uid})]  # fmt: skip


def relaunched(kit: Kit, actor: Actor) -> list[Case]:
    """No valid offer: the contract begins again, tied to the first one."""
    starts = kit.month(6)
    lots = (("1", "Charpente", 300_000, True), ("2", "Couverture", 250_000, True))
    signed = kit.contract(
        actor, "gare", "Halle de la gare", "bailleur", "OH-2026-19", starts=starts, ends=kit.end_of(starts, 12),
        lots=lots, state=ContractState.PUBLISHED,
    )  # fmt: skip
    on = kit.stage.calendar.before(kit.stage.calendar.as_of, 40)
    move_contract(actor=actor, uid=signed.uid, to=ContractState.FRUITLESS, reason="Aucune offre régulière.", on=on)
    uid = relaunch_contract(actor=actor, uid=signed.uid, on=kit.past(on + timedelta(days=10)))
    plan = Bought("gare-2", STRUCTURE, signed.plan.name, signed.plan.title, "bailleur")
    kit.market.contracts[plan.key] = Signed(plan, uid, contract_key(actor, uid).id)
    return [Case(9, "relance", "Marché infructueux puis relancé", {"gare": signed.uid, "gare-2": uid})]


def portfolio(kit: Kit, actor: Actor) -> list[Case]:
    """The contracts of a colleague go to another in one act."""
    handed = {key: kit.market.contracts[key].uid for key in ("quais", "tram", "restauration")}
    seats = memberships_visible_to(actor).filter(organisation_id=actor.organisation_id, revoked_at=None)
    members = {name: uid for uid, name in seats.order_by("id").values_list("uid", "account__full_name")}
    hand_over(actor=actor, contract_uids=handed.values(), to_member_uid=members["Nadia Berthier"])
    hand_over(actor=actor, contract_uids=handed.values(), to_member_uid=members["Hélène Vasseur"],
              reason="Congé de Nadia Berthier.")  # fmt: skip
    return [Case(20, "portefeuille", "Portefeuille transmis à une collègue", handed)]
