"""Entry, sheet, correction and compartment of reasons of one person."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.commitments.operations import change_conditions
from clausette.journal.models import Reading
from clausette.participants.enums import EvidenceMeans
from clausette.participants.models import Participant, PersonContact
from clausette.participants.operations import CategoryEntry
from tests.hats import TODAY, acting, as_owner
from tests.placements.builders import People, commitment, decide, lent, people, person, put_to_work, site
from tests.procurement.builders import contract, organisation_uid
from tests.web.people_helpers import address, signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]

NEW = {
    "last_name": "Moreau",
    "first_name": "Aline",
    "birth_date": "17/05/1990",
    "sex": "f",
    "commune_name": "Ouche",
}


@pytest.fixture
def cast() -> People:
    return people()


def test_a_new_person_is_registered_and_the_check_follows(cast: People) -> None:
    client, prescriber = signed_in(cast.pilot), organisation_uid(cast.prescriber)
    where = address(cast.pilot, "participants/nouveau")
    assert "Mission locale du Lys" in text(client.get(where).content)
    answer = client.post(where, {**NEW, "referred_by": str(prescriber), "referred_on": "2026-11-02"})
    with acting(cast.pilot):
        row, reach = Participant.objects.get(), PersonContact.objects.get()
    assert answer["Location"] == address(cast.pilot, "participants", row.uid, "verification")
    assert (row.birth_date, reach.referred_on, row.sex) == (date(1990, 5, 17), date(2026, 11, 2), "f")


def test_a_person_already_known_is_offered_by_a_link(cast: People) -> None:
    uid = person(cast.pilot)
    answer = signed_in(cast.pilot).post(address(cast.pilot, "participants/nouveau"), NEW)
    shown = text(answer.content)
    assert answer.status_code == 400
    assert "Aline Moreau, né(e) le 17 mai 1990, est déjà dans votre structure." in shown
    assert f'href="{address(cast.pilot, "participants", uid)}"' in shown
    assert 'value="Aline"' in shown


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("birth_date", "31/02/1990", "Cette date n'existe pas dans le calendrier."),
        ("birth_date", "17/05/2030", "La date de naissance est dans le futur."),
        ("last_name", "2 85 05 78 006 084 41", "Ce texte contient un numéro de sécurité sociale"),
        ("commune_name", "1 85 05 2A 006 084 35", "Ce texte contient un numéro de sécurité sociale"),
        ("commune_name", "2850578006084", "confirmez que ce n'en est pas un"),
        ("first_name", "", "Ce champ est obligatoire."),
        ("sex", "bizarre", "Sélectionnez un choix valide."),
        ("referred_by", "00000000-0000-0000-0000-000000000000", "Sélectionnez un choix valide."),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(cast: People, name: str, typed: str, told: str) -> None:
    answer = signed_in(cast.pilot).post(address(cast.pilot, "participants/nouveau"), {**NEW, name: typed})
    shown = text(answer.content)
    assert answer.status_code == 400
    assert told in shown
    assert f'aria-describedby="id_{name}' in shown
    with acting(cast.pilot):
        assert not Participant.objects.exists()


def test_the_four_dates_are_told_apart(cast: People) -> None:
    uid = person(cast.pilot)
    main = [CategoryEntry("SIAE", True, None, EvidenceMeans.SEEN)]
    decide(cast.pilot, uid, categories=main, pass_ends_on=date(2027, 8, 1))
    shown = text(signed_in(cast.pilot).get(address(cast.pilot, "participants", uid)).content)
    for told in (
        "vue et fraîche le 16 novembre 2026", "Valable pour une embauche jusqu'au", "16 février 2027",
        "Heures comptées jusqu'au", "pas encore d'heure", "Pendant 24 mois", "Fin du PASS IAE", "1er août 2027",
    ):  # fmt: skip
        assert told in shown
    assert "SIAE (EI" not in shown  # the reason stays in its compartment


def test_a_hiring_before_the_decision_is_said(cast: People) -> None:
    uid = person(cast.pilot)
    decide(cast.pilot, uid)
    put_to_work(cast, uid, site(cast), **lent(cast))
    shown = text(signed_in(cast.pilot).get(address(cast.pilot, "participants", uid)).content)
    assert "Personne validée après son entrée : décision du 16 novembre 2026." in shown
    assert "Les heures seront signalées au contrôle du relevé." in shown
    assert "Prolonger" in shown
    assert "Autre mise à disposition" in shown


def test_each_engagement_says_how_long_the_hours_count(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    decide(cast.pilot, uid)
    put_to_work(cast, uid, owed)
    with acting(cast.pilot) as actor:
        change_conditions(actor=actor, uid=owed, validity_months=18)
    for reader in (cast.pilot, cast.firm):
        shown = text(signed_in(reader).get(address(reader, "participants", uid)).content)
        assert "Pendant 18 mois à partir de la première heure." in shown
        assert "24 mois" not in shown


def test_a_firm_reads_no_identity_nor_reason(cast: People) -> None:
    uid = person(cast.pilot)
    decide(cast.pilot, uid)
    put_to_work(cast, uid, site(cast))
    shown = text(signed_in(cast.firm).get(address(cast.firm, "participants", uid)).content)
    assert "validé jusqu'au 16 février 2027" in shown
    for hidden in (
        "17 mai 1990",
        "Ouche-sur-Lys",
        "Voir les motifs",
        "Décisions",
        "RSA",
        "Prolonger",
        "Personne validée",
    ):
        assert hidden not in shown


def test_each_reading_is_noted(cast: People) -> None:
    uid = person(cast.pilot, referred_by_uid=organisation_uid(cast.prescriber))
    decide(cast.pilot, uid)
    shown = text(
        signed_in(cast.prescriber).get(address(cast.prescriber, "participants", uid, "motifs")).content
    )
    for told in (
        "Éligible, 16 novembre 2026",
        "Public retenu",
        "Bénéficiaire du RSA",
        "Pièce vue, non conservée",
    ):
        assert told in shown
    signed_in(cast.pilot).get(address(cast.pilot, "participants", uid))
    with as_owner():
        rows = set(Reading.objects.values_list("kind", "subject_uid", "organisation_id"))
    assert rows == {
        ("reasons", uid, cast.prescriber.organisation_id), ("identity", uid, cast.pilot.organisation_id),
    }  # fmt: skip


def test_an_identity_is_corrected(cast: People) -> None:
    uid = person(cast.pilot)
    client, where = signed_in(cast.pilot), address(cast.pilot, "participants", uid, "modifier")
    assert 'value="1990-05-17"' in text(client.get(where).content)
    assert client.post(where, {**NEW, "first_name": "Alina"}).status_code == 302
    with acting(cast.pilot):
        assert Participant.objects.get().first_name == "Alina"
    person(cast.pilot, "Aline")
    assert client.post(where, NEW).status_code == 400


def test_the_sheet_answers_for_one_contract(cast: People) -> None:
    uid, where = person(cast.pilot), contract(cast)
    owed = commitment(cast, where)
    with acting(cast.pilot) as actor:
        change_conditions(actor=actor, uid=owed, publics=["RSA"], modalities=["direct"])
    client, page = signed_in(cast.pilot), address(cast.pilot, "participants", uid) + f"?marche={where}"
    assert "à vérifier, pour tout marché" in text(client.get(page).content)
    decide(cast.pilot, uid)
    shown = text(client.get(page).content)
    assert "admis pour ce marché" in shown
    assert "Embauche directe" in shown
    decide(cast.pilot, uid, on=TODAY + timedelta(days=1), code="DELD")
    assert "public retenu non admis par ce marché" in text(client.get(page).content)


def test_the_sheet_costs_the_same_with_more_work(cast: People) -> None:
    uid, owed = person(cast.pilot), site(cast)
    client, where = signed_in(cast.pilot), address(cast.pilot, "participants", uid)
    counts = []
    client.get(where)  # what a process keeps is read once
    for day in (2, 3, 4):
        decide(cast.pilot, uid, on=TODAY + timedelta(days=day))
        put_to_work(cast, uid, owed, starts_on=date(2026, 11, day))
        with CaptureQueriesContext(connection) as captured:
            client.get(where)
        counts.append(len(captured))
    assert counts[0] == counts[2]
    assert counts[0] <= 32
