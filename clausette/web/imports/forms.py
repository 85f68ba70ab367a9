"""What is sent to the imports area: a file, a decision."""

from typing import Any
from uuid import UUID

from django import forms

from clausette.files.enums import Purpose
from clausette.files.rules import LIMITS
from clausette.imports.enums import RowChoice
from clausette.imports.operations import Decision
from clausette.web.components.fields import FileInput
from clausette.web.inputs import FreeText

ATTACH_TO = "attach:"


class UploadForm(forms.Form):
    """The official file."""

    file = forms.FileField(
        label="Fichier DECP",
        widget=FileInput(
            limit=LIMITS[Purpose.OFFICIAL].size,
            kinds=LIMITS[Purpose.OFFICIAL].names,
            accept=".json,.xml,.csv",
        ),
        help_text=(
            "Données essentielles, marchés et concessions : JSON 2.0.3, XML 2.0.2, tableau CSV de data.gouv.fr, ou "
            "format de 2019. Le contenu est reconnu, pas le nom du fichier."
        ),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )


class DecisionForm(forms.Form):
    """The decision for one record: « create », « skip », « attach » or « attach:<uid> », and the values taken."""

    choice = forms.CharField(required=False)
    attach_to = forms.UUIDField(required=False)

    def clean_choice(self) -> tuple[RowChoice, UUID | None]:
        """Return the choice and the contract it carries. Raises ValidationError."""
        text = str(self.cleaned_data["choice"])
        try:
            if text.startswith(ATTACH_TO):
                return RowChoice.ATTACH, UUID(text.removeprefix(ATTACH_TO))
            return RowChoice(text), None
        except ValueError as error:
            raise forms.ValidationError("Choisissez ce que devient cet enregistrement.") from error

    def decision(self) -> Decision:
        """Return what was decided; only when the form is valid."""
        choice, carried = self.cleaned_data["choice"]
        data: Any = self.data
        accepted = frozenset(data.getlist("accepted"))
        return Decision(choice, carried or self.cleaned_data["attach_to"], accepted)


class LeaveForm(forms.Form):
    """Why a published contract is not followed."""

    reason = FreeText("Pourquoi ne le suivez-vous pas ?", max_length=300, help_text="Par exemple : suivi par la MDE.")
