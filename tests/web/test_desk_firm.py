"""The first page of a firm: what it owes, what to declare, what the facilitator said."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.hours.models import HoursLine, UnlistedPerson
from clausette.hours.operations import LATE, Reserve, refuse_unlisted, submit_statement, validate_statement
from clausette.hours.operations.naming import name_unlisted
from clausette.hours.rules.unlisted import NewUnlisted
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


def test_somebody_not_in_the_list_who_was_not_retained(w: World) -> None:
    reason = "Cette personne n'a pas été orientée."
    with acting(w.firm) as firm:
        ref = w.save(firm, AUGUST, w.entry(w.lemaire, "120"))
        zoe = NewUnlisted("Martin", "Zoé", Decimal(12))
        uid = name_unlisted(actor=firm, statement_uid=ref.uid, person=zoe, on=TODAY)
    with as_owner():
        one = UnlistedPerson.objects.get()
    assert uid == one.uid
    assert "personne hors liste" not in said(html(w.firm, ""))
    with acting(w.firm) as firm:
        submit_statement(actor=firm, uid=ref.uid, version=None, at=noon(TODAY), on=TODAY)
    with acting(w.pilot) as pilot:
        refuse_unlisted(actor=pilot, uid=uid, reason=reason, at=noon(TODAY))
    page = said(html(w.firm, "")).replace("&#x27;", "'").replace("\u202f", " ")
    assert "août 2026 : 12 h d'une personne hors liste, non retenues" in page
    assert reason in page
    assert "Zoé" not in page, "her name is on the statement only"
