"""Checks put in wait, reasoned opinions, options, homes, moved limits: kept, sealed, refused at their field."""

from datetime import date
from typing import Any

import pytest

from clausette.agenda.queries import day_of_facilitator
from clausette.kernel import clock
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.participants.enums import CheckState, EvidenceMeans, NoteKind
from clausette.participants.models import CheckNote, DecisionFacts, EligibilityCheck
from clausette.participants.operations import (
    CategoryEntry,
    HomeEntry,
    Opinion,
    admit_options,
    hold_check,
    keep_home,
    move_limit,
    take_check,
    withdraw_move,
)
from clausette.participants.queries import (
    admitted_options,
    awaited_of,
    moves_of,
    notes_of,
    participant_key,
    participant_sheet,
    situation_of,
)
from clausette.participants.rules import FactsEntry, Move
from tests.hats import TODAY, acting
from tests.placements.builders import People, decide, people, person

pytestmark = pytest.mark.django_db
SECRET = "Attestation de la maison du handicap"


@pytest.fixture
def cast() -> People:
    return people()


def _main(code: str, **more: Any) -> list[CategoryEntry]:
    return [CategoryEntry(code, True, date(2026, 10, 20), **more)]


def test_what_is_missing_is_told_and_kept_sealed_then_the_same_check_is_decided(cast: People) -> None:
    uid = person(cast.pilot)
    with acting(cast.pilot) as actor:
        check = hold_check(actor=actor, participant_uid=uid, missing=["  ", SECRET], on=TODAY)
        assert hold_check(actor=actor, participant_uid=uid, missing=["Justificatif"], on=TODAY) == check
        assert EligibilityCheck.objects.get().state == "incomplete"
        assert [note.text for note in notes_of(actor=actor, uid=uid)] == ["Justificatif", SECRET]
        assert SECRET.encode() not in b"".join(bytes(one.sealed or b"") for one in CheckNote.objects.all())
    assert decide(cast.pilot, uid) == check


def test_nothing_missing_is_no_wait(cast: People) -> None:
    uid = person(cast.pilot)
    with acting(cast.pilot) as actor, pytest.raises(Invalid, match="Dites ce qui manque"):
        hold_check(actor=actor, participant_uid=uid, missing=[" "], on=TODAY)


def test_a_reasoned_opinion_is_whole_and_read_by_those_in_charge(cast: People) -> None:
    uid = person(cast.pilot)
    said: dict[str, Any] = {"categories": _main("AVIS_MOTIVE", means=EvidenceMeans.PRESCRIBER)}
    half = Opinion("", "Mission locale", "", date(2026, 11, 17))
    with pytest.raises(Invalid) as refused:
        decide(cast.pilot, uid, **said, opinion=half)
    assert sorted(refused.value.errors) == ["opinion_author", "opinion_on", "opinion_text"]
    decide(cast.pilot, uid, **said, opinion=Opinion("L. Haddad", "Mission locale", "Ruptures", TODAY))
    with acting(cast.pilot) as actor:
        (note,) = notes_of(actor=actor, uid=uid, kinds=[NoteKind.OPINION])
    assert (note.author, note.body, note.text, note.dated_on) == ("L. Haddad", "Mission locale", "Ruptures", TODAY)
    with acting(cast.firm):
        assert not CheckNote.objects.exists()


def test_a_public_on_option_waits_for_the_structure_or_the_engagement(cast: People) -> None:
    uid = person(cast.pilot)
    paper: dict[str, Any] = {"categories": _main("PARENT_ISOLE")}
    with pytest.raises(Invalid, match="sur option"):
        decide(cast.pilot, uid, **paper)
    with pytest.raises(Invalid, match="n'admet pas ce public"):
        decide(cast.pilot, uid, admitted=frozenset({"DELD"}))
    with acting(cast.pilot) as actor:
        admit_options(actor=actor, codes=["FRR"])
        admit_options(actor=actor, codes=["PARENT_ISOLE"])
        assert admitted_options(actor) == {"PARENT_ISOLE"}
        with pytest.raises(Invalid):
            admit_options(actor=actor, codes=["RSA"])
    with acting(cast.firm) as firm, pytest.raises(NotAllowed):
        admit_options(actor=firm, codes=[])
    decide(cast.pilot, uid, **paper)


def test_someone_already_employed_is_accepted_with_a_reason_only(cast: People) -> None:
    uid, facts = person(cast.pilot), FactsEntry("51", already_employed=True, registered_on=date(2025, 11, 16))
    with pytest.raises(Invalid) as refused:
        decide(cast.pilot, uid, facts=facts)
    assert list(refused.value.errors) == ["employed_reason"]
    decide(cast.pilot, uid, facts=facts, reason="Passage en CDI accepté par l'acheteur")
    with acting(cast.pilot):
        kept = DecisionFacts.objects.get()
    assert (kept.level_words, kept.already_employed, kept.months_registered) == ("CAP ou BEP obtenu", True, 12)


@pytest.mark.parametrize(
    ("home", "field"),
    [
        (HomeEntry(True, district_2015="QN00101M"), "district_2015"),
        (HomeEntry(True, district_2024="QP093028"), "district_2024"),
        (HomeEntry(True, district_2024="Lille"), "district_2024"),
    ],
)
def test_a_code_of_another_list_is_refused(cast: People, home: HomeEntry, field: str) -> None:
    uid = person(cast.pilot)
    with acting(cast.pilot) as actor, pytest.raises(Invalid) as refused:
        keep_home(actor=actor, participant_uid=uid, home=home, on=TODAY)
    assert list(refused.value.errors) == [field]


def test_the_last_home_counts(cast: People) -> None:
    uid = person(cast.pilot)
    with acting(cast.pilot) as actor:
        keep_home(actor=actor, participant_uid=uid, home=HomeEntry(False), on=TODAY)
        keep_home(actor=actor, participant_uid=uid, home=HomeEntry(False, district_2015="QP093028"), on=TODAY)
        known = situation_of(actor=actor, participant_id=participant_key(actor, uid).id).home
    assert known is not None
    assert (known.in_district, known.district_2015, known.means) == (True, "QP093028", "typed")


def test_a_check_is_taken_then_waits_then_is_taken_again_and_a_valid_one_is_not(cast: People) -> None:
    uid = person(cast.pilot)
    with acting(cast.pilot) as actor:
        check = take_check(actor=actor, participant_uid=uid, on=TODAY)
        assert EligibilityCheck.objects.get().state == CheckState.IN_REVIEW
        with pytest.raises(WrongState, match="« En vérification »"):
            take_check(actor=actor, participant_uid=uid, on=TODAY)
        hold_check(actor=actor, participant_uid=uid, missing=["Justificatif de domicile"], on=TODAY)
        number = participant_key(actor, uid).id
        assert awaited_of(actor=actor, persons={number: uid}) == {number: "Justificatif de domicile"}
        (line,) = day_of_facilitator(actor=actor, on=TODAY).publics.rows
        assert line.awaited == "Justificatif de domicile"
        assert take_check(actor=actor, participant_uid=uid, on=TODAY) == check
    decide(cast.pilot, uid)
    with acting(cast.pilot) as actor, pytest.raises(WrongState, match="rien n'est à vérifier"):
        take_check(actor=actor, participant_uid=uid, on=TODAY)
    with acting(cast.pilot) as actor:
        decided = participant_sheet(actor=actor, uid=uid, on=date(2027, 2, 17)).checks[0]
        assert (decided.state, decided.state_label) == ("eligible", "Délai d'embauche dépassé")


def test_a_limit_is_moved_and_put_back(cast: People) -> None:
    uid, path = person(cast.pilot), (date(2026, 10, 1), date(2028, 9, 30))
    other = person(cast.pilot, "Nora", "Petit")
    with acting(cast.pilot) as actor:
        move = move_limit(
            actor=actor, participant_uid=uid, move=Move(TODAY, months=6), path=path, reason=SECRET, source="Courrier",
            decided_on=TODAY, on=TODAY,
        )  # fmt: skip
        (line,) = moves_of(actor=actor, uid=uid)
        assert (line.months, line.reason, line.source) == (6, SECRET, "Courrier")
        with pytest.raises(Invalid):
            withdraw_move(actor=actor, participant_uid=uid, uid=move, reason=" ", at=clock.now())
        with pytest.raises(Absent):
            withdraw_move(actor=actor, participant_uid=other, uid=move, reason="Erreur", at=clock.now())
        withdraw_move(actor=actor, participant_uid=uid, uid=move, reason="Erreur de personne", at=clock.now())
        assert moves_of(actor=actor, uid=uid) == ()
    with acting(cast.firm) as firm, pytest.raises(Absent):
        move_limit(
            actor=firm, participant_uid=uid, move=Move(TODAY, months=6), path=path, reason="x", source="y",
            decided_on=TODAY, on=TODAY,
        )  # fmt: skip
