"""« Marchés » of a firm, of an employer, of a buyer: hours of their own, nobody else's, no name."""

import re
from datetime import date
from decimal import Decimal

import pytest

from clausette.hours.operations import Entry, submit_statement
from clausette.kernel.actor import Actor
from tests.agenda.builders import AT, filled
from tests.hats import TODAY, acting
from tests.hours.builders import NOV, World, commitment, contract, party, worker
from tests.web.browsing import html
from tests.world import body, demonstration, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    """The small world, and on the same contract the lot of another firm: 500 h."""
    demonstration()
    w = filled()
    other = member(body("Menuiseries du Val", "contractor"), "leo@val.example")
    party(w.contract, other, "contractor")
    commitment(w.contract, other, 500)
    elsewhere = contract(w.pilot, w.buyer, "Crèche des Tilleuls")
    party(elsewhere, other, "contractor")
    commitment(elsewhere, other, 70)
    return w


def figures(who: Actor) -> dict[str, list[str]]:
    """The cells of each line of « Marchés », by contract."""
    page = html(who, "marches/")
    assert "Lemaire" not in page
    assert "Diallo" not in page
    found = {}
    for line in re.findall(r'<tr role="row">(<th scope="row".*?)</tr>', page, re.DOTALL):
        cells = [
            re.sub(r"<[^>]+>|\s+", " ", cell).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", line, re.DOTALL)
        ]
        found[cells[0]] = [re.sub(r"\s+", " ", cell) for cell in cells[2:6]]
    return found


def test_a_titulaire_reads_what_it_owes_and_nothing_of_the_others(w: World) -> None:
    assert figures(w.firm) == {"Gymnase des Acacias": ["833 h", "221,5 h", "140 h", "693 h"]}
    assert "Menuiseries du Val" not in html(w.firm, "marches/")


def test_an_employer_owes_nothing_and_reads_the_hours_it_knows(w: World) -> None:
    (cells,) = figures(w.etti).values()
    assert (cells[0], cells[3]) == ("– non renseigné", "– non renseigné")
    assert "140" not in cells[2]


def test_an_employer_reads_no_remainder_anywhere(w: World) -> None:
    """Of 833 h, 140 are validated by the titulaire: to who only works there, 833 left would be false."""
    pages = {
        f"engagements/{w.commitment.uid}/": ("restant à réaliser", "sans relevé"),
        f"marches/{w.contract.uid}/": ("c-gauge",),
        "recherche/?q=gymnase": ("il reste 8", "en difficulté"),
    }
    for path, words in pages.items():
        theirs, owed = html(w.etti, path), html(w.firm, path)
        assert not any(word in theirs for word in words), path
        assert "693\u00a0h" in owed, path
    assert "les heures que votre organisme déclare" in html(w.etti, f"engagements/{w.commitment.uid}/")
    assert "les heures que votre organisme déclare" not in html(w.firm, f"engagements/{w.commitment.uid}/")
    assert "Vos heures seules" in html(w.etti, f"marches/{w.contract.uid}/")
    assert "vos heures : 0\u00a0h validées" in html(w.etti, "recherche/?q=gymnase")


def test_a_buyer_reads_the_sums_of_his_contracts(w: World) -> None:
    found = figures(w.buyer)
    assert found["Gymnase des Acacias"] == ["1 333 h", "221,5 h", "140 h", "1 193 h"]
    assert found["Crèche des Tilleuls"] == ["70 h", "0 h", "0 h", "70 h"]


def test_who_follows_nothing_reads_nothing(w: World) -> None:
    assert figures(w.stranger) == {}


def test_hours_hors_clause_are_not_beside_the_hours_due(w: World) -> None:
    free = commitment(w.contract, w.firm, hours=0, start=date(2026, 8, 1), kind="voluntary")
    who = worker(w.pilot, free, "Awa", "Cissé", host=w.firm)
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, NOV, Entry(who.uid, free.uid, Decimal(20)))
        submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
    assert figures(w.firm)["Gymnase des Acacias"] == ["833 h", "221,5 h", "140 h", "693 h"]
    assert "nature=clause" in html(w.firm, "marches/")
