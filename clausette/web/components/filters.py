"""The filters of a list: a GET form, whose address can be kept and sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django import forms

from clausette.web.components.base import Component
from clausette.web.components.fields import Field


@dataclass(frozen=True, slots=True)
class FilterBar(Component):
    """``form`` is a plain form (all fields optional) bound to ``request.GET``.

    ``action`` is the address of the list. With ``target`` (a CSS selector) htmx replaces that part when a
    filter changes, whether the answer is the part or the whole page; without JavaScript the button
    « Filtrer » does it. Hidden fields of the form (the sort) travel along.
    """

    template: ClassVar[str] = "filter_bar"
    form: forms.Form
    action: str
    target: str = ""
    label: str = "Filtrer la liste"

    @property
    def fields(self) -> Sequence[Field]:
        return [Field(bound, compact=True) for bound in self.form.visible_fields()]

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(1 for bound in self.form.visible_fields() if bound.value() not in (None, "", [], False))
