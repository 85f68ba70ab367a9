"""What a structure types for itself: values of a trade, offers of the structures of insertion."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from clausette.advice.enums import ValueKind
from clausette.reference.facts.labour import LabourRow
from clausette.web.contracts.forms.fields import ProposingInput, amount_field, hours_field
from clausette.web.contracts.forms.organisations import proposals
from clausette.web.inputs import FreeText, FrenchDate


def _trades(rows: Sequence[LabourRow]) -> list[tuple[str, str]]:
    return [("", "Choisir"), *((row.code, row.trade) for row in rows)]


class ValueForm(forms.Form):
    """A value of a trade for this structure, from a day on."""

    trade = forms.ChoiceField(label="Métier", error_messages={"required": "Choisissez le métier."})
    kind = forms.ChoiceField(label="Ce chiffre est", choices=ValueKind.choices)
    value = amount_field("Chiffre", required=True, help_text="En % pour une part, en €/h pour un coût horaire.")
    starts_on = FrenchDate("À partir du")
    source = FreeText("Origine du chiffre", max_length=200, help_text="Par exemple : relevé de 12 marchés de 2025.")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, trades: Sequence[LabourRow], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["trade"].choices = _trades(trades)  # type: ignore[attr-defined]  # a ChoiceField

    def figure(self) -> Decimal:
        """The value as the operation takes it: a share from 0 to 1."""
        said: Decimal = self.cleaned_data["value"]
        return said / 100 if self.cleaned_data["kind"] == ValueKind.LABOUR_SHARE else said


class OfferForm(forms.Form):
    """What a structure of insertion can do."""

    provider_name = FreeText("Structure d'insertion", max_length=240, help_text="SIAE, GEIQ, EA, ESAT : nom ou SIRET.")
    trade = forms.ChoiceField(label="Métier", error_messages={"required": "Choisissez le métier."})
    monthly_hours = hours_field("Heures par mois", required=True)
    place = FreeText(
        "Département ou commune", max_length=100, required=False,
        help_text="Par exemple 21 ou Dijon ; rien si elle intervient partout.",
    )  # fmt: skip
    stated_on = FrenchDate("Dit le")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        trades: Sequence[LabourRow],
        known: tuple[tuple[str, str], ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.fields["trade"].choices = _trades(trades)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["provider_name"].widget = ProposingInput(proposals(known))
