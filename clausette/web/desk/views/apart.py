"""People whom firms declared and who are in no list: they wait for somebody to say who they are."""

from collections.abc import Sequence
from datetime import date

from clausette.hours.queries import ToMatch
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_hours, format_month
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href, since

SEVEN = 7


def apart_block(actor: Actor, people: Sequence[ToMatch], on: date) -> NextActions:
    """The oldest first; their hours are in no total."""
    rows = [
        NextAction(
            one.name,
            f"{format_month(one.month)}, {format_hours(one.hours)} hors des totaux",
            since(one.since, on) if one.since else "",
            f"{one.declarant_name} · {one.contract_name}",
            href(actor, "hours:unlisted", uid=one.uid),
            action=LinkButton("Rapprocher", href(actor, "hours:unlisted", uid=one.uid), "secondary", about=one.name),
        )
        for one in people[:SEVEN]
    ]
    return NextActions("Personnes hors liste, à rapprocher", rows, "déclarées par les entreprises", len(people))
