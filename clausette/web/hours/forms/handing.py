"""What goes with the hours of a firm: a piece, or a certification online."""

from typing import Any

from django import forms

from clausette.hours.enums import PieceKind
from clausette.hours.operations import Signer, Upload
from clausette.hours.rules.certifying import NAME_MOST, QUALITY_MOST, SENTENCE, refusals_of_signer
from clausette.web.hours.forms.choices import Piece, PieceFile
from clausette.web.inputs import FreeText, FrenchDate

OTHERS = [(one.value, one.label) for one in PieceKind if one != PieceKind.HOURS]


class Handing(Piece):
    """What proves the hours, perhaps another piece, and who certifies. Nothing ticked: nothing certified."""

    evidence_2 = PieceFile(
        "Autre pièce", "Une convention, un agrément, un contrat de travail ou de mise à disposition."
    )
    kind_2 = forms.ChoiceField(
        label="Nature de cette pièce", choices=[("", "Choisissez"), *OTHERS], required=False,
        error_messages={"invalid_choice": "Choisissez une nature dans la liste."},
    )
    valid_until_2 = FrenchDate(
        "Cette pièce est valable jusqu'au", required=False, help_text="Sa date de fin, si elle en porte une."
    )

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
        """A certification is whole, or there is none; another piece says what it is, and a date is that of a piece."""
        values = super().clean() or self.cleaned_data
        if values.get("evidence_2") and not values.get("kind_2") and "kind_2" not in self.errors:
            self.add_error("kind_2", "Dites ce qu'est cette pièce.")
        if values.get("valid_until_2") and not values.get("evidence_2") and "evidence_2" not in self.errors:
            self.add_error("valid_until_2", "Joignez la pièce qui porte cette date.")
        if values.get("certify"):
            for field, sentence in refusals_of_signer(self._signer()).items():
                if field not in self.errors:
                    self.add_error(field, sentence)
        return values

    def _signer(self) -> Signer:
        return Signer(
            self.cleaned_data.get("certified_name") or "", self.cleaned_data.get("certified_as") or ""
        )

    def others(self) -> tuple[Upload, ...]:
        """The other piece chosen, read."""
        held = self.cleaned_data.get("evidence_2")
        if held is None:
            return ()
        kind, until = PieceKind(self.cleaned_data["kind_2"]), self.cleaned_data.get("valid_until_2")
        return (Upload(held.name, held.read(), until, kind, slot="_2"),)

    def other_open(self) -> bool:
        """Whether the other piece is to be looked at: something of it was typed or refused."""
        return bool({"evidence_2", "kind_2", "valid_until_2"} & set(self.errors)) if self.is_bound else False

    def signer(self) -> Signer | None:
        """Who certifies; None when nobody does."""
        return self._signer() if self.cleaned_data.get("certify") else None
