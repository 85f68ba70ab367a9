"""« Orientations reçues »: candidates that prescribers propose, the oldest first."""

from collections.abc import Sequence
from datetime import date

from clausette.kernel.actor import Actor
from clausette.participants.enums import ReferralState
from clausette.participants.queries import ReferralLine
from clausette.participants.rules import by_whom
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.words import href, since

SEVEN = 7


def received_block(actor: Actor, referrals: Sequence[ReferralLine], on: date) -> NextActions:
    """One line a candidate, with the page where one answers."""
    rows = [_line(actor, one, on) for one in referrals[:SEVEN]]
    more = href(actor, "referrals:received") if len(referrals) > SEVEN else ""
    return NextActions("Orientations reçues", rows, "la plus ancienne d'abord", len(referrals), more)


def _line(actor: Actor, one: ReferralLine, on: date) -> NextAction:
    address = href(actor, "referrals:show", uid=one.uid)
    return NextAction(
        one.name,
        one.need or "en général",
        since(one.sent_on, on),
        f"Proposée par {by_whom(one.prescriber)}",
        address,
        Badge("en vérification", "info") if one.state is ReferralState.IN_REVIEW else None,
        action=LinkButton("Répondre", address, "secondary", about=one.name),
    )
