"""The fingerprint of what a file says, whatever its name, its format and the software that saved it."""

import re
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
    digest, texts, normal = sha256(), None, []
    for sheet in workbook.sheets:
        grid = sheet.grid
        if grid.texts is not texts:  # the sheets of a workbook share theirs
            texts, normal = grid.texts, [_normal(text) for text in grid.texts]
        cells = zip(*(map(normal.__getitem__, column) for column in grid.columns), strict=True)
        lines = [told for line in map("\x1f".join, cells) if (told := line.rstrip("\x1f"))]
        if lines:  # a normal text holds none of these two signs: they are spaces
            digest.update("\x1e".join([*lines, ""]).encode())
    return digest.hexdigest()


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
