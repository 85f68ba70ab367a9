"""The pages of shared, split, credited and corrected hours, as the demonstration shows them: axe, 1280 and 360."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.conftest import Running
from tests.journeys.main_job import NADIA, PLIE, come
from tests.journeys.page import Journey
from tests.journeys.test_main_job import main_of


@pytest.fixture
def nadia(demonstration: Running, person: Callable[[str], Journey]) -> Journey:
    """The facilitator, at work."""
    return come(person(demonstration.site), NADIA, PLIE)


def found(nadia: Journey, words: str, name: str, place: str) -> None:
    """Open what the search finds."""
    nadia.goto(f"/o/{PLIE}/recherche/?q={words}")
    nadia.page.get_by_role("link", name=re.compile(name)).first.click()
    nadia.page.wait_for_url(f"**/{place}/**")


def follow(nadia: Journey, label: str, place: str) -> None:
    """Follow the first link whose name begins so."""
    nadia.page.get_by_role("link", name=re.compile(f"^{label}")).first.click()
    nadia.page.wait_for_url(re.compile(place))


def test_the_hours_of_a_year_by_structure(nadia: Journey) -> None:
    nadia.goto(f"/o/{PLIE}/heures/")
    follow(nadia, "Heures de l'année", "/heures/annee/")
    said = main_of(nadia)
    assert "Chaque heure est comptée une seule fois." in said
    assert "Maison de l'emploi" in said  # it reports the hours of a lot of the shared gymnase
    nadia.check("heures-annee")


def test_a_total_split_between_two_firms(nadia: Journey) -> None:
    found(nadia, "mehdi", "Mehdi", "participants")
    follow(nadia, "Répartir un total", "/repartition/")
    said = main_of(nadia)
    for told in ("Total déclaré 126 h", "Heures créditées 118 h", "Non créditées 8 h"):
        assert told in said, (told, said)
    nadia.check("repartition")


def test_who_reports_the_hours_of_a_shared_lot(nadia: Journey) -> None:
    found(nadia, "gymnase", "^Gymnase des Acacias", "engagements")
    follow(nadia, "Structure déclarante", "/structure-declarante/")
    nadia.check("structure-declarante")
    nadia.fill(from_month="13/2026", reason="Accord entre les deux structures.")
    nadia.page.locator("[name=structure]").select_option(index=1)
    nadia.page.get_by_role("button", name="Enregistrer le changement").click()
    nadia.page.locator(".c-errors").wait_for()
    nadia.check("structure-declarante-refusee")


def test_an_act_of_globalisation_used_up(nadia: Journey) -> None:
    found(nadia, "textile", "^Musée du Textile", "engagements")
    follow(nadia, "Créditer des heures", "/actes/")
    nadia.sees("Le plafond de l'acte est atteint")
    nadia.check("actes-heures")


def test_hours_without_names_corrected(nadia: Journey) -> None:
    nadia.goto(f"/o/{PLIE}/heures/?etat=validated&tri=-mois")
    nadia.page.get_by_role("link", name="Conditionnement de kits scolaires").first.click()
    nadia.page.wait_for_url(re.compile("/heures/[0-9a-f-]{36}/$"))
    nadia.check("releve-non-nominatif")
    follow(nadia, "Corriger", "/corriger/")
    nadia.check("non-nominatives-corriger")
