"""A check that is looked at, or cannot be decided yet: what is missing is told and kept, out of the journal."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, WrongState
from clausette.kernel.operation import change, created, lock, operation
from clausette.participants import rules
from clausette.participants.enums import CheckState
from clausette.participants.models import EligibilityCheck
from clausette.participants.operations.notes import keep_awaited
from clausette.participants.operations.persons import followed
from clausette.participants.queries.eligibility import PENDING, eligibility_of
from clausette.participants.queries.visibility import checks_visible_to

LONGEST = 2000


@operation("participants.check.taken")
def take_check(*, actor: Actor, participant_uid: UUID, on: date) -> UUID:
    """Say that the structure looks at it (« en vérification »); return the uid of the check, opened when none waited.

    Raises Absent, NotAllowed, WrongState (looked at already, or a favourable decision still holds).
    """
    person = followed(actor, participant_uid)
    seen = checks_visible_to(actor)
    waiting = seen.filter(participant=person, state__in=PENDING).order_by("-asked_on", "-id").first()
    if waiting is not None:
        row = lock(seen, pk=waiting.pk)
        rules.check_transition(CheckState(row.state), CheckState.IN_REVIEW)
        return change(row, state=CheckState.IN_REVIEW).uid
    if eligibility_of(actor=actor, participant_ids=[person.pk], on=on)[person.pk].opens:
        raise WrongState("Cette personne est validée : rien n'est à vérifier aujourd'hui.")
    return created(
        EligibilityCheck(participant=person, owner_org_id=person.owner_org_id, state=CheckState.IN_REVIEW, asked_on=on)
    ).uid


@operation("participants.check.held")
def hold_check(*, actor: Actor, participant_uid: UUID, missing: Sequence[str], on: date) -> UUID:
    """Put a check in wait of what is missing (« à compléter »); return its uid. Raises Absent, NotAllowed, Invalid."""
    person = followed(actor, participant_uid)
    told = [one.strip() for one in missing if one.strip()]
    if not told:
        raise Invalid({"missing": "Dites ce qui manque."})
    seen = checks_visible_to(actor)
    waiting = seen.filter(participant=person, state__in=PENDING).order_by("-asked_on", "-id").first()
    if waiting is None:
        check = created(
            EligibilityCheck(
                participant=person, owner_org_id=person.owner_org_id, state=CheckState.INCOMPLETE, asked_on=on
            )
        )
    else:
        check = lock(seen, pk=waiting.pk)
        if check.state != CheckState.INCOMPLETE:
            rules.check_transition(CheckState(check.state), CheckState.INCOMPLETE)
            change(check, state=CheckState.INCOMPLETE)
    keep_awaited(check, person, "\n".join(told)[:LONGEST], on)
    return check.uid
