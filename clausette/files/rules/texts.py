"""Bytes that are a text: their characters, whatever the encoding met in practice."""

import codecs
import re
from collections.abc import Callable, Sequence
from typing import Protocol

# Control characters no text file holds (tab, line ends and form feed are fine).
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


class _Place(Protocol):
    """Where something stands in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def masked_text(data: bytes, search: Callable[[str], Sequence[_Place]]) -> bytes | None:
    """Return a text, in UTF-8 with its mark, each sign found replaced by « X »; None when nothing is found."""
    text = text_of(data) or ""
    places = search(text)
    if not places:
        return None
    for place in places:
        hidden = "".join("X" if sign.isalnum() else sign for sign in text[place.start : place.end])
        text = text[: place.start] + hidden + text[place.end :]
    return text.encode("utf-8-sig")


def text_of(data: bytes) -> str | None:
    """Return the characters of a text in UTF-8, UTF-16 with its mark or Windows-1252; None when it is no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _plain(data.decode("utf-16", errors="replace"))
    if b"\x00" in data:
        return None
    try:
        return _plain(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _plain(data.decode("cp1252", errors="replace"))


def _plain(text: str) -> str | None:
    return None if _CONTROL.search(text) else text
