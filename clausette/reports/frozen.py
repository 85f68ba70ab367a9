"""Facts kept for good: canonical JSON of frozen dataclasses, its hash, and the way back by the types of the fields."""

import hashlib
import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def frozen_json(facts: Any) -> str:
    """Return the canonical JSON: keys sorted, no spaces, Decimal and dates as strings, UTF-8 letters kept."""
    return json.dumps(
        asdict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def frozen_hash(facts: Any) -> str:
    """Return the SHA-256 of the canonical JSON, 64 hexadecimal digits: printed on the document."""
    return hashlib.sha256(frozen_json(facts).encode()).hexdigest()


def kept_hash(raw: Any) -> str:
    """Return the same of facts read back as they are kept: facts of an older version keep the hash they had."""
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def thawed(kind: type[T], raw: Any) -> T:
    """Return the dataclass written by `frozen_json`; a field unknown to the version that wrote it has its default.

    Raises TypeError, ValueError on something else.
    """
    return cast(T, _read(kind, raw))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format((value + 0).normalize(), "f")  # 700 and 700.00 are the same fact; no « -0 »
    raise TypeError(f"not a fact: {value!r}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, raw: Any) -> Any:
    if get_origin(kind) is UnionType:
        return None if raw is None else _read(next(one for one in get_args(kind) if one is not NoneType), raw)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in raw)
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        known = {one.name: _read(hints[one.name], raw[one.name]) for one in fields(kind) if one.name in raw}
        return cast(type, kind)(**known)
    if kind is Decimal:
        return Decimal(raw)
    if kind is date:
        return date.fromisoformat(raw)
    if not isinstance(raw, kind):
        raise TypeError(f"not a {kind.__name__}: {raw!r}")
    return raw
