"""Cases of signed acts: a titulaire in liquidation, hours credited to another contract."""

from datetime import date, timedelta
from decimal import Decimal

from clausette.commitments.operations import Signed, globalise, transfer_commitment
from clausette.hours.operations import globalise as credit
from clausette.kernel.actor import Actor
from clausette.procurement.operations import transfer_award
from config.world.buying import Due
from config.world.cases.contracts import silent
from config.world.cases.kit import Case, Kit
from config.world.plan import Owed
from config.world.stage import at


def transferred(kit: Kit, actor: Actor) -> list[Case]:
    """A titulaire goes into liquidation: another one takes the contract over, and what is left to do."""
    starts = kit.month(-12)
    ends, on = kit.end_of(starts, 20), kit.month(-4)
    signed = kit.contract(actor, "verger", "Résidence du Verger", "bailleur", "OH-2025-88", starts=starts, ends=ends,
                          amount=3_300_000)  # fmt: skip
    award = kit.award(actor, signed, "castan", on=starts)
    due = kit.owe(actor, signed, "verger", "castan", starts=starts, ends=ends, minimum=900)
    who = kit.person(actor, "Hervé", "Le Goff", date(1970, 5, 8), "SENIOR", on=starts - timedelta(days=8))
    work = kit.hire(actor, who, due, starts=starts, ends=kit.end_of(starts, 8), weekly=20)
    kit.tell_months(actor, signed, "castan", starts, ["50"] * 8, [work])
    paper, told = kit.paper(actor, "transfert", signed), "Liquidation judiciaire du titulaire."
    taker, day = kit.stage.bodies["ferrand"], on - timedelta(days=6)
    transfer_award(actor=actor, award_uid=award, to_contractor_uid=taker, on=on, signed_on=day, reason=told,
                   document_uid=paper)  # fmt: skip
    act = transfer_commitment(actor=actor, uid=due.uid, to_contractor_uid=taker, validated=Decimal(400), on=on,
                              signed=Signed(day, told, paper))  # fmt: skip
    plan = Owed("verger-2", "ferrand", on, 1)
    kit.market.owed[plan.key] = Due(plan, signed, act, on, ends)
    silent(kit, actor, signed, "ferrand", on, ends)
    return [Case(5, "transfert", "Titulaire en liquidation, marché transféré", {"verger": signed.uid},
                 {"castan": due.uid, "ferrand": act}, {"herve": who.uid})]  # fmt: skip


def globalised(kit: Kit, actor: Actor) -> list[Case]:
    """Hours worked on one contract of a titulaire are credited to another, on written agreement of the buyer."""
    starts = kit.month(-7)
    ends = kit.end_of(starts, 16)
    rich = kit.contract(actor, "musee", "Musée du Textile", "metropole", "2026-T-851", starts=starts, ends=ends,
                        amount=5_000_000)  # fmt: skip
    poor = kit.contract(actor, "kiosque", "Kiosque du Jardin public", "metropole", "2026-T-852", starts=starts,
                        ends=ends, amount=240_000)  # fmt: skip
    for signed in (rich, poor):
        kit.award(actor, signed, "ferrand", on=starts)
    first = kit.owe(actor, rich, "musee", "ferrand", starts=starts, ends=ends, minimum=600)
    second = kit.owe(actor, poor, "kiosque", "ferrand", starts=starts, ends=ends, minimum=100)
    who = kit.person(actor, "Nadège", "Okafor", date(1987, 1, 21), "RSA", on=starts - timedelta(days=4))
    work = kit.hire(actor, who, first, starts=starts, ends=kit.end_of(starts, 12))
    silent(kit, actor, rich, "ferrand", starts, ends, (work, "100"))
    silent(kit, actor, poor, "ferrand", starts, ends)
    on = kit.past(kit.month(0) + timedelta(days=3))
    act = globalise(
        actor=actor, from_uid=first.uid, to_uid=second.uid, ceiling=Decimal(100), starts_on=starts, ends_on=ends,
        signed=Signed(starts + timedelta(days=20), "Accord écrit de la métropole : chantier trop court.",
                      kit.paper(actor, "accord-globalisation", rich)),
    )  # fmt: skip
    credit(actor=actor, act_uid=act, hours=Decimal(100), at=at(on), on=on)
    return [Case(17, "globalisation", "Heures créditées à un autre marché par un acte",
                 {"musee": rich.uid, "kiosque": poor.uid}, {"musee": first.uid, "kiosque": second.uid},
                 {"nadege": who.uid})]  # fmt: skip
