"""Types by content, names, sizes, lies, social security numbers."""

import pytest

from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused, FileTooLarge, NirInFile
from clausette.files.rules import LIMITS, FileKind, check_file, clean_name
from clausette.files.rules.checking import EMPTY, NIR_IN_NAME
from clausette.files.rules.searching import may_hold_nir
from tests.files import builders as made

ARABIC = {ord(digit): chr(0x660 + int(digit)) for digit in "0123456789"}


def check(name: str, data: bytes, purpose: Purpose = Purpose.EVIDENCE) -> tuple[str, FileKind]:
    found = check_file(name=name, data=data, purpose=purpose)
    return found.name, found.kind


def refusal(name: str, data: bytes, purpose: Purpose = Purpose.EVIDENCE) -> str:
    with pytest.raises(FileRefused) as refused:
        check(name, data, purpose)
    assert refused.value.field == "file"
    return refused.value.message


@pytest.mark.parametrize(
    ("name", "data", "purpose", "kept", "kind"),
    [
        ("relevé.pdf", made.PDF, Purpose.EVIDENCE, "relevé.pdf", FileKind.PDF),
        ("photo.JPEG", made.JPEG, Purpose.EVIDENCE, "photo.JPEG", FileKind.JPEG),
        ("capture.png", made.PNG, Purpose.EVIDENCE, "capture.png", FileKind.PNG),
        ("heures.xlsx", made.xlsx(), Purpose.WORKBOOK, "heures.xlsx", FileKind.XLSX),
        ("heures.ods", made.ods(), Purpose.EVIDENCE, "heures.ods", FileKind.ODS),
        (
            "heures.csv",
            "Nom;Heures\nDupont;7,5".encode("cp1252"),
            Purpose.WORKBOOK,
            "heures.csv",
            FileKind.CSV,
        ),
        ("lu.txt", "\ufeffNom\tété".encode(), Purpose.EVIDENCE, "lu.txt", FileKind.CSV),
        ("sans fin", made.PDF, Purpose.EVIDENCE, "sans fin.pdf", FileKind.PDF),
        ("decp.json", b' {"marches": {}}', Purpose.OFFICIAL, "decp.json", FileKind.JSON),
        ("decp.xml", b"<?xml version='1.0'?><marches/>", Purpose.OFFICIAL, "decp.xml", FileKind.XML),
        ("utf16.csv", "Nom;Heures".encode("utf-16"), Purpose.EVIDENCE, "utf16.csv", FileKind.CSV),
    ],
)
def test_the_type_is_read_in_the_content(
    name: str, data: bytes, purpose: Purpose, kept: str, kind: FileKind
) -> None:
    assert check(name, data, purpose) == (kept, kind)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("relevé.pdf", made.PNG, "« .pdf » mais il contient une image PNG"),
        ("photo.png", made.PDF, "« .png » mais il contient un PDF"),
        ("relevé.xlsx", made.ods(), "contient un classeur LibreOffice"),
        ("relevé.exe", made.PDF, "« .exe » mais il contient un PDF"),
        ("relevé.pdf", b"MZ\x90\x00" + b"\x00" * 40, "est un programme"),
        ("relevé.pdf", made.PDF[:-6], "Ce PDF est coupé"),
        ("photo.jpg", made.JPEG[:-2], "JPEG est coupée"),
        ("capture.png", made.PNG[:-8], "PNG est coupée"),
        ("vieux.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "enregistrez-le en .xlsx"),
        ("page.csv", b"<!DOCTYPE html><html></html>", "page web"),
        ("dessin.csv", b"<svg xmlns='x'><script/></svg>", "SVG"),
        ("inconnu.csv", b"a\x00\x01\x02b", "n'est pas reconnu"),
        ("tout.zip", made.archive({"a.txt": b"a"}), "archive ZIP"),
        (
            "tout.docx",
            made.archive({"[Content_Types].xml": b"", "word/document.xml": b""}),
            "est un document Word (DOCX) : ici, les types admis sont PDF",
        ),
        ("coupé.xlsx", made.xlsx()[:-30], "abîmé ou coupé"),
        ("macros.xlsx", made.xlsx(more={"xl/vbaProject.bin": b"x"}), "macros"),
        ("bombe.xlsx", made.xlsx(more={"xl/worksheets/sheet1.xml": b"0" * 30_000_000}), "démesuré"),
        ("donnees.json", b"{}", "un fichier JSON : ici, les types admis sont PDF"),
    ],
)
def test_a_lie_a_cut_or_a_foreign_type_is_refused_with_its_sentence(
    name: str, data: bytes, sentence: str
) -> None:
    assert sentence in refusal(name, data)


def test_empty_and_white_files_are_refused() -> None:
    assert refusal("vide.csv", b"") == EMPTY
    assert refusal("vide.csv", b" \n\t ") == EMPTY


def test_too_large_says_how_much_and_how_much_is_allowed() -> None:
    data = made.PDF + b" " * LIMITS[Purpose.EVIDENCE].most_bytes
    with pytest.raises(FileTooLarge, match="pèse 11\u00a0Mo : 10\u00a0Mo au plus"):
        check("gros.pdf", data)
    assert LIMITS[Purpose.OFFICIAL].size == "100\u00a0Mo"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("heures.csv", f"Nom;NIR\nDupont;{made.nir_with_key()}".encode()),
        ("heures.csv", f"Nom;NIR\nDupont;{made.NIR} {made.nir_with_key()[-2:]}".encode("utf-16")),
        ("heures.xlsx", made.xlsx(made.nir_with_key())),
        ("heures.ods", made.ods(made.nir_with_key())),
    ],
)
def test_a_social_security_number_in_a_workbook_brought_in_is_refused_with_a_guide(name: str, data: bytes) -> None:
    said = refusal(name, data, Purpose.WORKBOOK)
    assert "numéro de sécurité sociale" in said
    assert "Masquez ces numéros" in said
    assert made.nir_with_key() not in said


@pytest.mark.parametrize("mark", ["", " ", ".", "\u00a0", "\u202f", "\u2013", " - ", "\u2009\u2009\u2009"])
def test_what_may_hold_a_number_is_never_passed_over(mark: str) -> None:
    for number in (mark.join(("1", "85", "05", "78", "006", "084", "91")), mark.join("255081416802538")):
        for shown in (number, number.translate(ARABIC)):
            assert may_hold_nir(f'<row r="1"><c t="s"><v>{shown}</v></c></row>'.encode())
    assert not may_hold_nir(b"<v>A 2026/05 0 1</v>")  # twelve such bytes, none of which begins a run
    assert not may_hold_nir(b'<row r="100000" spans="1:9"><c r="B100000" s="1"><v>28123.5</v></c><c><v>12</v></c>')


def test_a_workbook_whose_numbers_are_taken_off_elsewhere_is_checked_for_all_the_rest() -> None:
    held = made.xlsx(made.nir_with_key())
    with pytest.raises(NirInFile):
        check_file(name="a.xlsx", data=held, purpose=Purpose.WORKBOOK)
    assert check_file(name="a.xlsx", data=held, purpose=Purpose.WORKBOOK, searched=False).kind is FileKind.XLSX
    with pytest.raises(FileRefused):
        check_file(name="a.pdf", data=held, purpose=Purpose.WORKBOOK, searched=False)


def test_the_line_of_the_number_is_said() -> None:
    data = f"Nom;NIR\nDupont;{made.nir_with_key()}".encode()
    assert "(ligne 2)" in refusal("heures.csv", data, Purpose.WORKBOOK)


def test_a_social_security_number_in_the_name_is_refused() -> None:
    assert refusal(f"relevé {made.nir_with_key()}.pdf", made.PDF) == NIR_IN_NAME


def test_numbers_that_only_look_alike_pass() -> None:
    text = "SIRET;téléphone;IBAN\n73282932000074;06 12 34 56 78;FR76 3000 6000 0112 3456 7890 189"
    assert check("contacts.csv", text.encode())[1] is FileKind.CSV


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\temp\\relevé  oct.pdf", "relevé oct.pdf"),
        ("../../etc/passwd", "passwd"),
        ('a<b>:"c|d?*.pdf', "a-b---c-d--.pdf"),
        ("gnp.\u202efdp.exe", "gnp.fdp.exe"),
        ("nul.txt", "fichier nul.txt"),
        ("", "fichier"),
        ("...", "fichier"),
        ("a\r\nb.pdf", "a b.pdf"),
        ("x" * 300 + ".pdf", "x" * 115 + "….pdf"),
        ("e\u0301té.csv", "été.csv"),
    ],
)
def test_names_are_made_fit_for_any_disk(given: str, kept: str) -> None:
    assert clean_name(given) == kept
    assert len(kept) <= 120
