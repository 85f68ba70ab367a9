"""What goes with the hours of a firm: a piece, or a certification online."""

from typing import Any

from django import forms

from clausette.hours.operations import Signer
from clausette.hours.rules.certifying import NAME_MOST, QUALITY_MOST, SENTENCE, refusals_of_signer
from clausette.web.hours.forms.choices import Piece
from clausette.web.inputs import FreeText


class Handing(Piece):
    """A piece, and who certifies. Nothing ticked: nothing certified."""

    certify = forms.BooleanField(label=SENTENCE, required=False)
    certified_name = FreeText("Nom de la personne qui certifie", max_length=NAME_MOST, required=False)
    certified_as = FreeText(
        "En qualité de", max_length=QUALITY_MOST, required=False, help_text="Gérant, conductrice de travaux, comptable…"
    )

    def __init__(self, *args: Any, signer: Signer | None = None, **kwargs: Any) -> None:
        if signer is not None:
            kwargs["initial"] = {"certified_name": signer.name, "certified_as": signer.quality}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A certification is whole, or there is none."""
        values = super().clean() or self.cleaned_data
        if values.get("certify"):
            for field, sentence in refusals_of_signer(self._signer()).items():
                if field not in self.errors:
                    self.add_error(field, sentence)
        return values

    def _signer(self) -> Signer:
        return Signer(
            self.cleaned_data.get("certified_name") or "", self.cleaned_data.get("certified_as") or ""
        )

    def signer(self) -> Signer | None:
        """Who certifies; None when nobody does."""
        return self._signer() if self.cleaned_data.get("certify") else None
