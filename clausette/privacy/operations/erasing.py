"""Erasing a person: every room forgets, the ledger is written, then, once that is on the disk, keys are destroyed.

The order is safe whatever is cut. Before the ledger: nothing happened. Between the ledger and the commit: the replay at
the next start erases again whom the ledger names. After the commit: the same replay, or the sweep of the night,
destroys the keys that stayed. A key is never destroyed for somebody whom a rollback keeps.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, WrongState
from clausette.kernel.operation import after_commit, created, operation, settle
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
    done = {}
    for number, uid in gone:  # the person, the records that were reunited with theirs, their referrals
        if number is not None:
            row = Erasure(owner_org_id=sheet.owner_org_id, participant_id=number, reason=reason)
            done[uid] = _written(row, actor, on)
    unlock_no_more([uid for _, uid in gone], actor=actor, reason=reason, on=on)
    return done[participant_uid].uid


def erase_referrals(*, actor: Actor, ids: Sequence[int], on: date) -> int:
    """Erase referrals that led to nobody, inside an operation; return how many. None of another structure goes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, uid FROM sec.purge_referrals(%s)", [list(ids)])
        gone = cursor.fetchall()
    for number, _ in gone:
        row = Erasure(owner_org_id=actor.organisation_id, referral_id=number, reason=ErasureReason.ENDED)
        _written(row, actor, on)
    unlock_no_more([uid for _, uid in gone], actor=actor, reason=ErasureReason.ENDED, on=on)
    return len(gone)


def _written(row: Erasure, actor: Actor, on: date) -> Erasure:
    row.erased_on, row.erased_by_id = on, actor.account_id
    return created(row)


def unlock_no_more(uids: Sequence[UUID], *, actor: Actor, reason: ErasureReason, on: date) -> None:
    """Write who is erased in the ledger, and destroy their keys after the commit."""
    settle()  # what the database would refuse at commit is refused before the ledger says that it is done
    store = keystore()
    for uid in uids:
        store.note(LedgerLine(uid, on.isoformat(), actor.account_id, str(reason.value)))
    after_commit(lambda: store.destroy(uids))
