"""The choice of the levier juridique with the facts of a day. No rights needed: public facts."""

from datetime import date

from clausette.advice.queries.facts import limits_on
from clausette.advice.rules import DeviceAdvice, DeviceFacts, DeviceRules, suggest
from clausette.reference.queries import capacity_row, legal_articles, reservation_row


def device_rules_on(on: date) -> DeviceRules:
    """Return the dated facts of the choice."""
    return DeviceRules(legal_articles(), capacity_row(on), reservation_row(on), limits_on(on))


def device_advice_of(facts: DeviceFacts) -> DeviceAdvice:
    """Return the levier juridique suggested, with the facts in force on the day of the consultation."""
    return suggest(facts, device_rules_on(facts.on))
