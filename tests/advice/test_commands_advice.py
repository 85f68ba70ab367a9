"""`manage obligation` and `manage calibrate`: one line, one answer; a bad line stops nothing."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

SERVICES = {"buyer_kind": "local", "nature": "services", "value": 216000, "engaged_on": "2026-08-21"}
MILLION = {"amount": 1_000_000, "labour_share": 0.5, "insertion_rate": 0.05, "hourly_cost": 30}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(command: str, *lines: object) -> list[dict[str, Any]]:
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        out = StringIO()
        monkeypatch.setattr("sys.stdin", StringIO(text))
        call_command(command, stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return run


def test_the_test_of_the_social_condition(told: Any) -> None:
    due, before, below = told(
        "obligation", SERVICES, {**SERVICES, "engaged_on": "2026-08-20"}, {**SERVICES, "value": 215999.99}
    )
    assert (due["ok"], due["verdict"], due["threshold"]) == (True, "mandatory", 216000)
    assert due["article"] == "article L2112-2-1 (Code de la commande publique)"
    assert [(one["code"], one["usable"]) for one in due["motives"]] == [
        ("available_solution", True), ("no_link", True), ("competition", True), ("short_works", False),
    ]  # fmt: skip
    assert (due["threshold_from"], due["threshold_to"]) == ("2026-01-01", "2027-12-31")
    assert (before["verdict"], before["motives"]) == ("optional", [])
    assert below["verdict"] == "optional"


def test_flags_and_concessions(told: Any) -> None:
    concession, defence, both = told(
        "obligation",
        {**SERVICES, "value": "5 404 000 €", "concession": True},
        {**SERVICES, "value": 10_000_000, "defence": True},
        {**SERVICES, "value": 10_000_000, "defence": True, "concession": True},
    )
    assert (concession["verdict"], len(concession["motives"])) == ("mandatory", 2)
    assert (defence["verdict"], defence["article"]) == (
        "optional", "article L2312-1-1 (Code de la commande publique)",
    )  # fmt: skip
    assert both["verdict"] == "not_applicable"


def test_a_bad_line_is_told_by_field_and_the_others_are_answered(told: Any) -> None:
    found = told(
        "obligation",
        "{",
        [1],
        {},
        "",
        {**SERVICES, "nature": "travaux", "value": True, "engaged_on": "21/13/2026", "defence": "oui", "x": 1},
        {**SERVICES, "value": -1},
        '{"buyer_kind": "local", "nature": "services", "value": NaN, "engaged_on": "2026-08-21"}',
        '{"buyer_kind": "local", "nature": "services", "value": 1e999999, "engaged_on": "2026-08-21"}',
        {**SERVICES, "id": "last"},
    )
    assert [one["ok"] for one in found] == [False] * 7 + [True]
    assert found[0]["errors"] == {"": "Ligne 1 : ce n'est pas du JSON."}
    assert found[1]["errors"] == {"": "Ligne 2 : un objet est attendu, entre accolades."}
    assert found[2]["errors"] == {
        "buyer_kind": "Dites qui achète.",
        "nature": "Dites la nature de l'achat.",
        "value": "Donnez la valeur estimée HT.",
        "engaged_on": "Donnez le jour où la consultation est engagée.",
    }
    assert found[3]["errors"] == {
        "x": "Champ inconnu.",
        "nature": "Écrivez un de ces mots : works, services, supplies.",
        "value": "Écrivez un nombre.",
        "engaged_on": "Le mois va de 1 à 12.",
        "defence": "Écrivez true ou false.",
    }
    assert found[4]["errors"] == {"value": "La valeur estimée ne peut pas être négative."}
    assert found[6]["errors"] == {"value": "Ce nombre est trop grand ou trop petit."}
    assert found[7]["id"] == "last"


def test_the_public_examples(told: Any) -> None:
    lot, up, cleaning, per_100k, inverse, cost = told(
        "calibrate",
        {"method": "lot", **MILLION},
        {**MILLION, "rounding": "up", "labour_share": "50 %"},
        {"method": "cleaning", "amount": 360000, "months": 36, "monthly_hours": 200, "insertion_rate": 0.05},
        {"method": "per_100k", "labour_share": 0.5, "insertion_rate": 0.05, "hourly_cost": 35},
        {"method": "inverse", "amount": 1_000_000, "labour_share": 0.5, "hourly_cost": 30, "hours": 833},
        {"method": "cost", "hours": 360, "hourly_cost": 22},
    )
    assert (lot["hours"], lot["raw"], lot["labour_hours"], lot["cost"]) == (833, 833.33, 16666.67, 24990)
    assert lot["equivalents"]["person_months"] == 5.5
    assert up["hours"] == 834
    assert (cleaning["potential"], cleaning["hours"]) == (0.5, 360)
    assert (per_100k["hours"], per_100k["per_100k"], per_100k["equivalents"]) == (71.4, 71.4, None)
    assert (inverse["insertion_rate"], cost["cost"]) == (0.05, 7920)
    assert {one["rule_version"] for one in (lot, cleaning, per_100k, inverse, cost)} == {"calcul-2026.1"}


def test_the_trade_gives_what_was_not_typed_and_says_so(told: Any) -> None:
    asked = {"amount": 180_000, "insertion_rate": 0.1}
    painting, weak, several, none, both = told(
        "calibrate",
        {**asked, "cpv": "45442100-8"},
        {**asked, "trade": "electricity"},
        {**asked, "cpv": "45421000"},
        {**asked, "cpv": "33000000"},
        {**asked, "trade": "supplies"},
    )
    assert painting["hours"] == 360
    assert len(painting["proposed"]) == 2
    assert "Usage, confiance faible (valeur indicative)." in weak["proposed"][0]
    assert several["errors"] == {
        "cpv": "Plusieurs métiers répondent à ce code : donnez trade, « outer_joinery » ou « inner_joinery »."
    }
    assert list(none["errors"]) == ["labour_share", "hourly_cost"]
    assert "une clause n'a pas d'objet" in both["errors"]["labour_share"]


def test_a_percentage_written_as_a_number_is_refused_not_guessed(told: Any) -> None:
    (found,) = told("calibrate", {**MILLION, "labour_share": 50})
    assert found["errors"] == {"labour_share": 'Une part va de 0 à 1 : 0.5 pour 50 %, ou le texte "50 %".'}
