"""Which studies exist for an actor: those of its structure, to structures facilitatrices."""

from django.db.models import Q, QuerySet

from clausette.advice.models import (
    InsertionOffer,
    OwnTemplate,
    OwnValue,
    Programme,
    Study,
    StudyCalibration,
    StudyLot,
    TenderCheck,
)
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


def tender_checks_visible_to(actor: Actor) -> QuerySet[TenderCheck]:
    """Readings of the tender of these studies."""
    return narrow(TenderCheck.objects.all(), _own(actor))


def programmes_visible_to(actor: Actor) -> QuerySet[Programme]:
    """Purchase programmes handed to the actor's structure."""
    return narrow(Programme.objects.all(), _own(actor))


def own_values_visible_to(actor: Actor) -> QuerySet[OwnValue]:
    """Usual values that the actor's structure set for itself."""
    return narrow(OwnValue.objects.all(), _own(actor))


def offers_visible_to(actor: Actor) -> QuerySet[InsertionOffer]:
    """What the structures of insertion of the territory said they can do."""
    return narrow(InsertionOffer.objects.all(), _own(actor))


def own_templates_visible_to(actor: Actor) -> QuerySet[OwnTemplate]:
    """Templates of the actor's structure."""
    return narrow(OwnTemplate.objects.all(), _own(actor))
