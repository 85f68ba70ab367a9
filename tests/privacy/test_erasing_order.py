"""Cut anywhere, an erasure is finished later: ledger, commit, keys, in this order; referrals have keys of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from clausette.access.enums import MemberRole
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import writing
from clausette.kernel.sealing import KeyDestroyed, keystore
from clausette.participants.enums import EvidenceMeans
from clausette.participants.models import Participant, Referral, ReferralSituation
from clausette.participants.operations import accept_referral, refuse_referral, withdraw_referral
from clausette.participants.operations.referrals import Told
from clausette.privacy.enums import ErasureReason
from clausette.privacy.models import Erasure
from clausette.privacy.operations import erase_person
from clausette.privacy.replaying import replay_erasures
from clausette.privacy.sweeping import finish_erasures
from launch.keys import alive, erased
from tests.hats import TODAY, acting, as_owner
from tests.participants.referral_builders import desk, propose
from tests.placements.builders import decide, person
from tests.world import member, two_structures

pytestmark = pytest.mark.django_db
Commit = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
TOLD = (Told("RSA", EvidenceMeans.SEEN),)


@contextmanager
def atomic() -> Iterator[CursorWrapper]:
    """A cursor in a savepoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor


def erase(who: Actor, uid: UUID) -> None:
    with acting(who) as actor:
        erase_person(actor=actor, participant_uid=uid, reason=ErasureReason.REQUEST, on=TODAY)


def ledger() -> set[UUID]:
    return {one.person for one in keystore().erasures()}


def test_cut_before_the_commit_the_replay_finishes_and_no_key_was_lost_meanwhile() -> None:
    two = two_structures()
    uid = person(two.first)
    decide(two.first, uid)
    with transaction.atomic():
        erase(two.first, uid)
        transaction.set_rollback(True)
    with as_owner():
        assert Participant.objects.get(uid=uid).erased_on is None
        assert keystore().keys([uid])[uid] is not None
        assert uid in ledger()
        assert replay_erasures().erased_again == 1
        assert Participant.objects.get(uid=uid).erased_on == TODAY
    assert keystore().keys([uid]) == {uid: None}


def test_cut_after_the_commit_the_key_that_stayed_goes_at_night() -> None:
    two = two_structures()
    uid = person(two.first)
    decide(two.first, uid)
    erase(two.first, uid)  # the test never commits: what comes after it is not done
    folder = keystore().folder
    assert str(uid) in alive(folder) & erased(folder)
    with as_owner():
        assert finish_erasures() == 1
        assert finish_erasures() == 0
    assert keystore().keys([uid]) == {uid: None}


def test_what_the_database_refuses_at_commit_is_not_in_the_ledger() -> None:
    two = two_structures()
    uid = person(two.first)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'no' USING ERRCODE = '23514', CONSTRAINT = 'privacy_erasure_once'; END $$; "
            "CREATE CONSTRAINT TRIGGER last_word AFTER INSERT ON privacy_erasure DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION pg_temp.no()"
        )
    with pytest.raises(Refusal, match="déjà effacées"):
        erase(two.first, uid)
    assert uid not in ledger()


def test_the_referral_of_a_person_goes_with_them_its_key_and_its_situations(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    cast = desk()
    told = propose(cast, situations=TOLD)
    with acting(cast.structure) as actor:
        uid = accept_referral(actor=actor, uid=told, on=TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.structure, uid)
    assert {uid, told} <= ledger()
    with as_owner():
        assert (Referral.objects.get(uid=told).last_name, ReferralSituation.objects.count()) == ("Personne", 0)
    with pytest.raises(KeyDestroyed):
        keystore().make([told])


def test_a_base_of_before_the_answer_forgets_the_referral_again() -> None:
    cast = desk()
    told = propose(cast, situations=TOLD)
    with acting(cast.structure) as actor:
        uid = accept_referral(actor=actor, uid=told, on=TODAY)
    erase(cast.structure, uid)
    with as_owner():  # the base of before the answer comes back: nobody, and a referral that waits
        Erasure.objects.all().delete()
        Referral.objects.filter(uid=told).update(
            first_name="Samia", last_name="Haddad", state="proposed", answered_on=None, participant_id=None
        )
        Participant.objects.filter(uid=uid).update(uid=UUID(int=77))
        assert replay_erasures().erased_again == 1
        row = Referral.objects.get(uid=told)
        assert (row.last_name, row.state, Erasure.objects.get().referral_id) == ("Personne", "withdrawn", row.pk)
        assert replay_erasures().erased_again == 0


def test_raw_sql_of_a_colleague_erases_nobody() -> None:
    two = two_structures()
    uid = person(two.first)
    with as_owner():
        place = Actor(0, "", two.first.organisation_id, "", two.first.slug, two.first.capabilities, False)
    colleague = member(place, "bob@lys.example", role=MemberRole.MEMBER)
    with acting(colleague), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sec.erase_person(%s)", [uid])
        assert cursor.fetchone() == (0,)
    with as_owner():
        assert Participant.objects.get(uid=uid).erased_on is None


@pytest.mark.parametrize(
    "said",
    [
        "owner_org_id = {other}", "participant_id = {person}", "state = 'accepted', answered_on = sec.today()",
        "state = 'refused', answered_on = sec.today(), answer = 'non'", "prescriber_id = {other}",
        "last_name = 'Autre'",
    ],
)  # fmt: skip
def test_raw_sql_of_a_prescriber_answers_nothing_and_gives_the_referral_to_nobody(said: str) -> None:
    cast = desk()
    told = propose(cast)
    with as_owner():
        someone = Participant.objects.create(
            owner_org_id=cast.structure.organisation_id, first_name="Bea", last_name="Roy", birth_date=TODAY
        )
    values = said.format(other=cast.other_structure.organisation_id, person=someone.pk)
    with acting(cast.prescriber), writing("test"), pytest.raises(DatabaseError, match="own side"), atomic() as cursor:
        cursor.execute(f"UPDATE participants_referral SET {values} WHERE uid = %s", [told])


def test_each_side_still_does_what_is_its_own() -> None:
    cast = desk()
    first, second = propose(cast, last_name="Un"), propose(cast, last_name="Deux")
    with acting(cast.structure) as actor:
        refuse_referral(actor=actor, uid=first, reason="Hors secteur.", on=TODAY)
    with acting(cast.prescriber) as actor:
        withdraw_referral(actor=actor, uid=second, consent_withdrawn=True, on=TODAY)
    with acting(cast.structure), writing("test"), pytest.raises(DatabaseError, match="own side"), atomic() as cursor:
        cursor.execute("UPDATE participants_referral SET first_name = 'X' WHERE uid = %s", [first])


def test_the_launcher_reads_who_has_a_key(tmp_path: Path) -> None:
    assert alive(tmp_path) == set()
