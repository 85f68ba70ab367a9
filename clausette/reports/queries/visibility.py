"""Which documents exist for the actor: the same meaning as the policies of `0004`, written a second time."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import takes_part
from clausette.reports.enums import Audience
from clausette.reports.models import Report, ReportFile


def _known(actor: Actor) -> Q:
    """Those of the structure; those made for the parties: of contracts piloted, bought, owed, or given to the actor."""
    known = takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT, PartyRole.BUYER)
    owed = commitments_visible_to(actor).filter(
        pk=OuterRef("commitment_id"), contractor_id=actor.organisation_id
    )
    # a titulaire that left the contract no longer reads its papers here: it holds its own copies
    owes = Q(Exists(owed)) & Q(takes_part(actor))
    given = Q(contract_id=None, recipient_id=actor.organisation_id)
    return Q(owner_org_id=actor.owner_id) | (Q(audience=Audience.PARTIES) & (Q(known) | owes | given))


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """Documents of the structure, and those made for the parties that concern the actor."""
    return narrow(Report.objects.all(), _known(actor))


def files_visible_to(actor: Actor) -> QuerySet[ReportFile]:
    """Files of the visible documents."""
    seen = Report.objects.filter(_known(actor), pk=OuterRef("report_id"))
    return narrow(ReportFile.objects.all(), Exists(seen))
