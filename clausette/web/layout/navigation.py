"""What each kind of organisation finds in its menu. An area not built yet is skipped."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_urlconf, reverse

from clausette.kernel.actor import Actor

_SLUG = "organisation-of-the-actor"
FACILITATOR = frozenset({"facilitator"})
BUYER = frozenset({"buyer"})
TITULAIRE = frozenset({"contractor"})
FIRM = frozenset({"contractor", "employer"})
PRESCRIBER = frozenset({"prescriber"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu and the capabilities which see it."""

    label: str
    url_name: str
    icon: str
    capabilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A line of the menu, ready to show."""

    label: str
    href: str
    icon: str
    current: bool


ENTRIES = (
    Entry("Ma journée", "desk:day", "day", FACILITATOR | BUYER | FIRM | PRESCRIBER),
    Entry("Tableau de suivi", "desk:board", "board", FACILITATOR),
    Entry("Conseil", "advice:obligation", "advice", FACILITATOR),
    Entry("Marchés", "contracts:list", "market", FACILITATOR | BUYER | FIRM),
    Entry("Mes candidats", "referrals:list", "people", PRESCRIBER),
    Entry("Orientations", "referrals:received", "mail", FACILITATOR),
    Entry("Participants", "people:list", "people", FACILITATOR | PRESCRIBER),
    Entry("Personnes", "people:list", "people", FIRM),
    Entry("Heures", "hours:list", "clock", FACILITATOR | FIRM),
    Entry("Imports", "imports:list", "import", FACILITATOR),
    Entry("Bilans et attestations", "reports:list", "report", FACILITATOR | BUYER | TITULAIRE),
    Entry("Structure", "account:members", "house", FACILITATOR | BUYER | FIRM | PRESCRIBER),
)

DEPOSIT_ENTRIES = (Entry("Vos heures", "deposits:home", "clock", FIRM),)
"""What who declares without an account finds."""
MANDATE_ENTRIES = (
    Entry("Heures à déclarer", "deposits:home", "clock", FIRM),
    Entry("Fichiers d'heures", "hours:files:start", "import", FIRM),
)
"""What who declares for another firm finds."""


def optional_reverse(url_name: str, slug: str = "") -> str:
    """Address of a named page, or "" when the page does not exist (yet)."""
    return _pattern(get_urlconf() or settings.ROOT_URLCONF, url_name, bool(slug)).replace(_SLUG, slug)


@lru_cache(maxsize=1024)
def _pattern(_urlconf: str, url_name: str, of_organisation: bool) -> str:
    """The same with a mark for the organisation, resolved once by process: what surrounds a page has twenty of them."""
    for kwargs in ({"slug": _SLUG}, {}) if of_organisation else ({},):
        try:
            return reverse(url_name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


def _is_current(url_name: str, current: str) -> bool:
    """The page itself, or any page of the same area; the two pages of the desk are told apart."""
    area = url_name.rpartition(":")[0]
    return url_name == current or (area != "desk" and current.startswith(f"{area}:"))


def navigation(actor: Actor, current: str) -> list[NavigationLink]:
    """The menu of ``actor``; ``current`` is the view name of the page shown (« hours:statements »)."""
    links: list[NavigationLink] = []
    entries = MANDATE_ENTRIES if actor.mandate else DEPOSIT_ENTRIES if actor.deposit else ENTRIES
    for entry in entries:
        href = optional_reverse(entry.url_name, actor.slug)
        # one line by page: a PLIE that also employs finds its people under the word of its first trade
        if href and entry.capabilities & actor.capabilities and all(link.href != href for link in links):
            links.append(NavigationLink(entry.label, href, entry.icon, _is_current(entry.url_name, current)))
    return _one_current(links, optional_reverse(current, actor.slug))


def _one_current(links: list[NavigationLink], here: str) -> list[NavigationLink]:
    """One line at most is the current one: the page itself, else the last of its area."""
    marked = [link for link in links if link.current]
    if len(marked) < 2:
        return links
    kept = next((link for link in marked if link.href == here), marked[-1])
    return [replace(link, current=link is kept) for link in links]
