"""All addresses with their doors: what `manage routes` prints and what the access matrix walks through."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

from clausette.kernel.actor import Actor
from clausette.web.doors import door_of

LIBRARY = "allauth."


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `access`: page, action, personal, public, or « undeclared », which a house test refuses."""

    pattern: str
    name: str
    methods: tuple[str, ...]
    access: str
    capabilities: tuple[str, ...]
    deposit: bool = False
    mandate: bool = False


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, space: str
) -> Iterator[tuple[str, str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, prefix + str(entry.pattern), inner)
        else:
            yield prefix + str(entry.pattern), f"{space}{entry.name or ''}", entry


def _route(pattern: str, name: str, entry: URLPattern) -> Route:
    view = entry.callback
    door = door_of(view)
    if door is not None:
        return Route(pattern, name, door.methods, door.kind, door.capabilities, door.deposit, door.mandate)
    if getattr(view, "login_required", True) is False:
        return Route(pattern, name, ("GET", "HEAD"), "public", ())
    if str(getattr(view, "__module__", "")).startswith(LIBRARY):
        return Route(pattern, name, ("GET", "HEAD", "POST"), "personal", ())
    return Route(pattern, name, (), "undeclared", ())


def all_routes() -> list[Route]:
    """Return every address of the resolver, in its order."""
    found = _walk(list(get_resolver().url_patterns), "/", "")
    return [_route(pattern, name, entry) for pattern, name, entry in found]


@cache
def _doors(resolver: URLResolver) -> dict[str, Route]:
    found = _walk(list(resolver.url_patterns), "/", "")
    return {name: _route(pattern, name, entry) for pattern, name, entry in found}


def opens_to(actor: Actor, name: str) -> bool:
    """Whether the door of an address lets this kind of organisation in: no link leads to a refusal."""
    route = _doors(get_resolver()).get(name)
    if route is None:
        return not actor.deposit
    if actor.deposit and not (route.deposit or (route.mandate and actor.mandate)):
        return False
    return not route.capabilities or any(actor.can(one) for one in route.capabilities)
