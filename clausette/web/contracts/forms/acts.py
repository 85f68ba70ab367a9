"""What is typed for the acts in the life of a contract: award ended, avenant, sub-contractor, engagement settled."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from clausette.procurement.queries import LotLine
from clausette.web.contracts.forms.fields import AreaForm, amount_field, day_field, whole_field
from clausette.web.contracts.forms.organisations import add_organisation_fields
from clausette.web.inputs import FreeText


class PastForm(AreaForm):
    """A form with a day that is not to come: what is done is told, not announced."""

    past = ""

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The day is today or before, said at the field."""
        values = super().clean() or self.cleaned_data
        day = self.day(self.past)
        if day is not None and day > self.today:
            self.add_error(self.past, "Cette date est à venir : attendez qu'elle soit passée.")
        return values


class EndAwardForm(PastForm):
    """The last day of an award, and why it ends."""

    past = "ended_on"
    ended_on = day_field("Dernier jour", required=True)
    reason = FreeText(
        label="Motif", max_length=300, lines=2, help_text="Par exemple : liquidation judiciaire."
    )


class CloseForm(PastForm):
    """The day on which an engagement is settled."""

    past = "on"
    on = day_field("Soldé le", required=True)
    reason = FreeText(label="Précision", max_length=300, required=False, lines=2)


class ModificationForm(PastForm):
    """An avenant: its number, and what it changes."""

    past = "notified_on"
    number = whole_field("Numéro de l'avenant", low=1, high=999, required=True)
    notified_on = day_field("Notifié le")
    amount_ht = amount_field("Nouveau montant HT", help_text="En euros, montant total après l'avenant.")
    duration_months = whole_field("Nouvelle durée en mois", low=1, high=600)


class SubcontractorForm(AreaForm):
    """A sub-contractor: for which firm of the contract it works, on which lot, from when."""

    head = forms.ChoiceField(label="Pour le compte de")
    lot = forms.ChoiceField(label="Lot", required=False)
    valid_from = day_field("À partir du", required=True)

    def __init__(
        self,
        *args: Any,
        heads: Sequence[tuple[str, str]],
        lots: Sequence[LotLine],
        firms: tuple[tuple[str, str], ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["head"].choices = list(heads)  # type: ignore[attr-defined]  # ChoiceField
        if lots:
            named = [(str(lot.uid), f"Lot {lot.number} · {lot.title}") for lot in lots]
            self.fields["lot"].choices = [("", "Tout le marché"), *named]  # type: ignore[attr-defined]  # ChoiceField
        else:
            del self.fields["lot"]
        add_organisation_fields(self, "subcontractor", "Sous-traitant", firms)
        self.order_fields(["subcontractor", "subcontractor_siret", "head", "lot", "valid_from"])
