"""« Publications à rapprocher »: a published record looks like a purchase that the structure awaits."""

from collections.abc import Sequence

from clausette.imports.queries import Proposed
from clausette.kernel.actor import Actor
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href

SEVEN = 7


def matched_block(actor: Actor, found: Sequence[Proposed]) -> NextActions:
    """One line a pair, the surest first; the answer is given on the page of the pairs."""
    address = href(actor, "imports:matches")
    rows = [
        NextAction(
            one.name, f"publié : {one.record.title}", "", ", ".join(one.match.reasons), address,
            action=LinkButton("Répondre", address, "secondary", about=one.name),
        )
        for one in found[:SEVEN]
    ]  # fmt: skip
    more = address if len(found) > SEVEN else ""
    return NextActions("Publications à rapprocher", rows, "données essentielles", len(found), more)
