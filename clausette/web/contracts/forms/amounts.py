"""Orders and invoices typed one by one or pasted from a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from clausette.procurement.enums import AmountKind
from clausette.procurement.operations import AmountLine
from clausette.procurement.queries import BillingFirm, LotLine
from clausette.procurement.rules import parse_amounts
from clausette.web.contracts.forms.fields import AreaForm, day_field
from clausette.web.contracts.forms.life import choose, document_field, lot_choices
from clausette.web.inputs import Amount, FreeText

PASTE_HELP = (
    "Une ligne par commande ou facture, collée depuis un tableur ou écrite ici : date ; numéro ; montant HT ; et "
    "l'entreprise s'il y en a plusieurs. Par exemple : 03/09/2026 ; F-101 ; 12 500,50"
)
ASKED = {"on": "Donnez la date.", "reference": "Donnez le numéro.", "amount": "Donnez le montant HT."}
NOTHING = "Donnez la date, le numéro et le montant, ou collez plusieurs lignes."


class AmountsForm(AreaForm):
    """An order or invoice typed in its fields, and lines pasted: of one kind, of one firm unless they name another."""

    kind = forms.ChoiceField(label="Nature", choices=AmountKind.choices, initial=AmountKind.INVOICED)
    firm = forms.ChoiceField(label="Entreprise")
    lot = forms.ChoiceField(label="Lot", required=False)
    on = day_field("Date")
    reference = FreeText("Numéro", max_length=60, required=False)
    amount = Amount("Montant HT", required=False, help_text="Un avoir est une facture négative.")
    lines = FreeText("Plusieurs lignes", lines=6, help_text=PASTE_HELP, strip=False, required=False)
    document = document_field("Document", "Bon de commande, facture, état récapitulatif.")

    def __init__(
        self, *args: Any, firms: Sequence[BillingFirm], lots: Sequence[LotLine], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.firms = {str(firm.uid): firm for firm in firms}
        choose(self, "firm", [(key, firm.name) for key, firm in self.firms.items()])
        choose(self, "lot", lot_choices(lots))
        self.fields["lines"].widget.attrs["spellcheck"] = "false"
        for name in ASKED:
            self.fields[name].widget.attrs["data-asked"] = ""
        if not lots:
            del self.fields["lot"]

    def clean(self) -> dict[str, Any]:
        """The lines are read, each wrong cell is named."""
        values = super().clean() or self.cleaned_data
        if "kind" not in values or "firm" not in values:
            return values
        one = self._one(values)
        pasted = self._pasted(values) if values.get("lines") else []
        if not (one or pasted or self.errors):
            self.add_error("on", NOTHING)
        values["entries"] = [*one, *pasted]
        return values

    def _one(self, values: dict[str, Any]) -> list[AmountLine]:
        """The order or invoice of the fields; nothing when none is filled."""
        given = [name for name in ASKED if values.get(name) not in (None, "") or name in self.errors]
        if not given:
            return []
        for name in ASKED.keys() - given:
            self.add_error(name, ASKED[name])
        if any(name in self.errors for name in ASKED):
            return []
        return [self._line(values, values["on"], values["reference"], values["amount"])]

    def _pasted(self, values: dict[str, Any]) -> list[AmountLine]:
        """The lines pasted; each wrong cell is named."""
        known = {firm.name: key for key, firm in self.firms.items()}
        known |= {firm.siret: key for key, firm in self.firms.items() if firm.siret}
        paste = parse_amounts(values["lines"], kind=AmountKind(values["kind"]), firms=known)
        if paste.errors:
            self.add_error("lines", [error.sentence for error in paste.errors[:20]])
            return []
        return [
            self._line(values, row.on, row.reference, row.amount_ht, firm=row.firm, place=f"Ligne {row.line} : ")
            for row in paste.rows
        ]

    def _line(
        self, values: dict[str, Any], on: date, reference: str, amount: Decimal, *, firm: str = "", place: str = ""
    ) -> AmountLine:  # fmt: skip
        lot = values.get("lot")
        return AmountLine(
            on=on, reference=reference, amount_ht=amount, contractor_uid=UUID(firm or values["firm"]),
            lot_uid=UUID(lot) if lot else None, place=place,
        )  # fmt: skip


class WithdrawForm(AreaForm):
    """Why a line is withdrawn."""

    reason = FreeText(label="Motif", max_length=300, lines=2, help_text="Par exemple : saisie en double.")
