"""Workbooks and texts are ZIP archives: look inside while counting bytes, so that a small file cannot grow huge."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from clausette.files.errors import FileRefused
from clausette.files.rules.documents import check_part, is_document, is_document_text
from clausette.files.rules.kinds import FileKind
from clausette.files.rules.searching import may_hold_nir

MOST_ENTRIES = 2_000
MOST_INFLATED = 200 * 1024 * 1024
MOST_RATIO = 200  # sheets of one repeated value reach about 100
SLICE = 64 * 1024

BROKEN = "Ce fichier est abîmé ou coupé : il ne peut pas être ouvert."
BOMB = "Ce fichier, une fois ouvert, est démesuré : il est refusé."
LOCKED = "Ce fichier est protégé par un mot de passe : enregistrez-le sans mot de passe."
MACROS = "Ce classeur contient des macros : enregistrez-le au format .xlsx, sans macro."
OTHER = "Ce fichier est une archive ZIP ou un document qui n'est pas un classeur : envoyez un .xlsx, un .ods ou un PDF."

_XLSX_PARTS = re.compile(r"xl/(?:sharedStrings|worksheets/.*|comments.*)\.xml", re.IGNORECASE)
# where else than in its cells a workbook says something: notes, drawings, properties, heads of pages, names
_ELSEWHERE = re.compile(r"(?:docProps/|xl/(?!theme/|styles)).*\.xml|(?:meta|styles|content)\.xml", re.IGNORECASE)
_MARKS = re.compile(r"[<>\"']")
_TAGS = re.compile(r"<[^>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was found inside: the type, and the text of its cells, one value a line."""

    kind: FileKind
    text: str


def open_workbook(data: bytes, *, whole: bool = False, numbers: bool = False, read: bool = True) -> Workbook:
    """Look inside an XLSX, ODS or DOCX file; `whole`: a workbook's notes and properties too.

    `numbers`: leave out the parts that cannot hold the number of a person. `read`: without it, no text is given.

    Raises FileRefused: broken, locked, macros, too large, what a text may not hold (see `documents`), another archive.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _look(archive, len(data), whole=whole, numbers=numbers, read=read)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError) as exc:
        raise FileRefused(BROKEN) from exc


def _look(archive: ZipFile, size: int, *, whole: bool, numbers: bool, read: bool) -> Workbook:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(BOMB)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileRefused(LOCKED)
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(MACROS)
    kind = _kind(archive, names)
    most = min(MOST_INFLATED, max(size, SLICE) * MOST_RATIO)
    kept = {entry.filename for entry in entries if read and _is_text(kind, entry, whole=whole)}
    texts: list[str] = []
    for name, piece in _inflated(archive, entries, most):
        if kind is FileKind.DOCX:
            check_part(name, piece)
        if name in kept:
            if numbers and not may_hold_nir(piece):  # a mark never joins two runs of figures
                continue
            marks = _MARKS if "pivotcache" in name.lower() else _TAGS  # which keeps its values as attributes
            texts.append(marks.sub("\n", piece.decode("utf-8", errors="replace")))
    return Workbook(kind, "\n".join(texts))


def _kind(archive: ZipFile, names: set[str]) -> FileKind:
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as file:
            if file.read(100).strip() == FileKind.ODS.content_type.encode("ascii"):
                return FileKind.ODS
    if is_document(names):
        return FileKind.DOCX
    raise FileRefused(OTHER)


def _is_text(kind: FileKind, entry: ZipInfo, *, whole: bool) -> bool:
    if whole and kind is not FileKind.DOCX:
        return _ELSEWHERE.fullmatch(entry.filename) is not None
    if kind is FileKind.DOCX:
        return is_document_text(entry.filename)
    if kind is FileKind.ODS:
        return entry.filename == "content.xml"
    return _XLSX_PARTS.fullmatch(entry.filename) is not None


def _inflated(archive: ZipFile, entries: list[ZipInfo], most: int) -> Iterator[tuple[str, bytes]]:
    """Give each entry whole, the bytes counted while they are inflated: sizes announced inside prove nothing."""
    total = 0
    for entry in entries:
        pieces: list[bytes] = []
        with archive.open(entry) as file:
            while piece := file.read(SLICE):
                total += len(piece)
                if total > most:
                    raise FileRefused(BOMB)
                pieces.append(piece)
        yield entry.filename, b"".join(pieces)
