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
from datetime import date, datetime, time, timedelta

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


def filled(rows: dict[int, list[str]], merges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Repeat the value of merged cells: downwards everywhere, sideways near the top (two header lines)."""
    tops = sorted(rows)[:15]
    for (top, left), (bottom, right) in merges[:20_000]:
        source = rows.get(top, [])
        value = source[left] if left < len(source) else ""
        if not value:
            continue
        last = min(right, left + 60) if top in tops and bottom == top else left
        for line in range(top, min(bottom, top + 5000) + 1):
            cells = rows.get(line)
            if cells is None:
                continue
            for column in range(left, last + 1):
                if column < len(cells) and not cells[column]:
                    cells[column] = value


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
    sheets, room = [], limits["lines"]
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        lines = one_sheet(sheet, limits, room)
        room -= len(lines)
        sheets.append({"name": name, "hidden": name in hidden, "date_1904": from_1904, "lines": lines})
    return {"sheets": sheets, "lost": lost}


def one_sheet(sheet: object, limits: dict[str, int], room: int) -> list[tuple[int, list[str]]]:
    """The lines of a sheet that hold something."""
    start = sheet.start  # type: ignore[attr-defined]  # the library carries no types
    if start is None:
        return []
    first, shift = start
    if sheet.width + shift > limits["columns"]:  # type: ignore[attr-defined]  # the library carries no types
        raise Refused("columns")
    rows: dict[int, list[str]] = {}
    pad = [""] * shift
    known: dict[tuple[type, object], str] = {}  # 1, 1.0 and True are not the same cell
    for offset, values in enumerate(sheet.to_python(skip_empty_area=True)):  # type: ignore[attr-defined]  # the library carries no types
        if not any(value not in ("", None) for value in values):
            continue
        cells = pad[:]
        for value in values:
            key = type(value), value
            said = known.get(key)
            if said is None:
                said = known[key] = text(value)
            cells.append(said)
        if any(cells):
            rows[first + offset] = cells
            if len(rows) > room:
                raise Refused("lines")
    merges = getattr(sheet, "merged_cell_ranges", None) or []
    filled(rows, merges)
    return [(at + 1, cells) for at, cells in sorted(rows.items())]


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
    lines: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=sign)
    before = 0
    for cells in reader:
        number_of_line, before = before + 1 + skipped, reader.line_num
        if len(cells) > limits["columns"]:
            raise Refused("columns")
        kept = [cell.strip() for cell in cells]
        if any(kept):
            lines.append((number_of_line, kept))
            if len(lines) > limits["lines"]:
                raise Refused("lines")
    return {"sheets": [{"name": "", "hidden": False, "date_1904": False, "lines": lines}], "lost": 0}


def numbered(answer: dict[str, object]) -> dict[str, object]:
    """The same answer, each text said once: cells become their number in « texts ». Names are said again and again."""
    texts: dict[str, int] = {}
    for sheet in answer.get("sheets", ()):  # type: ignore[attr-defined]  # plain lists
        if "lines" in sheet:
            sheet["lines"] = [
                (number, [texts.setdefault(cell, len(texts)) for cell in cells]) for number, cells in sheet["lines"]
            ]
    return answer | {"texts": list(texts)}


READERS = {"csv": separated, "book": spreadsheet, "columns": columns}


def main() -> None:
    """Read, write the answer, end."""
    bound()
    gc.disable()  # a process of a second: its end collects everything
    limits = {name: int(value) for name, value in (one.split("=") for one in sys.argv[2:])}
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = numbered(READERS[sys.argv[1]](data, limits))
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
