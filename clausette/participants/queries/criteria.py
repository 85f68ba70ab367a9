"""The publics that a situation opens, with the dated facts in force that day."""

from clausette.kernel.actor import Actor
from clausette.participants.queries.visibility import options_visible_to
from clausette.participants.rules import Answer, Delays, Situation, check_eligibility
from clausette.reference.queries import categories, months_of, parameters_on


def admitted_options(actor: Actor) -> frozenset[str]:
    """Return the publics « sur option » that the actor's structure admits; none until it has said so."""
    row = options_visible_to(actor).order_by("id").first()
    return frozenset(row.categories) if row else frozenset()


def answer_of(situation: Situation) -> Answer:
    """Return the answer of the rules for a situation, with the ages and delays of its day."""
    values = parameters_on(situation.on)
    delays = Delays(
        long_months=months_of(values, "public_long_months"),
        very_long_months=months_of(values, "public_very_long_months"),
        worked_months=values["public_worked_months"],
        young_age=int(values["public_young_age"]),
        young_months=months_of(values, "public_young_months"),
        senior_age=int(values["public_senior_age"]),
        hire_months=months_of(values, "hire_before_months"),
    )
    return check_eligibility(situation, categories(), delays)
