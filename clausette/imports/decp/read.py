"""Read a whole official file: every record comes back, understood or with the sentences that say why not."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clausette.imports.decp import coherence
from clausette.imports.decp.build import build, build_concession
from clausette.imports.decp.clean import clean
from clausette.imports.decp.decode import UnreadableError, decode, demand_readable, parse
from clausette.imports.decp.duplicates import mark_duplicates
from clausette.imports.decp.fingerprint import fingerprint
from clausette.imports.decp.flat import is_flat_table, records_of_table
from clausette.imports.decp.markup import is_markup, records_of_markup
from clausette.imports.decp.phrases import CONSEQUENCES, shown, was_read
from clausette.imports.decp.place import Place
from clausette.imports.decp.results import (
    DecpFile,
    DecpRecord,
    Effect,
    FileForm,
    Problem,
    RecordKind,
)
from clausette.imports.decp.root import records_of
from clausette.imports.decp.schema import ONLY_IN_2019, SHAPES, SHAPES_2019, UNKNOWN_IN_2019
from clausette.imports.decp.walk import Walk

OLD_FORMAT = (
    "Cet enregistrement suit le format de 2019, qui ne dit rien des considérations sociales : leur absence "
    "ne veut pas dire qu'il n'y a pas de clause."
)
TELL_EVERY = 200
LABELS = {RecordKind.MARCHE: "Marché", RecordKind.CONCESSION: "Concession"}
BUYERS = {RecordKind.MARCHE: "acheteur", RecordKind.CONCESSION: "autoriteConcedante"}


def _unheard(done: int, total: int) -> None:
    """Nobody waits for the count of records."""


def read_decp(
    data: bytes, *, on: date | None = None, only: Container[int] | None = None,
    heard: Callable[[int, int], None] = _unheard,
) -> DecpFile:  # fmt: skip
    """Read the bytes of a file of official procurement records: JSON 2.0.3, XML 2.0.2, flat table, 2019 shapes.

    What it is is found in the content. `on`: the day of reading; given, dates still to come are remarked. `only`: the
    positions wanted, all when not given. `heard` is told now and then how many records are read, of how many. Never
    raises: a file that cannot be read at all comes back with `refusal`.
    """
    handed = [data]
    del data
    try:
        found = _written(handed)
    except UnreadableError as unreadable:
        return DecpFile(refusal=unreadable.refusal)
    records: list[DecpRecord] = []
    written = found.records
    for position, (kind, value) in enumerate(written, start=1):
        if position % TELL_EVERY == 1:
            heard(position - 1, len(written))
        if only is None or position in only:
            records.append(_read(position, kind, value, found.absent, on))
        written[position - 1] = (kind, None)  # a large file is not kept twice
    return DecpFile(records=mark_duplicates(records), notices=found.notices, form=found.form)


@dataclass(frozen=True, slots=True)
class _Written:
    """The form of a file, its records as the JSON would have them, the notices, the keys a table has no column for."""

    form: FileForm
    records: list[tuple[RecordKind, object]]
    notices: tuple[str, ...]
    absent: frozenset[str] = frozenset()


def _written(handed: list[bytes]) -> _Written:
    """What the file is, found in its content: its bytes are forgotten once decoded. Raises `UnreadableError`."""
    demand_readable(handed[0])
    if is_markup(handed[0]):
        return _Written(FileForm.XML, *records_of_markup(handed[0]))
    text, notices = decode(handed[0])
    handed.clear()
    if is_flat_table(text):
        rows, absent, about_table = records_of_table(text)
        return _Written(
            FileForm.CSV, [(RecordKind.MARCHE, row) for row in rows], (*notices, *about_table), absent
        )
    records, about_shape = records_of(parse(text))
    return _Written(FileForm.JSON, records, notices + about_shape)


def _read(
    position: int, kind: RecordKind, value: object, absent: frozenset[str], on: date | None
) -> DecpRecord:
    cleaned = clean(value)
    raw, problems = cleaned.value, cleaned.problems
    if not isinstance(raw, dict):
        sentence = f"Un objet est attendu, {was_read(raw)}."
        whole = sentence + CONSEQUENCES[Effect.RECORD]
        problem = Problem("", shown(raw), whole, Effect.RECORD)
        return _record(position, kind, {"": raw}, [problem])
    return understand(position, kind, raw, problems, absent, on)


def understand(
    position: int,
    kind: RecordKind,
    raw: Mapping[str, object],
    problems: Iterable[Problem] = (),
    absent: frozenset[str] = frozenset(),
    on: date | None = None,
    told: Sequence[Problem] | None = None,
) -> DecpRecord:
    """Return a record made clean, understood. `problems`: those met so far; `told`: all of them, already known."""
    met = list(problems)
    old = is_of_2019(raw)
    walk = Walk(UNKNOWN_IN_2019, ONLY_IN_2019) if old else Walk(absent)
    if old:
        met.append(Problem("", "", OLD_FORMAT))
    shape = (SHAPES_2019 if old else SHAPES)[kind]
    read = walk.read(shape, raw, Place(label=LABELS[kind], problems=met))
    understood: Mapping[str, object] = read if isinstance(read, dict) else {}
    if kind is RecordKind.CONCESSION:
        met.extend(coherence.check_concession(understood, on=on))
        contract = build_concession(understood, raw, met if told is None else list(told))
    else:
        met.extend(coherence.check(understood, on=on))
        contract = build(understood, raw, met if told is None else list(told))
    record = _record(position, kind, raw, met)
    if contract is None:
        return record
    return replace(
        record,
        official_id=contract.official_id,
        buyer_siret=contract.buyer_siret,
        fields=contract,
    )


def _record(
    position: int, kind: RecordKind, raw: Mapping[str, object], problems: list[Problem]
) -> DecpRecord:
    buyer = raw.get(BUYERS[kind])
    siret = buyer.get("id") if isinstance(buyer, dict) else None
    return DecpRecord(
        position=position,
        kind=kind,
        official_id=shown(raw.get("id")),
        buyer_siret="".join(shown(siret).split()),
        raw=raw,
        fields=None,
        problems=tuple(problems),
        fingerprint=fingerprint(raw),
    )


def is_of_2019(raw: Mapping[str, object]) -> bool:
    """Whether a record has the shape in force before 2024: no wrappers, a reason on each modification."""
    if "_type" in raw:
        return True
    firms = [*_inside(raw, "titulaires", "titulaire"), *_inside(raw, "concessionnaires", "concessionnaire")]
    if any("denominationSociale" in one or (not wrapped and "id" in one) for one, wrapped in firms):
        return True
    return any("objetModification" in one for one, _ in _inside(raw, "modifications", "modification"))


def _inside(raw: Mapping[str, object], key: str, wrapper: str) -> list[tuple[dict[str, object], bool]]:
    """The objects of a list, out of their wrapper, and whether they had one."""
    found: list[tuple[dict[str, object], bool]] = []
    for item in _objects(raw.get(key)):
        inner = item.get(wrapper)
        found.append((inner, True) if isinstance(inner, dict) else (item, False))
    return found


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
