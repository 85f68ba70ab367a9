"""One's own account, and what the demonstration shows, page by page."""

import re
from collections.abc import Callable

import pytest

from clausette.access.demonstration import PASSWORD
from tests.journeys.conftest import Running
from tests.journeys.page import Journey

CAST = """
from datetime import date
from clausette.access.enums import BodyKind, Capability, MemberRole
from clausette.access.install import declare_demonstration, install_organisation, make_account, seat
from clausette.access.models import Organisation
from clausette.access.demonstration import PASSWORD
for name, can, email, person in (
    ("PLIE du Pays d'Ouche", Capability.FACILITATOR, "nadia@ouche.example", "Nadia Berger"),
    ("Bâti Ouche", Capability.CONTRACTOR, "chef@bati.example", "Paul Leduc"),
    ("GEIQ du Lys", Capability.EMPLOYER, "lea@geiq.example", "Léa Moreau"),
):
    body = install_organisation(name=name, body_kind=BodyKind.OTHER, capabilities=frozenset({can}))
    place = Organisation.objects.get(pk=body.organisation_id)
    number = make_account(email=email, full_name=person, password=PASSWORD)
    seat(account_id=number, organisation=place.uid, role=MemberRole.ADMIN, on=date(2026, 1, 1))
    if email.startswith("lea"):
        other = Organisation.objects.get(slug="bati-ouche")
        seat(account_id=number, organisation=other.uid, role=MemberRole.MEMBER, on=date(2026, 1, 1))
declare_demonstration(as_of=date(2026, 11, 22), seed=1)
"""


@pytest.fixture(scope="module")
def small_demonstration(empty: Running) -> Running:
    """Three bodies and three people are enough for the pages of accounts."""
    empty.installation.manage("shell", "--verbosity", "0", "-c", CAST, CLAUSETTE_ROLE="owner")
    return empty


def test_the_demonstration_opens_with_one_click(
    small_demonstration: Running, person: Callable[[str], Journey]
) -> None:
    visitor = person(small_demonstration.site)
    visitor.goto("/")
    visitor.sees("Démonstration.")
    visitor.press("Se connecter")
    visitor.check("connexion-demonstration")
    visitor.page.get_by_role("link", name="Léa Moreau").first.click()
    visitor.press("Se connecter")
    visitor.title("Choisir une structure")
    visitor.check("choisir")
    visitor.page.get_by_role("link", name="GEIQ du Lys").click()
    visitor.page.wait_for_url("**/o/geiq-du-lys/")
    visitor.goto("/compte/")
    visitor.check("mon-compte-deux-structures")


def test_one_s_own_pages(small_demonstration: Running, person: Callable[[str], Journey]) -> None:
    paul = person(small_demonstration.site)
    paul.sign_in("chef@bati.example", PASSWORD)
    paul.goto("/compte/")
    paul.title("Mon compte")
    paul.check("mon-compte")
    paul.goto("/compte/second-facteur/")
    paul.check("second-facteur-demonstration")
    paul.goto("/compte/sessions/")
    paul.sees("ce navigateur")
    paul.check("connexions")
    paul.goto("/compte/mot-de-passe/")
    paul.check("mot-de-passe")
    paul.goto("/compte/courriel/")
    paul.check("adresse")
    paul.fill(email="paul@bati.example", current=PASSWORD)
    paul.press("Envoyer le lien")
    paul.title("Ouvrez le courriel reçu")
    paul.check("adresse-envoyee")
    small_demonstration.installation.run_jobs()
    paul.goto("/demonstration/courriels/")
    paul.check("courriels")
    paul.page.get_by_role("link", name="Confirmer votre nouvelle adresse").click()
    paul.title("Confirmer votre nouvelle adresse")
    paul.check("courriel")
    paul.page.locator("main a", has_text=re.compile("/compte/courriel/")).click()
    paul.check("adresse-confirmer")
    paul.press("Confirmer cette adresse")
    paul.sees("Vous vous connectez désormais avec paul@bati.example.")
    paul.press("Se déconnecter")
    paul.sees("Vous êtes déconnecté.")


def test_a_forgotten_password(small_demonstration: Running, person: Callable[[str], Journey]) -> None:
    nadia = person(small_demonstration.site)
    nadia.goto("/compte/connexion/")
    nadia.press("Mot de passe oublié ?")
    nadia.check("oublie")
    nadia.fill(email="nadia@ouche.example")
    nadia.press("Recevoir le lien")
    nadia.title("Regardez vos courriels")
    nadia.check("oublie-envoye")
    small_demonstration.installation.run_jobs()
    letter = next(one for one in small_demonstration.installation.letters() if "nouveau mot de passe" in one)
    path = re.search(r"http://\S+?(/compte/mot-de-passe/\S+)", letter)
    assert path
    nadia.goto(path[1])
    nadia.check("nouveau-mot-de-passe")
    nadia.fill(password="cinq merles sur le toit", again="cinq merles sur le toit")
    nadia.press("Enregistrer ce mot de passe")
    nadia.sees("Votre nouveau mot de passe est enregistré.")
    nadia.goto(path[1])
    nadia.title("Ce lien n'est plus valable")
    nadia.check("lien-perdu")
    nadia.sign_in("nadia@ouche.example", "cinq merles sur le toit")
    nadia.page.wait_for_url("**/o/plie-du-pays-d-ouche/")


def test_what_was_typed_survives_the_end_of_the_session(
    small_demonstration: Running, person: Callable[[str], Journey]
) -> None:
    lea = person(small_demonstration.site)
    lea.sign_in("lea@geiq.example", PASSWORD)
    lea.title("Choisir une structure")
    lea.goto("/o/geiq-du-lys/structure/inviter/")
    lea.fill(email="collegue@geiq.example", full_name="Awa Traoré")
    small_demonstration.installation.fall_asleep()
    lea.press("Envoyer l'invitation")
    lea.title("Se connecter")
    lea.fill(email="lea@geiq.example", password=PASSWORD)
    lea.press("Se connecter")
    lea.title("Votre saisie vous attend")
    lea.check("reprise")
    lea.press("Envoyer ma saisie")
    lea.sees("L'invitation part par courriel")
    lea.sees("collegue@geiq.example")
