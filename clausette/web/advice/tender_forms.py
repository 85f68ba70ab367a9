"""What is told of a tender: hours, a text pasted or a file, and what to do with it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clausette.advice.enums import TextKind
from clausette.files.enums import Purpose
from clausette.files.errors import FileRefused
from clausette.web.advice.pieces import text_of_piece
from clausette.web.inputs import FreeText, Hours
from clausette.web.transfers import file_input

READ = (TextKind.CLAUSES, TextKind.RULES, TextKind.COMMITMENT_ACT, TextKind.ANNEX)
"""Texts that may be looked for in a tender."""
LONGEST = 300_000


class TenderForm(forms.Form):
    """A piece of the tender beside one of our texts. The text is compared, never kept."""

    kind = forms.ChoiceField(label="Notre texte", choices=[(one.value, one.label) for one in READ])
    hours_found = Hours(
        "Heures lues dans le DCE", least=0, required=False,
        help_text="Total de la pièce. Rien si aucune heure n'y figure.",
    )  # fmt: skip
    texte = forms.CharField(
        label="Texte de la pièce", widget=forms.Textarea({"rows": 10}), required=False, max_length=LONGEST,
        help_text="Collez les articles qui parlent d'insertion, ou toute la pièce.",
    )  # fmt: skip
    file = forms.FileField(
        label="ou le fichier", required=False, widget=file_input(Purpose.TENDER),
        help_text="Il est lu, jamais gardé. Un PDF se colle dans la case du dessus.",
    )  # fmt: skip
    comment = FreeText("Remarque", lines=3, max_length=500, required=False)
    move = forms.BooleanField(
        label="L'étude devient « Inscrit au DCE, vérifié »", required=False,
        help_text="Cochez quand vous êtes d'accord avec ce que dit le DCE.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The text, whichever way it came. Raises ValidationError."""
        said = super().clean() or self.cleaned_data
        held = said.get("file")
        if held is not None and "file" not in self.errors:
            try:
                said["texte"] = text_of_piece(held.name or "", held.read())
            except FileRefused as refused:
                raise ValidationError({"file": refused.message}) from refused
        if not said.get("texte") and not self.errors:
            raise ValidationError({"texte": "Collez le texte de la pièce, ou envoyez son fichier."})
        return said
