"""The page of the check: three gestures for a known person, refusals at their field."""

from datetime import date

import pytest

from clausette.participants.models import EligibilityCheck, EligibilityReason
from clausette.participants.queries.reasons import opened
from tests.hats import acting
from tests.placements.builders import People, decide, people, person, put_to_work, site
from tests.procurement.builders import contract
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]

YES = {"decision": "oui", "category": "RSA", "means": "seen", "evidence_on": "20/10/2026"}


@pytest.fixture
def cast() -> People:
    return people()


def test_the_form_offers_no_justice_measure_and_teaches_the_papers(cast: People) -> None:
    uid = person(cast.pilot)
    shown = text(signed_in(cast.pilot).get(address(cast.pilot, "participants", uid, "verification")).content)
    assert "PPSMJ" not in shown
    assert "main de justice" not in shown
    for told in (
        "Pièce vue, non conservée",
        "Attestation RSA (CAF ou MSA)",
        "3 mois",
        "Décision du 16 novembre 2026",
    ):
        assert told in shown


def test_a_favourable_decision_is_taken(cast: People) -> None:
    uid, where = person(cast.pilot), contract(cast)
    answer = signed_in(cast.pilot).post(
        address(cast.pilot, "participants", uid, "verification"),
        {**YES, "others": ["DELD", "RSA"], "contract": str(where)},
    )
    assert answer["Location"] == address(cast.pilot, "participants", uid)
    with acting(cast.pilot):
        row = EligibilityCheck.objects.select_related("contract").get()
        reasons = [(one.category, one.is_main) for one in opened(EligibilityReason.objects.order_by("id"))]
        assert (row.state, row.hire_before, row.contract and row.contract.uid) == (
            "eligible",
            date(2027, 2, 16),
            where,
        )
        assert reasons == [("RSA", True), ("DELD", False)]


def test_a_decision_taken_on_paper_keeps_its_day(cast: People) -> None:
    uid = person(cast.pilot)
    sent = {**YES, "evidence_on": "20/08/2026", "decided_on": "01/09/2026"}
    signed_in(cast.pilot).post(address(cast.pilot, "participants", uid, "verification"), sent)
    with acting(cast.pilot):
        row = EligibilityCheck.objects.get()
        assert (row.decided_on, row.hire_before) == (date(2026, 9, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({"evidence_on": "01/08/2026"}, "evidence_on", "La pièce a plus de 3 mois."),
        ({"evidence_on": ""}, "evidence_on", "Ce champ est obligatoire."),
        ({"category": ""}, "category", "Ce champ est obligatoire."),
        ({"category": "PPSMJ"}, "category", "Sélectionnez un choix valide."),
        ({"category": "RQTH", "evidence_on": ""}, "title_ends_on", "Donnez la date de fin du titre."),
        ({"category": "AVIS_MOTIVE"}, "means", "L'avis motivé d'un prescripteur est nécessaire."),
        ({"decision": "non", "reason": ""}, "reason", "Ce champ est obligatoire."),
        ({"decision": "non", "reason": "NIR 285057800608441"}, "reason", "numéro de sécurité sociale"),
        ({"decided_on": "17/11/2026"}, "decided_on", "Cette date est à venir : une décision se constate."),
        ({"decision": "peut-être"}, "decision", "Sélectionnez un choix valide."),
    ],
)
def test_a_refusal_is_told_at_its_field(cast: People, changed: dict[str, str], name: str, told: str) -> None:
    uid = person(cast.pilot)
    answer = signed_in(cast.pilot).post(
        address(cast.pilot, "participants", uid, "verification"), YES | changed
    )
    shown = text(answer.content)
    assert answer.status_code == 400
    assert told in shown
    assert f'href="#id_{name}' in shown
    with acting(cast.pilot):
        assert not EligibilityCheck.objects.exists()


def test_a_pass_iae_in_force_needs_no_other_paper(cast: People) -> None:
    uid = person(cast.pilot)
    sent = {**YES, "category": "SIAE", "evidence_on": "", "title_ends_on": "2027-08-01"}
    assert (
        signed_in(cast.pilot).post(address(cast.pilot, "participants", uid, "verification"), sent).status_code
        == 302
    )
    with acting(cast.pilot):
        assert EligibilityCheck.objects.get().pass_ends_on == date(2027, 8, 1)


def test_an_unfavourable_decision_says_why_and_keeps_no_reason_of_eligibility(cast: People) -> None:
    uid = person(cast.pilot)
    sent = {**YES, "decision": "non", "reason": "Aucun critère rempli"}
    assert (
        signed_in(cast.pilot).post(address(cast.pilot, "participants", uid, "verification"), sent).status_code
        == 302
    )
    with acting(cast.pilot):
        assert EligibilityCheck.objects.get().state == "not_eligible"
        assert not EligibilityReason.objects.exists()


def test_a_decision_is_withdrawn(cast: People) -> None:
    uid = person(cast.pilot)
    check = decide(cast.pilot, uid)
    put_to_work(cast, uid, site(cast))
    client, where = (
        signed_in(cast.pilot),
        address(cast.pilot, "participants", uid, "verification", check, "retirer"),
    )
    other = address(cast.pilot, "participants", person(cast.pilot, "Nora", "Petit"), "verification", check, "retirer")
    assert (client.get(other).status_code, client.post(other, {"reason": "Erreur"}).status_code) == (404, 404)
    assert client.post(where, {"reason": ""}).status_code == 400
    assert client.post(where, {"reason": "Erreur de personne"}).status_code == 302
    again = client.post(where, {"reason": "Encore"})
    assert again.status_code == 400
    assert "ne peut pas passer à « Retirée »" in text(again.content)
    assert "à vérifier" in text(client.get(address(cast.pilot, "participants", uid)).content)
