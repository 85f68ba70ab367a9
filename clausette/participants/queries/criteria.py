"""The publics that a situation opens, with the dated facts in force that day."""

from clausette.participants.rules import Answer, Delays, Situation, check_eligibility
from clausette.reference.queries import categories, months_of, parameters_on


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
