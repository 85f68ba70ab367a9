"""The forms of the documents: shape of the input only."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from clausette.files.enums import Purpose
from clausette.files.rules import LIMITS
from clausette.procurement.queries import ContactLine
from clausette.reports.enums import ReportKind
from clausette.web.components.fields import FileInput
from clausette.web.inputs import FreeText


class ReportFilter(forms.Form):
    """Filters of the list; they live in the address."""

    mots = forms.CharField(label="Marché, entreprise ou numéro", required=False, max_length=100)
    nature = forms.ChoiceField(label="Nature", required=False, choices=[("", "Toutes"), *ReportKind.choices])
    annee = forms.ChoiceField(label="Établi en", required=False)
    en_vigueur = forms.BooleanField(label="En vigueur seulement", required=False)
    tri = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        years: Any = self.fields["annee"]
        years.choices = [
            ("", "Toutes les années"),
            *((str(y), str(y)) for y in range(today.year, today.year - 8, -1)),
        ]

    @property
    def narrows(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.cleaned_data.get(name) for name in ("mots", "nature", "annee", "en_vigueur"))


class SendForm(forms.Form):
    """To whom a document is sent: the contacts of the maître d'ouvrage, all of them unless one is unticked."""

    contacts = forms.TypedMultipleChoiceField(
        label="Envoyer à", coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un contact."},
    )  # fmt: skip

    def __init__(self, data: Any, people: Sequence[ContactLine]) -> None:
        super().__init__(data, initial={"contacts": [str(one.uid) for one in people]})
        known = [
            (str(one.uid), " · ".join(part for part in (one.name, one.function, one.email) if part)) for one in people
        ]
        self.fields["contacts"].choices = known  # type: ignore[attr-defined]  # ChoiceField


class VerifyForm(forms.Form):
    """A file, or the fingerprint printed at the foot of a page."""

    file = forms.FileField(
        label="Fichier reçu",
        required=False,
        widget=FileInput(
            limit=LIMITS[Purpose.WORKBOOK].size, kinds=("PDF", "XLSX", "DOCX"), accept=".pdf,.xlsx,.docx"
        ),
        error_messages={"empty": "Ce fichier est vide."},
        help_text="Il n'est pas gardé : son empreinte seule est comparée.",
    )
    fingerprint = forms.CharField(label="ou empreinte SHA-256", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """One of the two, and a fingerprint that is one."""
        told = super().clean() or self.cleaned_data
        typed = re.sub(r"\s", "", told.get("fingerprint", "")).lower()
        if not told.get("file") and "file" not in self.errors:
            if not typed:
                self.add_error("file", "Choisissez un fichier, ou recopiez une empreinte.")
            elif not re.fullmatch(r"[0-9a-f]{64}", typed):
                self.add_error("fingerprint", "Une empreinte a 64 signes, chiffres et lettres de a à f.")
        return told


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
