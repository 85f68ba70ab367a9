"""Erasing a person: the name typed again, the reason among few, a second look."""

from django import forms

from clausette.privacy.enums import ErasureReason


class EraseForm(forms.Form):
    """What is asked before an act that cannot be undone; the name typed is not kept."""

    typed_name = forms.CharField(
        label="Prénom et nom de la personne", max_length=170, strip=True,
        help_text="Écrivez-les tels qu'ils sont affichés en haut de la page.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.ChoiceField(label="Motif", choices=ErasureReason.choices, initial=ErasureReason.REQUEST)
    sure = forms.BooleanField(
        label="J'ai relu ce qui disparaît et ce qui reste : ce geste ne se défait pas",
        error_messages={"required": "Cochez cette case après avoir relu la page."},
    )
