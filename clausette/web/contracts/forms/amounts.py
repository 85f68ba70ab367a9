"""Orders and invoices typed one by one or pasted from a spreadsheet."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.procurement.enums import AmountKind
from clausette.procurement.operations import AmountLine
from clausette.procurement.queries import BillingFirm, LotLine
from clausette.procurement.rules import parse_amounts
from clausette.web.contracts.forms.fields import AreaForm
from clausette.web.contracts.forms.life import choose, document_field, lot_choices
from clausette.web.inputs import FreeText

PASTE_HELP = (
    "Une ligne par commande ou facture, collée depuis un tableur ou écrite ici : date, numéro, montant HT, et "
    "l'entreprise s'il y en a plusieurs. Un avoir est une facture négative."
)


class AmountsForm(AreaForm):
    """Lines of one kind, for one firm unless a line names another."""

    kind = forms.ChoiceField(label="Nature", choices=AmountKind.choices, initial=AmountKind.INVOICED)
    firm = forms.ChoiceField(label="Entreprise")
    lot = forms.ChoiceField(label="Lot", required=False)
    lines = FreeText("Commandes ou factures", lines=6, help_text=PASTE_HELP, strip=False)
    document = document_field("Document", "Bon de commande, facture, état récapitulatif.")

    def __init__(
        self, *args: Any, firms: Sequence[BillingFirm], lots: Sequence[LotLine], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.firms = {str(firm.uid): firm for firm in firms}
        choose(self, "firm", [(key, firm.name) for key, firm in self.firms.items()])
        choose(self, "lot", lot_choices(lots))
        self.fields["lines"].widget.attrs["spellcheck"] = "false"
        if not lots:
            del self.fields["lot"]

    def clean(self) -> dict[str, Any]:
        """The lines are read, each wrong cell is named."""
        values = super().clean() or self.cleaned_data
        if "kind" not in values or "firm" not in values or not values.get("lines"):
            return values
        known = {firm.name: key for key, firm in self.firms.items()}
        known |= {firm.siret: key for key, firm in self.firms.items() if firm.siret}
        paste = parse_amounts(values["lines"], kind=AmountKind(values["kind"]), firms=known)
        if paste.errors:
            self.add_error("lines", [error.sentence for error in paste.errors[:20]])
            return values
        lot = values.get("lot")
        values["entries"] = [
            AmountLine(
                on=row.on,
                reference=row.reference,
                amount_ht=row.amount_ht,
                contractor_uid=UUID(row.firm or values["firm"]),
                lot_uid=UUID(lot) if lot else None,
                place=f"Ligne {row.line} : ",
            )
            for row in paste.rows
        ]
        return values


class WithdrawForm(AreaForm):
    """Why a line is withdrawn."""

    reason = FreeText(label="Motif", max_length=300, lines=2, help_text="Par exemple : saisie en double.")
