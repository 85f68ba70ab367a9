"""The fingerprint of what a file says, whatever its name, its format and the software that saved it."""

import re
from functools import lru_cache
from hashlib import sha256

from clausette.imports.takeover.reading import Workbook
from clausette.kernel.parsing import parse_date, parse_decimal
from clausette.kernel.text import collapse

_NUMBER = re.compile(r"[-+]?[0-9][0-9 .,'\u00a0\u202f]*")
_DATE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")


def fingerprint(workbook: Workbook) -> str:
    """Return the hash of the lines in their order: empty lines, names of sheets, case and spaces do not count.

    « 7,5 » and « 7.50 », « 01/03/2026 » and « 2026-03-01 » are the same cell.
    """
    digest = sha256()
    for sheet in workbook.sheets:
        for line in sheet.lines:
            cells = [_normal(cell) for cell in line.cells]
            while cells and not cells[-1]:
                cells.pop()
            if any(cells):
                digest.update("\x1f".join(cells).encode())
                digest.update(b"\x1e")
    return digest.hexdigest()


@lru_cache(maxsize=100_000)
def _normal(text: str) -> str:
    plain = collapse(text)
    if _DATE.fullmatch(plain):
        try:
            return parse_date(plain).isoformat()
        except ValueError:
            return plain.casefold()
    if _NUMBER.fullmatch(plain):
        try:
            return f"{parse_decimal(plain).normalize():f}"
        except ValueError:
            return plain.casefold()
    return plain.casefold()
