"""The one typeface of our documents and pictures, and what it can draw.

A tagged PDF must not hold a character without a glyph: the engine refuses the whole document. So a text typed
by a person goes through `printable` before it is set.
"""

import re
import struct
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Inter"
MISSING = "□"  # stands for a character the typeface cannot draw (emoji, ideograms)
_LONGEST_WORD = 32
_SPACE = re.compile("[^\\S\u00a0\u202f]+")  # any white space except the no-break ones of French typography
_BREAK = "\u200b"  # zero-width space: lets a very long word go on to the next line


def font_folder() -> Path:
    """Return the folder that holds the font files, for typst and vl-convert alike."""
    return Path(str(files("fontpkg_inter"))) / "files"


def printable(text: str) -> str:
    """Return `text` on one line, with only characters the typeface can draw.

    Control and invisible characters (direction overrides among them, which could make a number read
    backwards) are dropped; characters without a glyph become `□`; words over 32 characters may be broken at
    the line's end.
    """
    words = _SPACE.split(unicodedata.normalize("NFC", text))
    return " ".join(_breakable(drawn) for drawn in map(_drawn, words) if drawn)


def _drawn(word: str) -> str:
    return "".join(_glyph(character) for character in word)


def _glyph(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs"} or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    if category in {"Co", "Cn"} or ord(character) not in _covered():
        return MISSING
    return character


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    return _BREAK.join(word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD))


@cache
def _covered() -> frozenset[int]:
    """Read the code points of the upright font from its `cmap` table (OpenType 1.9, formats 4 and 12)."""
    data = next(
        path for path in sorted(font_folder().glob("*.ttf")) if "Italic" not in path.name
    ).read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    start = next(
        struct.unpack_from(">I", data, 12 + 16 * n + 8)[0]
        for n in range(tables)
        if data[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    (count,) = struct.unpack_from(">H", data, start + 2)
    offsets = {struct.unpack_from(">I", data, start + 4 + 8 * n + 4)[0] for n in range(count)}
    readings = {struct.unpack_from(">H", data, start + offset)[0]: start + offset for offset in offsets}
    best = 12 if 12 in readings else 4  # 12 is exact; the spans of 4 may hold a few empty places
    return frozenset(_code_points(data, readings[best], best))


def _code_points(data: bytes, at: int, kind: int) -> set[int]:
    if kind == 12:
        (groups,) = struct.unpack_from(">I", data, at + 12)
        spans = [struct.unpack_from(">II", data, at + 16 + 12 * n) for n in range(groups)]
        return {code for first, last in spans for code in range(first, last + 1)}
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    lasts = struct.unpack_from(f">{doubled // 2}H", data, at + 14)
    firsts = struct.unpack_from(f">{doubled // 2}H", data, at + 16 + doubled)
    return {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1)} - {
        0xFFFF
    }
