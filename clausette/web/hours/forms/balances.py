"""Balances taken over and hours without names, as they are typed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from clausette.hours.enums import TypedKind
from clausette.web.hours.forms.choices import Evidence
from clausette.web.inputs import FreeText, FrenchDate, Hours, Month

YEARS = 5  # years that may be detailed on the page: the last ones before the day of the balance


class OpeningForm(Evidence):
    """« Reprise au … »: hours already validated, by year if they are known."""

    as_of = FrenchDate("Reprise au", help_text="Dernier jour compris. Les mois suivants se saisissent ici.")
    hours = Hours("Heures déjà validées", above=0, most=10_000_000)

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = tuple(years)
        for year in self.years:
            self.fields[f"year_{year}"] = Hours(f"Dont {year}", required=False, most=10_000_000)
        self.fields["evidence"].label = "Document"
        self.fields["evidence"].help_text = "Tableau de suivi, bilan ou attestation qui porte ce chiffre."
        self.fields["evidence"].required = True
        self.order_fields(["as_of", "hours", *(f"year_{year}" for year in self.years), "evidence"])

    def by_year(self) -> dict[int, Decimal]:
        """The years typed."""
        found = {year: self.cleaned_data.get(f"year_{year}") for year in self.years}
        return {year: hours for year, hours in found.items() if hours}


class WithdrawForm(forms.Form):
    """Why something typed wrong is withdrawn."""

    reason = FreeText("Motif du retrait", max_length=300, lines=2)


class CollectiveForm(Evidence):
    """Hours of a month attested as a whole."""

    commitment = forms.ChoiceField(label="Engagement crédité")
    declarant = forms.ChoiceField(label="Déclarant")
    month = Month("Mois")
    hours = Hours("Heures travaillées", above=0, most=999_999)
    people = forms.IntegerField(
        label="Nombre de personnes", min_value=1, max_value=9_999,
        error_messages={"invalid": "Écrivez un nombre entier."},
    )  # fmt: skip
    kind = forms.ChoiceField(label="Nature", choices=TypedKind.choices, initial=TypedKind.WORK)

    def __init__(
        self, *args: Any, commitments: Sequence[tuple[str, str]], declarants: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, choices in (("commitment", commitments), ("declarant", declarants)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)
        self.fields["evidence"].label = "Attestation"
        self.fields["evidence"].help_text = "État signé par la structure : heures et nombre de personnes, sans nom."
        self.fields["evidence"].required = True
        self.order_fields(["commitment", "declarant", "month", "hours", "people", "kind", "evidence"])


class CollectiveCorrection(Evidence):
    """What validated hours without names should have been."""

    hours = Hours("Heures exactes", least=0, most=999_999)
    reason = FreeText("Motif de la correction", max_length=300, lines=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].label = "Nouvelle attestation"
        self.fields["evidence"].help_text = "Sans elle, l'attestation d'origine vaut encore."
        self.order_fields(["hours", "reason", "evidence"])


def years_before(on: date, starts_on: date) -> list[int]:
    """Years that a balance taken over today may detail, the last ones first."""
    return list(range(on.year, max(starts_on.year, on.year - YEARS + 1) - 1, -1))
