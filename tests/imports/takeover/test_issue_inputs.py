"""What real workbooks hold, one by one: read all the same, or told by a French sentence at its cell."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from clausette.imports.takeover.compare import Held, HeldPerson
from clausette.imports.takeover.records import Fate, Record, RecordKind
from clausette.imports.takeover.writing.sample import made_siret
from tests.imports.takeover.books import CONTRACT, HOURS_HEAD, PERSON_HEAD, four, hours, xlsx
from tests.imports.takeover.test_compare import TWIN, judged, only
from tests.imports.takeover.test_extract import read

JAN = date(2026, 1, 1)
HOURS = RecordKind.HOURS


def told(record: Record) -> list[tuple[str, str]]:
    """Column and sentence of each thing said."""
    return [(one.column, one.sentence) for one in record.findings]


def said(data: bytes, kind: RecordKind, held: Held | None = None) -> list[tuple[str, str]]:
    return told(only(judged(data, held or Held()), kind))


def test_merged_cells_two_lines_of_headings_and_a_total() -> None:
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet("Suivi")
    sheet.merge_range("A1:E1", "Suivi des clauses 2026")
    sheet.merge_range("A2:C2", "Salarié")
    sheet.merge_range("D2:E2", "Heures 2026")
    for column, text in enumerate(("Nom", "Prénom", "N° du marché", "janvier", "février")):
        sheet.write(2, column, text)
    sheet.merge_range("A4:A5", "Lefranc")
    for line, values in ((3, (None, "Ines", "2025-014", 10, "1 234,5")), (4, (None, "Ines", "2025-014", 3, 4)),
                         (5, ("TOTAL", None, None, 13, 9999))):  # fmt: skip
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(line, column, value)
    book.close()
    found = read(data.getvalue())
    assert [(one.text("last_name"), one.column, str(one.number("hours"))) for one in found.records] == [
        ("Lefranc", "D", "10.00"), ("Lefranc", "E", "1234.50"), ("Lefranc", "D", "3.00"), ("Lefranc", "E", "4.00"),
    ]  # fmt: skip
    notes = [note.finding.sentence for note in found.notes]
    assert "Cette ligne est un total du classeur : elle n'est pas reprise." in notes
    assert any("Colonne E : le classeur écrit 9\u202f999" in note for note in notes)
    assert not any("Colonne D" in note for note in notes)


@pytest.mark.parametrize("month", ["01/2026", "janvier 2026", "janv.-26", "1er janvier 2026", "2026-01-15"])
def test_a_date_written_as_a_text_is_read(month: str) -> None:
    found = only(judged(four(hours=[hours(month, 10)])), HOURS)
    assert (found.day("month"), found.fate) == (JAN, Fate.NEW)


def test_a_date_that_is_none_is_told_at_its_cell() -> None:
    assert said(four(hours=[hours("31/02/2026", 10)]), HOURS)[0][0] == "D"
    birth = four(people=[("Lefranc", "Ines", "17/15/1994")])
    (column, sentence), *_ = said(birth, RecordKind.PERSON)
    assert (column, sentence) == ("C", "Le mois va de 1 à 12.")


def test_a_number_written_with_spaces_and_a_comma_is_read_then_judged() -> None:
    ((column, sentence),) = said(four(hours=[hours(JAN, "1 234,5")]), HOURS)
    assert (column, sentence) == ("E", "Ines Lefranc : 1\u202f234,5\u00a0h en janvier 2026.")


def test_a_formula_is_its_value_and_without_value_it_is_told() -> None:
    found = only(judged(four(hours=[hours(JAN, "=40+2")])), HOURS)
    assert (str(found.number("hours")), found.fate) == ("42.00", Fate.NEW)
    ((column, sentence),) = said(four(hours=[hours(JAN, "#REF!")]), HOURS)
    assert (column, "erreur de calcul (#REF!)" in sentence) == ("E", True)


def test_lines_by_the_million_below_the_last_are_nothing() -> None:
    data = BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "constant_memory": True})
    sheet, grey = book.add_worksheet("Heures"), book.add_format({"bg_color": "#eeeeee"})
    for line, values in enumerate((HOURS_HEAD, ("Lefranc", "Ines", "2025-014", "01/2026", 10))):
        for column, value in enumerate(values):
            sheet.write(line, column, value)
    sheet.write_blank(1_048_575, 4, None, grey)
    book.close()
    assert [one.line for one in read(data.getvalue()).records] == [2]


def test_another_person_of_the_same_name_asks_at_the_name() -> None:
    held = Held(people=(HeldPerson(3, TWIN, "lefranc ines", "Ines Lefranc", date(1980, 2, 2)),))
    found = only(judged(four(), held), RecordKind.PERSON)
    assert (found.fate, told(found)) == (
        Fate.ASK, [("A", "Une autre personne du même nom est dans votre structure.")],
    )  # fmt: skip
    assert found.options[0]["uid"] == str(TWIN)


def test_an_establishment_that_may_be_closed_is_told_at_its_siret() -> None:
    """No register of establishments is at hand: another establishment of the same firm is what can be told."""
    now, former = made_siret(1001), f"{made_siret(1001)[:9]}00028"
    head = ("N° du marché", "Nom d'usage du marché", "Maître d'ouvrage", "Titulaire", "SIRET du titulaire",
            "Début du marché", "Fin du marché", "Heures dues")  # fmt: skip
    row = (*CONTRACT[:4], now, *CONTRACT[4:])
    data = xlsx({"Marchés": (head, row), "Personnes": (PERSON_HEAD,)})
    held = Held(bodies={former: "Maçonnerie Delorme"})
    spoken = dict(said(data, RecordKind.CONTRACT, held))
    assert "« Maçonnerie Delorme » y est sous le SIRET" in spoken["E"]
    assert "a peut-être fermé" in spoken["E"]
    assert "pas encore dans Clausette" in dict(said(data, RecordKind.CONTRACT))["E"]


def test_hours_before_the_marche_and_before_the_work_contract_are_told_at_their_month() -> None:
    before = four(works=[("Lefranc", "Ines", "2025-014", "CDD", date(2025, 1, 1), date(2026, 7, 10))],
                  hours=[hours(date(2025, 3, 1), 10)])  # fmt: skip
    assert said(before, HOURS) == [("D", "Le marché commence le 1er\u00a0septembre 2025.")]
    ((column, sentence),) = said(four(hours=[hours(date(2025, 12, 1), 10)]), HOURS)
    assert column == "D"
    assert sentence.startswith("Décembre 2025 est hors du contrat de travail : du 12")
