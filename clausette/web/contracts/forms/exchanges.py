"""What is typed of an exchange with a firm: with whom, when, a few words; its kind is the button pressed."""

from typing import Any

from django import forms

from clausette.procurement.enums import ExchangeKind
from clausette.web.contracts.forms.fields import AreaForm, day_field
from clausette.web.contracts.forms.life import Choices, choose
from clausette.web.inputs import FreeText


class ExchangeForm(AreaForm):
    """One exchange."""

    organisation = forms.ChoiceField(label="Entreprise")
    on = day_field("Jour", required=True)
    note = FreeText(label="Note", max_length=500, required=False, lines=2, help_text="Sans donnée sur une personne.")
    kind = forms.ChoiceField(
        label="Nature", choices=ExchangeKind.choices, widget=forms.HiddenInput,
        error_messages={"required": "Choisissez comment l'échange a eu lieu."},
    )  # fmt: skip

    def __init__(self, *args: Any, firms: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "organisation", firms)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that are typed."""
        return [self[name] for name in ("organisation", "on", "note")]
