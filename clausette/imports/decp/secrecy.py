"""Social security numbers in an official file: said where they stand, never kept.

A facilitator may not process the NIR (décret 2019-341), even when a buyer published one by mistake: the record is
refused with its field, and the file is kept without the number.
"""

import json
import re
from html import unescape
from xml.sax.saxutils import escape

from clausette.imports.decp.decode import decode
from clausette.imports.decp.markup import text_of_markup
from clausette.imports.decp.phrases import shown
from clausette.imports.decp.results import DecpFile, Effect, FileForm, Problem
from clausette.kernel.nir import find_nir

REMOVED = "[numéro de sécurité sociale retiré]"
CERTAIN = (
    "Ce texte contient un numéro de sécurité sociale : il n'est pas conservé, et ce marché ne peut pas être repris. "
    "Saisissez-le sans ce numéro, et prévenez l'acheteur qui l'a publié."
)
POSSIBLE = "Ce texte ressemble à un numéro de sécurité sociale : vérifiez-le avant de reprendre ce marché."
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
# The text of an element: inside CDATA as it stands, else escaped.
_MARKUP = re.compile(r"<!\[CDATA\[(.*?)\]\]>|(?<=>)([^<]+)", re.DOTALL)
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml.*?\?>", re.DOTALL)
UTF8 = '<?xml version="1.0" encoding="UTF-8"?>'
_ESCAPED = re.compile(r"\\u(?:00(?:3|[46][12])|06|ff1)|&#")
_GAP = (
    r"(?:[ \t./\-\u00a0\u2009\u202f\u2010-\u2015_]"
    r"|\\(?:u00[aA]0|u2009|u202[fF]|u201[0-5]|u00[25][0-9a-fA-F]|[t/])|&[a-z]+;){0,3}"
)
# Fifteen characters, the seventh perhaps A or B (Corsica), cut by what `kernel.nir` lets between them.
_CANDIDATE = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{5}}{_GAP}[\dABab](?:{_GAP}\d){{8}}(?!\d)")
_FEWEST = 12  # digits of a Corsican number without its key


def without_nir(text: str) -> str:
    """The text with « [numéro de sécurité sociale retiré] » in place of each certain number."""
    found = find_nir(text)
    while found is not None and found.certainty == "certain":
        text = text[: found.start] + REMOVED + text[found.end :]
        found = find_nir(text)
    return text


def said_of(value: object) -> str:
    """A value of the file as a person may read it (see `phrases.shown`), numbers taken out before it is cut."""
    return shown(without_nir(value)) if isinstance(value, str) else without_nir(shown(value))


def looked_at(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text of a field as it may be kept, and what is to be said of it.

    A number taken out of the file when it was kept is said again at each reading.
    """
    kept = without_nir(text)
    if REMOVED in kept:
        return kept, [Problem(path, shown(kept), CERTAIN, Effect.RECORD)]
    if find_nir(kept) is not None:
        return kept, [Problem(path, shown(kept), POSSIBLE)]
    return kept, []


def fit_to_keep(data: bytes, read: DecpFile) -> bytes:
    """The bytes of the file as they may be kept: as they came, unless a record carried a number.

    The numbers are then taken out of the texts, escaped or not; all the rest stays to the letter (an XML file is
    written again in UTF-8).
    """
    if not any(one.sentence == CERTAIN for record in read.records for one in record.problems):
        return data
    text = text_of_markup(data) if read.form is FileForm.XML else decode(data)[0]
    return without_numbers(text, read.form)


def without_numbers(text: str, form: FileForm) -> bytes:
    """A file without the numbers its texts carry; all the rest stays to the letter."""
    if form is FileForm.XML:
        return (UTF8 + _MARKUP.sub(_element_text, _DECLARATION.sub("", text))).encode()
    if form is FileForm.CSV:
        return "".join(map(_line, text.splitlines(keepends=True))).encode()
    return _TEXT.sub(lambda found: _literal(found.group()), text).encode()


def may_carry_nir(text: str) -> bool:
    """Whether the characters of a file, read or not, may hold a certain number: looked at in one go, never missed.

    Digits written by an escape (\\u0031, &#49;) cannot be told from here: then the answer is yes.
    """
    return _ESCAPED.search(text) is not None or _CANDIDATE.search(text) is not None


def _line(line: str) -> str:
    return without_nir(line) if sum(char.isdigit() for char in line) >= _FEWEST else line


def _element_text(found: re.Match[str]) -> str:
    written = found[1] if found[1] is not None else unescape(found[2])
    kept = _line(written)
    return found[0] if kept == written else escape(kept)


def _literal(written: str) -> str:
    if sum(char.isdigit() for char in written) < _FEWEST:
        return written
    try:
        said = json.loads(written, strict=False)
    except ValueError:
        return written
    kept = without_nir(said)
    return written if kept == said else json.dumps(kept, ensure_ascii=False)
