"""Files that nobody should send, made by hand: each must be answered by a sentence."""

import zipfile
from datetime import date
from io import BytesIO

from tests.imports.takeover.books import CONTRACT, NIR, PERSON_HEAD, four, hours, xlsx
from tests.imports.takeover.test_reading import BOMB, HUGE, LOL, book, zipped

GOOD = four(hours=[hours(date(2026, 1, 1), 10)])


def with_part(name: str, content: bytes) -> bytes:
    """A good workbook with one more part."""
    data = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as made, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in made.namelist():
            copy.writestr(part, made.read(part))
        copy.writestr(name, content)
    return data.getvalue()


HEAD = ("Nom", "Prénom", "N° du marché", "Mois", "Heures")
# what is refused whole
REFUSED: dict[str, bytes] = {
    "empty.xlsx": b"",
    "spaces.csv": b"   \n\n",
    "noise.xlsx": bytes(range(256)) * 20,
    "pdf.xlsx": b"%PDF-1.7\n%%EOF",
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "page.html": b"<!doctype html><script>alert(1)</script>",
    "drawing.csv": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "data.json": b'{"a": 1}',
    "data.xml": b"<?xml version='1.0'?><a/>",
    "program.csv": b"MZ" + b"\x00" * 50,
    "cut.xlsx": GOOD[: len(GOOD) // 2],
    "tail.xlsx": GOOD[200:],
    "head.xlsx": b"PK\x03\x04" + b"A" * 100,
    "bomb.xlsx": BOMB,
    "corner.xlsx": HUGE,
    "laughs.xlsx": zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": LOL}),
    "other.xlsx": zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}),
    "macros.xlsx": with_part("xl/vbaProject.bin", b"x"),
    "entries.xlsx": zipped({f"x{n}": b"" for n in range(2500)}, level=1),
    "cells.xlsx": book(b"<sheetData><row><c"),
    "wide.csv": b";".join(b"x" for _ in range(400)) + b"\n",
    "long.csv": b"a;b\n" * 60_001,
    "nul.csv": b"Nom;Pr\x00nom\n",
    "blank.xlsx": xlsx({"F": []}),
    f"{NIR.replace(' ', '')}.xlsx": GOOD,
    "sheets.xlsx": xlsx({f"F{n}": [("x",)] for n in range(70)}),
    "nested.xlsx": zipped({"inner.xlsx": GOOD}),
}
# what is read, nothing of it being trusted
READ: dict[str, bytes] = {
    "formulas.xlsx": xlsx(
        {"Heures": [HEAD, ("=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@x", "03/2026", "=1+1")]}
    ),
    "traversal.xlsx": with_part("../../etc/passwd", b"x"),
    "link.csv": b'Nom;Pr\xe9nom;N\xb0 du march\xe9;Mois;Heures\n"=1+1";<script>;../..;03/2026;1e309\n',
    "dates.xlsx": xlsx(
        {"Heures": [HEAD, ("A", "B", "C", 99999999, -5), ("A", "B", "C", "31/02/2026", "NaN")]}
    ),
    "quotes.csv": b'Nom;Pr\xc3\xa9nom\n"Le"franc;"Ines\n',
    "one.csv": b"x",
    "same.xlsx": xlsx({"Heures": [("Heures",) * 20, (1,) * 20]}),
    "unicode.xlsx": xlsx({"Personnes": [PERSON_HEAD, ("\u202e\u0301" * 50, "\U0001f600", "１７/05/1994")]}),
    "huge-number.xlsx": four(contracts=[(*CONTRACT[:6], "9" * 60)]),
    "headless.xlsx": xlsx({"F": [(1, 2, 3), (4, 5, 6)]}),
    "deep.xlsx": xlsx({"Personnes": [("",) * 250 + ("Nom", "Prénom", "Date de naissance")]}),
}
