"""Where a person may act: the organisations behind a session."""

from dataclasses import dataclass

from django.db import connection

from clausette.access.rules import MANDATE, ticket


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation for which the signed-in person may act."""

    slug: str
    name: str
    capabilities: frozenset[str]
    is_admin: bool

    @property
    def is_mandate(self) -> bool:
        """Whether it is a firm for which the person declares by a mandate, without being a member."""
        return MANDATE in self.capabilities


def places_of(session_key: str) -> list[Place]:
    """Return the organisations of the person behind a session, in the order of their names. Needs no rights."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.organisations_of(%s)", [ticket(session_key)])
        return [Place(slug, name, frozenset(caps), admin) for slug, name, caps, admin in cursor.fetchall()]
