"""Which studies exist for an actor: those of its structure, to structures facilitatrices."""

from django.db.models import Q, QuerySet

from clausette.advice.models import Study, StudyCalibration, StudyLot
from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow


def _own(actor: Actor) -> Q:
    return Q(owner_org_id=actor.organisation_id) if actor.can("facilitator") else Q(pk__in=[])


def studies_visible_to(actor: Actor) -> QuerySet[Study]:
    """Studies of the actor's structure."""
    return narrow(Study.objects.all(), _own(actor))


def study_lots_visible_to(actor: Actor) -> QuerySet[StudyLot]:
    """Lots of these studies."""
    return narrow(StudyLot.objects.all(), _own(actor))


def calibrations_visible_to(actor: Actor) -> QuerySet[StudyCalibration]:
    """Calculations kept in these studies."""
    return narrow(StudyCalibration.objects.all(), _own(actor))
