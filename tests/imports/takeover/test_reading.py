"""Bytes to lines: what spreadsheets do to a table, and what hostile files try."""

import zipfile
from datetime import date, time
from io import BytesIO

import pytest

from clausette.imports.takeover.reading import read_workbook
from tests.imports.takeover.books import xlsx


def cells(data: bytes, kind: str = "book") -> list[tuple[str, ...]]:
    found = read_workbook(data, kind=kind)
    assert not found.refusal, found.refusal
    return [line.cells for line in found.sheets[0].lines]


def zipped(parts: dict[str, bytes], *, level: int = 9) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def book(sheet: bytes) -> bytes:
    """A workbook whose only sheet holds these bytes."""
    with zipfile.ZipFile(BytesIO(xlsx({"F": [("x",)]}))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    parts["xl/worksheets/sheet1.xml"] = head + b"<worksheet " + main + b">" + sheet + b"</worksheet>"
    return zipped(parts)


def test_each_kind_of_cell_becomes_a_text() -> None:
    data = xlsx({"F": [("é", 7.5, 151, date(2026, 3, 3), True, "=1+1"), (0.1 + 0.2, 185057512345667)]})
    assert cells(data) == [
        ("é", "7.5", "151", "2026-03-03", "VRAI", "42"),
        ("0.3", "185057512345667", "", "", "", ""),
    ]


def test_one_and_true_are_two_cells_and_a_text_said_twice_is_said_twice() -> None:
    assert cells(xlsx({"F": [(1, True, "1", "Léa"), (True, 1, "Léa", 1.0)]})) == [
        ("1", "VRAI", "1", "Léa"), ("VRAI", "1", "Léa", "1"),
    ]  # fmt: skip


def test_lengths_of_time_are_written_as_hours() -> None:
    data = BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_datetime(0, 0, time(7, 30), made.add_format({"num_format": "hh:mm"}))
        sheet.write_number(0, 1, 37.5 / 24, made.add_format({"num_format": "[h]:mm"}))
    assert cells(data.getvalue()) == [("7:30", "37:30")]


def test_lines_keep_their_number_when_empty_ones_are_left_out() -> None:
    found = read_workbook(xlsx({"F": [("a",), (), (), ("b",)]}), kind="book")
    assert [line.number for line in found.sheets[0].lines] == [1, 4]


def test_merged_cells_are_repeated_downwards() -> None:
    data = xlsx({"F": [("Bati", 1), (None, 2), (None, 3)]}, merge="A1:A3")
    assert cells(data) == [("Bati", "1"), ("Bati", "2"), ("Bati", "3")]


def test_days_that_count_from_1904_are_told() -> None:
    data = xlsx({"F": [(date(2026, 3, 3), 44622)]}, options={"date_1904": True})
    found = read_workbook(data, kind="book")
    assert (found.sheets[0].date_1904, found.sheets[0].lines[0].cells[0]) == (True, "2026-03-03")


def test_a_formula_without_its_value_is_told() -> None:
    data = book(
        b'<sheetData><row r="1"><c r="A1" t="str"><v>Heures</v></c><c r="B1"><f>A2*2</f></c></row></sheetData>'
    )
    found = read_workbook(data, kind="book")
    assert "1\u00a0formule est sans valeur calculée" in found.notices[0]


def test_a_million_empty_lines_are_nothing() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(2, 200_000))
    data = book(b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + rows + b"</sheetData>")
    assert cells(data) == [("1",)]


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        ("Nom;Heures\nÉva;7,5\n".encode("utf-8-sig"), "csv", [("Nom", "Heures"), ("Éva", "7,5")]),
        ("Nom;Heures\nÉva;7,5\n".encode("cp1252"), "csv", [("Nom", "Heures"), ("Éva", "7,5")]),
        ("Nom\tHeures\nÉva\t7,5\n".encode("utf-16"), "csv", [("Nom", "Heures"), ("Éva", "7,5")]),
        (b"sep=,\nNom,Heures\nEva,7.5\n", "csv", [("Nom", "Heures"), ("Eva", "7.5")]),
        (b'Nom;Lieu\n"Eva";"a;b\nc"\n', "csv", [("Nom", "Lieu"), ("Eva", "a;b\nc")]),
    ],
)  # fmt: skip
def test_texts_of_any_origin_are_read(data: bytes, kind: str, expected: list[tuple[str, ...]]) -> None:
    assert cells(data, kind) == expected


FIRST = b'<row r="1"><c r="A1"><v>1</v></c></row>'
HUGE = book(b"<sheetData>" + FIRST + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
BOMB = zipped(
    {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (210 * 1024 * 1024)}, level=1
)
ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9))
LOL = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">' + ENTITIES + b"]><worksheet>&j;</worksheet>"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (HUGE, "démesuré"),
        (BOMB, "démesuré"),
        (book(b"<sheetData><row><c"), "abîmé"),
        (zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": LOL}), "abîmé"),
        (zipped({"autre.txt": b"bonjour"}), "abîmé"),
        (b"PK\x03\x04" + b"\x00" * 200, "abîmé"),
        (xlsx({"F": [("x",) * 400]}), "colonnes"),
        (xlsx({f"F{n}": [("x",)] for n in range(70)}), "feuilles"),
        (xlsx({"F": []}), "vide"),
    ],
    ids=["corner", "bomb", "cut", "laughs", "zip", "noise", "wide", "sheets", "empty"],
)
def test_a_hostile_workbook_is_refused_by_a_sentence(data: bytes, word: str) -> None:
    assert word in read_workbook(data, kind="book").refusal


def test_too_many_lines_are_refused() -> None:
    assert "lignes remplies" in read_workbook(b"a;b\n" * 60_001, kind="csv").refusal


def test_lines_that_are_not_all_as_long_are_read_to_the_longest() -> None:
    assert cells(b"a;b\nc\nd;e;;f\n", "csv") == [("a", "b", "", ""), ("c", "", "", ""), ("d", "e", "", "f")]
