"""« Marchés changés par une publication »: the official data said something new of contracts that one follows."""

from collections.abc import Sequence
from datetime import date

from clausette.imports.enums import ChangeKind
from clausette.imports.queries import ChangedContract
from clausette.kernel.actor import Actor
from clausette.kernel.french import plural
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href, since

SEVEN = 7
TO_DO = {
    ChangeKind.AWARD: "qui doit les heures ?",
    ChangeKind.AMOUNT: "engagement à revoir ?",
    ChangeKind.DURATION: "terme à revoir ?",
    ChangeKind.SUBCONTRACTOR: "sous-traitant à contacter",
}


def changed_block(actor: Actor, contracts: Sequence[ChangedContract], on: date) -> NextActions:
    """One line a contract, the oldest first: what changed, since when it is known, what it asks."""
    rows = [_line(actor, one, on) for one in contracts[:SEVEN]]
    more = href(actor, "imports:changes") if len(contracts) > SEVEN else ""
    return NextActions(
        "Marchés changés par une publication", rows, "données essentielles", len(contracts), more
    )


def _line(actor: Actor, one: ChangedContract, on: date) -> NextAction:
    first, others = one.changes[0], len(one.changes) - 1
    address = f"{href(actor, 'contracts:show', uid=one.uid)}#publications"
    return NextAction(
        one.name,
        first.told,
        since(one.since, on),
        first.source + (f" · et {plural(others, 'autre changement', 'autres changements')}" if others else ""),
        address,
        Badge(TO_DO[first.kind], "warn"),
        action=LinkButton("Voir", address, "secondary", about=one.name),
    )
