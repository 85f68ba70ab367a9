"""Which documents exist for the actor: the same meaning as the policies of `0002_rights`, written a second time."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from clausette.commitments.queries import commitments_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import takes_part
from clausette.reports.models import Report


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """Documents of the structure, of the contracts it pilots or bought, and of the engagements it owes."""
    known = takes_part(actor, PartyRole.PILOT, PartyRole.COPILOT, PartyRole.BUYER)
    owed = commitments_visible_to(actor).filter(
        pk=OuterRef("commitment_id"), contractor_id=actor.organisation_id
    )
    # a titulaire that left the contract no longer reads its papers here: it holds its own copies
    owes = Q(Exists(owed)) & Q(takes_part(actor))
    return narrow(Report.objects.all(), Q(owner_org_id=actor.organisation_id) | Q(known) | owes)
