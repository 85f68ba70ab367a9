"""A prescriber proposes somebody, the structure sends back with a reason, the prescriber completes, it is accepted."""

from collections.abc import Callable

from tests.journeys.conftest import Running
from tests.journeys.main_job import NADIA, PLIE, TODAY, come
from tests.journeys.page import Journey

MISSION, ZOE = "mission-locale-des-rives-d-orselle", "zoe@mission.example"


def test_a_candidate_from_the_prescriber_to_the_participants(
    demonstration: Running, person: Callable[[str], Journey]
) -> None:
    zoe = come(person(demonstration.site), ZOE, MISSION)
    zoe.check("prescripteur-ma-journee")
    zoe.press("Proposer un candidat")
    zoe.title("Proposer un candidat")
    zoe.page.get_by_label("Structure", exact=True).select_option(label="PLIE du Val d'Orselle")
    zoe.fill(last_name="Okafor", first_name="Grâce", birth_date="2001-02-28", consent_on=f"{TODAY}")
    zoe.page.get_by_label("De vive voix").check()
    zoe.check("prescripteur-proposer")
    zoe.press("Proposer ce candidat")
    zoe.title("Okafor Grâce")

    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/orientations/")
    nadia.title("Orientations reçues")
    nadia.check("orientations-recues")
    nadia.page.get_by_role("link", name="Okafor Grâce").click()
    nadia.press("Renvoyer")
    nadia.fill(reason="Depuis quand est-elle inscrite à France Travail ?")
    nadia.press("Renvoyer")
    nadia.sees("Le prescripteur peut compléter")

    zoe.goto(f"/o/{MISSION}/")
    zoe.sees("à compléter")
    zoe.page.get_by_role("link", name="Okafor Grâce").click()
    zoe.sees("Depuis quand est-elle inscrite")
    zoe.press("Compléter")
    zoe.fill(opinion="Inscrite depuis mars 2025.")
    zoe.press("Renvoyer à la structure")
    zoe.sees("complétée")

    nadia.page.reload()
    nadia.press("Accepter")
    nadia.title("Accepter cette personne")
    nadia.check("orientation-accepter")
    nadia.press("Accepter et vérifier")
    nadia.title("Vérifier l'éligibilité")
    zoe.page.reload()
    zoe.sees("Acceptée")
    assert not zoe.said + nadia.said
