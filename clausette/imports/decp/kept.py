"""A record kept on a row, understood again without its file: its own imprint proves that nothing was lost."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from clausette.imports.decp.fingerprint import fingerprint
from clausette.imports.decp.read import understand
from clausette.imports.decp.results import DecpRecord, Problem, RecordKind

_NUMBER = re.compile(r"-?\d+\.\d+", re.ASCII)
_CONCESSION, _MARCHE = "autoriteConcedante", "acheteur"


def record_kept(
    position: int, raw: Mapping[str, object], *, imprint: str, problems: Iterable[Problem]
) -> DecpRecord | None:
    """Return the record that `raw` (JSON as `plain_json` keeps it) says; None when its imprint is not `imprint`.

    A decimal number is kept as a text: it is a number again when the imprint says that it was one. `problems`: those
    told when the file was read, which alone decide whether the record and its award can be taken.
    """
    told = tuple(problems)
    if _CONCESSION in raw and _MARCHE in raw:
        return None  # the file alone says in which of its lists the record is
    kind = RecordKind.CONCESSION if _CONCESSION in raw else RecordKind.MARCHE
    for found in (raw, _with_numbers(raw)):
        if isinstance(found, Mapping) and fingerprint(found) == imprint:
            return _understood(position, kind, found, told)
    return None


def _understood(
    position: int, kind: RecordKind, raw: Mapping[str, object], told: tuple[Problem, ...]
) -> DecpRecord:
    record = understand(position, kind, raw, told=told)
    return replace(record, problems=told)


def _with_numbers(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _with_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_numbers(item) for item in value]
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value
