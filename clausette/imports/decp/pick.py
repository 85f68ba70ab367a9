"""Take typed values out of what was understood of a record; None when it was not understood."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

Understood = Mapping[str, object]


def text(read: Understood, key: str) -> str | None:
    """The text at this key."""
    value = read.get(key)
    return value if isinstance(value, str) else None


def whole(read: Understood, key: str) -> int | None:
    """The whole number at this key."""
    value = read.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def amount(read: Understood, key: str) -> Decimal | None:
    """The amount in euros at this key."""
    value = read.get(key)
    return value if isinstance(value, Decimal) else None


def day(read: Understood, key: str) -> date | None:
    """The date at this key."""
    value = read.get(key)
    return value if isinstance(value, date) else None


def flag(read: Understood, key: str) -> bool | None:
    """The true or false at this key."""
    value = read.get(key)
    return value if isinstance(value, bool) else None


def group(read: Understood, key: str) -> Understood:
    """The object at this key, empty when it was not understood."""
    value = read.get(key)
    return value if isinstance(value, Mapping) else {}


def items(read: Understood, key: str) -> Iterable[object]:
    """The items understood of the list at this key."""
    value = read.get(key)
    return value if isinstance(value, list) else []


def groups(read: Understood, key: str) -> list[Understood]:
    """The objects of the list at this key."""
    return [item for _, item in numbered(read, key)]


def numbered(read: Understood, key: str) -> list[tuple[int, Understood]]:
    """The objects of the list at this key, each with its place in the file's list, from 0."""
    found = enumerate(items(read, key))
    return [(index, item) for index, item in found if isinstance(item, Mapping)]


def texts(read: Understood, key: str, inner: str) -> tuple[str, ...]:
    """The texts of a list written as {"key": {"inner": [...]}}, as the format does."""
    return tuple(item for item in items(group(read, key), inner) if isinstance(item, str))
