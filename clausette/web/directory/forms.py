"""Forms of the directory."""

from django import forms

from clausette.access.enums import BodyKind
from clausette.web.inputs import FreeText


class FilterForm(forms.Form):
    """Filters of the list; they live in the address."""

    mots = forms.CharField(label="Nom ou SIRET", required=False, max_length=100)
    voir = forms.ChoiceField(
        label="Fiches", required=False, choices=[("", "Toutes"), ("a-completer", "À compléter")]
    )


class CardForm(forms.Form):
    """The public facts of a body."""

    name = FreeText("Nom", max_length=200, help_text="Celui que portent ses documents.")
    body_kind = forms.ChoiceField(label="Type d'organisme", choices=BodyKind.choices)
    commune_name = FreeText("Commune", max_length=100, required=False)
