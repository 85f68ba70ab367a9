"""New counting rules and hours already validated: the page asks, lists, keeps what was typed; then corrects."""

from typing import Any

import pytest
from django.apps import apps

from tests.hats import as_owner
from tests.hours.builders import World
from tests.hours.test_operations_recounting import small as _small
from tests.web.browsing import html, signed_in
from tests.world import demonstration

pytestmark = pytest.mark.django_db
small = _small
CHANGED: dict[str, Any] = {
    "ett": "yes", "periodicity": "monthly", "due_day": "10", "penalty_multiplier": "2", "cdi_months": "3",
    "work_study": "", "training_cap": "", "validity_months": "", "expected_from": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def shown() -> None:
    demonstration()


def post(w: World, where: str, **data: Any) -> Any:
    return signed_in(w.pilot).post(f"/o/{w.pilot.slug}/{where}", data)


def test_the_change_asks_first_then_leads_to_the_correction(small: World) -> None:
    conditions = f"engagements/{small.commitment.uid}/conditions/"
    outside = f"engagements/{small.commitment.uid}/hors-des-regles/"
    asked = post(small, conditions, **CHANGED)
    page = asked.content.decode().replace("\u00a0", " ")
    assert asked.status_code == 400
    assert "100 h déjà validées ne sont pas dans ces règles" in page
    assert "jusqu&#x27;au 30 septembre 2026" in page
    assert "Ces heures validées" in page
    assert 'name="cdi_months" value="3"' in page
    done = post(small, conditions, **CHANGED, outside="correct", outside_reason="Avenant 2 du marché")
    assert (done.status_code, done["Location"]) == (302, f"/o/{small.pilot.slug}/{outside}")
    assert "Ramener ces lignes à zéro" in html(small.pilot, outside)
    assert "Un Jo" in html(small.pilot, "heures/hors-des-regles/")
    assert post(small, outside, reason="").status_code == 400
    assert post(small, outside, reason="CDI comptés trois mois").status_code == 302
    assert "Toutes les heures validées sont dans les règles" in html(small.pilot, outside)
    with as_owner():
        assert apps.get_model("hours.HoursLine").objects.get(corrects__isnull=False).hours == -100


def test_the_rules_of_the_structure_ask_too(small: World) -> None:
    asked = post(small, "structure/regles-par-defaut/", **CHANGED)
    assert asked.status_code == 400
    assert "ne sont pas dans ces règles" in asked.content.decode()
    kept = post(small, "structure/regles-par-defaut/", **CHANGED, outside="keep", outside_reason="Marché ancien")
    assert kept["Location"].endswith("/structure/regles-par-defaut/")
    assert "100\u00a0h" in html(small.pilot, "heures/hors-des-regles/")


def test_only_those_who_validate_read_and_correct(small: World) -> None:
    for who in (small.firm, small.buyer):
        where = f"/o/{who.slug}/engagements/{small.commitment.uid}/hors-des-regles/"
        assert signed_in(who).get(where).status_code == 403
        assert signed_in(who).get(f"/o/{who.slug}/heures/hors-des-regles/").status_code == 403
