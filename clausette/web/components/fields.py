"""Fields of a plain ``forms.Form``: label, help and error tied to the input."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from clausette.web.components.base import Component


class FileInput(forms.FileInput):
    """A file field which announces what it takes: ``FileInput(limit="10 Mo", kinds=("PDF", "JPEG"))``."""

    def __init__(self, *, limit: str, kinds: Sequence[str], accept: str = "", several: bool = False) -> None:
        attrs: dict[str, object] = {"accept": accept} if accept else {}
        super().__init__(attrs)
        self.allow_multiple_selected = several
        if several:
            self.attrs["multiple"] = True
        listed = " ou ".join(part for part in (", ".join(kinds[:-1]), kinds[-1]) if part)
        self.limits = f"{listed}, {limit} au plus"


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or check box of a group."""

    input: SafeString
    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Field(Component):
    """One bound field. ``hint`` replaces the field's help text; ``unit`` is written after the input (« h »)."""

    template: ClassVar[str] = "field"
    bound: BoundField
    hint: str = ""
    unit: str = ""
    compact: bool = False

    @property
    def widget(self) -> forms.Widget:
        return cast(forms.Widget, self.bound.field.widget)

    @property
    def kind(self) -> str:
        """Which shape of markup: « group » (radios), « check » (one box) or « plain »."""
        if isinstance(self.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return "group"
        return "check" if isinstance(self.widget, forms.CheckboxInput) else "plain"

    @property
    def help(self) -> str:
        limits = getattr(self.widget, "limits", "")
        text = self.hint or str(self.bound.help_text or "")
        return " ".join(part for part in (text, limits and f"{limits}.") if part)

    @property
    def errors(self) -> list[str]:
        return [str(error) for error in self.bound.errors]

    @property
    def help_id(self) -> str:
        return f"{self.bound.auto_id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.bound.auto_id}_error"

    @property
    def described_by(self) -> str:
        parts = [self.help_id if self.help else "", self.error_id if self.errors else ""]
        return " ".join(part for part in parts if part)

    @property
    def input(self) -> SafeString:
        attrs: dict[str, str | bool] = {
            "class": f"{_css(self.widget)} {self.widget.attrs.get('class', '')}".strip()
        }
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        return self.bound.as_widget(attrs=attrs)

    @property
    def choices(self) -> list[Choice]:
        """The boxes of a group, one by one."""
        boxes = self.bound.subwidgets
        for box in boxes:
            box.data["attrs"]["class"] = "form-check-input"
        return [
            Choice(box.tag(wrap_label=False), str(box.data["label"]), str(box.id_for_label)) for box in boxes
        ]

    @property
    def optional(self) -> bool:
        """Whether « facultatif » is told; a field asked unless another is given (« data-asked ») does not say it."""
        return not (self.bound.field.required or "data-asked" in self.bound.field.widget.attrs)


@dataclass(frozen=True, slots=True)
class FormErrors(Component):
    """The summary at the head of a refused form: how many, and a link to each field; it takes the focus."""

    template: ClassVar[str] = "form_errors"
    form: forms.BaseForm
    focus: bool = True

    @property
    def general(self) -> list[str]:
        return [str(error) for error in self.form.non_field_errors()]

    @property
    def by_field(self) -> list[tuple[str, str, str]]:
        """(id of the input, label, sentence) for each refused field."""
        return [
            (self._target(bound), str(bound.label), str(error))
            for bound in self.form
            for error in bound.errors
        ]

    @staticmethod
    def _target(bound: BoundField) -> str:
        """The input itself, or the first box of a group."""
        if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{bound.auto_id}_0"
        return str(bound.id_for_label)

    @property
    def count(self) -> int:
        return len(self.general) + len(self.by_field)

    @property
    def title(self) -> str:
        if self.count == 1:
            return "Un point est à corriger"
        return f"{self.count} points sont à corriger"
