"""Reading a very large official file as it comes, to keep only the records that concern a structure.

JSON of format 2.0.3 (and of 2019, whose list stands alone). A national extract is read record by record, without ever
holding the whole of it: each one is glanced at, those that matter are kept as they are written, the others are only
counted.
"""

import json
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

from clausette.imports.decp.decode import UnreadableError
from clausette.imports.decp.results import RecordKind, record_key
from clausette.imports.decp.root import EXPECTED, MOST_RECORDS
from clausette.kernel.french import format_number, plural

CHUNK = 1 << 20
MOST_RECORD = 8 << 20
"""Characters: a record beyond is no record."""
TELL_EVERY = 5_000
SIREN_DIGITS = 9
CLAUSE = "Clause sociale"
PRECISE = frozenset({"Code postal", "Code commune", "Code arrondissement", "Code canton", "Code département"})
_SPACE = " \t\r\n,"


class Concern(StrEnum):
    """Why a record is kept."""

    BUYER = "buyer"
    TERRITORY = "territory"


@dataclass(frozen=True, slots=True)
class Interest:
    """What concerns a structure: the legal bodies of its buyers (nine digits) and its departments (« 21 », « 974 »)."""

    bodies: Container[str]
    departments: Container[str]


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen of a record without checking it. `department`: « » when the place is not precise enough."""

    buyer_siret: str
    number: str
    clause: bool
    department: str

    @property
    def key(self) -> str:
        """The key of the record in the imports."""
        return record_key(self.buyer_siret, self.number)


@dataclass(slots=True)
class Survey:
    """What a file holds: `read` records, of which `clauses` have a social clause, and those kept, as written."""

    read: int = 0
    clauses: int = 0
    concerns: Counter[Concern] = field(default_factory=Counter)
    kept: dict[RecordKind, list[str]] = field(default_factory=lambda: {kind: [] for kind in RecordKind})

    @property
    def count(self) -> int:
        """How many records are kept."""
        return sum(self.concerns.values())

    @property
    def sentence(self) -> str:
        """« 200 000 enregistrements lus, dont 12 480 avec clause sociale : 214 vous concernent… »."""
        buyers, around = self.concerns[Concern.BUYER], self.concerns[Concern.TERRITORY]
        read = plural(self.read, "enregistrement lu", "enregistrements lus")
        return (
            f"Fichier trié à la lecture : {read}, dont {format_number(self.clauses)} avec clause sociale. Seuls ceux "
            f"qui vous concernent sont gardés : {format_number(buyers)} de vos maîtres d'ouvrage, "
            f"{format_number(around)} avec clause sociale dans votre territoire. Les autres sont comptés sans être "
            "conservés."
        )

    def written(self) -> bytes:
        """The records kept as a file of their own."""
        lists = ", ".join(f'"{kind.value}": [{", ".join(texts)}]' for kind, texts in self.kept.items() if texts)
        body = lists or f'"{RecordKind.MARCHE.value}": []'
        return f'{{"marches": {{{body}}}}}'.encode()


def _unheard(done: int) -> None:
    """Nobody waits for the count of records."""


def survey(
    stream: BinaryIO, interest: Interest, heard: Callable[[int], None] = _unheard, *, chunk: int = CHUNK
) -> Survey:
    """Read a file as it comes and keep what concerns a structure. `heard` is told now and then how many are read.

    `chunk`: bytes read at once.

    Raises UnreadableError: not such a file, cut, or more records kept than a person can look at.
    """
    found = Survey()
    for kind, text, raw in _records(_Reader(stream, chunk)):
        found.read += 1
        if found.read % TELL_EVERY == 0:
            heard(found.read)
        seen = glance(raw)
        found.clauses += seen.clause
        concern = concern_of(seen, interest)
        if concern is not None:
            found.concerns[concern] += 1
            found.kept[kind].append(text)
            if found.count > MOST_RECORDS:
                raise UnreadableError(
                    f"Plus de {MOST_RECORDS} enregistrements vous concernent : prenez un fichier plus court."
                )
    return found


def concern_of(seen: Glance, interest: Interest) -> Concern | None:
    """Return why a record is kept, None when it is only counted."""
    if seen.buyer_siret[:SIREN_DIGITS] in interest.bodies:
        return Concern.BUYER
    if seen.clause and seen.department and seen.department in interest.departments:
        return Concern.TERRITORY
    return None


def glance(raw: Mapping[str, Any]) -> Glance:
    """Return what is seen of a record; what is not written as the format says is not seen. Never raises."""
    buyer = raw.get("acheteur", raw.get("autoriteConcedante"))
    siret = buyer.get("id") if isinstance(buyer, dict) else ""
    number = raw.get("id")
    group = raw.get("considerationsSociales")
    social = group.get("considerationSociale") if isinstance(group, dict) else ()
    place = raw.get("lieuExecution")
    return Glance(
        "".join(str(siret or "").split()),
        str(number) if isinstance(number, str | int) else "",
        isinstance(social, list) and CLAUSE in social,
        department_in(place) if isinstance(place, dict) else "",
    )


def department_in(place: Mapping[str, Any]) -> str:
    """Return « 21 » for the code 21231, « 974 » for 97411, « » for a region, a country, or what is no code."""
    code = str(place.get("code", "")).strip().upper()
    if place.get("typeCode") not in PRECISE or len(code) not in (2, 3, 4, 5) or not code[:1].isdigit():
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


class _Reader:
    """Text of a stream, read by pieces: what was consumed is forgotten."""

    def __init__(self, stream: BinaryIO, chunk: int) -> None:
        self.stream, self.chunk = stream, chunk
        self.decoder = getincrementaldecoder("utf-8-sig")()
        self.text, self.at, self.ended = "", 0, False
        # no hook on objects: the file is only glanced at, and each record kept is read again whole
        self.parse = json.JSONDecoder(strict=False, parse_float=Decimal).raw_decode

    def more(self) -> bool:
        """Read a piece; say whether there was one. Raises UnreadableError when it is not UTF-8."""
        if self.ended:
            return False
        data = self.stream.read(self.chunk)
        self.ended = not data
        try:
            piece = self.decoder.decode(data, final=self.ended)
        except UnicodeDecodeError as error:
            raise UnreadableError("Le fichier n'est pas en UTF-8 : il ne peut pas être lu par tri.") from error
        self.text, self.at = self.text[self.at :] + piece, 0
        return bool(piece) or not self.ended

    def peek(self) -> str:
        """Return the next character that is neither space nor comma, « » at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _SPACE:
                    return self.text[self.at]
                self.at += 1
            if not self.more():
                return ""

    def value(self) -> tuple[str, object]:
        """Read one JSON value: its text and what it is. Raises UnreadableError."""
        self.peek()
        while True:
            try:
                found, end = self.parse(self.text, self.at)
            except json.JSONDecodeError as error:
                if len(self.text) - self.at > MOST_RECORD or not self.more():
                    raise UnreadableError(_BROKEN) from error
                continue
            except RecursionError as error:
                raise UnreadableError(_BROKEN) from error
            if end == len(self.text) and not isinstance(found, dict | list | str) and self.more():
                continue  # a number may go on in the next piece
            text, self.at = self.text[self.at : end], end
            return text, found

    def take(self, wanted: str) -> bool:
        """Take the next character if it is the one wanted."""
        if self.peek() != wanted:
            return False
        self.at += 1
        return True

    def key(self) -> str:
        """Read « "name": » and return the name. Raises UnreadableError."""
        _, name = self.value()
        if not isinstance(name, str) or not self.take(":"):
            raise UnreadableError(_BROKEN)
        return name


_BROKEN = "Le JSON ne peut pas être lu : il est coupé, ou mal écrit."


def _records(reader: _Reader) -> Iterator[tuple[RecordKind, str, dict[str, Any]]]:
    """The records one by one, with their text. Raises UnreadableError."""
    if not reader.take("{"):
        raise UnreadableError(EXPECTED)
    found = False
    while not reader.take("}"):
        if reader.key() != "marches":
            reader.value()
            continue
        found = True
        if reader.peek() == "[":
            yield from _list(reader, RecordKind.MARCHE)
        elif reader.take("{"):
            yield from _lists(reader)
        else:
            raise UnreadableError(EXPECTED)
    if not found:
        raise UnreadableError(f"{EXPECTED} La clé « marches » manque.")


def _lists(reader: _Reader) -> Iterator[tuple[RecordKind, str, dict[str, Any]]]:
    kinds = {kind.value: kind for kind in RecordKind}
    while not reader.take("}"):
        name = reader.key()
        if name in kinds and reader.peek() == "[":
            yield from _list(reader, kinds[name])
        else:
            reader.value()


def _list(reader: _Reader, kind: RecordKind) -> Iterator[tuple[RecordKind, str, dict[str, Any]]]:
    reader.take("[")
    while not reader.take("]"):
        text, raw = reader.value()
        yield kind, text, raw if isinstance(raw, dict) else {}
