"""From bytes to a text or a JSON value: encoding, syntax, size, depth; `UnreadableError` carries a French sentence."""

import codecs
import json
import re
from collections.abc import Sequence
from decimal import Decimal

from clausette.imports.decp.results import FileRefusal

# The yearly file of a large buyer weighs under 10 MB; the number of records is bounded in `root`.
MOST_BYTES = 100 * 1024 * 1024
# The format itself goes 11 levels deep.
MOST_DEPTH = 40
# Longer numbers are left as text and reported at their field: they carry no amount, date or count.
LONGEST_NUMBER = 30
HIGHEST_EXPONENT = 20

# 20 000 records of a hundred objects each: beyond, memory would be spent before anything can be said.
MOST_OBJECTS = 4_000_000

CP1252_NOTICE = (
    "Le fichier n'est pas en UTF-8 : il a été lu en Windows-1252 (latin-1). Vérifiez les accents des objets."
)
UTF16_NOTICE = "Le fichier est en UTF-16 au lieu d'UTF-8 : il a été lu."

_OTHER_KINDS = (
    (b"%PDF", "un PDF"),
    (b"PK\x03\x04", "un classeur ou une archive ZIP"),
    (b"\xd0\xcf\x11\xe0", "un ancien document Office"),
    (b"\x1f\x8b", "une archive GZIP"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
)
_REASONS = {
    "Expecting value": "une valeur est attendue",
    "Expecting ',' delimiter": "une virgule est attendue",
    "Expecting ':' delimiter": "le signe « : » est attendu",
    "Expecting property name enclosed in double quotes": "un nom de champ entre guillemets est attendu",
    "Unterminated string starting at": "le texte ouvert ici par un guillemet n'est pas refermé",
    "Invalid \\escape": "une barre oblique inverse est mal employée",
    "Invalid \\uXXXX escape": "un caractère codé par \\u est incomplet",
    "Extra data": "il y a du texte après la fin du JSON",
}


class UnreadableError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, sentence: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(sentence)
        self.refusal = FileRefusal(sentence, line, column)


class Pairs(dict[str, object]):
    """A JSON object that remembers the keys written more than once, with the values they hid."""

    __slots__ = ("hidden",)  # a file of 100 MB has a million of them

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.hidden: Sequence[tuple[str, object]] = ()
        if len(self) < len(pairs):
            seen: dict[str, object] = {}
            hidden = []
            for key, value in pairs:
                if key in seen:
                    hidden.append((key, seen[key]))
                seen[key] = value
            self.hidden = hidden


def demand_readable(data: bytes) -> None:
    """Refuse what is too heavy, empty, or plainly something else. Raises `UnreadableError`."""
    if len(data) > MOST_BYTES:
        size = len(data) // (1024 * 1024)
        most = MOST_BYTES // (1024 * 1024)
        raise UnreadableError(f"Le fichier pèse {size} Mo : la limite est de {most} Mo.")
    for mark, kind in _OTHER_KINDS:
        if data.startswith(mark):
            raise UnreadableError(f"Ce fichier est {kind}, pas un fichier DECP (JSON, XML ou CSV).")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of the file and the notices about its encoding. Raises `UnreadableError`."""
    text, notices = _text(data)
    if not text.strip():
        raise UnreadableError("Le fichier est vide.")
    return text, notices


def parse(text: str) -> object:
    """The JSON value, numbers exact (int or Decimal). Raises `UnreadableError` with line and column."""
    if text.count("{") + text.count("[") > MOST_OBJECTS:
        raise UnreadableError(f"Le fichier contient plus de {MOST_OBJECTS} objets : ce n'est pas un fichier DECP.")
    try:
        value: object = json.loads(
            text,
            strict=False,
            object_pairs_hook=Pairs,
            parse_float=_number,
            parse_int=_whole,
            parse_constant=str,
        )
    except json.JSONDecodeError as error:
        raise _syntax(error) from error
    except RecursionError:
        raise _too_deep() from None
    _guard_depth(value)
    return value


def _text(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace").lstrip("\ufeff"), (UTF16_NOTICE,)
    if b"\x00" in data[:4096]:
        raise UnreadableError("Ce fichier n'est pas un texte : un fichier DECP (JSON, XML ou CSV) est attendu.")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), (CP1252_NOTICE,)
    except UnicodeDecodeError:
        return data.decode("latin-1"), (CP1252_NOTICE,)


def number_of(text: str, *, whole: bool = False) -> Decimal | int | str:
    """The exact number written, left as text when it is too long to be one."""
    return _whole(text) if whole else _number(text)


def _number(text: str) -> Decimal | str:
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    if len(text) > LONGEST_NUMBER or (exponent and abs(int(exponent[1])) > HIGHEST_EXPONENT):
        return text
    return Decimal(text)


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= LONGEST_NUMBER else text


def _syntax(error: json.JSONDecodeError) -> UnreadableError:
    if error.pos >= len(error.doc.rstrip()) and error.msg != "Extra data":
        reason = "le fichier s'arrête avant la fin, il est sans doute coupé"
    else:
        reason = _REASONS.get(error.msg, "l'écriture n'est pas celle du JSON")
    sentence = f"Le JSON ne peut pas être lu : ligne {error.lineno}, colonne {error.colno}, {reason}."
    return UnreadableError(sentence, error.lineno, error.colno)


def _guard_depth(value: object) -> None:
    level = [value]
    for _ in range(MOST_DEPTH):
        level = [inner for item in level for inner in _children(item)]
        if not level:
            return
    raise _too_deep()


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        hidden = value.hidden if isinstance(value, Pairs) else []
        return [*value.values(), *(item for _, item in hidden)]
    return value if isinstance(value, list) else []


def _too_deep() -> UnreadableError:
    return UnreadableError(
        f"Le fichier est imbriqué sur plus de {MOST_DEPTH} niveaux : ce n'est pas un fichier DECP."
    )
