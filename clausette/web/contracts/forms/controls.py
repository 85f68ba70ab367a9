"""A control of hours switched off, or on again, on one engagement."""

from typing import Any

from django import forms

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.rules import Valued
from clausette.hours.rules.controls import CONTROLS
from clausette.web.contracts.forms.engagement_life import asked
from clausette.web.contracts.forms.fields import AreaForm, day_field
from clausette.web.inputs import FreeText


class SwitchForm(AreaForm):
    """Which control, whether it speaks, since when, and why."""

    control = forms.ChoiceField(label="Contrôle")
    admitted = forms.ChoiceField(
        label="Sur cet engagement", choices=[("non", "Il ne dit plus rien"), ("oui", "Il parle")],
        widget=forms.RadioSelect, initial="non",
    )  # fmt: skip
    starts_on = day_field(
        "À partir du", required=True,
        help_text="Le mois où cela commence le suit en entier. Ceux d'avant ne changent pas.",
    )  # fmt: skip
    source = FreeText(
        "Pourquoi, ou où c'est écrit", max_length=300, help_text="Par exemple : accord de la métropole du 3 mars."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(one.code, f"{one.title} ({one.code})") for one in CONTROLS if one.may_be_off]
        self.fields["control"].choices = known  # type: ignore[attr-defined]  # ChoiceField

    def rule(self) -> Valued:
        """What is to be written."""
        values = self.cleaned_data
        return Valued(
            ValuedMatter.CONTROL, asked(self, "starts_on"), values["admitted"] == "oui", source=values["source"],
            control=values["control"],
        )  # fmt: skip
