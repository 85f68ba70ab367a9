"""Words of the mandates."""

from datetime import date, datetime, timedelta

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date
from clausette.procurement.queries import HeldMandate, MandateLine
from clausette.procurement.rules.mandates import LINK_DAYS
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.layout.navigation import optional_reverse

ALL = "Tous les marchés"


def state_of(line: MandateLine, on: date) -> Badge:
    """Where a mandate stands."""
    if line.revoked_at is not None:
        return Badge(f"retiré le {format_date(line.revoked_at.astimezone(clock.PARIS).date())}", "neutral")
    if line.ends_on < on:
        return Badge("terminé", "neutral")
    if line.waits:
        return Badge("pas encore accepté", "wait")
    if line.starts_on > on:
        return Badge("à venir", "info")
    return Badge("en cours", "ok")


def link_of(line: MandateLine, at: datetime) -> str:
    """What became of the link of who has not accepted yet."""
    sent = f"envoyé le {format_date(line.sent_at.astimezone(clock.PARIS).date())}"
    if line.sent_at + timedelta(days=LINK_DAYS) <= at:
        return f"{sent}, il ne vaut plus rien : renvoyez-le"
    return f"{sent}, il vaut {LINK_DAYS} jours"


def held_block(rows: tuple[HeldMandate, ...]) -> NextActions:
    """The firms for which one declares, on « Ma journée »."""
    shown = [
        NextAction(
            one.firm_name, one.contract_name or "tous ses marchés",
            detail=f"Mandat du {format_date(one.starts_on)} au {format_date(one.ends_on)}",
            action=LinkButton(
                "Ouvrir ses heures", optional_reverse("deposits:home", one.firm_slug), "secondary", about=one.firm_name
            ),
        )
        for one in rows
    ]  # fmt: skip
    return NextActions("Vous déclarez pour", shown, "par un mandat de déclaration")


def back_to(actor: Actor) -> str:
    """The page of the mandates of the firm."""
    return address_of(actor, "mandates:list")
