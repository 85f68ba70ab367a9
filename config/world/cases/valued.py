"""Beyond the twenty cases: hours that an engagement takes by a dated rule. A surplus, a training before hiring."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.operations import Signed, close_commitment
from clausette.commitments.rules import Valued
from clausette.hours.enums import PriorKind, StatementSource
from clausette.hours.operations import NewTraining, carry_surplus, save_prior, say_rule, validate_statement
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months, last_day
from config.world.buying import Due
from config.world.cases.contracts import silent
from config.world.cases.kit import Case, Kit
from config.world.stage import at
from config.world.working import Work

DONE, DUE, CARRIED, TAUGHT = 6, 300, Decimal(60), Decimal(70)
"""Months of the first engagement at 60 h, hours that it owes, its surplus; hours of the training."""


def valued(kit: Kit, actor: Actor) -> list[Case]:
    """A finished engagement gives its surplus to the next one, which also counts a training before hiring."""
    first = kit.month(-9)
    halle = kit.contract(actor, "grains", "Halle aux Grains", "metropole", "2026-T-881", starts=first,
                         ends=kit.end_of(first, DONE), amount=700_000)  # fmt: skip
    kit.award(actor, halle, "castan", on=first)
    gives = kit.owe(actor, halle, "grains", "castan", starts=first, ends=kit.end_of(first, DONE), minimum=DUE)
    who = kit.person(actor, "Maïwenn", "Abgrall", date(1979, 2, 17), "RSA", on=first - timedelta(days=9))
    work = kit.hire(actor, who, gives, starts=first, ends=kit.end_of(first, DONE), weekly=20)
    kit.tell_months(actor, halle, "castan", first, ["60"] * DONE, [work])
    settled = kit.past(add_months(first, DONE + 1).replace(day=20))
    close_commitment(actor=actor, uid=gives.uid, on=settled)
    starts, ends = kit.month(-3), kit.end_of(kit.month(-3), 14)
    preau = kit.contract(actor, "preau", "Préau des Tisserands", "metropole", "2026-T-882", starts=starts, ends=ends,
                         amount=860_000)  # fmt: skip
    kit.award(actor, preau, "castan", on=starts)
    takes = kit.owe(actor, preau, "preau", "castan", starts=starts, ends=ends, minimum=400)
    _say(kit, actor, takes, starts)
    again = kit.hire(actor, who, takes, starts=starts, ends=ends, weekly=20)
    idrissa = _trained(kit, actor, takes, again)
    on = kit.past(settled + timedelta(days=9))
    carry_surplus(
        actor=actor, from_uid=gives.uid, to_uid=takes.uid, hours=CARRIED, starts_on=max(on, starts), at=at(on), on=on,
        signed=Signed(on, "Accord écrit de la métropole : surplus de la halle.", kit.paper(actor, "accord", halle)),
    )  # fmt: skip
    return [Case(23, "valued", "Un surplus reporté, une formation avant l'embauche",
                 {"grains": halle.uid, "preau": preau.uid}, {"grains": gives.uid, "preau": takes.uid},
                 {"maiwenn": who.uid, "idrissa": idrissa})]  # fmt: skip


def _say(kit: Kit, actor: Actor, due: Due, starts: date) -> None:
    """What the CCAP of the second contract admits."""
    carried = Valued(ValuedMatter.CARRY_OVER, starts, True, hours_most=Decimal(80), source="CCAP, article 5.6")
    before = Valued(
        ValuedMatter.BEFORE_HIRING, starts, True, person_most=Decimal(140), share_most=Decimal("0.2"), days_most=30,
        source="CCAP, article 5.5",
    )  # fmt: skip
    spoken = Valued(
        ValuedMatter.CONTROL, starts, True, source="CCAP, article 5.5 : embauche dans les trente jours", control="W118"
    )
    for rule in (carried, before, spoken):
        say_rule(actor=actor, uid=due.uid, rule=rule, on=kit.past(starts))


def _trained(kit: Kit, actor: Actor, due: Due, beside: Work) -> UUID:
    """Somebody trained in the first month, hired on the first day of the next one."""
    starts = due.starts_on
    hired = add_months(starts, 1)
    who = kit.person(actor, "Idrissa", "Cissokho", date(1996, 8, 30), "DELD", on=starts - timedelta(days=4))
    work = kit.hire(actor, who, due, starts=hired, ends=kit.end_of(hired, 10), job="maçon")
    training = NewTraining(
        kind=PriorKind.POEI, provider="AFPA du Val d'Orselle", starts_on=starts + timedelta(days=6),
        ends_on=last_day(starts) - timedelta(days=4), hours=TAUGHT,
        document_uid=kit.paper(actor, "attestation-poei", due.contract),
    )  # fmt: skip
    typed = kit.past(hired.replace(day=5))
    handed = kit.tell(actor, due.contract, "castan", starts, [(beside, "60")], typed=typed, validated=False)
    save_prior(
        actor=actor, commitment_uid=due.uid, placement_uid=work.uid, declarant_uid=kit.stage.bodies["castan"],
        month=starts, hours=TAUGHT, training=training, source=StatementSource.GRID, on=typed,
    )  # fmt: skip
    checked = kit.past(hired.replace(day=18))
    validate_statement(actor=actor, uid=handed, version=None, at=at(checked, 15), on=checked)
    silent(kit, actor, due.contract, "castan", hired, due.ends_on, (beside, "60"), (work, "110"))
    return who.uid
