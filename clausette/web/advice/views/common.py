"""Addresses and tabs of the advice."""

from collections.abc import Mapping
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.web.addresses import address_of
from clausette.web.components.lists import Tab, Tabs

_PAGES = (
    ("advice:obligation", "Clause obligatoire ?"),
    ("advice:calculate", "Calculer les heures"),
    ("advice:studies", "Études"),
    ("advice:values", "Vos valeurs"),
    ("advice:offers", "Offres d'insertion"),
    ("advice:templates", "Modèles"),
    ("advice:targets", "Objectifs"),
)


def href(actor: Actor, name: str, *, query: Mapping[str, object] | None = None, **kwargs: object) -> str:
    """Return the address of a page of the organisation."""
    return address_of(actor, name, query=query, **kwargs)


def tabs(actor: Actor, current: str) -> Tabs:
    """Return the pages of the area, the one shown marked."""
    return Tabs([Tab(label, href(actor, name), current=name == current) for name, label in _PAGES], "Conseil")


def uid_in(text: str) -> UUID | None:
    """Return the identifier written in an address, None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
