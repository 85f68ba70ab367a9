"""Small files of each type, made in memory."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

TEXT = b"Feuille d'heures\r\nDupont;7,5\r\n"  # a piece that nothing rewrites: no process to start
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 30 + b"\xff\xd9"
NIR = "2 84 03 59 350 123"


def nir_with_key() -> str:
    """A NIR that nobody has, with its key."""
    body = int("2840359350123")
    return f"{body}{97 - body % 97:02d}"


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP archive of these parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return made.getvalue()


def xlsx(cells: str = "Dupont", more: dict[str, bytes] | None = None) -> bytes:
    """The smallest workbook that is one."""
    strings = f"<sst><si><t>{cells}</t></si></sst>".encode()
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": b"<workbook/>",
        "xl/sharedStrings.xml": strings,
    }
    return archive({**parts, **(more or {})})


def ods(cells: str = "Dupont") -> bytes:
    """The smallest LibreOffice sheet that is one."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": kind, "content.xml": f"<c><p>{cells}</p></c>".encode()})
