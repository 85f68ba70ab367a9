"""What is typed of the life of a contract: moves, relaunch, phases and their decisions, transfer, orders."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.files.enums import Purpose
from clausette.procurement.enums import ContractKind, ContractState, PhaseKind, TerminationReason
from clausette.procurement.operations import OrderEntry, PhaseEntry
from clausette.procurement.queries import LotLine
from clausette.web.contracts.forms.acts import PastForm
from clausette.web.contracts.forms.fields import AreaForm, amount_field, day_field, whole_field
from clausette.web.contracts.forms.organisations import add_organisation_fields
from clausette.web.inputs import FreeText
from clausette.web.transfers import file_input

Choices = Sequence[tuple[str, str]]


def document_field(label: str = "Document", help_text: str = "") -> forms.FileField:
    """A paper joined to an act."""
    return forms.FileField(
        label=label, required=False, widget=file_input(Purpose.EVIDENCE), help_text=help_text
    )


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give its choices to a field."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # ChoiceField


def lot_choices(lots: Sequence[LotLine]) -> list[tuple[str, str]]:
    """The lots of a contract, the whole contract first."""
    return [("", "Tout le marché"), *((str(lot.uid), f"Lot {lot.number} · {lot.title}") for lot in lots)]


class MoveForm(PastForm):
    """A new state, its day, its reason, the cause of a termination, the paper."""

    past = "on"
    to = forms.ChoiceField(label="Nouvel état", widget=forms.RadioSelect)
    on = day_field("Depuis le", required=True)
    motive = forms.ChoiceField(
        label="Cause de la résiliation",
        required=False,
        choices=[("", "Sans objet"), *TerminationReason.choices],
    )
    reason = FreeText(
        label="Motif", max_length=500, required=False, lines=2,
        help_text="Demandé quand le marché est suspendu, résilié, transféré, infructueux, sans suite ou rouvert.",
    )  # fmt: skip
    document = document_field("Document", "Décision, courrier, ordre de service.")

    def __init__(self, *args: Any, states: Sequence[ContractState], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "to", [(state.value, state.label) for state in states])
        if ContractState.TERMINATED not in states:
            del self.fields["motive"]


class RelaunchForm(AreaForm):
    """The new consultation: its name, and the lots begun again."""

    common_name = FreeText(label="Nom d'usage", max_length=200)
    lots = forms.MultipleChoiceField(label="Lots relancés", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lots: Sequence[LotLine], **options: Any) -> None:
        super().__init__(*args, **options)
        if lots:
            choose(self, "lots", lot_choices(lots)[1:])
            self.initial.setdefault("lots", [str(lot.uid) for lot in lots])
        else:
            del self.fields["lots"]


class PhaseForm(AreaForm):
    """One tranche, period or year."""

    kind = forms.ChoiceField(label="Nature", choices=PhaseKind.choices)
    number = whole_field("Numéro", low=1, high=99, required=True)
    lot = forms.ChoiceField(label="Lot", required=False)
    label = FreeText(label="Intitulé", max_length=200, required=False)
    starts_on = day_field("Du", required=True)
    ends_on = day_field("Au", required=True)
    amount_ht = amount_field("Montant HT", help_text="En euros.")

    def __init__(self, *args: Any, lots: Sequence[LotLine], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "lot", lot_choices(lots))
        if not lots:
            del self.fields["lot"]

    def entry(self) -> PhaseEntry:
        """What is to be planned."""
        names = ("number", "starts_on", "ends_on", "label", "amount_ht")
        values = {name: self.cleaned_data[name] for name in names}
        return PhaseEntry(kind=PhaseKind(self.cleaned_data["kind"]), **values)


class DecisionForm(PastForm):
    """An optional phase is made or not: day, reason, paper."""

    past = "on"
    confirmed = forms.ChoiceField(label="Décision", widget=forms.RadioSelect)
    on = day_field("Décidé le", required=True)
    reason = FreeText(
        label="Motif", max_length=300, required=False, lines=2,
        help_text="Demandé quand elle n'est pas affermie ou pas reconduite.",
    )
    document = document_field("Document", "Décision d'affermissement, courrier de reconduction.")

    def __init__(self, *args: Any, renewal: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        words = ("Reconduite", "Non reconduite") if renewal else ("Affermie", "Non affermie")
        choose(self, "confirmed", [("oui", words[0]), ("non", words[1])])


class TransferForm(PastForm):
    """Another titulaire takes the contract over: who, from when, by which act."""

    past = "signed_on"
    on = day_field("À partir du", required=True, help_text="Premier jour du nouveau titulaire.")
    signed_on = day_field("Acte signé le", required=True)
    reason = FreeText(label="Motif", max_length=300, lines=2, help_text="Par exemple : liquidation judiciaire.")
    balance = forms.BooleanField(
        label="Transférer aussi le solde de l'engagement d'insertion", required=False,
        help_text="Les heures validées restent au titulaire en place, celles qui restent dues passent au nouveau.",
    )  # fmt: skip
    document = document_field("Acte de transfert", "Demandé quand le solde est transféré.")

    def __init__(
        self, *args: Any, owes: bool, firms: tuple[tuple[str, str], ...] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        add_organisation_fields(self, "contractor", "Nouveau titulaire", firms)
        if not owes:
            del self.fields["balance"]
        self.order_fields(["contractor", "contractor_siret", "on", "signed_on", "reason", "balance", "document"])

    def clean(self) -> dict[str, Any]:
        """A balance moves by an act that is kept."""
        values = super().clean()
        if values.get("balance") and not values.get("document") and "document" not in self.errors:
            self.add_error("document", "Joignez l'acte signé : le solde se transfère avec lui.")
        return values


class OrderForm(AreaForm):
    """A bon de commande or a marché subséquent of an accord-cadre."""

    kind = forms.ChoiceField(
        label="Forme",
        choices=[(one.value, one.label) for one in (ContractKind.ORDER, ContractKind.SUBSEQUENT)],
    )
    common_name = FreeText(label="Nom d'usage", max_length=200)
    official_id = FreeText(label="Numéro", max_length=40, required=False)
    lot = forms.ChoiceField(label="Lot de l'accord-cadre", required=False)
    contractor = forms.ChoiceField(label="Titulaire", required=False)
    buyer = forms.ChoiceField(label="Maître d'ouvrage", required=False)
    amount_ht = amount_field("Montant HT", help_text="En euros.")
    notified_on = day_field("Notifié le")
    starts_on = day_field("Début d'exécution")
    ends_on = day_field("Fin d'exécution")

    def __init__(
        self, *args: Any, lots: Sequence[LotLine], firms: Choices, buyers: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choose(self, "lot", [("", "Tout l'accord-cadre"), *lot_choices(lots)[1:]])
        choose(self, "contractor", [("", "Le titulaire de l'accord-cadre"), *firms])
        choose(self, "buyer", buyers)
        for name, shown in (("lot", lots), ("contractor", len(firms) > 1), ("buyer", len(buyers) > 1)):
            if not shown:
                del self.fields[name]

    def entry(self) -> OrderEntry:
        """What is to be ordered."""
        values = self.cleaned_data

        def uid(name: str) -> UUID | None:
            return UUID(values[name]) if values.get(name) else None

        return OrderEntry(
            kind=ContractKind(values["kind"]),
            common_name=values["common_name"],
            amount_ht=values["amount_ht"],
            official_id=values["official_id"],
            notified_on=values["notified_on"],
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            lot_uid=uid("lot"),
            contractor_uid=uid("contractor"),
            buyer_uid=uid("buyer"),
        )
