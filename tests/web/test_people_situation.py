"""« Éligibilité en une minute »: nothing kept, nothing in the address, the papers told."""

import re

import pytest
from django.db import connection
from django.test import Client

from clausette.participants.operations import admit_options
from tests.hats import acting
from tests.placements.builders import People, people
from tests.web.people_helpers import address, signed_in
from tests.web.test_advice_pages import plain

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.people_urls")]


@pytest.fixture
def cast() -> People:
    return people()


def written() -> int:
    """Rows of the tables of persons."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM participants_eligibilitycheck")
        (found,) = cursor.fetchone() or (0,)
        return int(found)


def answered(cast: People, **said: object) -> str:
    """The page that answers."""
    client: Client = signed_in(cast.pilot)
    asked = {"le": "2026-11-02"} | said
    response = client.post(address(cast.pilot, "participants", "eligibilite"), asked)
    assert response.status_code == 200
    return plain(response.content.decode())


def test_papers_are_told_with_their_oldest_day(cast: People) -> None:
    page = answered(cast, publics_B=["RSA"])
    assert "Éligible si les pièces le confirment" in page
    assert "Attestation RSA (CAF ou MSA), datée du 2 août 2026 au plus tôt." in page
    assert "l'embauche est possible jusqu'au 2 février 2027" in page


def test_a_date_opens_a_public_that_nobody_ticked(cast: People) -> None:
    assert "Demandeur d'emploi de longue durée" in answered(cast, inscription="02/11/2025")
    assert "Aucun public reconnu à ce jour" in answered(cast, inscription="03/11/2025")


def test_an_option_is_admitted_or_says_why_not(cast: People) -> None:
    assert "votre structure n'admet pas ce public" in answered(cast, publics_B_option=["PARENT_ISOLE"])
    with acting(cast.pilot) as actor:
        admit_options(actor=actor, codes=["PARENT_ISOLE"])
    assert "Éligible si" in answered(cast, publics_B_option=["PARENT_ISOLE"])


def test_somebody_already_employed(cast: People) -> None:
    assert "déjà salariée de l'entreprise" in answered(cast, publics_B=["RSA"], deja="on")


def test_a_wrong_date_is_told_at_its_field_and_nothing_is_lost(cast: People) -> None:
    client = signed_in(cast.pilot)
    said = {"le": "2026-11-02", "naissance": "31/02/1990", "publics_B": ["RSA"]}
    response = client.post(address(cast.pilot, "participants", "eligibilite"), said)
    page = response.content.decode()
    assert response.status_code == 400
    assert "31/02/1990" in page
    assert "c-field__error" in page or "error" in page
    assert re.search(r'value="RSA"[^>]* checked', page)


def test_nothing_is_kept_and_no_justice_is_offered(cast: People) -> None:
    before = written()
    page = signed_in(cast.pilot).get(address(cast.pilot, "participants", "eligibilite")).content.decode()
    assert "main de justice" not in page
    answered(cast, publics_B=["RSA"])
    assert written() == before
