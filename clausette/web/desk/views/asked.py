"""Sub-contractors that firms ask for: they wait for a yes or a no."""

from collections.abc import Sequence
from datetime import date

from clausette.kernel.actor import Actor
from clausette.procurement.queries import AskedLine
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href, since

SEVEN = 7


def asked_block(actor: Actor, asked: Sequence[AskedLine], on: date) -> NextActions:
    """The oldest first."""
    rows = [
        NextAction(
            one.name, one.contract_name, since(one.asked_at, on), f"demandé par {one.head_name}",
            action=LinkButton(
                "Répondre", href(actor, "subcontracting:answer", uid=one.uid), "secondary", about=one.name
            ),
        )
        for one in asked[:SEVEN]
    ]  # fmt: skip
    return NextActions("Sous-traitants à accepter", rows, "demandés par les entreprises", len(asked))
