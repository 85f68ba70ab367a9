"""Run alone, by path: read a workbook from the standard input, write its texts on the standard output.

It imports nothing of the house, so that it starts in a few hundredths of a second; its memory and time are
bounded before the first byte is read. A bomb ends this process, never the one that serves pages.
"""

import csv
import gc
import io
import re
import resource
import sys
import zipfile
from array import array
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import compress

import msgspec

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
MOST_INFLATED = 200 * 1024 * 1024
SLICE = 256 * 1024
_LOST = re.compile(rb"<c [^>]{0,200}><f[^>]{0,200}(?:/>|>[^<]{0,4000}</f>)(?:<v></v>|<v/>)?</c>")
_ERRORS = re.compile(r"#[A-Z0-9/]+[!?]?")


class Refused(Exception):
    """The file is refused; the argument is a code that the parent turns into a sentence."""


def bound() -> None:
    """Bound memory and time of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def number(value: float) -> str:
    """Write a number with a dot, without the noise of binary fractions."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < 1e18:
        return str(int(value))
    return f"{value:.8f}".rstrip("0").rstrip(".")


def clock(seconds: float) -> str:
    """Write a length of time: 7:30."""
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def text(value: object) -> str:
    """Write a cell as a text."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        if value.year in (1899, 1900, 1904) and value.month in (1, 12) and (value.hour or value.minute):
            day = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
            return clock(day.total_seconds())
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return clock(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, timedelta):
        return clock(value.total_seconds())
    return str(value)


def inspect(data: bytes) -> tuple[bool, int]:
    """Count bytes while inflating; return whether days count from 1904 and how many formulas lost their value."""
    total, lost, from_1904 = 0, 0, False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            held = b""
            with archive.open(entry) as file:
                while piece := file.read(SLICE):
                    total += len(piece)
                    if total > MOST_INFLATED:
                        raise Refused("bomb")
                    if entry.filename == "xl/workbook.xml":
                        from_1904 = from_1904 or re.search(rb'date1904="(?:1|true)"', piece) is not None
                    elif entry.filename.startswith("xl/worksheets/"):
                        window = held + piece
                        if b"<f" in window:
                            lost += len(_LOST.findall(window)) - len(_LOST.findall(held))
                        held = window[-600:]
    return from_1904, lost


class Texts:
    """The texts of a workbook, each told once, under its number: 0 is the empty one."""

    def __init__(self) -> None:
        self.told: dict[str, int] = {"": 0}
        self.known: dict[object, int] = {}

    def numbers(self, values: Sequence[object]) -> "array[int]":
        """The numbers of the texts of these cells."""
        if bool in set(map(type, values)):  # 1, 1.0 and True are equal, and not the same cell
            values = [text(one) if type(one) is bool else one for one in values]
        for value in dict.fromkeys(values):
            if value not in self.known:
                self.known[value] = self.told.setdefault(text(value), len(self.told))
        return array("I", map(self.known.__getitem__, values))


def table(name: str, lines: "array[int]", columns: "list[array[int]]", **more: bool) -> dict[str, object]:
    """A sheet as it is told: the number of each line, and for each column the numbers of its texts, nothing for one
    that is empty."""
    cells = [one.tobytes() if any(one) else b"" for one in columns] if lines else []
    return {"name": name, "hidden": False, "date_1904": False, "lines": lines.tobytes(), "columns": cells, **more}


def filled(
    lines: "array[int]", columns: "list[array[int]]", merges: list[tuple[tuple[int, int], tuple[int, int]]]
) -> None:
    """Repeat the value of merged cells: downwards everywhere, sideways near the top (two header lines)."""
    places = {line - 1: place for place, line in enumerate(lines)} if merges else {}
    tops = list(places)[:15]
    for (top, left), (bottom, right) in merges[:20_000]:
        value = columns[left][places[top]] if left < len(columns) and top in places else 0
        if not value:
            continue
        last = min(right, left + 60) if top in tops and bottom == top else left
        for line in range(top, min(bottom, top + 5000) + 1):
            place = places.get(line)
            if place is None:
                continue
            for column in columns[left : last + 1]:
                if not column[place]:
                    column[place] = value


def opened(data: bytes, limits: dict[str, int]) -> object:
    """Open XLSX or ODS."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) > limits["sheets"]:
        raise Refused("sheets")
    return book


def spreadsheet(data: bytes, limits: dict[str, int]) -> dict[str, object]:
    """Read XLSX or ODS."""
    import python_calamine

    from_1904, lost = inspect(data)
    book: python_calamine.CalamineWorkbook = opened(data, limits)  # type: ignore[assignment]  # the library carries no types
    hidden = {
        one.name for one in book.sheets_metadata if one.visible != python_calamine.SheetVisibleEnum.Visible
    }
    sheets, room, texts = [], limits["lines"], Texts()
    for name in book.sheet_names:
        lines, cells = one_sheet(book.get_sheet_by_name(name), limits, room, texts)
        room -= len(lines)
        sheets.append(table(name, lines, cells, hidden=name in hidden, date_1904=from_1904))
    return {"sheets": sheets, "lost": lost, "texts": list(texts.told)}


def one_sheet(
    sheet: object, limits: dict[str, int], room: int, texts: Texts
) -> "tuple[array[int], list[array[int]]]":
    """The lines of a sheet that hold something, column by column: a million cells looked at by the interpreter itself
    would take as long as reading them."""
    start = sheet.start  # type: ignore[attr-defined]  # the library carries no types
    if start is None:
        return array("I"), []
    first, shift = start
    if sheet.width + shift > limits["columns"]:  # type: ignore[attr-defined]  # the library carries no types
        raise Refused("columns")
    read = sheet.to_python(skip_empty_area=True)  # type: ignore[attr-defined]  # the library carries no types
    rows, lines = [], array("I")
    for line, values in enumerate(read, first + 1):
        if any(values) or any(value not in ("", None) for value in values):
            rows.append(values)
            lines.append(line)
    del read
    columns = [texts.numbers(column) for column in zip(*rows, strict=True)]
    said = [any(row) for row in zip(*columns, strict=True)]
    if not all(said):  # spaces alone
        lines, *columns = [array("I", compress(one, said)) for one in (lines, *columns)]
    if len(lines) > room:
        raise Refused("lines")
    columns[:0] = [array("I", bytes(4 * len(lines))) for _ in range(shift)]
    filled(lines, columns, getattr(sheet, "merged_cell_ranges", None) or [])
    return lines, columns


def columns(data: bytes, limits: dict[str, int]) -> dict[str, object]:
    """Read XLSX or ODS column by column, numbers left as they are: for large files."""
    from_1904, lost = inspect(data)
    book, room, sheets = opened(data, limits), limits["lines"], []
    for name in book.sheet_names:  # type: ignore[attr-defined]  # the library carries no types
        sheet = book.get_sheet_by_name(name)  # type: ignore[attr-defined]  # the library carries no types
        top, left = sheet.start or (0, 0)
        if sheet.width + left > limits["columns"]:
            raise Refused("columns")
        if sheet.height > room:
            raise Refused("lines")
        room -= sheet.height
        rows = sheet.to_python(skip_empty_area=True) if sheet.start else []
        cells = [plain(column) for column in zip(*rows, strict=True)]
        sheets.append({"name": name, "top": top, "left": left, "date_1904": from_1904, "columns": cells})
    return {"sheets": sheets, "lost": lost}


def plain(column: tuple[object, ...]) -> list[object]:
    """The cells of a column: numbers and texts as they are, all else as a text."""
    if set(map(type, column)) <= {str, float, int}:
        return list(column)
    return [one if type(one) in (str, float, int) else text(one) for one in column]


def decoded(data: bytes) -> str:
    """The characters of a text file: its mark, UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:4096]:
        raise Refused("binary")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(sample: str) -> str:
    """The sign that cuts the most lines in the same number of parts."""
    lines = [line for line in sample.splitlines()[:30] if line.strip()]
    best, score = ";", 0
    for sign in ";\t,|":
        counts = [line.count(sign) for line in lines]
        common = max(set(counts), key=counts.count) if counts else 0
        agreed = counts.count(common) * common if common else 0
        if agreed > score:
            best, score = sign, agreed
    return best


def separated(data: bytes, limits: dict[str, int]) -> dict[str, object]:
    """Read CSV."""
    content = decoded(data)
    said = re.match(r"sep=(.)\r?\n", content)
    skipped = 0
    if said:
        content, skipped = content[said.end() :], 1
    csv.field_size_limit(100_000)
    sign = said[1] if said else delimiter_of(content[:100_000])
    lines, rows = array("I"), []
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=sign)
    before = 0
    for cells in reader:
        number_of_line, before = before + 1 + skipped, reader.line_num
        if len(cells) > limits["columns"]:
            raise Refused("columns")
        kept = [cell.strip() for cell in cells]
        if any(kept):
            lines.append(number_of_line)
            rows.append(kept)
            if len(lines) > limits["lines"]:
                raise Refused("lines")
    texts, width = Texts(), max(map(len, rows), default=0)
    return {"sheets": [table("", lines, ragged(rows, width, texts))], "lost": 0, "texts": list(texts.told)}


def ragged(rows: list[list[str]], width: int, texts: Texts) -> "list[array[int]]":
    """The columns of lines that are not all as long."""
    columns, there = [], list(range(len(rows)))
    for at in range(width):
        there = [line for line in there if len(rows[line]) > at]
        column = texts.numbers([rows[line][at] for line in there])
        if len(there) < len(rows):
            told, column = column, array("I", bytes(4 * len(rows)))
            for line, number in zip(there, told, strict=True):
                column[line] = number
        columns.append(column)
    return columns


READERS = {"csv": separated, "book": spreadsheet, "columns": columns}


def main() -> None:
    """Read, write the answer, end."""
    bound()
    gc.disable()  # a process of a second: its end collects everything
    limits = {name: int(value) for name, value in (one.split("=") for one in sys.argv[2:])}
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = READERS[sys.argv[1]](data, limits)
    except Refused as refused:
        answer = {"refused": refused.args[0]}
    except MemoryError:
        answer = {"refused": "bomb"}
    except csv.Error:
        answer = {"refused": "csv"}
    except Exception as exc:  # noqa: BLE001 - whatever the libraries say of a hostile file, it is refused
        answer = {"refused": "locked" if "assword" in type(exc).__name__ + str(exc) else "broken"}
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
