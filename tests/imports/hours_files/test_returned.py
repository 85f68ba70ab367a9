"""The sender's own file given back: their lines as they wrote them, what is said at the right."""

from datetime import date
from io import BytesIO

from python_calamine import CalamineWorkbook

from clausette.imports.hours_files.plans import propose
from clausette.imports.hours_files.returned import HEADING, returned_workbook
from clausette.imports.takeover.reading import Workbook, read_workbook
from tests.imports.takeover.books import xlsx

HEAD = ("Matricule", "Nom", "Prénom", "Mois", "Heures", "SIRET")
ROWS = [
    (None, "Agence de Lille"), (), HEAD,
    ("00123", "Diallo & fils", "<b>Salif</b>", date(2026, 10, 1), 120.5, "12345678900011"),
    ("7", " Roy ", "@Léa", date(2026, 10, 1), "12h75", 151), (), (None, None, None, None, None, "loin"),
]  # fmt: skip


def given() -> Workbook:
    return read_workbook(xlsx({"Heures": ROWS, "Notes": [("a", 7.25, "a")], "Vide": []}), kind="book")


def test_lines_come_back_as_they_were_with_what_is_said_at_their_right() -> None:
    found = given()
    said = {("Heures", 5): "Les minutes.", ("Heures", 7): "Une\nautre.", ("Notes", 1): "non dit"}
    back = CalamineWorkbook.from_filelike(BytesIO(returned_workbook(found, propose(found, {}), said)))
    assert back.sheet_names == ["Heures", "Notes", "Vide"]
    day = date(2026, 10, 1)
    assert back.get_sheet_by_name("Heures").to_python(skip_empty_area=False) == [
        ["", "Agence de Lille", "", "", "", "", ""], [""] * 7, [*HEAD, HEADING],
        ["00123", "Diallo & fils", "<b>Salif</b>", day, 120.5, "12345678900011", ""],
        [7, "Roy", "@Léa", day, "12h75", 151, "Les minutes."], [""] * 7, ["", "", "", "", "", "loin", "Une\nautre."],
    ]  # fmt: skip
    assert back.get_sheet_by_name("Notes").to_python() == [["a", 7.25, "a"]]
    assert back.get_sheet_by_name("Vide").to_python() == []


def test_given_back_twice_it_says_the_same_to_who_reads_it_again() -> None:
    found = given()
    once = read_workbook(returned_workbook(found, propose(found, {}), {}), kind="book")
    twice = read_workbook(returned_workbook(once, (), {}), kind="book")
    assert [sheet.lines for sheet in once.sheets] == [sheet.lines for sheet in twice.sheets]
    assert [line.number for line in once.sheets[0].lines] == [1, 3, 4, 5, 7]
