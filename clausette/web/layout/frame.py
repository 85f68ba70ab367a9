"""Everything a layout needs besides the page, read from the request without any query."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest

from clausette.kernel.actor import Actor
from clausette.kernel.french import HARD, format_date
from clausette.web.components.notices import Flash, FlashKind
from clausette.web.layout.navigation import NavigationLink, navigation, optional_reverse

_FLASH_KINDS: dict[str, FlashKind] = {
    "success": "success",
    "warning": "warning",
    "error": "error",
}


@dataclass(frozen=True, slots=True)
class OrganisationLink:
    """One of the organisations of the person, in the switcher."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page."""

    actor: Actor | None = None
    organisation: str = ""
    person: str = ""
    links: Sequence[NavigationLink] = ()
    organisations: Sequence[OrganisationLink] = ()
    flashes: Sequence[Flash] = ()
    home_href: str = "/"
    search_href: str = ""
    profile_href: str = ""
    logout_href: str = ""
    login_href: str = ""
    demonstration: bool = False
    acting_for: str = ""
    search_text: str = ""
    footer: Sequence[tuple[str, str]] = field(default=())
    source_href: str = ""


FOOTER = (
    ("Guide", "guide:contents"),
    ("Licence et code source", "public:source"),
    ("Attributions", "public:attributions"),
    ("Mentions légales", "public:legal"),
    ("Données personnelles", "public:privacy"),
    ("Accessibilité", "public:accessibility"),
)


def _footer() -> list[tuple[str, str]]:
    return [(label, href) for label, name in FOOTER if (href := optional_reverse(name))]


def _flashes(request: HttpRequest) -> list[Flash]:
    return [
        Flash(str(message), _FLASH_KINDS.get(message.level_tag, "info"))
        for message in messages.get_messages(request)
    ]


def _organisations(request: HttpRequest, actor: Actor) -> list[OrganisationLink]:
    """The switcher; empty when the person has only one organisation."""
    own = getattr(request, "organisations", ())
    if len(own) < 2:
        return []
    return [
        OrganisationLink(
            f"{one.name} (mandat)" if one.is_mandate else one.name,
            optional_reverse("deposits:home" if one.is_mandate else "desk:day", one.slug) or f"/o/{one.slug}/",
            one.slug == actor.slug,
        )
        for one in own
    ]


def _acting_for(actor: Actor) -> str:
    """What the banner says to who declares for another firm."""
    if actor.mandate is None:
        return ""
    by = f" ({actor.mandate.holder})" if actor.mandate.holder else ""
    days = f"mandat du {format_date(actor.mandate.starts_on)} au {format_date(actor.mandate.ends_on)}"
    return f"Vous déclarez pour {actor.organisation_name}{by}{HARD}: {days}."


def _deposit_frame(request: HttpRequest, actor: Actor, demonstration: bool, source: str) -> Frame:
    """The frame of who declares without an account, or by a mandate: the hours of the firm, and the way out."""
    match = request.resolver_match
    return Frame(
        actor=actor,
        organisation=actor.organisation_name,
        person=actor.account_name,
        links=navigation(actor, match.view_name if match else ""),
        organisations=_organisations(request, actor) if actor.mandate else (),
        profile_href=optional_reverse("account:profile") if actor.mandate else "",
        acting_for=_acting_for(actor),
        flashes=_flashes(request),
        home_href=optional_reverse("deposits:home", actor.slug) or "/",
        logout_href=optional_reverse("account:logout"),
        demonstration=demonstration,
        footer=_footer(),
        source_href=source,
    )


def frame_of(request: HttpRequest | None) -> Frame:
    """The frame of the page answered to ``request``; a bare one when there is no request or nobody signed in."""
    if request is None:
        return Frame(footer=_footer())
    actor: Actor | None = getattr(request, "actor", None)
    demonstration = bool(getattr(request, "demonstration", False))
    source = str(getattr(settings, "CLAUSETTE_SOURCE_URL", ""))
    if actor is None:
        return Frame(
            flashes=_flashes(request),
            login_href=optional_reverse("account:login"),
            demonstration=demonstration,
            footer=_footer(),
            source_href=source,
        )
    match = request.resolver_match
    if actor.deposit:
        return _deposit_frame(request, actor, demonstration, source)
    return Frame(
        actor=actor,
        organisation=actor.organisation_name,
        person=actor.account_name,
        links=navigation(actor, match.view_name if match else ""),
        organisations=_organisations(request, actor),
        flashes=_flashes(request),
        home_href=optional_reverse("desk:day", actor.slug) or "/",
        search_href=optional_reverse("desk:search", actor.slug),
        search_text=request.GET.get("q", "") if match and match.view_name == "desk:search" else "",
        profile_href=optional_reverse("account:profile"),
        logout_href=optional_reverse("account:logout"),
        demonstration=demonstration,
        footer=_footer(),
        source_href=source,
    )
