"""Which files of hours exist for an actor: those of its organisation; the statements they filled, for pilots too."""

from django.db.models import Q, QuerySet

from clausette.imports.models import (
    HoursFile,
    HoursFileBlock,
    HoursFileChoice,
    HoursFileColumns,
    HoursFileLine,
    HoursFileStatement,
)
from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.procurement.queries import takes_part

SENDERS = frozenset({"facilitator", "contractor", "employer"})


def _own(actor: Actor) -> Q:
    return Q(owner_org_id=actor.owner_id) if actor.capabilities & SENDERS else Q(pk__in=[])


def hours_files_visible_to(actor: Actor) -> QuerySet[HoursFile]:
    """Files sent by the actor's organisation."""
    return narrow(HoursFile.objects.all(), _own(actor))


def hours_file_lines_visible_to(actor: Actor) -> QuerySet[HoursFileLine]:
    """Lines of these files that say or ask something."""
    return narrow(HoursFileLine.objects.all(), _own(actor))


def hours_file_blocks_visible_to(actor: Actor) -> QuerySet[HoursFileBlock]:
    """Blocks of their other lines."""
    return narrow(HoursFileBlock.objects.all(), _own(actor))


def filled_visible_to(actor: Actor) -> QuerySet[HoursFileStatement]:
    """Statements filled by these files, and by any file on the markets piloted."""
    return narrow(HoursFileStatement.objects.all(), _own(actor) | Q(takes_part(actor, "pilot", "copilot")))


def hours_columns_visible_to(actor: Actor) -> QuerySet[HoursFileColumns]:
    """Columns known to the sender."""
    return narrow(HoursFileColumns.objects.all(), _own(actor))


def hours_choices_visible_to(actor: Actor) -> QuerySet[HoursFileChoice]:
    """Matches kept by the sender."""
    return narrow(HoursFileChoice.objects.all(), _own(actor))
