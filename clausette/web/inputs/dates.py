"""Days and months as French people write them; what was typed is shown again even when it is wrong."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clausette.kernel.parsing import parse_date, parse_month


def _is_iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


class DayInput(forms.DateInput):
    """The browser's own calendar; a text that is no date stays visible, in a plain input."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"type": "date", **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _is_iso(str(shown)):
            context["widget"]["type"] = context["widget"]["attrs"]["type"] = "text"
        return context


class FrenchDate(forms.Field):
    """A day: « 03/03/2026 », « 2026-03-03 », « 3 mars 2026 »."""

    def __init__(self, label: str | None = None, **options: Any) -> None:
        options.setdefault("widget", DayInput())
        super().__init__(label=label, **options)

    def to_python(self, value: Any) -> date | None:
        """Return the day, None when empty. Raises ValidationError with a French sentence."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_date(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


_IN_ADDRESS = re.compile(r"[0-9]{4}-[0-9]{2}")


class Month(forms.Field):
    """A month, as its first day: « 10/2026 », « octobre 2026 »."""

    def __init__(self, label: str | None = None, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"placeholder": "10/2026", "autocomplete": "off"}))
        super().__init__(label=label, **options)

    def to_python(self, value: Any) -> date | None:
        """Return the first day of the month, None when empty. Raises ValidationError with a French sentence."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_month(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show « 10/2026 », of the month of an address too (« 2026-10 »); what was typed otherwise stays as it is."""
        if isinstance(value, str) and _IN_ADDRESS.fullmatch(value):
            return f"{value[5:]}/{value[:4]}"
        return f"{value.month:02d}/{value.year}" if isinstance(value, date) else value
