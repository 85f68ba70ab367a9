"""Verbs about persons: what they write, what they refuse, what the journal keeps."""

from datetime import date, timedelta
from typing import Any

import pytest

from clausette.journal.models import Event
from clausette.kernel.errors import Absent, Invalid, NotAllowed, Refusal, WrongState
from clausette.participants.enums import CheckState, EvidenceMeans
from clausette.participants.errors import AlreadyKnown, CategoryNotStored
from clausette.participants.models import (
    DecisionFacts,
    EligibilityCheck,
    EligibilityReason,
    Participant,
    PersonContact,
)
from clausette.participants.operations import (
    CategoryEntry,
    Opinion,
    ask_check,
    change_participant,
    create_participant,
    decide_eligibility,
    withdraw_check,
)
from clausette.participants.queries.reasons import opened
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import BORN, decide, people, person
from tests.procurement.builders import contract, organisation_uid
from tests.world import two_structures

pytestmark = pytest.mark.django_db


def events(verb: str) -> list[Event]:
    with as_owner():
        return list(Event.objects.filter(verb=verb).order_by("at"))


def test_a_person_is_registered_without_a_trace_of_the_name_in_the_journal() -> None:
    two = two_structures()
    uid = person(two.first, "  Zoé ", "L'Hœst")
    with acting(two.first):
        row = Participant.objects.get(uid=uid)
    assert (row.first_name, row.sort_key) == ("Zoé", "l hoest zoe")
    (event,) = events("participants.participant.created")
    assert event.after["last_name"] == event.after["birth_date"] == "•"


def test_the_same_name_and_birth_date_is_refused_with_the_person_known() -> None:
    two = two_structures()
    known = person(two.first, "Zoé", "Lhoest")
    with pytest.raises(AlreadyKnown) as caught:
        person(two.first, "ZOE", "LHOEST")
    assert caught.value.uid == known
    assert caught.value.message == "Zoé Lhoest, né(e) le 17\u00a0mai 1990, est déjà dans votre structure."
    assert person(two.first, "Zoé", "Lhoest", birth_date=date(1991, 5, 17)) != known
    assert person(two.second, "Zoé", "Lhoest") != known


@pytest.mark.parametrize(
    ("details", "field", "told"),
    [
        ({"birth_date": TODAY + timedelta(days=1)}, "birth_date", "La date de naissance est dans le futur."),
        (
            {"birth_date": date(2020, 1, 1)},
            "birth_date",
            "Cette personne aurait 6 ans : vérifiez la date de naissance.",
        ),
        ({"last_name": " "}, "last_name", "Donnez le nom."),
    ],
)
def test_a_wrong_identity_is_refused(details: dict[str, Any], field: str, told: str) -> None:
    two = two_structures()
    values: dict[str, Any] = {"first_name": "Zoé", "last_name": "Lhoest", "birth_date": BORN} | details
    with acting(two.first) as actor, pytest.raises(Invalid) as caught:
        create_participant(actor=actor, on=TODAY, **values)
    assert caught.value.errors == {field: told}


def test_only_a_facilitator_registers() -> None:
    cast = people()
    with pytest.raises(NotAllowed, match="Seule une structure facilitatrice enregistre une personne"):
        person(cast.firm)


def test_a_referral_needs_a_prescriber() -> None:
    cast = people()
    with pytest.raises(Invalid, match="Bâti Ouche n'est pas un prescripteur"):
        person(cast.pilot, referred_by_uid=cast.uid("firm"))
    uid = person(cast.pilot, referred_by_uid=organisation_uid(cast.prescriber))
    with acting(cast.prescriber):
        assert PersonContact.objects.get(participant__uid=uid).referred_on == TODAY


def test_an_identity_is_corrected_by_its_structure_only() -> None:
    two = two_structures()
    uid = person(two.first)
    with acting(two.first) as actor:
        change_participant(
            actor=actor, uid=uid, first_name="Alina", last_name="Moreau", birth_date=BORN, on=TODAY
        )
        assert Participant.objects.get(uid=uid).sort_key == "moreau alina"
    with acting(two.second) as actor, pytest.raises(Absent):
        change_participant(actor=actor, uid=uid, first_name="X", last_name="Y", birth_date=BORN, on=TODAY)


def test_a_favourable_decision_has_its_own_dates() -> None:
    two = two_structures()
    uid = person(two.first)
    check = decide(two.first, uid)
    with acting(two.first):
        row = EligibilityCheck.objects.get(uid=check)
        (reason,) = opened(EligibilityReason.objects.filter(check_made=row))
    assert (row.state, row.decided_on, row.hire_before) == ("eligible", TODAY, date(2027, 2, 16))
    assert (row.pass_ends_on, reason.category, reason.is_main, reason.means) == (None, "RSA", True, "seen")
    kept = events("participants.check.decided")
    assert {event.subject_type for event in kept} == {
        "participants.decisionfacts", "participants.eligibilitycheck", "participants.eligibilityreason",
    }  # fmt: skip
    assert all("RSA" not in str(event.after) for event in kept)
    with acting(two.first):
        facts = DecisionFacts.objects.get(check_made=row)
    assert (facts.age, facts.in_district, facts.rule_version) == (36, None, "publics-2026.1")
    told = [event.after for event in kept if event.subject_type == "participants.decisionfacts"]
    assert [(one["age"], one["rule_version"]) for one in told] == [("•", "publics-2026.1")]


def _main(
    code: str, on: date | None, means: EvidenceMeans = EvidenceMeans.SEEN, **more: Any
) -> list[CategoryEntry]:
    return [CategoryEntry(code, True, on, means, **more)]


FRESH, OLD = TODAY - timedelta(days=30), date(2026, 8, 15)


@pytest.mark.parametrize(
    ("categories", "field", "told"),
    [
        (_main("RSA", OLD), "evidence_on", "La pièce a plus de 3 mois."),
        (_main("RSA", None), "evidence_on", "Donnez la date de la pièce."),
        (_main("RSA", TODAY + timedelta(days=1)), "evidence_on", "La pièce est datée d'après la décision."),
        (
            _main("RSA", FRESH, EvidenceMeans.DECLARED),
            "means",
            "Pièce à voir : Attestation RSA (CAF ou MSA).",
        ),
        (_main("RQTH", None), "title_ends_on", "Donnez la date de fin du titre."),
        (_main("SENIOR", FRESH), "category", "La personne a 36 ans : il en faut 50."),
        (_main("AVIS_MOTIVE", FRESH), "means", "L'avis motivé d'un prescripteur est nécessaire."),
        (_main("INCONNU", FRESH), "category", "Ce public n'est pas dans la liste."),
        ([], "category", "Choisissez le public retenu : un seul, les autres sont des critères."),
        (_main("RSA", FRESH) * 2, "others", "Ce public est déjà coché."),
    ],
)
def test_a_decision_without_its_facts_is_refused(
    categories: list[CategoryEntry], field: str, told: str
) -> None:
    two = two_structures()
    uid = person(two.first)
    with pytest.raises(Invalid) as caught:
        decide(two.first, uid, categories=categories)
    assert caught.value.errors == {field: told}
    with acting(two.first):
        assert not EligibilityCheck.objects.exists()


def test_a_paper_of_exactly_three_months_is_fresh() -> None:
    two = two_structures()
    decide(two.first, person(two.first), categories=_main("RSA", date(2026, 8, 16)))


def test_a_justice_measure_is_never_written() -> None:
    two = two_structures()
    uid = person(two.first)
    with pytest.raises(CategoryNotStored, match="avis motivé"):
        decide(two.first, uid, categories=_main("PPSMJ", FRESH))
    opinion = _main("AVIS_MOTIVE", FRESH, EvidenceMeans.PRESCRIBER)
    with pytest.raises(Invalid, match="auteur de l'avis"):
        decide(two.first, uid, categories=opinion)
    decide(two.first, uid, categories=opinion, opinion=Opinion("L. Haddad", "Mission locale", "Ruptures", TODAY))


def test_a_pass_iae_in_force_is_enough_and_keeps_its_own_end() -> None:
    two = two_structures()
    uid, end = person(two.first), date(2027, 8, 1)
    check = decide(two.first, uid, categories=_main("SIAE", None), pass_ends_on=end)
    with acting(two.first):
        row = EligibilityCheck.objects.get(uid=check)
    assert (row.hire_before, row.pass_ends_on) == (date(2027, 2, 16), end)
    with pytest.raises(Invalid, match="Le titre n'est plus valable"):
        decide(two.first, uid, categories=_main("SIAE", None), pass_ends_on=TODAY - timedelta(days=1))


def test_a_title_that_ends_earlier_limits_the_hiring() -> None:
    two = two_structures()
    check = decide(
        two.first, person(two.first), categories=_main("RQTH", None, title_ends_on=date(2026, 12, 31))
    )
    with acting(two.first):
        row = EligibilityCheck.objects.get(uid=check)
    assert (row.hire_before, row.pass_ends_on) == (date(2026, 12, 31), None)


def test_other_criteria_are_kept_beside_the_public_retenu() -> None:
    two = two_structures()
    both = [*_main("RSA", FRESH), CategoryEntry("DELD", means=EvidenceMeans.DECLARED)]
    check = decide(two.first, person(two.first), categories=both)
    with acting(two.first):
        rows = opened(EligibilityReason.objects.filter(check_made__uid=check).order_by("id"))
    assert [(one.category, one.is_main) for one in rows] == [("RSA", True), ("DELD", False)]


def test_a_refusal_says_why_in_the_journal() -> None:
    two = two_structures()
    uid = person(two.first)
    with acting(two.first) as actor, pytest.raises(Invalid, match="Dites pourquoi"):
        decide_eligibility(actor=actor, participant_uid=uid, eligible=False, on=TODAY)
    decide(two.first, uid, eligible=False, categories=(), reason="Sans critère")
    assert events("participants.check.decided")[0].reason == "Sans critère"


def test_a_waiting_check_is_decided_once() -> None:
    two = two_structures()
    uid = person(two.first)
    with acting(two.first) as actor:
        asked = ask_check(actor=actor, participant_uid=uid, on=TODAY - timedelta(days=3))
        with pytest.raises(Refusal, match="déjà en attente"):
            ask_check(actor=actor, participant_uid=uid, on=TODAY)
    assert decide(two.first, uid) == asked
    with pytest.raises(Refusal, match="La même décision est déjà enregistrée aujourd'hui"):
        decide(two.first, uid)
    assert decide(two.first, uid, on=TODAY + timedelta(days=1)) != asked


def test_a_decision_for_one_contract_names_it() -> None:
    cast = people()
    uid, where = person(cast.pilot), contract(cast)
    decide(cast.pilot, uid, contract_uid=where)
    with acting(cast.pilot):
        assert EligibilityCheck.objects.get().contract_id is not None
    alone = person(cast.stranger)
    with pytest.raises(Absent):
        decide(cast.stranger, alone, contract_uid=where)


def test_a_decision_is_withdrawn_with_a_reason_and_once() -> None:
    two = two_structures()
    uid, other = person(two.first), person(two.first, "Nora", "Petit")
    check = decide(two.first, uid)
    with acting(two.first) as actor:
        with pytest.raises(Absent):
            withdraw_check(actor=actor, participant_uid=other, uid=check, reason="Erreur de personne")
        with pytest.raises(Invalid, match="Dites pourquoi"):
            withdraw_check(actor=actor, participant_uid=uid, uid=check, reason=" ")
        withdraw_check(actor=actor, participant_uid=uid, uid=check, reason="Erreur de personne")
        assert EligibilityCheck.objects.get(uid=check).state == CheckState.WITHDRAWN
        with pytest.raises(WrongState, match="ne peut pas passer à « Retirée »"):
            withdraw_check(actor=actor, participant_uid=uid, uid=check, reason="Encore")
    assert events("participants.check.withdrawn")[0].reason == "Erreur de personne"


def test_who_refers_reads_but_does_not_decide() -> None:
    cast = people()
    uid = person(cast.pilot, referred_by_uid=organisation_uid(cast.prescriber))
    with pytest.raises(NotAllowed, match="Seule une structure facilitatrice suit une personne"):
        decide(cast.prescriber, uid)
    with pytest.raises(Absent):
        decide(cast.other_prescriber, uid)
