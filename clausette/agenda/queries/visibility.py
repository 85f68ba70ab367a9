"""Which rows of the reminders exist for the actor: the same meaning as the policies, written a second time."""

from django.db.models import Q, QuerySet

from clausette.agenda.models import Letter, Postponement, Reminder, ReminderRung, ReminderText
from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import takes_part

_READERS = (PartyRole.PILOT, PartyRole.COPILOT, PartyRole.BUYER)


def _own(actor: Actor) -> Q:
    return Q(owner_org_id=actor.owner_id if actor.can("facilitator") else None)


def rungs_visible_to(actor: Actor) -> QuerySet[ReminderRung]:
    """The steps that the actor's structure set."""
    return narrow(ReminderRung.objects.all(), _own(actor))


def texts_visible_to(actor: Actor) -> QuerySet[ReminderText]:
    """The texts of the actor's structure, withdrawn ones included."""
    return narrow(ReminderText.objects.all(), _own(actor))


def letters_visible_to(actor: Actor) -> QuerySet[Letter]:
    """The letters of the actor's structure: they hold the addresses."""
    return narrow(Letter.objects.all(), _own(actor))


def reminders_visible_to(actor: Actor) -> QuerySet[Reminder]:
    """The reminders of the marchés that the actor follows or bought; of the others, those about its own statements."""
    about = Q(organisation_id=actor.organisation_id) & Q(takes_part(actor))
    return narrow(Reminder.objects.all(), Q(takes_part(actor, *_READERS)) | about)


def postponements_visible_to(actor: Actor) -> QuerySet[Postponement]:
    """What the actor's structure put off on the marchés that it holds."""
    return narrow(Postponement.objects.all(), _own(actor) & Q(takes_part(actor, PartyRole.PILOT)))
