"""The forms of the documents: shape of the input only."""

from datetime import date

from django import forms

from clausette.web.inputs import FreeText


class ReportFilter(forms.Form):
    """Filters of the list; they live in the address."""

    mots = forms.CharField(label="Marché, entreprise ou numéro", required=False, max_length=100)
    en_vigueur = forms.BooleanField(label="En vigueur seulement", required=False)
    tri = forms.CharField(required=False, widget=forms.HiddenInput)


class IssueForm(forms.Form):
    """The day on which the figures are taken; why, when a document is replaced."""

    as_of = forms.DateField(
        label="Chiffres arrêtés au",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Les heures des mois jusqu'à ce jour, telles qu'elles sont validées aujourd'hui.",
        error_messages={
            "required": "Donnez la date d'arrêté des chiffres.",
            "invalid": "Donnez une date, par exemple 31/10/2026.",
        },
    )

    def day(self, default: date) -> date:
        """The day asked, or the default when it is not one."""
        asked = self.cleaned_data.get("as_of") if self.is_bound and self.is_valid() else None
        return asked if isinstance(asked, date) else default


class ReplaceForm(IssueForm):
    """The same, for a document that replaces another."""

    reason = FreeText("Motif du remplacement", max_length=300, lines=2)
