"""Values as they are kept beside a row of an import: exact, and as a person reads them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from clausette.kernel.french import HARD, format_euros, format_number, format_short_date

Value = str | int | Decimal | date | None


def plain_json(value: object) -> object:
    """Return a parsed JSON value fit for a JSON column: a decimal number becomes its exact text."""
    if isinstance(value, Mapping):
        return {str(key): plain_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")
    return value


def shown_value(field: str, value: Value) -> str:
    """Return a value of a contract in French; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return format_short_date(value)
    if field == "amount_ht" and isinstance(value, Decimal | int):
        return format_euros(value)
    if field == "duration_months" and isinstance(value, int):
        return f"{format_number(value)}{HARD}mois"
    return str(value)
