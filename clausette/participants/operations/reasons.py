"""Writing why a person is eligible: sealed with their key, whose making survives a rollback and harms nobody."""

from collections.abc import Sequence

from clausette.kernel.operation import created
from clausette.kernel.sealing import keyring
from clausette.participants.models import EligibilityCheck, EligibilityReason, Participant
from clausette.participants.sealing import Reason, seal_reason


def keep_reasons(check: EligibilityCheck, person: Participant, said: Sequence[tuple[Reason, bool]]) -> None:
    """Write the reasons of a check; the boolean says the public retenu. Raises KeyDestroyed for somebody erased."""
    if not said:
        return
    ring = keyring([person.uid], make=True)
    for reason, is_main in said:
        row = EligibilityReason(check_made=check, participant=person, is_main=is_main)
        row.sealed = seal_reason(ring, person=person.uid, row=row.uid, reason=reason)
        created(row)
