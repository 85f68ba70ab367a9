"""Fields of this area beside the common inputs: shares, whole numbers, texts with proposals."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clausette.kernel.parsing import parse_decimal
from clausette.web.inputs import Amount, FrenchDate, Hours, Percent
from clausette.web.inputs.text import LineInput

MOST_EUROS = Decimal("999999999999.99")
MOST_HOURS = Decimal(99999999)


def amount_field(label: str, *, required: bool = False, help_text: str = "") -> Amount:
    """Euros, above zero."""
    return Amount(label, above=0, most=MOST_EUROS, required=required, help_text=help_text)


def hours_field(label: str, *, required: bool = False, help_text: str = "") -> Hours:
    """Hours, above zero."""
    return Hours(label, above=0, most=MOST_HOURS, required=required, help_text=help_text)


def day_field(label: str, *, required: bool = False, help_text: str = "") -> FrenchDate:
    """A civil date."""
    return FrenchDate(label, required=required, help_text=help_text)


class Share(Percent):
    """« 5 » or « 5 % » gives 0.05; above 0 (or from 0, `zero`) and up to 100."""

    def __init__(self, label: str, *, zero: bool = False, **options: Any) -> None:
        super().__init__(label, least=0 if zero else None, above=None if zero else 0, most=100, **options)

    def to_python(self, value: Any) -> Decimal | None:
        """Return the share from 0 to 1, None when empty. Raises ValidationError."""
        number = super().to_python(value)
        return None if number is None else number / 100

    def prepare_value(self, value: Any) -> Any:
        """A known share is shown in percent."""
        return super().prepare_value(value * 100 if isinstance(value, Decimal) else value)


def percent_field(label: str, *, required: bool = False, help_text: str = "") -> Share:
    """A share typed in percent."""
    return Share(label, required=required, help_text=help_text)


class Whole(forms.CharField):
    """A whole number between two bounds."""

    def __init__(self, label: str, *, low: int, high: int, **options: Any) -> None:
        self.low, self.high = low, high
        super().__init__(
            label=label, empty_value=None, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **options
        )

    def to_python(self, value: Any) -> Any:
        """Return the number, None when empty. Raises ValidationError."""
        text = super().to_python(value)
        if text is None:
            return None
        try:
            number = int(parse_decimal(text, places=0))
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not self.low <= number <= self.high:
            raise ValidationError(f"Écrivez un nombre entre {self.low} et {self.high}.")
        return number


def whole_field(label: str, *, low: int, high: int, required: bool = False, help_text: str = "") -> Whole:
    """A whole number between two bounds."""
    return Whole(label, low=low, high=high, required=required, help_text=help_text)


class ProposingInput(LineInput):
    """A text input with a list of known values, proposed while typing; any other text may be typed."""

    def __init__(self, proposals: Sequence[str] = ()) -> None:
        super().__init__({"autocomplete": "off"})
        self.proposals = proposals

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The input, then its list."""
        place = f"liste-{name}"
        shown = super().render(name, value, {**(attrs or {}), "list": place}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.proposals))
        return format_html('{}<datalist id="{}">{}</datalist>', shown, place, options)


class AreaForm(forms.Form):
    """A form of this area."""

    def day(self, name: str) -> date | None:
        """A day of the cleaned data."""
        found = self.cleaned_data.get(name)
        return found if isinstance(found, date) else None
