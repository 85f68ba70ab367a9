"""Addresses and tabs of the advice."""

from clausette.kernel.actor import Actor
from clausette.web.addresses import address_of
from clausette.web.components.lists import Tab, Tabs

_PAGES = (("advice:obligation", "Clause obligatoire ?"), ("advice:calculate", "Calculer les heures"))


def href(actor: Actor, name: str) -> str:
    """Return the address of a page of the organisation."""
    return address_of(actor, name)


def tabs(actor: Actor, current: str) -> Tabs:
    """Return the pages of the area, the one shown marked."""
    return Tabs([Tab(label, href(actor, name), current=name == current) for name, label in _PAGES], "Conseil")
