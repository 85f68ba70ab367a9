"""Cases of hours: without names, hors clause, validated late, a balance taken over."""

from datetime import date, timedelta
from decimal import Decimal

from clausette.commitments.enums import CommitmentKind
from clausette.commitments.operations import Terms
from clausette.hours.enums import HoursKind, StatementSource
from clausette.hours.operations import (
    Entry,
    record_opening_balance,
    save_collective,
    save_statement,
    submit_statement,
    validate_clean,
    validate_statement,
)
from clausette.hours.queries import lines_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months, last_day
from clausette.placements.enums import WorkContractKind
from clausette.procurement.enums import ContractNature, LegalDeviceKind
from config.world.cases.contracts import silent
from config.world.cases.kit import Case, Kit
from config.world.stage import at

WORKSHOP = (("210", 6), ("198", 6), ("224", 7))
"""Hours and number of people attested as a whole, month after month."""
LATE = "Décision prise trois semaines après l'embauche, dossier complet dès le premier jour."


def without_names(kit: Kit, actor: Actor) -> list[Case]:
    """A reserved contract: hours attested as a whole, a number of people, no name, no rate."""
    starts = kit.month(-3)
    ends = kit.end_of(starts, 12)
    signed = kit.contract(
        actor, "conditionnement", "Conditionnement de kits scolaires", "metropole", "2026-R-807", starts=starts,
        ends=ends, amount=140_000, nature=ContractNature.SERVICES, device=LegalDeviceKind.RESERVED_DISABILITY,
    )  # fmt: skip
    kit.award(actor, signed, "jardins", on=starts)
    due = kit.owe(actor, signed, "conditionnement", "jardins", starts=starts, ends=ends, kind=CommitmentKind.FOLLOWED,
                  terms=Terms())  # fmt: skip
    for rank, (hours, people) in enumerate(WORKSHOP):
        month = add_months(starts, rank)
        on = kit.past(add_months(month, 1).replace(day=6))
        ref = save_collective(
            actor=actor, commitment_uid=due.uid, declarant_uid=kit.stage.bodies["jardins"], month=month,
            hours=Decimal(hours), people=people, document_uid=kit.paper(actor, f"attestation-{month:%Y-%m}", signed),
            kind=HoursKind.WORK, source=StatementSource.PAPER, on=on,
        )  # fmt: skip
        ref = submit_statement(actor=actor, uid=ref.uid, version=ref.version, at=at(on), on=on)
        validate_clean(actor=actor, uids=[ref.uid], at=at(on, 15), on=on)
    return [Case(6, "sans-nom", "Marché réservé, heures non nominatives", {"conditionnement": signed.uid},
                 {"conditionnement": due.uid})]  # fmt: skip


def voluntary(kit: Kit, actor: Actor) -> list[Case]:
    """A lot without clause where the firm hires all the same: told apart, never in a rate."""
    starts = kit.month(-6)
    ends = kit.end_of(starts, 14)
    lots = (("1", "Maçonnerie", 700_000, True), ("2", "Serrurerie", 90_000, False))
    signed = kit.contract(actor, "passerelle", "Passerelle des Tanneurs", "metropole", "2026-T-833", starts=starts,
                          ends=ends, lots=lots)  # fmt: skip
    kit.award(actor, signed, "ferrand", on=starts, lot="1")
    kit.award(actor, signed, "castan", on=starts, lot="2")
    due = kit.owe(actor, signed, "passerelle-1", "ferrand", starts=starts, ends=ends, minimum=350, lot="1")
    free = kit.owe(actor, signed, "passerelle-2", "castan", starts=starts, ends=ends, kind=CommitmentKind.VOLUNTARY,
                   terms=Terms(), lot="2")  # fmt: skip
    mason = kit.person(actor, "Karim", "Ziani", date(1988, 12, 3), "DELD", on=starts - timedelta(days=6))
    smith = kit.person(actor, "Anaïs", "Ferreira", date(2004, 4, 25), "JEUNE_ACC", on=starts - timedelta(days=6))
    first = kit.hire(actor, mason, due, starts=starts, ends=kit.end_of(starts, 6), job="maçon")
    second = kit.hire(actor, smith, free, starts=starts, ends=kit.end_of(starts, 6), job="aide-serrurière")
    kit.tell_months(actor, signed, "ferrand", starts, ["40"] * 6, [first])
    kit.tell_months(actor, signed, "castan", starts, ["30"] * 6, [second])
    return [Case(8, "hors-clause", "Lot sans clause, heures volontaires", {"passerelle": signed.uid},
                 {"1": due.uid, "2": free.uid}, {"karim": mason.uid, "anais": smith.uid})]  # fmt: skip


def validated_late(kit: Kit, actor: Actor) -> list[Case]:
    """Hired before the decision: the hours wait for a written reason (« régularisation »)."""
    starts = kit.month(-4)
    ends = kit.end_of(starts, 10)
    signed = kit.contract(actor, "creche-sud", "Crèche du Faubourg", "bailleur", "OH-2026-84", starts=starts, ends=ends,
                          amount=820_000)  # fmt: skip
    kit.award(actor, signed, "rivoire", on=starts)
    due = kit.owe(actor, signed, "creche-sud", "rivoire", starts=starts, ends=ends, minimum=260)
    who = kit.person(actor, "Moussa", "Traoré", date(1993, 8, 17), "RSA", on=starts - timedelta(days=2), decided=False)
    work = kit.hire(actor, who, due, starts=starts, ends=kit.end_of(starts, 4), kind=WorkContractKind.CDD,
                    job="aide-électricien")  # fmt: skip
    kit.decide(actor, who, "RSA", on=starts + timedelta(days=21))
    on = kit.past(add_months(starts, 1).replace(day=8))
    ref = save_statement(
        actor=actor, contract_uid=signed.uid, declarant_uid=kit.stage.bodies["rivoire"], month=starts,
        entries=[Entry(work.uid, due.uid, Decimal(70))], evidence_uid=kit.paper(actor, "releve", signed), version=None,
        on=on, source=StatementSource.GRID,
    )  # fmt: skip
    ref = submit_statement(actor=actor, uid=ref.uid, version=ref.version, at=at(on), on=on)
    lines = lines_visible_to(actor).filter(statement__uid=ref.uid).order_by("id").values_list("uid", flat=True)
    validate_statement(actor=actor, uid=ref.uid, version=ref.version, late=dict.fromkeys(lines, LATE), at=at(on, 15),
                       on=on)  # fmt: skip
    return [Case(13, "tardive", "Personne validée après son embauche", {"creche-sud": signed.uid},
                 {"creche-sud": due.uid}, {"moussa": who.uid})]  # fmt: skip


def opening(kit: Kit, actor: Actor) -> list[Case]:
    """A contract under way when the structure began: hours already validated, with their document."""
    starts = kit.month(-20)
    ends, as_of = kit.end_of(starts, 26), last_day(kit.month(-6))
    signed = kit.contract(actor, "stade", "Stade des Hautes-Rives", "departement", "D-2025-817", starts=starts,
                          ends=ends, amount=7_200_000)  # fmt: skip
    kit.award(actor, signed, "voirie", on=starts)
    due = kit.owe(actor, signed, "stade", "voirie", starts=starts, ends=ends, minimum=1_800)
    on = kit.past(as_of + timedelta(days=9))
    record_opening_balance(
        actor=actor, commitment_uid=due.uid, as_of=as_of, hours=Decimal(1120), by_year={starts.year: Decimal(430)},
        document_uid=kit.paper(actor, "bilan-precedent", signed), on=on,
    )  # fmt: skip
    who = kit.person(actor, "Brigitte", "Hamon", date(1966, 6, 11), "SENIOR", on=as_of - timedelta(days=3))
    begins = add_months(kit.month(-6), 1)
    work = kit.hire(actor, who, due, starts=begins, ends=kit.end_of(begins, 8), job="ouvrière de voirie")
    kit.tell_months(actor, signed, "voirie", begins, ["60"] * 5, [work])
    return [Case(19, "reprise", "Reprise d'un marché en cours", {"stade": signed.uid}, {"stade": due.uid},
                 {"brigitte": who.uid})]  # fmt: skip


__all__ = ["opening", "silent", "validated_late", "voluntary", "without_names"]
