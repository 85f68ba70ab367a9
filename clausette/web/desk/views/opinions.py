"""« Avis à rendre »: the purchases under study for which a buyer waits, the soonest due first."""

from collections.abc import Sequence
from datetime import date

from clausette.advice.queries import DueStudy, opinions_due
from clausette.agenda.rules import ending_horizon
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_short_date, plural
from clausette.reference.queries import parameters_on
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href

SEVEN = 7


def opinions_of(actor: Actor, on: date) -> tuple[DueStudy, ...]:
    """The opinions due within the days told in advance: one query."""
    return opinions_due(actor=actor, until=ending_horizon(on, days=int(parameters_on(on)["ending_days"])))


def opinions_block(actor: Actor, due: Sequence[DueStudy], on: date) -> NextActions:
    """The block, empty when nobody waits."""
    rows = [
        NextAction(
            one.title,
            one.buyer_name,
            _when(one.due_on, on),
            "",
            href(actor, "advice:study", uid=one.uid),
            late=one.due_on < on,
            action=LinkButton("Répondre", href(actor, "advice:study", uid=one.uid), "secondary", about=one.title),
        )
        for one in due[:SEVEN]
    ]
    more = href(actor, "advice:studies") if len(due) > SEVEN else ""
    return NextActions("Avis à rendre", rows, "le plus tôt attendu d'abord", len(due), more)


def _when(due_on: date, on: date) -> str:
    days = (due_on - on).days
    if days < 0:
        return f"{plural(-days, 'jour')} de retard"
    return "attendu aujourd'hui" if not days else f"attendu le {format_short_date(due_on)}"
