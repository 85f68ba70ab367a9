"""The decision fed by the rules: what applies, what is missing, facts frozen; home, limits, options."""

import pytest

from clausette.participants.models import AdmittedOptions, DecisionFacts, EligibilityCheck, Home
from tests.hats import acting
from tests.placements.builders import People, people, person
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]

YES = {"decision": "oui", "category": "RSA", "means": "seen", "evidence_on": "20/10/2026"}
ASKED = {"decision": "voir", "registered_on": "16/11/2025", "others": ["PARENT_ISOLE"]}


@pytest.fixture
def cast() -> People:
    return people()


def test_what_applies_is_shown_and_nothing_is_written(cast: People) -> None:
    uid = person(cast.pilot)
    answer = signed_in(cast.pilot).post(address(cast.pilot, "participants", uid, "verification"), ASKED)
    shown = text(answer.content)
    assert answer.status_code == 200
    assert "À compléter" in shown
    assert "datée du 16 août 2026 au plus tôt" in shown  # registered twelve months to the day
    assert "votre structure n'admet pas ce public" in shown
    proved = signed_in(cast.pilot).post(
        address(cast.pilot, "participants", uid, "verification"),
        {"decision": "voir", "category": "DELD", "evidence_on": "16/08/2026", "registered_on": "16/11/2025"},
    )
    assert "embauche jusqu'au 16 février 2027" in text(proved.content)
    with acting(cast.pilot):
        assert not EligibilityCheck.objects.exists()


def test_what_is_missing_is_kept_then_shown_then_the_facts_are_frozen(cast: People) -> None:
    uid, client = person(cast.pilot), signed_in(cast.pilot)
    where = address(cast.pilot, "participants", uid, "verification")
    sent = ASKED | {"decision": "attente", "missing": "Justificatif de domicile"}
    assert client.post(where, sent).status_code == 302
    assert "à compléter" in text(client.get(address(cast.pilot, "participants", uid)).content)
    assert "Justificatif de domicile" in text(client.get(where).content)
    assert "Je m'en occupe" in text(client.get(address(cast.pilot, "participants", uid)).content)
    listed = text(client.get(address(cast.pilot, "participants") + "?verification=a_completer").content)
    assert "Justificatif de domicile" in listed
    assert client.post(where, {"decision": "prendre"}).status_code == 302
    shown = text(client.get(address(cast.pilot, "participants", uid)).content)
    assert "en vérification" in shown
    assert "Je m'en occupe" not in shown
    said = {"level": "51", "months_worked": "2", "registered_on": "16/11/2025", "others": ["QPV"]}
    assert client.post(where, YES | said).status_code == 302
    with acting(cast.pilot):
        facts = DecisionFacts.objects.get()
    assert (facts.level, facts.months_registered, facts.in_district, facts.already_employed) == ("51", 12, True, None)
    again = text(client.get(where).content)
    before = again[: again.index("Valider : éligible")]
    assert "Niveau de formation : CAP ou BEP obtenu." in before
    assert "Inscription à France Travail depuis le 16 novembre 2025." in before
    reasons = text(client.get(address(cast.pilot, "participants", uid, "motifs")).content)
    assert "CAP ou BEP obtenu" in reasons
    assert "Ce qui manquait" in reasons


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({"registered_on": "17/11/2026"}, "registered_on", "datée d'après la décision"),
        ({"already_employed": "on"}, "employed_reason", "déjà salariée"),
        ({"category": "AVIS_MOTIVE", "means": "prescriber"}, "opinion_author", "Donnez le nom de l'auteur"),
        ({"category": "FLE"}, "category", "sur option"),
        ({"decision": "attente", "category": ""}, "missing", "Dites ce qui manque."),
    ],
)
def test_a_refusal_is_told_at_its_field(cast: People, changed: dict[str, str], name: str, told: str) -> None:
    uid = person(cast.pilot)
    answer = signed_in(cast.pilot).post(address(cast.pilot, "participants", uid, "verification"), YES | changed)
    shown = text(answer.content)
    assert answer.status_code == 400
    assert told in shown
    assert f'href="#id_{name}' in shown


def test_the_structure_chooses_its_options(cast: People) -> None:
    where, client = address(cast.pilot, "participants", "publics-sur-option"), signed_in(cast.pilot)
    assert client.post(where, {"categories": ["FLE"]}).status_code == 302
    assert client.post(where, {}).status_code == 302
    with acting(cast.pilot):
        assert AdmittedOptions.objects.get().categories == []


def test_a_home_is_found_and_kept_without_address(cast: People) -> None:
    uid, client = person(cast.pilot), signed_in(cast.pilot)
    where = address(cast.pilot, "participants", uid, "domicile")
    assert "La liste des communes n'est pas encore installée" in text(client.get(where).content)
    half = client.post(where, {"etape": "chercher", "commune": "", "longitude": "3,05"})
    assert "Écrivez les deux nombres" in text(half.content)
    lost = client.post(where, {"etape": "chercher", "commune": "", "longitude": "200", "latitude": "50"})
    assert "Une longitude va de -180 à 180" in text(lost.content)
    again = client.post(where, {"etape": "chercher", "commune": "Ailleurs", "district_2024": "QN05901M"})
    assert (again.status_code, "Sélectionnez un choix valide" in text(again.content)) == (200, False)
    nothing = client.post(where, {"etape": "garder", "commune": "Ouche"})
    assert "Choisissez un quartier" in text(nothing.content)
    assert client.post(where, {"etape": "garder", "commune": "Ouche", "district_2024": "aucun"}).status_code == 302
    assert client.post(where, {"etape": "garder", "commune": "Ouche", "district_2015": "qp093028"}).status_code == 302
    with acting(cast.pilot):
        told = list(Home.objects.order_by("id").values_list("in_district", "district_2015", "commune_name"))
    assert told == [(False, "", "Ouche"), (True, "QP093028", "Ouche")]


def test_a_limit_without_hour_is_not_moved(cast: People) -> None:
    uid = person(cast.pilot)
    sent = {"kind": "extension", "starts_on": "16/11/2026", "months": "6", "source": "Courrier", "reason": "Formation"}
    answer = signed_in(cast.pilot).post(address(cast.pilot, "participants", uid, "heures-comptees"), sent)
    assert answer.status_code == 400
    assert "le délai ne court pas" in text(answer.content)
