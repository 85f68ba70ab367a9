"""Which files of hours exist for an actor: those of its organisation; the statements they filled, for pilots too.

Who acts by a mandate sees those that were sent by it, for the firm, and nothing of the firm's other files (ADR 0022).
"""

from django.db import connection
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
from clausette.kernel.scope import GivenBy, narrow
from clausette.procurement.queries import takes_part

SENDERS = frozenset({"facilitator", "contractor", "employer"})


def _own(actor: Actor, by_mandate: GivenBy) -> Q:
    if actor.mandate:
        return Q(owner_org_id=actor.organisation_id) & Q(by_mandate)
    return Q(owner_org_id=actor.owner_id) if actor.capabilities & SENDERS else Q(pk__in=[])


def _said(actor: Actor) -> Q:
    """What the same holder said for the same firm, by this mandate or a former one."""
    return _own(actor, GivenBy("mandate_id", "mandates_alike()"))


def _inside(actor: Actor) -> Q:
    return _own(actor, GivenBy("batch_id", "mandated_files()"))


def hours_files_visible_to(actor: Actor) -> QuerySet[HoursFile]:
    """Files sent by the actor's organisation, or for it by a mandate."""
    return narrow(HoursFile.objects.all(), _own(actor, GivenBy("mandate_id", "mandates_used()")))


def hours_file_lines_visible_to(actor: Actor) -> QuerySet[HoursFileLine]:
    """Lines of these files that say or ask something."""
    return narrow(HoursFileLine.objects.all(), _inside(actor))


def hours_file_blocks_visible_to(actor: Actor) -> QuerySet[HoursFileBlock]:
    """Blocks of their other lines."""
    return narrow(HoursFileBlock.objects.all(), _inside(actor))


def filled_visible_to(actor: Actor) -> QuerySet[HoursFileStatement]:
    """Statements filled by these files, and by any file on the markets piloted."""
    return narrow(HoursFileStatement.objects.all(), _inside(actor) | Q(takes_part(actor, "pilot", "copilot")))


def hours_columns_visible_to(actor: Actor) -> QuerySet[HoursFileColumns]:
    """Columns known to the sender."""
    return narrow(HoursFileColumns.objects.all(), _said(actor))


def hours_choices_visible_to(actor: Actor) -> QuerySet[HoursFileChoice]:
    """Matches kept by the sender."""
    return narrow(HoursFileChoice.objects.all(), _said(actor))


def said_by_sender(actor: Actor, batch: HoursFile) -> Q:
    """Condition: what was said of the files of this sender, the firm itself or who holds its mandate, now or before."""
    if actor.mandate:
        return Q(declarant_id=batch.declarant_id)
    return Q(owner_org_id=batch.owner_org_id, declarant_id=batch.declarant_id, mandate_id=batch.mandate_id)


def is_sent_already(mark: str) -> bool:
    """Tell whether these lines were sent for the firm, by whomever, and neither given up nor undone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.hours_file_sent(%s)", [mark])
        row = cursor.fetchone()
    return bool(row and row[0])
