"""The simulation of the heures non réalisées: its figure, its refusals, who reads it."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from clausette.commitments.operations import change_conditions
from clausette.hours.operations import submit_statement, validate_statement
from tests.hats import TODAY, acting, noon
from tests.hours.builders import World, worker, world
from tests.web.contracts_world import MARK, Browser
from tests.world import demonstration

pytestmark = [pytest.mark.django_db, pytest.mark.urls(MARK)]
JULY, AFTER_JULY = date(2026, 7, 1), "?au=2026-08-15"


@pytest.fixture
def hours() -> World:
    demonstration()
    return world()


def _path(w: World, query: str = AFTER_JULY) -> str:
    return f"engagements/{w.commitment.uid}/simulation/{query}"


def _july(w: World, *, validated: bool = True) -> UUID:
    """700 h in July, by five people, handed over and validated."""
    names = (("Lina", "Petit"), ("Omar", "Benali"), ("Rose", "Faure"))
    placed = [w.lemaire, w.diallo, *(worker(w.pilot, w.commitment, *name, host=w.firm) for name in names)]
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, JULY, *(w.entry(one, "140") for one in placed))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=noon(TODAY), on=TODAY)
        if validated:
            ref = validate_statement(
                actor=pilot, uid=ref.uid, version=ref.version, justifications={"W104": "Feuilles vues."},
                at=noon(TODAY), on=date(2026, 8, 5),
            )  # fmt: skip
        return ref.uid


def test_833_due_700_validated_cost_3197_32(hours: World) -> None:
    _july(hours)
    page = Browser(hours.pilot).get(_path(hours))
    assert page.status == 200
    for shown in ("3 197,32 €", "pénalité encourue", "133 h", "133 h × 2 × 12,02 € = 3 197,32 €", "833 h", "700 h"):
        assert shown in page.text


def test_the_multiple_may_be_changed(hours: World) -> None:
    _july(hours)
    assert "1 598,66 €" in Browser(hours.pilot).get(_path(hours, f"{AFTER_JULY}&k=1")).text


@pytest.mark.parametrize("query", ["&k=abc", "&k=-1", "&smic=0", "&k=1e9"])
def test_absurd_values_are_refused(hours: World, query: str) -> None:
    _july(hours)
    page = Browser(hours.pilot).get(_path(hours, AFTER_JULY + query))
    assert page.status == 200
    assert "Corrigez les valeurs de la simulation." in page.text
    assert "pénalité encourue" not in page.text


def test_refused_while_a_month_is_missing(hours: World) -> None:
    page = Browser(hours.pilot).get(_path(hours))
    assert "La simulation attend un suivi complet : 1 mois sans relevé." in page.text
    assert "juillet 2026" in page.text
    assert "pénalité encourue" not in page.text


def test_a_follow_up_begun_late_is_said_beside_the_figure(hours: World) -> None:
    with acting(hours.pilot) as actor:
        change_conditions(actor=actor, uid=hours.commitment.uid, expected_from=date(2026, 8, 1))
    page = Browser(hours.pilot).get(_path(hours))
    assert "Le suivi commence en août 2026 : les heures d'avant ne comptent ici que si" in page.text
    assert "pénalité encourue" in page.text


def test_refused_while_a_month_is_pending(hours: World) -> None:
    _july(hours, validated=False)
    assert "La simulation attend un suivi complet : 1 mois à valider." in Browser(hours.pilot).get(_path(hours)).text


def test_the_buyer_reads_it_the_firm_does_not(hours: World) -> None:
    _july(hours)
    assert "3 197,32 €" in Browser(hours.buyer).get(_path(hours)).text
    assert Browser(hours.firm).get(_path(hours)).status == 403
    strange = Browser(hours.stranger)
    assert strange.get(_path(hours)).status == 404
    assert strange.get(f"engagements/{uuid4()}/simulation/").status == 404
    assert Browser(hours.pilot).post(_path(hours)).status == 405


@pytest.mark.parametrize("day", ["2001-01-01", "hier", "2026-02-31", "9999-12-31"])
def test_an_absurd_day_is_today(hours: World, day: str) -> None:
    page = Browser(hours.pilot).get(_path(hours, f"?au={day}"))
    assert page.status == 200
    assert "12,02 €" in page.text
