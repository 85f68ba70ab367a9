"""What the ledger and the base owe each other: after a restore, or a commit lost, an erasure is finished on both sides.

Run by the owner before the site opens: it sees all structures and asks nobody's permission, since an administrator gave
theirs on the day of the ledger.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from clausette.kernel.sealing import Erasure as LedgerLine
from clausette.kernel.sealing import KeyStore, keystore

AGAIN = """
SELECT f.id, p.owner_org_id
  FROM public.participants_participant p CROSS JOIN LATERAL sec.forget_person(p.id, %(on)s::date) f
 WHERE p.uid = %(person)s AND p.erased_on IS NULL
"""
REFERRAL_AGAIN = """
SELECT r.id, r.owner_org_id
  FROM public.participants_referral r
 WHERE r.uid = %(person)s AND r.participant_id IS NULL
   AND NOT EXISTS (SELECT FROM public.privacy_erasure e WHERE e.referral_id = r.id)
"""
NOTED = """
INSERT INTO public.privacy_erasure (uid, owner_org_id, participant_id, referral_id, erased_on, erased_by_id, reason)
SELECT gen_random_uuid(), %(owner)s, %(who)s, %(referral)s, %(on)s::date,
       (SELECT id FROM public.access_account WHERE id = %(account)s), %(reason)s
    ON CONFLICT DO NOTHING
"""
KNOWN = """
SELECT coalesce(p.uid, r.uid), e.erased_on, e.erased_by_id, e.reason
  FROM public.privacy_erasure e
  LEFT JOIN public.participants_participant p ON p.id = e.participant_id
  LEFT JOIN public.participants_referral r ON r.id = e.referral_id
 UNION ALL
SELECT r.uid, e.erased_on, e.erased_by_id, e.reason
  FROM public.privacy_erasure e JOIN public.participants_referral r ON r.participant_id = e.participant_id
"""


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many persons and referrals the base had brought back, and how many the ledger did not know."""

    erased_again: int
    added_to_ledger: int


def replay_erasures(store: KeyStore | None = None) -> Replayed:
    """Erase again whom the ledger names, and write in the ledger whom the base names. Safe to run twice."""
    store = store or keystore()
    ledger = {one.person: one for one in store.erasures()}
    again = sum(_erase_again(one) for one in ledger.values())
    missing = [one for one in _known() if one.person not in ledger]
    for one in missing:
        store.note(one)
    store.destroy({*ledger, *(one.person for one in missing)})
    return Replayed(again, len(missing))


def _erase_again(one: LedgerLine) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, {"person": one.person, "on": one.on})
        found = [(number, None, owner) for number, owner in cursor.fetchall() if number is not None]
        cursor.execute(REFERRAL_AGAIN, {"person": one.person})
        for number, owner in cursor.fetchall():
            cursor.execute("SELECT sec.forget_referrals(%s)", [[number]])
            found.append((None, number, owner))
        for who, referral, owner in found:
            cursor.execute(
                NOTED,
                {"owner": owner, "on": one.on, "account": one.account, "reason": one.reason, "who": who,
                 "referral": referral},
            )  # fmt: skip
    return bool(found)


def _known() -> list[LedgerLine]:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        return [LedgerLine(UUID(str(uid)), day.isoformat(), by, reason) for uid, day, by, reason in cursor.fetchall()]
