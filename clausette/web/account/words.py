"""Words of the pages of accounts."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest

from clausette.access.enums import Capability

ENDED = (
    "Votre connexion a pris fin : elle s'arrête après une heure sans activité, et au bout de douze heures. "
    "Reconnectez-vous pour reprendre où vous en étiez."
)
STATES = {
    "deconnexion": "Vous êtes déconnecté.",
    "mot-de-passe": "Votre nouveau mot de passe est enregistré. Connectez-vous avec lui.",
    "fin": ENDED,
}

# the first mark found wins: Edge says it is Chrome, which says it is Safari
BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def ended(request: HttpRequest) -> str:
    """Return what to say above the sign-in form: why one is here again, "" for nothing."""
    said = STATES.get(request.GET.get("etat", ""), "")
    lost = request.GET.get("next") and settings.SESSION_COOKIE_NAME in request.COOKIES
    return said or (ENDED if lost and not request.session.session_key else "")


def roles_of(capabilities: Iterable[str]) -> str:
    """Return « structure facilitatrice, employeur »."""
    return ", ".join(one.label for one in Capability if one.value in set(capabilities))


def browser_of(agent: str) -> str:
    """Return « Firefox sous Windows » from what the browser says of itself; its words cut when they are unknown."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " sous ".join(part for part in (browser, system) if part) or agent[:40] or "navigateur inconnu"
