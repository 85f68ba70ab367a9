"""Which rows of the room exist for an actor: those of its structure, as the policies of `0002_rights` say again."""

from django.db.models import Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.outcomes.models import (
    EntryQuestionnaire,
    ExitQuestionnaire,
    FollowUp,
    FundedEntry,
    FundedOperation,
    Interview,
    PathExit,
    SensitiveAnswers,
    TrainingAction,
)
from clausette.participants.queries import participants_visible_to


def own(actor: Actor) -> Q:
    """Condition: rows of the structure, for a facilitator."""
    return Q(owner_org_id=actor.organisation_id) if actor.can("facilitator") else Q(pk__in=[])


def trainings_visible_to(actor: Actor) -> QuerySet[TrainingAction]:
    """Training actions of the persons that the structure follows, withdrawn ones included."""
    return narrow(TrainingAction.objects.all(), own(actor))


def interviews_visible_to(actor: Actor) -> QuerySet[Interview]:
    """Interviews about the persons that the structure follows, withdrawn ones included."""
    return narrow(Interview.objects.all(), own(actor))


def exits_visible_to(actor: Actor) -> QuerySet[PathExit]:
    """Exits of the persons that the structure follows, withdrawn ones included."""
    return narrow(PathExit.objects.all(), own(actor))


def follow_ups_visible_to(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-up points of these exits."""
    return narrow(FollowUp.objects.all(), own(actor))


def funded_visible_to(actor: Actor) -> QuerySet[FundedOperation]:
    """FSE+ operations of the structure."""
    return narrow(FundedOperation.objects.all(), own(actor))


def entries_visible_to(actor: Actor) -> QuerySet[FundedEntry]:
    """Entries in these operations, withdrawn ones included."""
    return narrow(FundedEntry.objects.all(), own(actor))


def questionnaires_visible_to(actor: Actor) -> QuerySet[EntryQuestionnaire]:
    """Entry questionnaires, every version."""
    return narrow(EntryQuestionnaire.objects.all(), own(actor))


def sensitive_visible_to(actor: Actor) -> QuerySet[SensitiveAnswers]:
    """Sensitive answers, for the structure that follows the person."""
    followed = participants_visible_to(actor).filter(owner_org_id=actor.organisation_id)
    return narrow(SensitiveAnswers.objects.all(), own(actor) & Q(participant_id__in=followed.values("pk")))


def leavings_visible_to(actor: Actor) -> QuerySet[ExitQuestionnaire]:
    """Exit questionnaires, every version."""
    return narrow(ExitQuestionnaire.objects.all(), own(actor))
