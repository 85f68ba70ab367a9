"""What the structure of the actor chose to do with papers."""

from django.db.models import Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.scope import narrow
from clausette.participants.enums import EvidenceKind, Funding
from clausette.participants.models import EvidenceRule


def evidence_rules_visible_to(actor: Actor) -> QuerySet[EvidenceRule]:
    """The choices of the actor's structure."""
    own = Q(owner_org_id=actor.organisation_id) if actor.can("facilitator") else Q(pk__in=[])
    return narrow(EvidenceRule.objects.all(), own)


def kept_evidence(*, actor: Actor) -> frozenset[tuple[EvidenceKind, Funding]]:
    """Return the kinds of papers that the structure keeps, with the funding for which it does."""
    rows = evidence_rules_visible_to(actor).filter(is_kept=True).order_by("id")
    return frozenset((EvidenceKind(row.kind), Funding(row.funding)) for row in rows)
