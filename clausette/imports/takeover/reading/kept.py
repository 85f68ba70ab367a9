"""What was read of a workbook, as bytes: the same sheets again without opening the file."""

import sys
import zlib
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec

from clausette.imports.takeover.reading.results import Lines, Sheet, Workbook, grid_from
from clausette.imports.takeover.reading.run import CHILD


class _Sheet(msgspec.Struct, array_like=True):
    name: str
    hidden: bool
    date_1904: bool
    texts: int
    """Which of the tables of texts is its own."""
    lines: bytes
    columns: list[bytes]


class _Book(msgspec.Struct, array_like=True):
    reader: str
    notices: list[str]
    texts: list[list[str]]
    sheets: list[_Sheet]


_DECODER = msgspec.msgpack.Decoder(_Book)


@cache
def reader() -> str:
    """The hash of all that makes a reading: the reading process, its library, this module, the order of bytes."""
    told = sha256(f"{version('python-calamine')} {sys.byteorder}".encode())
    for path in (CHILD, Path(__file__)):
        told.update(path.read_bytes())
    return told.hexdigest()


def packed(workbook: Workbook) -> bytes:
    """Return a workbook as bytes, each text told once."""
    texts: dict[int, tuple[int, list[str]]] = {}
    sheets = []
    for sheet in workbook.sheets:
        grid = sheet.grid
        at, _ = texts.setdefault(id(grid.texts), (len(texts), list(grid.texts)))
        cells = [one.tobytes() if any(one) else b"" for one in grid.columns]
        sheets.append(_Sheet(sheet.name, sheet.hidden, sheet.date_1904, at, grid.lines.tobytes(), cells))
    book = _Book(reader(), list(workbook.notices), [told for _, told in texts.values()], sheets)
    return zlib.compress(msgspec.msgpack.encode(book), 1)


def unpacked(data: bytes | None) -> Workbook | None:
    """Return the workbook of these bytes; None when there are none, when damaged, or made by another reader."""
    try:
        book = _DECODER.decode(zlib.decompress(data or b""))
        if book.reader != reader():
            return None
        return Workbook(tuple(_sheet(one, book.texts[one.texts]) for one in book.sheets), tuple(book.notices))
    except (zlib.error, msgspec.DecodeError, ValueError, IndexError):
        return None


def _sheet(kept: _Sheet, texts: list[str]) -> Sheet:
    grid = grid_from(texts, kept.lines, kept.columns)
    if any(len(one) != len(grid.lines) or max(one, default=0) >= len(texts) for one in grid.columns):
        raise ValueError("the cells of these lines are not there")
    return Sheet(kept.name, Lines(grid), kept.hidden, kept.date_1904)
