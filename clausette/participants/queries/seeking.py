"""Persons found by a part of their name or their date of birth, among those the actor may know."""

from datetime import date

from django.db.models import QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.participants.models import Participant
from clausette.participants.queries.visibility import of_others, own
from clausette.participants.rules.seeking import asked_of

COUNTED = 1_000
"""Numbers read at once: a name that fewer have is gone through once, for the page and for the total."""


def persons_sought(actor: Actor, words: str) -> QuerySet[Participant, tuple[int, str]]:
    """Number and key of the visible persons who answer to `words` (see `asked_of`), by name.

    One's own, gone through in the index of their names, then those of others, entered by their numbers: asked together
    no index holds both, and every row is opened.
    """
    live, asked = Participant.objects.filter(merged_into=None, erased_on=None), asked_of(words)
    for word in asked.words:
        live = live.filter(sort_key__contains=word)
    live = born_on(live, actor, asked.born_on)
    ours, others = narrow(live.filter(own(actor)), own(actor)), narrow(live.exclude(own(actor)), of_others())
    found = ours.values_list("pk", "sort_key").union(others.values_list("pk", "sort_key"), all=True)
    return found.order_by("sort_key", "pk")


def born_on(rows: QuerySet[Participant], actor: Actor, day: date | None) -> QuerySet[Participant]:
    """Narrow to the persons born that day. A firm reads no date of birth: its search must not tell one either."""
    if day is None:
        return rows
    if actor.can("facilitator") or actor.can("prescriber"):
        return rows.filter(birth_date=day)
    return rows.none()


def numbers_sought(actor: Actor, words: str, *, start: int, size: int) -> tuple[list[int], int]:
    """Return the numbers of one page of persons sought, by name, and how many there are (one query, or two)."""
    found = persons_sought(actor, words)
    if start + size > COUNTED:
        return [pk for pk, _ in found[start : start + size]], found.count()
    first = [pk for pk, _ in found[: COUNTED + 1]]
    return first[start : start + size], len(first) if len(first) <= COUNTED else found.count()
