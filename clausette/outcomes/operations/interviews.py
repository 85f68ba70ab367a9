"""Verbs of an interview about a person: noted, withdrawn."""

from datetime import date, datetime
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.operation import created, operation
from clausette.outcomes.enums import InterviewKind
from clausette.outcomes.models import Interview
from clausette.outcomes.operations.common import followed_person, kept, not_to_come, withdraw
from clausette.outcomes.queries.visibility import interviews_visible_to


@operation("outcomes.interview.noted")
def note_interview(
    *, actor: Actor, participant_uid: UUID, kind: InterviewKind, day: date, note: str, on: date
) -> UUID:
    """Note an interview or an exchange about a person. Raises Absent, NotAllowed, Refusal (a day to come)."""
    key = followed_person(actor, participant_uid)
    not_to_come(day, on, "on")
    row = Interview(
        participant_id=key.id, owner_org_id=key.owner_org_id, noted_by_id=actor.account_id, kind=kind, on=day, note=note
    )
    return created(row).uid


@operation("outcomes.interview.withdrawn")
def withdraw_interview(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> None:
    """Withdraw an interview noted by mistake. Raises Absent, NotAllowed, Refusal."""
    withdraw(kept(actor, interviews_visible_to(actor), uid), reason=reason, at=at)
