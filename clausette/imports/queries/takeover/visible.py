"""Which rows of the takeover exist for an actor: those of its structure, to structures facilitatrices."""

from django.db.models import Q, QuerySet

from clausette.imports.models import ColumnMapping, TakeoverBatch, TakeoverLine, TakeoverMade
from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow


def _own(actor: Actor) -> Q:
    return Q(owner_org_id=actor.organisation_id) if actor.can("facilitator") else Q(pk__in=[])


def takeovers_visible_to(actor: Actor) -> QuerySet[TakeoverBatch]:
    """Workbooks of the actor's structure."""
    return narrow(TakeoverBatch.objects.all(), _own(actor))


def lines_visible_to(actor: Actor) -> QuerySet[TakeoverLine]:
    """Lines of these workbooks."""
    return narrow(TakeoverLine.objects.all(), _own(actor))


def made_visible_to(actor: Actor) -> QuerySet[TakeoverMade]:
    """What these workbooks made."""
    return narrow(TakeoverMade.objects.all(), _own(actor))


def mappings_visible_to(actor: Actor) -> QuerySet[ColumnMapping]:
    """Columns known to the actor's structure."""
    return narrow(ColumnMapping.objects.all(), _own(actor))
