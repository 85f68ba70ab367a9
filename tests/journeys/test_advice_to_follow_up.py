"""From advice to follow-up in the browser: an accepted study becomes its contract, then the engagements of its lots."""

from collections.abc import Callable

from config.world.advising import LIBRARY
from tests.journeys.conftest import Running
from tests.journeys.main_job import NADIA, PLIE, come
from tests.journeys.page import Journey


def test_an_accepted_study_is_followed_to_its_engagements(
    demonstration: Running, person: Callable[[str], Journey]
) -> None:
    nadia = come(person(demonstration.site), NADIA, PLIE)
    nadia.goto(f"/o/{PLIE}/conseil/etudes/")
    nadia.page.get_by_role("link", name=LIBRARY).first.click()
    nadia.title(LIBRARY)
    nadia.check("etude-acceptee")
    study = nadia.page.url
    nadia.page.get_by_role("link", name="Créer le marché").click()
    nadia.press("Créer le marché")
    nadia.sees("Le marché est créé avec ses lots.")
    nadia.goto(study)
    nadia.page.get_by_role("link", name="Attribuer et engager").click()
    nadia.check("attribuer-et-engager")
    nadia.fill(firm_0="Bâtiments Ferrand", firm_1="Menuiseries Castan")
    nadia.press("Attribuer et engager")
    nadia.sees("les engagements d'insertion sont écrits")
    nadia.title(LIBRARY)
    for engaged in ("Lot 1 · Bâtiments Ferrand", "Lot 2 · Menuiseries Castan"):
        nadia.sees(engaged)
    nadia.check("marche-ne-d-une-etude")
