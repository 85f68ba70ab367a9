"""Lines that ask nothing, many in one row: packed column by column, what they say written once (ADR 0024).

A column that is the same on all the lines of a block is written once. A person is who is written and the work contract
meant; a place, where, and the engagement meant; a finding, what many lines say in the same words. The three lists stand
beside the cells, which name them by number: erasing a person empties words there, and touches no cell.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, NamedTuple, TypeVar

import msgspec

from clausette.hours.enums import HoursKind
from clausette.imports.hours_files.matching import Post
from clausette.imports.hours_files.records import Fate, HoursRecord, place_key
from clausette.imports.takeover.findings import Finding

PACKED = 2000
"""Lines of one block at most."""
ASKING = frozenset({Fate.ASK, Fate.UNMATCHED, Fate.REFUSED})
"""What becomes of a line that a person must look at: kept by itself."""
SHOWN = (
    "last_name", "first_name", "staff_number", "host_name", "host_siret", "site", "reference", "nature",
)  # fmt: skip
"""What is shown of a line, and kept of it; the rest is in the file."""
CENT, ZERO = Decimal("0.01"), Decimal(0)
T = TypeVar("T")
Entry = tuple[Any, ...]
"""A person or a place, as kept."""
Numbered = tuple[int, HoursRecord]
"""A record and its place in the file, from 1."""


class Person(NamedTuple):
    """Who is written, and the work contract meant (None: nobody's). Erased: no key, no words."""

    placement_id: int | None
    key: str
    last_name: str
    first_name: str
    staff_number: str


class Place(NamedTuple):
    """Where, and the engagement and marché meant. Erased: no words."""

    commitment_id: int | None
    contract_id: int | None
    host_name: str
    host_siret: str
    site: str
    reference: str
    nature: str

    @property
    def key(self) -> str:
        """Where, as the file writes it."""
        return place_key(self.reference, self.host_siret, self.host_name, self.site)


class QuietLine(NamedTuple):
    """A line of a block, as its reading left it. `says`: its findings, without their words once they are erased."""

    position: int
    line: int
    sheet: str
    column: str
    month: date
    kind: str
    hours: Decimal
    held: Decimal | None
    sure: str
    fate: str
    person: Person
    place: Place
    says: tuple[Finding, ...]

    @property
    def is_erased(self) -> bool:
        """The person is erased: nothing is shown of whom, where, what is said."""
        return not self.person.key

    @property
    def words(self) -> dict[str, str]:
        """What is shown of whom and where."""
        told = zip(SHOWN, (*self.person[2:], *self.place[2:]), strict=True)
        return {} if self.is_erased else {code: str(word) for code, word in told if word}

    @property
    def subject(self) -> tuple[str, str]:
        """Whom and where the file writes."""
        return ("", "") if self.is_erased else (self.person.key, self.place.key)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is said of it."""
        return () if self.is_erased else tuple(one for one in self.says if one.sentence)


class OfFate(msgspec.Struct):
    """What a block holds of one fate: how many lines and hours, how many say something, how many each code."""

    lines: int
    hours: Decimal
    told: int
    codes: dict[str, int]

    def of(self, *, told: bool, only: str) -> int:
        """How many lines a list shows: all, those that say something, those that say one code."""
        if only:
            return self.codes.get(only, 0)
        return self.told if told else self.lines


def fates_of(kept: Mapping[str, Any]) -> dict[str, OfFate]:
    """What a block holds by fate, as kept."""
    return msgspec.convert(kept, dict[str, OfFate])


class Packed(NamedTuple):
    """The columns of a block."""

    first: int
    last: int
    lines: int
    hours: Decimal
    fates: dict[str, OfFate]
    months: list[date | None]
    people: list[Entry]
    places: list[Entry]
    findings: list[Entry]
    cells: str


def parted(records: Iterable[HoursRecord]) -> tuple[list[Numbered], list[Numbered]]:
    """Part records between those that a person must look at, and those that ask nothing, each with its place."""
    stopping: dict[tuple[int, ...], bool] = {}
    asking: list[Numbered] = []
    quiet: list[Numbered] = []
    for numbered in enumerate(records, 1):
        record = numbered[1]
        said = tuple(map(id, record.findings))
        stops = stopping.get(said)
        if stops is None:
            stops = stopping[said] = record.stopped
        asks = stops or record.fate in ASKING or record.hours is None or record.month is None
        (asking if asks else quiet).append(numbered)
    return asking, quiet


class Written:
    """Who and where, worked out once for all the blocks of a file, as long as its records live; each once."""

    def __init__(self) -> None:
        self.subjects: dict[tuple[int | None, int, Any], tuple[Entry, Entry]] = {}
        """By post, by what a line names (the identity of its `Named`), by nature."""
        self.once: dict[Entry, Entry] = {}

    def subject(self, key: tuple[int | None, int, Any], one: HoursRecord, posts: Sequence[Post]) -> tuple[Entry, Entry]:
        """Work out whom and where a line means."""
        who, where = _subject(one, posts)
        found = self.subjects[key] = self.once.setdefault(who, who), self.once.setdefault(where, where)
        return found


def pack(lines: Sequence[Numbered], posts: Sequence[Post], written: Written) -> Packed:
    """Return lines that ask nothing, in the order of the file, as a block."""
    positions, records = (list(column) for column in zip(*lines, strict=True))
    people, places, known = [], [], written.subjects
    for one in records:
        key = one.post, id(one.known or one.named), one.values.get("nature")
        who, where = known.get(key) or written.subject(key, one, posts)
        people.append(who)
        places.append(where)
    return _packed(
        positions, [one.line for one in records], [one.sheet[:120] for one in records],
        [one.column for one in records], [one.month for one in records],
        [one.nature.kind or HoursKind.WORK for one in records], [one.hours for one in records],
        [one.held for one in records], [one.confidence for one in records], [one.fate for one in records],
        people, places, [one.findings for one in records],
    )  # fmt: skip


def _subject(one: HoursRecord, posts: Sequence[Post]) -> tuple[Entry, Entry]:
    who, post, text = one.named, posts[one.post] if one.post is not None else None, one.text
    return (
        (post.placement_id if post else None, who.person, text("last_name"), text("first_name"), text("staff_number")),
        (post.commitment_id if post else None, post.contract_id if post else None, who.host_name, who.host_siret,
         who.site, who.reference, text("nature")),
    )  # fmt: skip


def without(lines: Iterable[QuietLine], gone: Collection[int]) -> Packed | None:
    """Return the block of these lines without those of some places in the file; None when nothing is left of it."""
    left = [one for one in lines if one.position not in gone]
    if not left:
        return None
    return _packed(*(list(column) for column in zip(*left, strict=True)))


def _packed(
    position: list[int], line: list[int], sheet: list[str], column: list[str], month: list[date | None],
    kind: list[str], hours: list[Decimal | None], held: list[Decimal | None], sure: list[str], fate: list[str],
    people: list[Entry], places: list[Entry], says: list[Sequence[Finding]],
) -> Packed:  # fmt: skip
    months, (who, persons), (where, locations) = _numbers(month), _listed(people), _listed(places)
    said = [tuple(map(id, one)) for one in says]
    sayings = dict(zip(said, says, strict=True))
    findings = _numbers([_words_of(one) for one in chain.from_iterable(sayings.values())])
    numbers = {one: number for number, one in enumerate(sayings)}
    cells = _Cells(
        position, line, _folded(sheet), _folded(column), _folded(list(map(months.__getitem__, month))), _folded(kind),
        hours, _folded(held), _folded(sure), _folded(fate), persons, locations,
        list(map(numbers.__getitem__, said)),
        [[findings[_words_of(one)] for one in saying] for saying in sayings.values()],
    )  # fmt: skip
    fates = {
        str(one): _of_fate(
            [worked or ZERO for worked, other in zip(hours, fate, strict=True) if other == one],
            Counter(spoken for spoken, other in zip(said, fate, strict=True) if other == one), sayings,
        )
        for one in dict.fromkeys(fate)
    }  # fmt: skip
    return Packed(
        position[0], position[-1], len(position), sum((one.hours for one in fates.values()), ZERO), fates,
        list(months), who, where, list(findings), msgspec.json.encode(cells).decode(),
    )  # fmt: skip


def _of_fate(
    hours: list[Decimal], said: Mapping[tuple[int, ...], int], sayings: Mapping[tuple[int, ...], Sequence[Finding]]
) -> OfFate:
    codes: Counter[str] = Counter()
    for spoken, times in said.items():
        codes.update(dict.fromkeys({one.code for one in sayings[spoken]}, times))
    return OfFate(len(hours), sum(hours, ZERO), len(hours) - said.get((), 0), dict(codes))


def _words_of(one: Finding) -> tuple[str, ...]:
    return one.code, one.sentence, one.column, one.label, one.value


def _numbers(values: Iterable[T]) -> dict[T, int]:
    """Each value once, numbered in the order met."""
    return {value: number for number, value in enumerate(dict.fromkeys(values))}


def _listed(entries: list[Entry]) -> tuple[list[Entry], list[int]]:
    """Each entry once, and its number for each line: told apart by identity, as each of a file, of a block, is once."""
    ids = list(map(id, entries))
    once = dict(zip(ids, entries, strict=True))
    numbers = {one: number for number, one in enumerate(once)}
    return list(once.values()), list(map(numbers.__getitem__, ids))


def _folded(column: list[T]) -> list[T] | T:
    """A column, or its value when all are the same."""
    return column[0] if column.count(column[0]) == len(column) else column


class _Cells(msgspec.Struct):
    """The columns of lines, as kept in JSON; `month`, `person`, `place`, `said`: numbers in lists.

    `sayings`: what lines say, as numbers of findings.
    """

    position: list[int]
    line: list[int]
    sheet: str | list[str]
    column: str | list[str]
    month: int | list[int]
    kind: str | list[str]
    hours: Any
    held: Any
    sure: str | list[str]
    fate: str | list[str]
    person: list[int]
    place: list[int]
    said: list[int]
    sayings: list[list[int]]


_DECODER = msgspec.json.Decoder(_Cells)


def unpack(
    months: Sequence[str], people: Iterable[Any], places: Iterable[Any], findings: Iterable[Any], cells: str
) -> Iterator[QuietLine]:
    """Give the lines of a block as kept, in the order of the file."""
    kept = _DECODER.decode(cells)
    days = [date.fromisoformat(one) for one in months]
    who, where = [Person(*one) for one in people], [Place(*one) for one in places]
    found = [Finding(*one) for one in findings]
    says = [tuple(found[one] for one in saying) for saying in kept.sayings]
    columns = (
        kept.position, kept.line, _each(kept.sheet), _each(kept.column),
        [days[one] for one in kept.month] if isinstance(kept.month, list) else repeat(days[kept.month]),
        _each(kept.kind), map(_hours, kept.hours),
        map(_hours, kept.held) if isinstance(kept.held, list) else repeat(_hours(kept.held)),
        _each(kept.sure), _each(kept.fate), [who[one] for one in kept.person], [where[one] for one in kept.place],
        [says[one] for one in kept.said],
    )  # fmt: skip
    return map(QuietLine._make, zip(*columns, strict=False))


def _each(column: T | list[T]) -> Iterable[T]:
    return column if isinstance(column, list) else repeat(column)


@lru_cache(maxsize=20_000)
def _hours(text: str | None) -> Decimal | None:
    """Hours as the database gives them back: two decimals."""
    return None if text is None else Decimal(text).quantize(CENT)
