"""Erasing a person: every room forgets, the ledger is written, the key is destroyed."""

from datetime import date
from uuid import UUID

from django.db import connection

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import created, operation
from clausette.kernel.sealing import Erasure as LedgerLine
from clausette.kernel.sealing import keystore
from clausette.kernel.text import search_key
from clausette.privacy.enums import ErasureReason
from clausette.privacy.models import Erasure
from clausette.privacy.queries.erasure import erasure_sheet


@operation("privacy.person.erased")
def erase_person(
    *, actor: Actor, participant_uid: UUID, reason: ErasureReason, on: date, typed_name: str | None = None
) -> UUID:
    """Erase a person for good; return the uid of the erasure. `typed_name`: asked by a page, None by a command.

    The ledger and the key come last: if the commit is lost after them, the replay at the next start finishes.
    Raises Absent, NotAllowed, Invalid (the name is another), WrongState (at work, hours that wait, a hold).
    """
    sheet = erasure_sheet(actor=actor, uid=participant_uid, on=on)
    demand(sheet.can_erase)
    if typed_name is not None and search_key(typed_name) != search_key(sheet.name):
        raise Invalid({"typed_name": f"Écrivez le nom tel qu'il est affiché : {sheet.name}."})
    if sheet.refusals:
        raise WrongState(" ".join(sheet.refusals))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, uid FROM sec.erase_person(%s)", [participant_uid])
        gone = cursor.fetchall()
    if not gone:
        raise Absent("participants.Participant")
    store, done = keystore(), {}
    for number, uid in gone:  # the person, and the records that were reunited with theirs
        done[uid] = created(
            Erasure(
                owner_org_id=sheet.owner_org_id, participant_id=number, erased_on=on, erased_by_id=actor.account_id,
                reason=reason,
            )
        )  # fmt: skip
    for uid in done:
        store.note(LedgerLine(uid, on.isoformat(), actor.account_id, str(reason.value)))
    store.destroy(list(done))
    return done[participant_uid].uid
