"""Verbs of referrals: what each body may do, and what a prescriber never learns."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.participants.enums import CheckState, PrescriberKind, ReferralState
from clausette.participants.errors import CategoryNotStored
from clausette.participants.models import (
    EligibilityCheck,
    Participant,
    PersonContact,
    Referral,
    ReferralSituation,
)
from clausette.participants.operations import (
    Told,
    accept_referral,
    close_need,
    complete_referral,
    decide_eligibility,
    propose_referral,
    refuse_referral,
    return_referral,
    take_referral,
    tell_need,
    tie_prescriber,
    untie_prescriber,
    withdraw_referral,
)
from clausette.participants.queries import (
    answer_times_of,
    list_needs,
    list_referrals,
    notes_of,
    participant_sheet,
    possible_homonyms,
    prescribers_of,
    referral_sheet,
    situation_of,
)
from clausette.participants.queries.referrals import situations_of_person
from tests.hats import TODAY, acting, as_owner
from tests.participants.referral_builders import BORN, candidate, desk, propose
from tests.placements.builders import person
from tests.procurement.builders import organisation_uid

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=3)


def stored(uid: UUID) -> Referral:
    with as_owner():
        return Referral.objects.get(uid=uid)


def test_a_candidate_returned_completed_and_accepted_becomes_a_participant_with_a_check() -> None:
    cast = desk()
    uid = propose(cast, situations=[Told("RSA")])
    with acting(cast.structure) as who:
        take_referral(actor=who, uid=uid)
        return_referral(actor=who, uid=uid, reason="La date de l'attestation ?", on=TODAY)
    with acting(cast.prescriber) as who:
        assert referral_sheet(actor=who, uid=uid).answer == "La date de l'attestation ?"
        complete_referral(actor=who, uid=uid, candidate=candidate(situations=[Told("DELD")]), on=LATER)
    with acting(cast.structure) as who:
        assert [one.code for one in referral_sheet(actor=who, uid=uid).situations] == ["DELD"]
        found = accept_referral(actor=who, uid=uid, on=LATER)
        sheet = participant_sheet(actor=who, uid=found, on=LATER)
        told = [line.code for _, line in situations_of_person(actor=who, participant_uid=found)]
        assert situation_of(actor=who, participant_id=sheet.id).told == ("DELD",)
        decide_eligibility(actor=who, participant_uid=found, eligible=False, reason="Aucun critère", on=LATER)
        assert situation_of(actor=who, participant_id=sheet.id).told == ()
        (note,) = notes_of(actor=who, uid=found)
    assert note.text == "Demandeur d'emploi de longue durée (12 mois ou plus)"
    assert told == ["DELD"]
    assert (sheet.name, sheet.birth_date, sheet.referred_by_name, sheet.referred_on) == (
        "Samia Haddad", BORN, "Mission locale du Lys", TODAY,
    )  # fmt: skip
    assert [check.state for check in sheet.checks] == [CheckState.PROPOSED]
    row = stored(uid)
    assert (row.state, row.sent_on, row.answered_on) == (ReferralState.ACCEPTED, LATER, LATER)
    with as_owner():
        events = Event.objects.filter(verb__startswith="participants.referral")
        written = " ".join(f"{event.after}{event.reason}{event.subject_label}" for event in events)
    assert "Haddad" not in written
    assert "attestation" not in written


def test_nothing_is_sent_again_to_a_structure_that_works_no_more_with_the_prescriber() -> None:
    cast = desk()
    uid = propose(cast)
    with acting(cast.structure) as who:
        return_referral(actor=who, uid=uid, reason="La date ?", on=TODAY)
        (tie,) = prescribers_of(actor=who)
        untie_prescriber(actor=who, uid=tie.uid, on=TODAY)
    with acting(cast.prescriber) as who, pytest.raises(Refusal, match="ne travaille plus avec vous"):
        complete_referral(actor=who, uid=uid, candidate=candidate(), on=TODAY)


def test_no_opinion_nor_answer_is_readable_in_the_base() -> None:
    cast = desk()
    uid = propose(cast, opinion="Hébergement précaire")
    with acting(cast.structure) as who:
        refuse_referral(actor=who, uid=uid, reason="Sortie récente", on=TODAY)
    row = stored(uid)
    assert "précaire" not in row.opinion
    assert "récente" not in row.answer
    with acting(cast.prescriber) as who:
        sheet = referral_sheet(actor=who, uid=uid)
    assert (sheet.opinion, sheet.answer) == ("Hébergement précaire", "Sortie récente")


def test_no_situation_is_readable_in_the_base() -> None:
    propose(desk(), situations=[Told("RSA"), Told("RSA")])
    with as_owner():
        (row,) = ReferralSituation.objects.values()
    assert b"RSA" not in bytes(row["sealed"] or b"RSA")
    assert set(row) == {
        "id", "uid", "created_at", "referral_id", "owner_org_id", "prescriber_id", "sealed",
    }  # fmt: skip


def test_the_prescriber_does_not_learn_that_a_person_is_known() -> None:
    cast = desk()
    person(cast.structure, "Samia", "Haddad", birth_date=BORN)
    uid = propose(cast)
    with acting(cast.prescriber) as who:
        assert referral_sheet(actor=who, uid=uid).participant_uid is None
        with pytest.raises(NotAllowed):
            possible_homonyms(actor=who, uid=uid)
        assert not Participant.objects.exists()


def test_a_homonym_is_chosen_by_the_facilitator_and_keeps_its_first_prescriber() -> None:
    cast = desk()
    first = organisation_uid(cast.other_prescriber)
    known = person(cast.structure, "Samia", "Haddad", birth_date=BORN, referred_by_uid=first)
    namesake = person(cast.structure, "Samia", "Haddad", birth_date=date(1980, 1, 1))
    uid = propose(cast)
    with acting(cast.structure) as who:
        assert [(one.uid, one.same) for one in possible_homonyms(actor=who, uid=uid)] == [
            (known, True), (namesake, False),
        ]  # fmt: skip
        with pytest.raises(Refusal, match="déjà dans votre structure"):
            accept_referral(actor=who, uid=uid, on=TODAY)
        assert accept_referral(actor=who, uid=uid, participant_uid=known, on=TODAY) == known
    with as_owner():
        assert PersonContact.objects.get(participant__uid=known).referred_by_id == cast.other_prescriber.organisation_id
        assert EligibilityCheck.objects.filter(participant__uid=known).count() == 1
    with acting(cast.prescriber) as who:
        sheet = referral_sheet(actor=who, uid=uid)
    assert (sheet.line.state, sheet.participant_uid) == (ReferralState.ACCEPTED, None)


def test_each_referral_is_seen_by_its_two_bodies_only() -> None:
    cast = desk()
    uid = propose(cast)
    for stranger in (cast.other_structure, cast.other_prescriber):
        with acting(stranger) as who:
            with pytest.raises(Absent):
                referral_sheet(actor=who, uid=uid)
            assert list_referrals(actor=who, received=stranger is cast.other_structure) == ([], 0)
    with acting(cast.structure) as who, pytest.raises(NotAllowed):
        complete_referral(actor=who, uid=uid, candidate=candidate(), on=TODAY)
    with acting(cast.prescriber) as who, pytest.raises(NotAllowed):
        accept_referral(actor=who, uid=uid, on=TODAY)


def test_a_candidate_is_proposed_to_a_structure_that_works_with_the_prescriber() -> None:
    cast = desk()
    with acting(cast.prescriber) as who, pytest.raises(Absent):
        propose_referral(
            actor=who, structure_uid=organisation_uid(cast.other_structure), candidate=candidate(), on=TODAY
        )


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"birth_date": TODAY + timedelta(days=1)}, "birth_date"),
        ({"consent_on": TODAY + timedelta(days=1)}, "consent_on"),
        ({"consent_on": BORN - timedelta(days=1)}, "consent_on"),
        ({"situations": [Told("INCONNU")]}, "situations"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(details: dict[str, Any], field: str) -> None:
    cast = desk()
    with pytest.raises(Invalid) as caught:
        propose(cast, **details)
    assert field in caught.value.errors


def test_a_measure_of_justice_is_never_written() -> None:
    with pytest.raises(CategoryNotStored):
        propose(desk(), situations=[Told("PPSMJ")])


def test_the_same_person_twice_is_refused_while_an_answer_is_awaited_and_two_may_share_an_address() -> None:
    cast = desk()
    uid = propose(cast, email="famille@exemple.fr")
    with pytest.raises(Refusal, match="déjà proposé"):
        propose(cast)
    propose(cast, first_name="Ilyes", email="famille@exemple.fr")
    with acting(cast.structure) as who:
        refuse_referral(actor=who, uid=uid, reason="Le poste est pourvu.", on=TODAY)
    assert propose(cast) != uid


def test_consent_taken_back_empties_what_tells_of_the_person() -> None:
    cast = desk()
    uid = propose(cast, situations=[Told("RSA")], opinion="Suivie depuis mars.", phone="06 00 00 00 00")
    with acting(cast.prescriber) as who:
        withdraw_referral(actor=who, uid=uid, consent_withdrawn=True, on=TODAY)
    row = stored(uid)
    kept = [getattr(row, name) for name in ("first_name", "last_name", "birth_date", "phone", "opinion", "sort_key")]
    assert not any(kept)
    assert row.consent_withdrawn_on == TODAY
    with as_owner():
        assert not ReferralSituation.objects.exists()
    with acting(cast.structure) as who:
        with pytest.raises(WrongState):
            accept_referral(actor=who, uid=uid, on=TODAY)
        assert list_referrals(actor=who, received=True)[0][0].name == "Identité effacée"


def test_needs_are_read_by_the_prescribers_tied_and_times_by_both() -> None:
    cast = desk()
    with acting(cast.structure) as who:
        need = tell_need(
            actor=who, job="Maçon", site="École Pasteur", people=2, starts_on=LATER, ends_on=LATER, on=TODAY
        )
    with acting(cast.other_prescriber) as who:
        assert list_needs(actor=who, own=False, on=TODAY) == []
    with acting(cast.prescriber) as who:
        (line,) = list_needs(actor=who, own=False, on=TODAY)
        assert (line.title, line.people) == ("Maçon, École Pasteur", 2)
        structure = organisation_uid(cast.structure)
        propose_referral(actor=who, structure_uid=structure, candidate=candidate(), need_uid=need, on=TODAY)
        assert answer_times_of(actor=who, received=False, on=LATER).oldest == 3
    with acting(cast.structure) as who:
        assert list_referrals(actor=who, received=True)[0][0].need == "Maçon, École Pasteur"
        close_need(actor=who, uid=need, on=TODAY)
    with acting(cast.prescriber) as who, pytest.raises(Invalid, match="n'est plus ouvert"):
        propose_referral(
            actor=who, structure_uid=structure, candidate=candidate(first_name="Lou"), need_uid=need, on=TODAY
        )


def test_a_structure_says_whom_it_works_with() -> None:
    cast = desk()
    with acting(cast.structure) as who:
        tie_prescriber(actor=who, name="SPIP du Lys", kind=PrescriberKind.SPIP, on=TODAY)
        lines = {one.name: one for one in prescribers_of(actor=who)}
        assert lines["SPIP du Lys"].kind == "service pénitentiaire d'insertion et de probation"
        untie_prescriber(actor=who, uid=lines["Mission locale du Lys"].uid, on=TODAY)
    with pytest.raises(Absent):
        propose(cast)
