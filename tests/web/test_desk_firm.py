"""The first page of a firm: what it owes, what to declare, what the facilitator said."""

from datetime import date

import pytest

from clausette.hours.models import HoursLine
from clausette.hours.operations import LATE, Reserve, submit_statement, validate_statement
from clausette.kernel.text import collapse
from tests.agenda.builders import filled
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World
from tests.web.browsing import html
from tests.world import demonstration

AUGUST = date(2026, 8, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    demonstration()
    return filled()


def said(page: str) -> str:
    """The page on one line, ordinary spaces."""
    return collapse(page.replace("\u00a0", " "))


def test_what_is_owed_in_one_sentence_and_the_oldest_month_first(w: World) -> None:
    page = said(html(w.firm, ""))
    assert "Vous devez 833 h : 140 h validées, 2 déclarations en retard." in page
    assert page.index("</strong> · juillet 2026") < page.index("</strong> · août 2026")


def test_what_the_facilitator_did_not_retain_and_what_waits_for_a_piece(w: World) -> None:
    with acting(w.pilot) as pilot:
        entries = w.entry(w.lemaire, "120"), w.entry(w.diallo, "35")
        ref = w.save(pilot, AUGUST, *entries)
        submit_statement(actor=pilot, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
        with as_owner():
            lines = {row.placement_id: row.uid for row in HoursLine.objects.filter(statement__uid=ref.uid)}
        validate_statement(
            actor=pilot, uid=ref.uid, version=None, justifications=dict.fromkeys(("W104", "W107", LATE), "Vu."),
            refusals={lines[w.lemaire.pk]: "Feuille d'heures illisible."},
            reserves={lines[w.diallo.pk]: Reserve(date(2026, 12, 31), "Relevé à signer.")}, at=noon(TODAY), on=TODAY,
        )  # fmt: skip
    page = said(html(w.firm, ""))
    assert "août 2026 : 120 h non retenues" in page
    assert "Motif : Feuille d&#x27;heures illisible." in page
    assert "Pièce attendue avant le 31 décembre 2026. Motif : Relevé à signer." in page
    assert "illisible" not in html(w.etti, "")
