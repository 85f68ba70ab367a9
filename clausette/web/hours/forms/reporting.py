"""Who reports the hours of an engagement, as it is decided."""

from collections.abc import Sequence
from typing import Any

from django import forms

from clausette.web.inputs import FreeText, Month


class ReportingForm(forms.Form):
    """Another structure déclarante, from a month on."""

    structure = forms.ChoiceField(label="Structure déclarante")
    from_month = Month(
        "À partir du mois", help_text="Les heures de ce mois et des suivants, déjà validées ou non."
    )
    reason = FreeText(
        "Motif", max_length=300, lines=2, help_text="Par exemple : accord entre les deux structures."
    )

    def __init__(self, *args: Any, structures: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["structure"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choisissez la structure"), *structures]
