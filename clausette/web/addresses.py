"""Addresses of the pages of an organisation."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from clausette.kernel.actor import Actor

_SLUG = "organisation-of-the-actor"


@lru_cache(maxsize=1024)
def _pattern(name: str, uids: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The address of a page with marks for the organisation and the uids. Raises NoReverseMatch, which is not kept."""
    marks = {key: UUID(int=rank) for rank, key in enumerate(uids)}
    address = reverse(name, kwargs={"slug": _SLUG, **marks})
    return address, tuple(str(mark) for mark in marks.values())


def address_of(
    actor: Actor, name: str, *, query: Mapping[str, object] | None = None, **kwargs: object
) -> str:
    """Return the address of a page for the actor's organisation, « » when that page does not exist (yet).

    `query`: what follows « ? », without what is empty. An address whose parts are uids is resolved once by process:
    a page has a hundred of them.
    """
    try:
        if all(isinstance(value, UUID) for value in kwargs.values()):
            address, marks = _pattern(name, tuple(kwargs))
            address = address.replace(_SLUG, actor.slug)
            for mark, value in zip(marks, kwargs.values(), strict=True):
                address = address.replace(mark, str(value))
        else:
            address = reverse(name, kwargs={"slug": actor.slug, **kwargs})
    except NoReverseMatch:
        return ""
    kept = {key: str(value) for key, value in (query or {}).items() if value not in (None, "")}
    return f"{address}?{urlencode(kept)}" if kept and address else address
