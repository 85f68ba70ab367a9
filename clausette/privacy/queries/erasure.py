"""What the page of erasure says before it is done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.hours.enums import LineState
from clausette.hours.queries import lines_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.scope import narrow
from clausette.outcomes.queries import funding_of
from clausette.participants.queries import ParticipantKey, participant_key
from clausette.placements.queries import current_work
from clausette.privacy.models import Erasure
from clausette.privacy.permissions import can_erase
from clausette.privacy.queries.holds import holds_of
from clausette.privacy.rules.erasure import ErasureFacts, Hold, may_erase


def erasures_visible_to(actor: Actor) -> QuerySet[Erasure]:
    """Erasures of the actor's structure."""
    own = Q(owner_org_id=actor.organisation_id) if actor.can("facilitator") else Q(pk__in=[])
    return narrow(Erasure.objects.all(), own)


@dataclass(frozen=True, slots=True)
class ErasureSheet:
    """A person before erasure: who they are, why it must wait, how many months of hours stay."""

    uid: UUID
    id: int
    name: str
    owner_org_id: int
    can_erase: Decision
    refusals: tuple[str, ...]
    months: int


def erasure_sheet(*, actor: Actor, uid: UUID, on: date) -> ErasureSheet:
    """Return what is known before erasing a person (five queries). Raises Absent."""
    key = participant_key(actor, uid)
    lines = lines_visible_to(actor).filter(placement__participant_id=key.id, corrects=None)
    return ErasureSheet(
        key.uid, key.id, key.name, key.owner_org_id, can_erase(actor, owner_org_id=key.owner_org_id),
        may_erase(_facts(actor, key, on), on), lines.values("month").distinct().count(),
    )  # fmt: skip


def _facts(actor: Actor, key: ParticipantKey, on: date) -> ErasureFacts:
    work = current_work(actor=actor, participant_ids=[key.id], on=on).get(key.id)
    waiting = lines_visible_to(actor).filter(
        placement__participant_id=key.id, state__in=(LineState.DRAFT, LineState.DECLARED, LineState.RESERVED)
    )
    holds = holds_of(actor=actor, participant_ids=[key.id], on=on).get(key.id, ())
    return ErasureFacts(
        work.employer_name if work else "",
        waiting.values("month").distinct().count(),
        (
            *(Hold(str(hold.reason.label), hold.until) for hold in holds),
            *(Hold(f"opération FSE+ « {one.name} »", one.kept_until) for one in funding_of(actor=actor, person=key.id)),
        ),
    )
