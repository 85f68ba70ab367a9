"""What is sent to put a template of one's own in the place of ours."""

from django import forms

from clausette.advice.enums import TextKind
from clausette.files.enums import Purpose
from clausette.web.transfers import file_input


class TemplateForm(forms.Form):
    """A text, and its DOCX."""

    kind = forms.ChoiceField(label="Texte", choices=TextKind.choices)
    file = forms.FileField(
        label="Modèle DOCX",
        widget=file_input(Purpose.TEMPLATE),
        help_text="Partez du nôtre : les variables y sont déjà écrites.",
        error_messages={"required": "Choisissez un document DOCX.", "empty": "Ce fichier est vide."},
    )
