"""A raw value, written the way its column wants it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import cast

from clausette.kernel.french import (
    format_date,
    format_euros,
    format_hours,
    format_month,
    format_number,
    format_percent,
)
from clausette.web.components.base import Component

NUMERIC = frozenset({"hours", "euros", "percent", "int"})


_FORMATS: dict[str, Callable[[object], str]] = {
    "hours": lambda value: format_hours(cast(Decimal, value)),
    "euros": lambda value: format_euros(cast(Decimal, value)),
    "percent": lambda value: format_percent(cast(Decimal, value)),
    "date": lambda value: format_date(cast(date, value)),
    "month": lambda value: format_month(cast(date, value)),
    "int": lambda value: format_number(cast(int, value)),
}


def shown(value: object, kind: str) -> str | Component | None:
    """``value`` formatted for ``kind``; a component, a text or ``None`` is given back as it is."""
    if value is None or isinstance(value, str | Component):
        return value
    writer = _FORMATS.get(kind)
    return writer(value) if writer else str(value)
