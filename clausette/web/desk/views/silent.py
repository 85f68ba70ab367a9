"""« Marchés notifiés sans contact »: nobody spoke to the firm for a while, and the work is about to begin."""

from collections.abc import Sequence
from datetime import date

from clausette.kernel.actor import Actor
from clausette.kernel.french import format_short_date, plural
from clausette.procurement.queries import SilentContract, silent_contracts
from clausette.reference.queries import months_of, parameters_on
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href, since

SEVEN = 7


def silent_of(actor: Actor, on: date) -> tuple[SilentContract, ...]:
    """The notified contracts silent for the delay of practice of the day (one query)."""
    days = months_of(parameters_on(on), "contact_silence_days")
    return silent_contracts(actor=actor, on=on, days=days)


def silent_block(actor: Actor, contracts: Sequence[SilentContract], on: date) -> NextActions:
    """One line a contract, the longest silence first, with the gesture that ends it."""
    rows = [_line(actor, one, on) for one in contracts[:SEVEN]]
    counted = plural(len(contracts) - SEVEN, "autre marché attend", "autres marchés attendent")
    hint = f"appeler l'entreprise, {counted}" if len(contracts) > SEVEN else "appeler l'entreprise"
    return NextActions("Marchés notifiés sans contact", rows, hint, len(contracts))


def _line(actor: Actor, one: SilentContract, on: date) -> NextAction:
    last = f", dernier échange le {format_short_date(one.last_on)}" if one.last_on else ", aucun échange noté"
    return NextAction(
        one.name,
        one.contractor_name,
        since(one.since, on),
        f"notifié le {format_short_date(one.notified_on)}{last}",
        href(actor, "contracts:show", uid=one.uid),
        action=LinkButton(
            "Noter un contact", href(actor, "contracts:note_exchange", uid=one.uid), "secondary", about=one.name
        ),
    )
