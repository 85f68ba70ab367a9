"""Where a person may act: the organisations behind a session or an account."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from clausette.access.models import Membership
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


def memberships_of_account(*, account_id: int) -> QuerySet[Membership, int]:
    """Return the numbers of the organisations for which an account may act today (for a subquery)."""
    today = RawSQL("sec.today()", [])
    held = Membership.objects.filter(account_id=account_id, revoked_at__isnull=True, valid_from__lte=today)
    running = held.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return running.order_by().values_list("organisation_id", flat=True)
