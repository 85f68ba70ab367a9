"""Workbooks that hold a number of a person: a copy with the values alone, the number hidden wherever it stood."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from clausette.files.enums import Treatment
from clausette.files.errors import FileRefused, NumberInPiece
from clausette.files.rules import FileKind
from clausette.files.treating import sheets
from clausette.files.treating.run import Fit, make_fit
from tests.files import builders as made

IBAN = "FR76 3000 6000 0112 3456 7890 189"
DAY, MOMENT, LONG = date(2026, 3, 2), datetime.fromisoformat("2026-03-02T08:30"), timedelta(hours=35, minutes=30)


def hours_book(number: object = "", *, comment: str = "", sheet: str = "Mars", hidden: object = "") -> bytes:
    """A time sheet with a formula, a link outside, a note, a name of its author, and a sheet that is not seen."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.set_properties({"author": "Zoé Martin"})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, ["Dupont", 7.5])
    page.write(0, 2, DAY, day)
    page.write_formula(1, 1, "=B1+2", value=9.5)
    page.write_url(2, 0, "https://example.org/", string="site")
    if number:
        page.write(4, 3, number)
    if comment:
        page.write_comment("A1", comment)
    if hidden:
        back = book.add_worksheet("Paie")
        back.write(0, 0, hidden)
        back.hide()
    book.close()
    return out.getvalue()


def cells(data: bytes) -> list[list[object]]:
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    return [list(row) for row in rows]


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def test_a_cell_that_holds_a_number_is_hidden_and_only_values_are_kept() -> None:
    fit = make_fit(FileKind.XLSX, hours_book(f"n° {made.nir_with_key()} et {IBAN}", comment="à revoir"))
    kept = cells(fit.data)
    assert (kept[0], kept[1][1], kept[4][3]) == (["Dupont", 7.5, DAY, ""], 9.5, "[masqué]")
    assert fit.treatment is Treatment.MASKED
    assert fit.masked == "1\u00a0numéro de sécurité sociale, 1\u00a0numéro de compte bancaire (IBAN)"
    whole = "".join(f"{name}\n{text}" for name, text in parts(fit.data).items())
    for left in ("Zoé", "à revoir", "example.org", "<f>", "comments", made.nir_with_key(), "3000 6000"):
        assert left not in whole


def rich() -> bytes:
    """A number cut in two styles: no part of it is a number."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        nir = made.nir_with_key()
        book.add_worksheet().write_rich_string(0, 0, book.add_format({"bold": True}), nir[:7], nir[7:])
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        hours_book(int(made.nir_with_key())), rich(), hours_book(comment=made.nir_with_key()),
        hours_book(sheet=f"n° {made.nir_with_key()}"), hours_book(hidden=made.nir_with_key()),
    ],
    ids=["number", "two styles", "note", "name of a sheet", "sheet not seen"],
)  # fmt: skip
def test_a_number_is_found_wherever_it_stands(data: bytes) -> None:
    fit = make_fit(FileKind.XLSX, data)
    assert (fit.treatment, fit.masked) == (Treatment.MASKED, "1\u00a0numéro de sécurité sociale")
    assert make_fit(FileKind.XLSX, fit.data) == Fit(fit.data, Treatment.GIVEN)


def test_a_workbook_without_a_number_is_kept_as_it_is() -> None:
    data = hours_book("SIRET 732 829 320 00074", hidden="liste")
    assert make_fit(FileKind.XLSX, data) == Fit(data, Treatment.GIVEN)


def test_the_same_workbook_gives_the_same_bytes() -> None:
    """The control of a piece handed in twice rests on it."""
    data = hours_book(IBAN)
    assert make_fit(FileKind.XLSX, data).data == make_fit(FileKind.XLSX, data).data


def test_a_sheet_of_libreoffice_stays_one() -> None:
    given = sheets.as_ods([("Été <1>", [["=A", 7.5, DAY, MOMENT, LONG, True], [], ["a\nb", made.nir_with_key()]])])
    fit = make_fit(FileKind.ODS, given)
    assert cells(fit.data) == [
        ["=A", 7.5, DAY, MOMENT, "PT35H30M00S", True], ["", "", "", "", "", ""], ["a\nb", "[masqué]", "", "", "", ""]
    ]  # fmt: skip
    assert CalamineWorkbook.from_filelike(BytesIO(fit.data)).sheet_names == ["Été <1>"]
    assert parts(fit.data)["mimetype"] == sheets.ODS


def test_what_cannot_be_copied_says_what_it_holds() -> None:
    with pytest.raises(NumberInPiece, match="IBAN"):
        make_fit(FileKind.XLSX, made.xlsx(IBAN))  # a number is there, and no program opens this workbook
    with pytest.raises(FileRefused, match="abîmé"):
        make_fit(FileKind.XLSX, made.xlsx())


def test_a_workbook_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 3)
    with pytest.raises(sheets.Refused, match="long"):
        sheets.read(hours_book())
