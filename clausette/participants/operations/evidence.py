"""Papers kept or only seen: the choices of a structure, and their respect in a decision."""

from collections.abc import Collection

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, lock, operation
from clausette.participants.enums import EvidenceKind, EvidenceMeans, Funding
from clausette.participants.models import EvidenceRule
from clausette.participants.permissions import can_choose_evidence
from clausette.participants.queries.evidence import evidence_rules_visible_to, kept_evidence
from clausette.participants.rules.evidence import HEALTH, refusal_to_keep
from clausette.reference.facts.publics import PublicRow


@operation("participants.evidence.chosen")
def choose_evidence(*, actor: Actor, kept: Collection[tuple[EvidenceKind, Funding]]) -> int:
    """Say which papers the structure keeps, all others being seen only; return how many choices changed.

    Decisions already made stay as they are. Raises NotAllowed, Invalid (a health paper is never kept).
    """
    demand(can_choose_evidence(actor))
    if any(kind in HEALTH for kind, _ in kept):
        raise Invalid({"": "Une pièce de santé est vue, elle n'est jamais conservée."})
    wanted, changed = set(kept), 0
    for row in evidence_rules_visible_to(actor).order_by("id"):
        key = (EvidenceKind(row.kind), Funding(row.funding))
        if row.is_kept != (key in wanted):
            change(lock(evidence_rules_visible_to(actor), pk=row.pk), is_kept=key in wanted)
            changed += 1
        else:
            lock(evidence_rules_visible_to(actor), pk=row.pk)
        wanted.discard(key)
    for kind, funding in sorted(wanted):
        created(EvidenceRule(owner_org_id=actor.organisation_id, kind=kind, funding=funding, is_kept=True))
        changed += 1
    return changed


def demand_means(actor: Actor, public: PublicRow, means: EvidenceMeans, funding: Funding = Funding.ORDINARY) -> None:
    """Refuse that a paper be kept where the structure, or the law, says that it is only seen. Raises Invalid."""
    if means != EvidenceMeans.KEPT:
        return
    refusal = refusal_to_keep(public, funding, kept_evidence(actor=actor))
    if refusal:
        raise Invalid({"means": refusal})
