"""Read a whole official file: every record comes back, understood or with the sentences that say why not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from clausette.imports.decp import coherence
from clausette.imports.decp.build import build
from clausette.imports.decp.clean import clean
from clausette.imports.decp.decode import UnreadableError, decode, parse
from clausette.imports.decp.duplicates import mark_duplicates
from clausette.imports.decp.fingerprint import fingerprint
from clausette.imports.decp.phrases import CONSEQUENCES, shown, was_read
from clausette.imports.decp.place import Place
from clausette.imports.decp.results import (
    DecpFile,
    DecpRecord,
    Effect,
    Problem,
    RecordKind,
)
from clausette.imports.decp.root import records_of
from clausette.imports.decp.schema import MARCHE, ONLY_IN_2019, UNKNOWN_IN_2019
from clausette.imports.decp.walk import Walk

CONCESSION_LATER = "Concession : sera lue par une prochaine version."
OLD_FORMAT = (
    "Cet enregistrement suit le format de 2019, qui ne dit rien des considérations sociales : leur absence "
    "ne veut pas dire qu'il n'y a pas de clause."
)


def read_decp(data: bytes, *, on: date | None = None) -> DecpFile:
    """Read the bytes of a JSON file of official procurement records (format 2.0.3).

    `on`: the day of reading; given, a notification date still to come is remarked. Never raises: a file that
    cannot be read at all comes back with `refusal`.
    """
    try:
        text, notices = decode(data)
        written, about_shape = records_of(parse(text))
    except UnreadableError as unreadable:
        return DecpFile(refusal=unreadable.refusal)
    records = [
        _concession(position, value) if kind is RecordKind.CONCESSION else _marche(position, value, on)
        for position, (kind, value) in enumerate(written, start=1)
    ]
    return DecpFile(records=mark_duplicates(records), notices=notices + about_shape)


def _marche(position: int, value: object, on: date | None) -> DecpRecord:
    cleaned = clean(value)
    raw, problems = cleaned.value, cleaned.problems
    if not isinstance(raw, dict):
        sentence = f"Un objet est attendu, {was_read(raw)}."
        whole = sentence + CONSEQUENCES[Effect.RECORD]
        problem = Problem("", shown(raw), whole, Effect.RECORD)
        return _record(position, RecordKind.MARCHE, {"": raw}, [problem])
    old = is_of_2019(raw)
    walk = Walk(UNKNOWN_IN_2019, ONLY_IN_2019) if old else Walk()
    if old:
        problems.append(Problem("", "", OLD_FORMAT))
    read = walk.read(MARCHE, raw, Place(problems=problems))
    understood: Mapping[str, object] = read if isinstance(read, dict) else {}
    problems.extend(coherence.check(understood, on=on))
    record = _record(position, RecordKind.MARCHE, raw, problems)
    contract = build(understood, raw, problems)
    if contract is None:
        return record
    return replace(
        record,
        official_id=contract.official_id,
        buyer_siret=contract.buyer_siret,
        fields=contract,
    )


def _concession(position: int, value: object) -> DecpRecord:
    cleaned = clean(value)
    raw = cleaned.value if isinstance(cleaned.value, dict) else {"": cleaned.value}
    return _record(position, RecordKind.CONCESSION, raw, [*cleaned.problems, Problem("", "", CONCESSION_LATER)])


def _record(
    position: int, kind: RecordKind, raw: Mapping[str, object], problems: list[Problem]
) -> DecpRecord:
    buyer = raw.get("acheteur" if kind is RecordKind.MARCHE else "autoriteConcedante")
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
    firms, changes = _objects(raw.get("titulaires")), _objects(raw.get("modifications"))
    return any("titulaire" not in firm and "id" in firm for firm in firms) or any(
        "objetModification" in change or _has_reason(change.get("modification")) for change in changes
    )


def _has_reason(change: object) -> bool:
    return isinstance(change, dict) and "objetModification" in change


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
