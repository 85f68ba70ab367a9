"""What is typed of a contract: two fields are required, the rest comes when it is known."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.procurement.enums import ContractKind, ContractNature, ContractState, LegalDeviceKind
from clausette.procurement.operations import ContractDetails, LotEntry
from clausette.procurement.queries import ContractSheet
from clausette.procurement.rules import parse_lots
from clausette.web.contracts.forms.fields import AreaForm, amount_field, day_field, whole_field
from clausette.web.contracts.forms.organisations import add_organisation_fields
from clausette.web.inputs import FreeText

LOTS_HELP = (
    "Collez depuis un tableur : une ligne par lot, colonnes numéro, intitulé, montant HT, CPV. "
    "Les deux dernières sont facultatives ; le point-virgule sépare aussi."
)
TEXTS = ("title", "official_id", "kind", "nature", "device", "cpv", "place_code")
DATES = ("consultation_on", "notified_on", "starts_on", "ends_on")


class LotsField(FreeText):
    """Lots pasted; cleaned as a tuple of LotEntry."""

    def __init__(self, *, required: bool) -> None:
        super().__init__("Lots", lines=6, required=required, help_text=LOTS_HELP, strip=False)
        self.widget.attrs["spellcheck"] = "false"

    def clean(self, value: Any) -> Any:
        """Return the lots read. Raises ValidationError: one sentence per cell that cannot be read."""
        text = super().clean(value)
        paste = parse_lots(text)
        if paste.errors:
            raise forms.ValidationError([error.sentence for error in paste.errors])
        return tuple(LotEntry(row.number, row.title, row.amount_ht, row.cpv) for row in paste.rows)


class ContractForm(AreaForm):
    """Creation and change of a contract."""

    common_name = FreeText(
        label="Nom d'usage", max_length=200, help_text="Celui que tout le monde dit : « école Pasteur »."
    )
    official_id = FreeText(label="Numéro du marché", max_length=40, required=False)
    title = FreeText(label="Objet", max_length=1000, required=False, lines=2)
    kind = forms.ChoiceField(label="Forme", choices=ContractKind.choices, required=False)
    nature = forms.ChoiceField(label="Nature", choices=ContractNature.choices, required=False)
    device = forms.ChoiceField(label="Levier juridique", choices=LegalDeviceKind.choices, required=False)
    amount_ht = amount_field("Montant HT", help_text="En euros.")
    amount_is_maximum = forms.BooleanField(label="C'est un maximum (accord-cadre)", required=False)
    renewals_apart = forms.BooleanField(label="Les reconductions s'ajoutent à ce montant", required=False)
    consultation_on = day_field("Consultation engagée le", help_text="Elle décide de l'article applicable.")
    notified_on = day_field("Notifié le")
    starts_on = day_field("Début d'exécution")
    ends_on = day_field("Fin d'exécution")
    duration_months = whole_field("Durée en mois", low=1, high=600)
    cpv = forms.RegexField(
        r"^[0-9]{8}(-[0-9])?$",
        label="Code CPV",
        required=False,
        error_messages={"invalid": "Un code CPV a 8 chiffres, par exemple 45210000."},
    )
    place_code = forms.CharField(label="Code du lieu d'exécution", max_length=10, required=False)

    def __init__(self, *args: Any, operations: Sequence[tuple[UUID, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        named = [("", "Aucune"), *((str(uid), name) for uid, name in operations)]
        self.fields["operation"] = forms.ChoiceField(label="Opération", choices=named, required=False)

    def clean(self) -> dict[str, Any]:
        """Dates in order, said at the field."""
        values = super().clean() or self.cleaned_data
        starts, ends = self.day("starts_on"), self.day("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "La fin d'exécution précède le début.")
        consulted, notified = self.day("consultation_on"), self.day("notified_on")
        if consulted and notified and notified < consulted:
            self.add_error("notified_on", "La notification précède la consultation.")
        return values

    def details(self) -> ContractDetails:
        """The details as the operations take them; lists left empty keep their first word."""
        found = ContractDetails(
            amount_ht=self.cleaned_data["amount_ht"],
            amount_is_maximum=self.cleaned_data["amount_is_maximum"],
            amount_includes_renewals=not self.cleaned_data["renewals_apart"],
            duration_months=self.cleaned_data["duration_months"],
            operation_uid=UUID(self.cleaned_data["operation"]) if self.cleaned_data["operation"] else None,
        )
        defaults = {
            "kind": ContractKind.PUBLIC_CONTRACT.value,
            "nature": ContractNature.WORKS.value,
            "device": LegalDeviceKind.EXECUTION.value,
        }
        for name in TEXTS:
            found[name] = self.cleaned_data[name] or defaults.get(name, "")  # type: ignore[literal-required]  # names of TEXTS
        for name in DATES:
            found[name] = self.cleaned_data[name]  # type: ignore[literal-required]  # names of DATES
        return found


class NewContractForm(ContractForm):
    """Creation: the buyer and the lots too, and an operation that may be new."""

    new_operation = FreeText(label="ou une nouvelle opération", max_length=200, required=False)
    state = forms.ChoiceField(label="État", choices=ContractState.choices, required=False)

    def __init__(self, *args: Any, buyers: tuple[tuple[str, str], ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lots"] = LotsField(required=False)
        add_organisation_fields(self, "buyer", "Maître d'ouvrage", buyers)

    @property
    def rest_typed(self) -> bool:
        """Whether something is typed in the part that is folded at first."""
        names = ("official_id", "amount_ht", "title", "cpv", "new_operation", "place_code", *DATES)
        return self.is_bound and any(self.data.get(name) for name in names)


def initial_of(sheet: ContractSheet) -> dict[str, object]:
    """What the form of change shows first."""
    names = ("common_name", "amount_ht", "amount_is_maximum", "duration_months", *TEXTS, *DATES)
    found: dict[str, object] = {name: getattr(sheet, name) for name in names}
    found["renewals_apart"] = not sheet.amount_includes_renewals
    return {**found, "operation": str(sheet.operation_uid or "")}


class LotsForm(AreaForm):
    """Lots added to a contract."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lots"] = LotsField(required=True)
