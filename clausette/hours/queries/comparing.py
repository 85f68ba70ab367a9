"""A statement beside the month before: the hours of each person then, and who is no more there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from clausette.hours.enums import HoursKind, LineState
from clausette.hours.queries.people import Person
from clausette.hours.queries.visible import lines_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.kernel.text import search_key

Key = tuple[int, int, str]
Before = Mapping[Key, Decimal]
"""Hours of the month before by work contract, engagement and kind."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody of the month before who has no line this month, where one had `hours` then."""

    person: str
    job: str
    kind: HoursKind
    hours: Decimal

    @property
    def change(self) -> Decimal:
        """What moved since: all of them."""
        return -self.hours


def month_before(actor: Actor, statement: Mapping[str, Any]) -> Before:
    """Return the hours that the same declarant declared on the contract the month before, corrections included."""
    rows = lines_visible_to(actor).filter(
        contract_id=statement["contract_id"],
        declarant_id=statement["declarant_id"],
        month=add_months(statement["month"], -1),
    )
    rows = rows.exclude(state__in=[LineState.DRAFT, LineState.REFUSED]).order_by()
    keys = ("placement_id", "commitment_id", "kind")
    return {(p, c, k): total for p, c, k, total in rows.values_list(*keys).annotate(total=Sum("hours"))}


def gone_since(before: Before, here: Collection[Key], persons: Mapping[int, Person]) -> tuple[Gone, ...]:
    """Return who had hours the month before and has no line here, by name; unknown names stay empty.

    A training before hiring ends with the hiring: nobody waits for its hours.
    """
    found = []
    for key, hours in before.items():
        if key not in here and hours and key[2] != HoursKind.BEFORE:
            person = persons.get(key[0])
            found.append(Gone(person.name if person else "", person.job if person else "", HoursKind(key[2]), hours))
    return tuple(sorted(found, key=lambda one: (search_key(one.person), one.hours)))
