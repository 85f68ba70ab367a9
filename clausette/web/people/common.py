"""What the views of this area share."""

from datetime import date

from clausette.kernel.actor import Actor
from clausette.participants.queries import Standing
from clausette.web.addresses import address_of
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.refusals import form_page as form_page

READERS = ("facilitator", "prescriber", "contractor", "employer")


href = address_of


def is_firm(actor: Actor) -> bool:
    """Whether the organisation reads as a firm: its own people, never who follows them nor why."""
    return not (actor.can("facilitator") or actor.can("prescriber"))


def list_title(actor: Actor) -> str:
    """How the list is called for this organisation."""
    return "Personnes" if is_firm(actor) else "Participants"


_TONES: dict[str, Tone] = {"ok": "ok", "warn": "warn", "danger": "danger"}


def standing_badge(standing: Standing, hired_on: date | None = None) -> Badge:
    """Where a person stands; someone hired within the dates of the decision stays validated."""
    if not standing.opens and hired_on is not None and standing.covered(hired_on):
        return Badge("validé à l'embauche", "ok")
    return Badge(standing.word, _TONES.get(standing.tone, "wait"))


def standing_sentence(standing: Standing, hired_on: date | None = None) -> str:
    """The same for a firm: « validé jusqu'au 3 mars 2027 »."""
    return standing.told_of_hired(hired_on)


def crumbs(actor: Actor, *steps: Crumb) -> Breadcrumb:
    """The list, then the steps."""
    return Breadcrumb((Crumb(list_title(actor), href(actor, "people:list")), *steps))
