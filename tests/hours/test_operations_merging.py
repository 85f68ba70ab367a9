"""Two records of one person become one: what follows, what is refused, what can be undone."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from clausette.hours.operations import merge_participants
from clausette.journal.queries import history_of
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed, Refusal, WrongState
from clausette.participants.enums import Sex
from clausette.participants.errors import Collides
from clausette.participants.models import EligibilityCheck, EligibilityReason, Participant, PersonContact
from clausette.participants.operations import change_participant, release
from clausette.participants.queries import (
    kept_instead,
    open_pairs,
    participant_key,
    participant_sheet,
    participants_visible_to,
    reasons_of,
    reunions,
)
from clausette.placements.enums import PlacementEnd
from clausette.placements.operations import end_placement
from clausette.placements.queries import work_contracts_of
from clausette.privacy.enums import HoldReason, NoticeMeans
from clausette.privacy.operations.holds import give_notice, set_hold
from clausette.privacy.queries.holds import holds_of, notices_of
from tests.hats import TODAY, acting
from tests.placements.builders import People, decide, lent, people, person, put_to_work, site
from tests.procurement.builders import organisation_uid

pytestmark = pytest.mark.django_db


def merge(actor: Actor, kept: UUID, gone: UUID, **when: Any) -> UUID:
    return merge_participants(actor=actor, kept_uid=kept, gone_uid=gone, at=clock.now(), on=TODAY, **when)


def twice(cast: People) -> tuple[UUID, UUID]:
    """Aline Moreau, and Alyne Moreau with a decision, a referral, a telephone, a work contract."""
    kept = person(cast.pilot, "Aline", "Moreau", commune_name="")
    gone = person(
        cast.pilot, "Alyne", "Moreau", phone="0612345678", referred_by_uid=organisation_uid(cast.prescriber)
    )
    decide(cast.pilot, gone)
    put_to_work(cast, gone, site(cast))
    return kept, gone


def test_all_that_one_record_has_goes_to_the_other() -> None:
    cast = people()
    kept, gone = twice(cast)
    with acting(cast.pilot) as actor:
        assert open_pairs(actor=actor)[1] == 1
        merge(actor, kept, gone)
        sheet = participant_sheet(actor=actor, uid=kept, on=TODAY)
        assert len(work_contracts_of(actor=actor, participant_uid=kept)) == 1
        (check,) = reasons_of(actor=actor, uid=kept).checks
        assert [reason.code for reason in check.reasons] == ["RSA"]
        assert PersonContact.objects.get(participant__uid=kept).phone == "0612345678"
        assert open_pairs(actor=actor)[1] == 0
        with pytest.raises(Absent):
            participant_sheet(actor=actor, uid=gone, on=TODAY)
        assert kept_instead(actor=actor, uid=gone) == kept
        assert {line.verb for line in history_of(actor=actor, subject=gone)} >= {"participants.participant.reunited"}
    assert (sheet.standing.word, sheet.referred_by_name) == ("validé", "Mission locale du Lys")
    assert sheet.commune_name == "Ouche-sur-Lys"
    with acting(cast.prescriber) as prescriber:
        assert participants_visible_to(prescriber).filter(uid=kept).exists()


def test_two_work_contracts_with_one_employer_that_overlap_are_refused_with_their_months() -> None:
    cast = people()
    kept, gone = twice(cast)
    decide(cast.pilot, kept)
    put_to_work(cast, kept, site(cast, "Crèche"), starts_on=date(2026, 11, 2), ends_on=date(2027, 1, 15))
    with acting(cast.pilot) as actor:
        with pytest.raises(Collides, match="novembre 2026, décembre 2026, janvier 2027"):
            merge(actor, kept, gone)
        assert Participant.objects.get(uid=gone).merged_into_id is None
        assert EligibilityCheck.objects.filter(participant__uid=gone).count() == 1


def test_two_employers_or_two_periods_do_not_collide() -> None:
    cast = people()
    kept, gone = twice(cast)
    decide(cast.pilot, kept)
    put_to_work(cast, kept, site(cast, "Crèche"), **lent(cast))
    with acting(cast.pilot) as actor:
        merge(actor, kept, gone)
        assert len(work_contracts_of(actor=actor, participant_uid=kept)) == 2


def test_who_does_not_follow_both_reunites_nothing() -> None:
    cast = people()
    kept, gone = twice(cast)
    with acting(cast.prescriber) as actor, pytest.raises((NotAllowed, Absent)):
        merge(actor, kept, gone)
    with acting(cast.pilot) as actor, pytest.raises(Refusal, match="deux fiches différentes"):
        merge(actor, kept, kept)


def test_a_record_that_received_another_may_be_reunited_without_a_chain() -> None:
    cast = people()
    first, second, third = (person(cast.pilot, name, "Moreau") for name in ("Aline", "Alyne", "Alline"))
    with acting(cast.pilot) as actor:
        merge(actor, second, third)
        merge(actor, first, second)
        assert kept_instead(actor=actor, uid=third) == kept_instead(actor=actor, uid=second) == first
        assert len(reunions(actor=actor)) == 2


def test_the_first_of_two_reunions_is_parted_after_the_second_only() -> None:
    cast = people()
    first, second, third = (person(cast.pilot, name, "Moreau") for name in ("Aline", "Alyne", "Alline"))
    decide(cast.pilot, third)
    with acting(cast.pilot) as actor:
        early = merge(actor, second, third)
        late = merge(actor, first, second)
        assert [bool(line.refusal) for line in reunions(actor=actor)] == [False, True]
        with pytest.raises(WrongState, match="défaites d'abord"):
            release(actor=actor, uid=early, at=clock.now(), on=TODAY)
        release(actor=actor, uid=late, at=clock.now(), on=TODAY)
        release(actor=actor, uid=early, at=clock.now(), on=TODAY)
        assert len(participant_sheet(actor=actor, uid=third, on=TODAY).checks) == 1


def test_the_same_notice_and_the_same_hold_of_both_records_do_not_prevent_the_reunion() -> None:
    cast = people()
    kept, gone = person(cast.pilot), person(cast.pilot, "Alyne")
    near, far = date(2030, 1, 1), date(2031, 1, 1)
    with acting(cast.pilot) as actor:
        for uid, until in ((kept, near), (gone, far)):
            give_notice(
                actor=actor, participant_uid=uid, means=NoticeMeans.HAND, wording="2026.1", given_on=TODAY, on=TODAY
            )
            set_hold(actor=actor, participant_uid=uid, reason=HoldReason.DISPUTE, until=until, on=TODAY)
        reunion = merge(actor, kept, gone)
        number = participant_key(actor, kept).id
        assert len(notices_of(actor=actor, participant_id=number)) == 1
        assert [one.until for one in holds_of(actor=actor, participant_ids=[number], on=TODAY)[number]] == [far]
        release(actor=actor, uid=reunion, at=clock.now(), on=TODAY)
        other = participant_key(actor, gone).id
        again = holds_of(actor=actor, participant_ids=[number, other], on=TODAY)
        assert [[one.until for one in again[pk]] for pk in (number, other)] == [[near], [far]]


def test_a_contact_changed_since_is_something_written() -> None:
    cast = people()
    kept, gone = twice(cast)
    with acting(cast.pilot) as actor:
        reunion = merge(actor, kept, gone)
        sheet = participant_sheet(actor=actor, uid=kept, on=TODAY)
        change_participant(
            actor=actor, uid=kept, first_name=sheet.first_name, last_name=sheet.last_name, sex=Sex(sheet.sex),
            birth_date=sheet.birth_date, commune_name=sheet.commune_name, phone="0698765432", on=TODAY,
        )  # fmt: skip
        with pytest.raises(WrongState, match="la fiche a changé"):
            release(actor=actor, uid=reunion, at=clock.now(), on=TODAY)


def test_the_same_day_it_is_undone_and_each_finds_its_own_again() -> None:
    cast = people()
    kept, gone = twice(cast)
    with acting(cast.pilot) as actor:
        reunion = merge(actor, kept, gone)
        assert release(actor=actor, uid=reunion, at=clock.now(), on=TODAY) == gone
        assert len(work_contracts_of(actor=actor, participant_uid=gone)) == 1
        assert EligibilityReason.objects.filter(participant__uid=gone).count() == 1
        mine = participant_sheet(actor=actor, uid=kept, on=TODAY)
        assert (mine.checks, mine.commune_name, mine.referred_by_name) == ((), "", "")
        assert open_pairs(actor=actor)[1] == 1
        with pytest.raises(WrongState, match="déjà défaite"):
            release(actor=actor, uid=reunion, at=clock.now(), on=TODAY)


def test_the_next_day_or_after_something_was_written_it_is_not_undone() -> None:
    cast = people()
    kept, gone = twice(cast)
    with acting(cast.pilot) as actor:
        reunion = merge(actor, kept, gone)
        with pytest.raises(WrongState, match="le jour même"):
            release(actor=actor, uid=reunion, at=clock.now(), on=TODAY + timedelta(days=1))
        (work,) = work_contracts_of(actor=actor, participant_uid=kept)
        end_placement(
            actor=actor, uid=work.uid, ended_on=TODAY, reason=PlacementEnd.RESIGNATION, on=TODAY
        )
        with pytest.raises(WrongState, match="la fiche a changé"):
            release(actor=actor, uid=reunion, at=clock.now(), on=TODAY)
