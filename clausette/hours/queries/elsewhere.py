"""Hours of persons beyond the lines that an actor sees: numbers given by the database, no name."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from clausette.hours.queries.people import Person
from clausette.hours.queries.validity import COUNTED
from clausette.kernel.beyond import tell

ZERO = Decimal(0)


def hours_elsewhere(
    persons: Mapping[int, Person], asked: Iterable[int], months: Collection[date], seen: Iterable[Mapping[str, Any]]
) -> dict[tuple[int, date], Decimal]:
    """Return, by person and month, the hours counted on lines that the actor does not see. One query.

    That such hours were told is journalled (`kernel.beyond`).
    `persons`: those known, by work contract. `asked`: the work contracts spoken of. `seen`: the lines that are seen.
    """
    people = sorted({persons[placement].participant_id for placement in asked if placement in persons})
    if not people or not months:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, month, hours FROM sec.hours_of_persons(%s, %s)", [people, sorted(set(months))]
        )
        totals = {(person, month): hours for person, month, hours in cursor.fetchall()}
    for line in seen:
        person = persons.get(line["placement_id"])
        if person is not None and line["state"] in COUNTED and (person.participant_id, line["month"]) in totals:
            totals[person.participant_id, line["month"]] -= line["hours"]
    found = {place: max(ZERO, hours) for place, hours in totals.items()}
    unseen = {person for (person, _), hours in found.items() if hours > 0}
    if unseen:
        tell(one.participant_uid for one in persons.values() if one.participant_id in unseen)
    return found
