"""Read the XML of the official format (XSD 2.0.2), record by record, without trusting it.

No document type, no entity, nothing fetched from outside: a DOCTYPE is refused before anything is expanded. The file
is read by slices and each record is turned at once into the shape that the JSON has; depth and number of elements
of a record are bounded. Namespaces are left aside, order is free, and any declared encoding that Python knows is read.
"""

import codecs
import re
from collections import Counter
from typing import NoReturn, Protocol
from xml.parsers import expat

from clausette.imports.decp.decode import CP1252_NOTICE, MOST_DEPTH, UnreadableError
from clausette.imports.decp.phrases import shown
from clausette.imports.decp.results import RecordKind
from clausette.imports.decp.root import MOST_RECORDS, ignored, records_notice
from clausette.imports.decp.schema import SHAPES
from clausette.imports.decp.unfold import Node, unfold

SLICE = 64 * 1024
# Practice: the largest record met has some hundred elements.
MOST_ELEMENTS = 50_000
EXPECTED = "Un fichier DECP en XML commence par <marches>, qui contient des <marche> et des <contrat-concession>."
DOCTYPE = (
    "Ce fichier XML déclare un type de document (DOCTYPE) : il pourrait cacher des entités piégées, il n'est pas lu. "
    "Un fichier officiel n'en a pas."
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KINDS = {kind.value: kind for kind in RecordKind}
_REASONS = {
    2: "l'écriture n'est pas celle du XML",
    4: "un caractère n'est pas admis ici, souvent « & » ou « < »",
    8: "un attribut est écrit deux fois",
    9: "il y a du texte après la fin du document",
    11: "une entité inconnue (&…;) est employée",
    18: "l'encodage annoncé n'est pas connu",
    19: "l'encodage annoncé n'est pas celui du fichier",
}
UNKNOWN_ENCODING = f"Le XML ne peut pas être lu : {_REASONS[18]}."
_CUT = frozenset({3, 5, 6})
_MISMATCH = 7


def is_markup(data: bytes) -> bool:
    """Whether the bytes begin as XML or HTML does, whatever their encoding."""
    head = data[:512].removeprefix(codecs.BOM_UTF8)
    return head.lstrip(b"\xff\xfe\x00 \t\r\n").startswith(b"<")


def records_of_markup(data: bytes) -> tuple[list[tuple[RecordKind, object]], tuple[str, ...]]:
    """The records with their kind, in the shape of the JSON, and the notices. Raises `UnreadableError`."""
    encoding, notices = encoding_of(data)
    reader = _Reader()
    parser = safe_parser(reader, encoding)
    try:
        for start in range(0, len(data), SLICE):
            parser.Parse(data[start : start + SLICE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise syntax_refusal(error, reader.open_name) from error
    except (LookupError, UnicodeDecodeError, ValueError):
        raise UnreadableError(UNKNOWN_ENCODING) from None
    found = [*notices, *(ignored(f"<{name}>", count) for name, count in reader.unknown.items())]
    if reader.stray:
        found.append("Du texte est écrit entre les enregistrements : il n'est pas lu.")
    return reader.records, (*found, *records_notice(len(reader.records)))


def text_of_markup(data: bytes) -> str:
    """The characters of a file that was read, by the same encoding."""
    encoding, _ = encoding_of(data)
    declared = _DECLARED.match(data[:400].lstrip())
    return data.decode(encoding or (declared[1].decode("ascii") if declared else "utf-16"))


class _Reader:
    """What expat calls: a stack of open elements, and the records made of the closed ones."""

    def __init__(self) -> None:
        self.records: list[tuple[RecordKind, object]] = []
        self.unknown: Counter[str] = Counter()
        self.stray = False
        self._stack: list[Node] = []
        self._count = 0

    @property
    def open_name(self) -> str:
        return self._stack[-1].name if self._stack else ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._stack:
            _demand_root(local)
        if len(self._stack) == 1:
            self._count = 0
        self._count += 1
        if len(self._stack) >= MOST_DEPTH:
            raise UnreadableError(
                f"Le fichier est imbriqué sur plus de {MOST_DEPTH} niveaux : ce n'est pas un fichier DECP."
            )
        if self._count > MOST_ELEMENTS:
            position = len(self.records) + 1
            raise UnreadableError(
                f"L'enregistrement {position} a plus de {MOST_ELEMENTS} éléments : ce n'est pas un fichier DECP."
            )
        nil = any(
            key.rpartition(":")[2] == "nil" and value in ("true", "1") for key, value in attributes.items()
        )
        self._stack.append(Node(local, nil))

    def data(self, text: str) -> None:
        if len(self._stack) > 1:
            self._stack[-1].texts.append(text)
        elif text.strip():
            self.stray = True

    def end(self, _name: str) -> None:
        node = self._stack.pop()
        if len(self._stack) == 1:
            self._record(node)
        elif len(self._stack) > 1:
            self._stack[-1].children.append(node)

    def _record(self, node: Node) -> None:
        kind = _KINDS.get(node.name)
        if kind is None:
            self.unknown[shown(node.name)] += 1
            return
        if len(self.records) >= MOST_RECORDS:
            raise UnreadableError(
                f"Le fichier contient plus de {MOST_RECORDS} enregistrements : c'est la limite."
            )
        self.records.append((kind, unfold(node, SHAPES[kind])))


class Reading(Protocol):
    """What a safe parser calls."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def data(self, text: str) -> None:
        """Text."""

    def end(self, name: str, /) -> None:
        """An element closes."""


def safe_parser(reader: Reading, encoding: str | None) -> expat.XMLParserType:
    """Return a parser that refuses any document type and entity."""
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.ExternalEntityRefHandler = _refuse_doctype
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _refuse_doctype(*_: object) -> NoReturn:
    raise UnreadableError(DOCTYPE)


def _demand_root(name: str) -> None:
    if name.casefold() == "html":
        raise UnreadableError("Ce fichier est une page web (HTML), pas un fichier DECP.")
    if name != "marches":
        raise UnreadableError(f"{EXPECTED} Ici, la racine est <{shown(name)}>.")


def encoding_of(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The encoding to impose (None: the file's own word is right), and a notice when it is not UTF-8."""
    if data.startswith(_UTF16):
        return "utf-16", ()
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8)[:400].lstrip())
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        return None, ()
    if data[:2] in (b"<\x00", b"\x00<"):
        return None, ()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), SLICE):
            decoder.decode(data[start : start + SLICE])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return "windows-1252", (CP1252_NOTICE,)
    return "utf-8", ()


def syntax_refusal(error: expat.ExpatError, open_name: str) -> UnreadableError:
    """The refusal of what is no XML, with its line and column."""
    line, column = error.lineno, error.offset + 1
    if error.code in _CUT:
        reason = "le fichier s'arrête avant la fin, il est sans doute coupé"
    elif error.code == _MISMATCH:
        reason = f"la balise fermée n'est pas celle qui est ouverte, <{shown(open_name)}>"
    else:
        reason = _REASONS.get(error.code, _REASONS[2])
    sentence = f"Le XML ne peut pas être lu : ligne {line}, colonne {column}, {reason}."
    return UnreadableError(sentence, line, column)
