"""Free text: white space tidied, social security numbers refused, thirteen suspect characters confirmed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clausette.kernel.nir import find_nir
from clausette.kernel.text import collapse

CONFIRM = "Ce n'est pas un numéro de sécurité sociale"


class Typed(str):
    """What was typed, and whether the person confirmed that it holds no social security number."""

    __slots__ = ("confirmed",)
    confirmed: bool


def _confirm_name(name: str) -> str:
    return f"{name}_sans_nir"


class _Confirmed:
    """Part of a text widget: a box to tick appears under the input when its text holds a possible NIR."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed | None:
        text = data.get(name)
        if text is None:
            return None
        typed = Typed(text)
        typed.confirmed = bool(data.get(_confirm_name(name)))
        return typed

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        shown: SafeString = super().render(name, value, attrs, renderer)  # type: ignore[misc]  # of the widget
        found = find_nir(str(value)) if value else None
        if found is None or found.certainty == "certain":
            return shown
        return format_html(
            '{}<span class="form-check">'
            '<input type="checkbox" class="form-check-input" name="{}" id="{}" value="oui"{}>'
            '<label class="form-check-label" for="{}">{}</label></span>',
            shown,
            _confirm_name(name),
            _confirm_name((attrs or {}).get("id", name)),
            SafeString(" checked") if getattr(value, "confirmed", False) else "",
            _confirm_name((attrs or {}).get("id", name)),
            CONFIRM,
        )


class LineInput(_Confirmed, forms.TextInput):
    """One line."""


class AreaInput(_Confirmed, forms.Textarea):
    """Several lines."""


class FreeText(forms.CharField):
    """A text that a person types: `FreeText("Motif", max_length=300)`; `lines=4` makes it an area.

    Refuses a social security number; asks for a confirmation when it is only possible.
    """

    def __init__(self, label: str | None = None, *, lines: int = 1, **options: Any) -> None:
        self.lines = lines
        options.setdefault("widget", AreaInput({"rows": lines}) if lines > 1 else LineInput())
        super().__init__(label=label, **options)

    def clean(self, value: Any) -> str:
        """Return the tidied text. Raises ValidationError with a French sentence."""
        text = str(super().clean(value))
        found = find_nir(text)
        if found and (found.certainty == "certain" or not getattr(value, "confirmed", False)):
            raise ValidationError(found.sentence, code=f"nir_{found.certainty}")
        return (
            "\n".join(line.rstrip() for line in text.splitlines()).strip()
            if self.lines > 1
            else collapse(text)
        )
