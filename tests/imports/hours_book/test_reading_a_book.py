"""Bad input: each fault is told at its line and column, in French; the others are controlled all the same."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausette.imports.hours_book.checking import Checked, check_book, check_sheets
from clausette.imports.hours_book.sheets import PLANS
from clausette.imports.hours_book.telling import tell, tell_summary
from clausette.imports.takeover.reading import RawBook
from tests.imports.hours_book.stories import OUTSIDE, Rows, Story, book_of, checked_of, written

NIR = "1 85 05 78 006 084 91"


def sheets(**stories: Story) -> dict[str, Rows]:
    return written(stories or {"a": Story()})


def told(checked: Checked) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tell(checked)]


def places(checked: Checked) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, one.line, one.code, one.column) for one in checked.remarks]


@pytest.mark.parametrize(
    ("label", "value", "code", "column"),
    [
        ("Mois", "13/2026", "E201", "D"), ("Mois", "", "E202", "D"), ("Heures", "beaucoup", "E201", "E"),
        ("Heures", "#REF!", "E201", "E"), ("Nature", "pause", "E201", "F"), ("Total du mois", "-3", "E201", "G"),
        ("Pièce remise le", "31/02/2026", "E201", "I"), ("Déclarant", "x" * 81, "E201", "A"),
        ("Pièce", NIR, "E203", "H"), ("Engagement", "un autre", "E224", "C"), ("Corrige", 9, "E225", "J"),
        ("Contrat de travail", "un autre", "E208", "B"),
    ],
)  # fmt: skip
def test_a_cell_of_a_line_that_cannot_be_read(label: str, value: Any, code: str, column: str) -> None:
    rows = sheets(a=Story(lines=[{"Heures": 900}, {"Heures": 900, "Mois": "2026-09"}]))
    rows["Heures"][0][label] = value
    checked = checked_of(rows)
    assert places(checked) == [("Heures", 2, code, column)]
    said = told(checked)
    assert (said[0]["line"], said[0]["code"], said[0]["column"]) == (2, code, column)
    assert {one["line"] for one in said[1:]} == {3}, "the line is not examined further, the next one is"
    assert "sheet" not in said[0]
    assert NIR not in json.dumps(said)


@pytest.mark.parametrize(
    ("sheet", "label", "value", "code", "then"),
    [
        ("Engagements", "Intérim classique", "peut-être", "E201", ["E219"]),
        ("Engagements", "Publics admis", "RSA ; martiens", "E201", ["E219"]),
        ("Engagements", "Contrôles éteints", "E999", "E201", ["E219"]),
        ("Engagements", "Suspendu au", "2026-05-01", "E202", ["E219"]),
        ("Engagements", "Au", "2025-01-01", "E210", ["E219"]),
        ("Personnes", "Naissance", "avant", "E201", ["E219", "E219"]),
        ("Personnes", "Personne", NIR, "E203", ["E206", "E219"]),
        ("Contrats de travail", "Fin", "2020-01-01", "E210", ["E219"]),
        ("Contrats de travail", "Nature du contrat", "CNE", "E201", ["E219"]),
        ("Contrats de travail", "Personne", "", "E202", ["E219"]),
        ("Règles", "Règle", "Report du surplus", "E201", ["E219"]),
        ("Règles", "Ces heures comptent", "", "E202", ["E219"]),
        ("Règles", "Part des heures dues au plus", "20", "E201", ["E219"]),
        ("Règles", "Heures au plus, en tout", "0", "E201", ["E219"]),
        ("Règles", "Jours jusqu'à l'embauche", "366", "E201", ["E219"]),
        ("Règles", "Contrôle", "W104", "E201", ["E219"]),
        ("Règles", "Contrôle", "E999", "E201", ["E219"]),
        ("Règles", "Engagement", "un autre", "E224", []),
        ("Suspensions", "Au", "2025-01-01", "E210", ["E219"]),
        ("Parties", "Du", "bientôt", "E201", ["E219"]),
        ("Contrôle", "Contrôlé le", "demain", "E201", []),
        ("Contrôle", "Contrôlé le", "1950-01-01", "E201", []),
    ],
)
def test_what_depends_on_a_fault_is_told_and_not_examined(
    sheet: str, label: str, value: str, code: str, then: list[str]
) -> None:
    surrounded = Story(
        rules=[{"Règle": "Formation avant l'embauche"}], pauses=[{"Du": "2027-05-01"}],
        parts=[{"Du": "2026-01-01", "Affermie": "oui"}],
    )
    rows = sheets(a=surrounded if sheet in ("Règles", "Suspensions", "Parties") else Story())
    rows[sheet][0][label] = value
    checked = checked_of(rows)
    assert (checked.remarks[0].sheet, checked.remarks[0].line, checked.remarks[0].code) == (sheet, 2, code)
    assert [one.code for one in checked.remarks[1:]] == then
    assert checked.findings == {}
    assert told(checked)[0]["sheet"] == sheet
    assert checked.lines == 1


def test_a_rule_said_twice_from_the_same_day_holds_once_and_two_different_ones_do_not() -> None:
    rule = {"Règle": "Formation avant l'embauche", "Heures au plus, en tout": 100}
    twice = checked_of(sheets(a=Story(rules=[rule, rule, rule | {"À partir du": "2026-09-01"}])))
    assert places(twice) == [("Règles", 3, "W201", "B")]
    other = checked_of(sheets(a=Story(rules=[rule, rule | {"Heures au plus, en tout": 200}])))
    assert places(other) == [("Règles", 3, "E220", "B"), ("Heures", 2, "E219", "C")]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({}, [("E202", "K"), ("E202", "L")]),
        ({"Formation du": "2026-01-05"}, [("E202", "L")]),
        ({"Formation du": "2026-01-05", "Formation au": "2026-01-04"}, [("E210", "L")]),
    ],
)
def test_a_training_before_hiring_has_its_dates_save_on_a_line_known_already(
    dates: dict[str, str], said: list[tuple[str, str]]
) -> None:
    line = {"Nature": "Formation avant l'embauche", **dates}
    checked = checked_of(sheets(a=Story(lines=[line, {"Mois": "2026-09"}], known=[line])))
    assert [(one.code, one.column) for one in checked.remarks] == said
    assert (checked.lines, int(checked.hours)) == (2, 100)


def test_a_reference_twice_is_read_once_when_its_lines_are_the_same() -> None:
    rows = sheets()
    rows["Personnes"] *= 2
    assert places(checked_of(rows)) == [("Personnes", 3, "W201", "A")]
    rows["Personnes"][1] = rows["Personnes"][0] | {"Public retenu": "DELD"}
    assert [one.code for one in checked_of(rows).remarks] == ["E220", "E219", "E219"]


def test_absent_sheets_are_empty_ones_and_a_book_without_hours_is_refused() -> None:
    rows = sheets()
    alone = {"Heures": rows["Heures"]}
    assert [one.code for one in checked_of(alone).remarks] == ["E208", "E224"]
    del rows["Heures"]
    assert checked_of(rows).refusal.startswith("Ce classeur n'a pas de feuille « Heures »")
    assert checked_of({"Heures": []}).lines == 0


def test_an_absent_column_is_told_once() -> None:
    book = book_of(sheets(a=Story(lines=[{}, {"Mois": "2026-09"}])))
    hours = next(sheet for sheet in book.sheets if sheet.name == "Heures")
    without = replace(hours, columns=tuple(column for column in hours.columns if column[0] != "Mois"))
    checked = check_sheets(Checked(RawBook((*(one for one in book.sheets if one is not hours), without))), OUTSIDE)
    assert places(checked) == [("Heures", 1, "E202", "")]
    assert (checked.lines, checked.findings) == (2, {})


def test_unknown_sheets_and_columns_are_told_once_and_read_past() -> None:
    rows = sheets(a=Story(lines=[{"Remarque": "bon travail"}, {"Mois": "2026-09", "Remarque": NIR}]))
    rows["Brouillon"] = [{"Note": "x", "Numéro": NIR}]
    checked = checked_of(rows)
    assert places(checked) == [
        ("Heures", 1, "W215", "M"), ("Heures", 3, "E203", "M"), ("Brouillon", 1, "W215", ""),
        ("Brouillon", 2, "E203", "B"),
    ]  # fmt: skip


def test_empty_lines_are_passed_over_and_numbers_are_those_of_the_sheet() -> None:
    rows = sheets()
    rows["Heures"].insert(0, {})
    rows["Heures"].append(rows["Heures"][1] | {"Heures": 900})
    checked = checked_of(rows)
    assert {one["line"] for one in told(checked)} == {3, 4}
    assert checked.lines == 2
    assert json.loads(tell_summary(checked))["hours"] == "1000.00"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 cut", b"Mois;Heures\n2026-03;12"])
def test_what_is_no_workbook_is_refused_in_french(data: bytes) -> None:
    refusal = check_book(data, OUTSIDE).refusal
    assert refusal.startswith("Ce ")
    assert refusal.endswith(".")


CELLS = st.one_of(
    st.just(""), st.text(max_size=12), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["2026-10", "01/10/2026", "oui", "RSA ; DELD", "12h30", "a", "GEIQ", "E001", NIR, "Formation"]),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_cells_are_read_without_a_fall(data: st.DataObject) -> None:
    rows = {
        plan.name: [
            {column.label: data.draw(CELLS) for column in plan.columns}
            for _ in range(data.draw(st.integers(0, 2)))
        ]
        for plan in PLANS
    }
    checked = checked_of(rows)
    assert [*tell(checked), tell_summary(checked)]
    assert checked.refusal == ""
