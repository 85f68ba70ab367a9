"""How a value is written in an event, and which values are masked. Pure."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

MASK = "•"
LABELS = ("label", "common_name", "name", "title", "usual_name", "reference", "official_id", "slug", "month")


def as_json(value: object) -> object:
    """Return a value that JSON can hold without loss: numbers of hours and money stay exact, as text."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [item if type(item) is str else as_json(item) for item in value]
    return str(value)


def written(values: Mapping[str, object] | None, ordinary: Collection[str]) -> dict[str, object] | None:
    """Return the values as the event keeps them: what is not declared ordinary is « • », empty stays empty."""
    if values is None:
        return None
    return {
        name: as_json(value) if name in ordinary or value in (None, "") else MASK
        for name, value in values.items()
    }


def label(values: Mapping[str, object], ordinary: Collection[str]) -> str:
    """Return a short label made of the first ordinary field that names the row, "" when there is none."""
    for name in LABELS:
        if name in ordinary and values.get(name):
            return str(values[name])[:200]
    return ""
