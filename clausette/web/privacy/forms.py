"""Forms of the area: a hold, a notice handed over, the papers that the structure keeps."""

from typing import Any

from django import forms

from clausette.participants.enums import EvidenceKind, Funding
from clausette.participants.rules.evidence import HEALTH
from clausette.privacy.enums import HoldReason, NoticeMeans
from clausette.web.inputs import FrenchDate


class HoldForm(forms.Form):
    """Why and until when."""

    reason = forms.ChoiceField(
        label="Motif", choices=HoldReason.choices, widget=forms.RadioSelect, initial=HoldReason.FSE
    )
    until = FrenchDate(
        "Conserver jusqu'au",
        help_text="Dernier jour compris. FSE+ : cinq ans après le 31 décembre de l'année du dernier paiement.",
    )


class NoticeForm(forms.Form):
    """When and how the notice was given."""

    given_on = FrenchDate("Remise le")
    means = forms.ChoiceField(
        label="Comment", choices=NoticeMeans.choices, widget=forms.RadioSelect, initial=NoticeMeans.HAND
    )


class PapersForm(forms.Form):
    """One box for each kind of paper and funding; health papers have none."""

    def __init__(self, *args: Any, kept: frozenset[tuple[EvidenceKind, Funding]], **options: Any) -> None:
        super().__init__(*args, **options)
        for funding in Funding:
            kinds = [kind for kind in EvidenceKind if kind not in HEALTH]
            self.fields[funding.value] = forms.MultipleChoiceField(
                label=funding.label, required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(kind.value, kind.label) for kind in kinds],
                initial=[kind.value for kind, of in kept if of == funding],
            )  # fmt: skip

    def chosen(self) -> list[tuple[EvidenceKind, Funding]]:
        """What was ticked."""
        return [
            (EvidenceKind(kind), funding) for funding in Funding for kind in self.cleaned_data[funding.value]
        ]
