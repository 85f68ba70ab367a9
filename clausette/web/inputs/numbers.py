"""Hours, amounts, percentages and SIRET as people type them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clausette.kernel.french import format_number
from clausette.kernel.parsing import parse_decimal, parse_hours
from clausette.kernel.siret import clean_siret, format_siret


class _Number(forms.Field):
    """A number typed as text; `least`, `above` and `most` bound it, each with its sentence."""

    unit = ""

    def __init__(
        self,
        label: str | None = None,
        *,
        least: Decimal | int | None = None,
        above: Decimal | int | None = None,
        most: Decimal | int | None = None,
        **options: Any,
    ) -> None:
        self.least, self.above, self.most = least, above, most
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(label=label, **options)

    def parse(self, text: str) -> Decimal:
        raise NotImplementedError

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number, None when empty. Raises ValidationError with a French sentence."""
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return self._bounded(self.parse(str(value)))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def _bounded(self, number: Decimal) -> Decimal:
        if self.above is not None and number <= self.above:
            raise ValueError(f"Écrivez un nombre supérieur à {format_number(self.above)}.")
        if self.least is not None and number < self.least:
            raise ValueError(f"Au moins {format_number(self.least)}{self.unit}.")
        if self.most is not None and number > self.most:
            raise ValueError(f"Au plus {format_number(self.most)}{self.unit}.")
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show « 7,5 »; a text typed wrong comes back as it was."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class Hours(_Number):
    """Hours, two decimals: « 7,5 », « 7h30 »."""

    unit = "\u00a0h"

    def parse(self, text: str) -> Decimal:
        return parse_hours(text)


class Amount(_Number):
    """Euros, two decimals: « 1 234,50 »."""

    unit = "\u00a0€"

    def parse(self, text: str) -> Decimal:
        return parse_decimal(text.strip().removesuffix("€"), places=2)


class Percent(_Number):
    """A percentage typed « 5 » or « 5 % »; the value is the number typed (5), divided by the caller."""

    unit = "\u00a0%"

    def parse(self, text: str) -> Decimal:
        return parse_decimal(text, places=2)


class Siret(forms.Field):
    """Fourteen digits with the right key; spaces are taken off."""

    check: Callable[[str], str] = staticmethod(clean_siret)

    def __init__(self, label: str | None = "SIRET", **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(label=label, **options)

    def to_python(self, value: Any) -> str:
        """Return the 14 digits, « » when empty. Raises ValidationError with a French sentence."""
        if value in self.empty_values:
            return ""
        try:
            return self.check(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show « 732 829 320 00074 »."""
        text = str(value or "")
        return format_siret(text) if len(text) == 14 and text.isdigit() else value
