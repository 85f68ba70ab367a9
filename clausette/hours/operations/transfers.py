"""A balance goes to another titulaire: what was validated decides what is left, so the verb lives here."""

from datetime import date, timedelta
from uuid import UUID

from clausette.commitments.operations import Signed, transfer_commitment
from clausette.commitments.queries import commitment_key
from clausette.hours.queries.progress import progress_of
from clausette.kernel.actor import Actor


def transfer_balance(
    *, actor: Actor, uid: UUID, to_contractor_uid: UUID, on: date, signed: Signed
) -> UUID:
    """Transfer an engagement with the hours validated for the months up to the day before; return the new one's uid.

    Raises NotAllowed, Absent, WrongState, Invalid.
    """
    key = commitment_key(actor, uid)
    done = progress_of(actor=actor, commitment_ids=[key.id], as_of=on - timedelta(days=1))[key.id]
    return transfer_commitment(
        actor=actor, uid=uid, to_contractor_uid=to_contractor_uid, validated=done.validated, on=on, signed=signed
    )
