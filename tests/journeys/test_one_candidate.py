"""One candidate from the proposal to the erasure: prescriber, facilitator, firm and buyer, each on their own side."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

from playwright.sync_api import expect

from tests.journeys.conftest import Running
from tests.journeys.main_job import FERRAND, INES, MARC, METROPOLE, NADIA, PLIE, TODAY, come, uid_of
from tests.journeys.page import Journey

ZOE, MISSION = "zoe@mission.example", "mission-locale-des-rives-d-orselle"
HELENE = "helene@plie.example"
NAME, LAST = "Maëlys Trévidic", "Trévidic"
BORN = "2002-02-28"
OPINION = "Souhaite reprendre un métier du bâtiment, mobile à vélo."


def proposes(zoe: Journey) -> str:
    """The prescriber tells who, with the agreement of the person; returns the uid of the referral."""
    zoe.goto(f"/o/{MISSION}/candidats/nouveau/")
    zoe.page.locator("[name=structure]").select_option(label="PLIE du Val d'Orselle")
    zoe.fill(last_name=LAST, first_name="Maëlys", birth_date=BORN, commune_name="Port-Orselle", opinion=OPINION)
    zoe.page.locator("[name=consent_means]").first.check()
    zoe.fill(consent_on=f"{TODAY}")
    zoe.page.get_by_label(re.compile("Demandeur d'emploi de longue durée")).check()
    zoe.check("candidat-propose")
    zoe.press("Proposer ce candidat")
    zoe.sees(NAME)
    return uid_of(zoe.page.url)


def is_taken_in(nadia: Journey, referral: str) -> str:
    """The facilitator accepts, looks at the situations told, decides; returns the uid of the person."""
    nadia.goto(f"/o/{PLIE}/orientations/{referral}/")
    nadia.sees(OPINION)
    nadia.check("orientation")
    nadia.page.locator("a[href$='/accepter/']").first.click()
    nadia.press("Accepter et vérifier")
    nadia.title("Vérifier l'éligibilité")
    person = uid_of(nadia.page.url)
    nadia.goto(f"/o/{PLIE}/participants/{person}/")
    nadia.press("Je m'en occupe : en vérification")
    nadia.sees("La vérification est commencée")
    nadia.press("Vérifier l'éligibilité")
    nadia.page.locator("[name=category]").select_option("DELD")
    nadia.fill(evidence_on=f"{TODAY - timedelta(days=25)}")
    nadia.page.get_by_text("décision d'un autre jour").click()
    nadia.fill(decided_on=f"{TODAY - timedelta(days=20)}")
    nadia.check("candidat-verification")
    nadia.press("Valider : éligible")
    nadia.sees("La décision est enregistrée.")
    return person


def is_hired(nadia: Journey) -> None:
    """On the engagement of a firm of the demonstration."""
    nadia.press("Mettre à l'emploi")
    options = nadia.page.locator("[name=commitment] option")
    chosen = options.filter(has_text="Bâtiments Ferrand").first.get_attribute("value") or ""
    nadia.page.locator("[name=commitment]").select_option(chosen)
    nadia.fill(job="Aide-maçonne", starts_on=f"{TODAY - timedelta(days=15)}", ends_on=f"{TODAY - timedelta(days=1)}")
    nadia.press("Mettre à l'emploi")
    nadia.sees("enregistrée")
    nadia.check("candidat-au-travail")


def leaves_no_trace(demonstration: Running, referral: str, person: str) -> None:
    """What is kept of the acts names them by their numbers, and the person by nothing."""
    demonstration.installation.run_jobs()
    traces = demonstration.installation.traces()
    assert referral in traces["journal_event"]
    assert person in traces["journal_reading"]
    assert traces["log"]
    for where, said in traces.items():
        for secret in (LAST, quote(LAST), OPINION, BORN, "28/02/2002"):
            assert secret not in said, (where, secret)


def test_from_the_proposal_to_the_erasure(
    demonstration: Running, person: Callable[[str], Journey]
) -> None:
    zoe = come(person(demonstration.site), ZOE, MISSION)
    referral = proposes(zoe)
    nadia = come(person(demonstration.site), NADIA, PLIE)
    uid = is_taken_in(nadia, referral)
    is_hired(nadia)

    zoe.goto(f"/o/{MISSION}/orientations/{referral}/")
    zoe.sees("Acceptée")
    zoe.check("candidat-suivi")

    ines = come(person(demonstration.site), INES, FERRAND)
    ines.goto(f"/o/{FERRAND}/participants/{uid}/")
    ines.sees(NAME)
    said = ines.page.locator("main").inner_text()
    for secret in (OPINION, "longue durée", "Mission locale", "2002", "Port-Orselle"):
        assert secret not in said, secret
    ines.check("candidat-entreprise")

    marc = come(person(demonstration.site), MARC, METROPOLE)
    assert marc.page.request.get(f"{marc.site}/o/{METROPOLE}/participants/{uid}/").status in (403, 404)
    marc.goto(f"/o/{METROPOLE}/recherche/?q={LAST}")
    assert NAME not in marc.page.locator("main").inner_text()

    helene = come(person(demonstration.site), HELENE, PLIE)
    helene.goto(f"/o/{PLIE}/participants/{uid}/")
    helene.press("Effacer les données")
    helene.check("candidat-effacer")
    helene.fill(typed_name=NAME)
    helene.page.locator("[name=sure]").check()
    helene.press("Effacer définitivement")
    helene.sees("Les données de cette personne sont effacées.")
    for one, slug, where in (
        (zoe, MISSION, f"orientations/{referral}/"), (nadia, PLIE, f"orientations/{referral}/"),
        (ines, FERRAND, "participants/"), (nadia, PLIE, f"recherche/?q={LAST}"),
    ):  # fmt: skip
        one.goto(f"/o/{slug}/{where}")
        expect(one.page.get_by_role("heading", level=1)).to_be_visible()
        assert NAME not in one.page.locator("main").inner_text(), (slug, where)
    leaves_no_trace(demonstration, referral, uid)
    for one in (zoe, nadia, ines, marc, helene):
        assert one.said == []
