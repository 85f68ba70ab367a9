"""What the pages of the documents share."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from clausette.kernel.actor import Actor

READERS = ("facilitator", "buyer", "contractor")


def href(actor: Actor, name: str, *, query: dict[str, str] | None = None, **kwargs: object) -> str:
    """Return the address of a page for the actor's organisation, « » when that page does not exist (yet)."""
    try:
        address = reverse(name, kwargs={"slug": actor.slug, **kwargs})
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(query)}" if query else address
