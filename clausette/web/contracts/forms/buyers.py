"""What is typed of the buyer's side: its members, their roles and shares, contacts, operations, portfolios."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from clausette.procurement.enums import OperationRole, PartyRole
from clausette.procurement.operations import ContactDetails
from clausette.procurement.rules import parse_qpv_codes
from clausette.web.contracts.forms.fields import AreaForm, day_field, percent_field
from clausette.web.contracts.forms.life import Choices, choose
from clausette.web.contracts.forms.organisations import add_organisation_fields
from clausette.web.inputs import FreeText

ROLES = (
    PartyRole.BUYER, PartyRole.COORDINATOR, PartyRole.DELEGATE, PartyRole.ADVISER, PartyRole.DESIGNER,
)  # fmt: skip


class BuyerForm(AreaForm):
    """Who takes part on the buyer's side, in which role, between which days, for which share."""

    role = forms.ChoiceField(label="Rôle", choices=[(one.value, one.label) for one in ROLES])
    share = percent_field("Part", help_text="D'un maître d'ouvrage dans un groupement de commandes.")
    valid_from = day_field("À partir du", required=True)
    valid_to = day_field("Jusqu'au")

    def __init__(self, *args: Any, known: tuple[tuple[str, str], ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        add_organisation_fields(self, "organisation", "Organisme", known)
        self.order_fields(["organisation", "organisation_siret", "role", "share", "valid_from", "valid_to"])


class ShareOfBuyerForm(AreaForm):
    """The share of a maître d'ouvrage in its groupement de commandes."""

    share = percent_field("Part", help_text="Vide : la part n'est pas connue.")


class EndPartyForm(AreaForm):
    """The last day of a role."""

    valid_to = day_field("Dernier jour", required=True)
    reason = FreeText(label="Motif", max_length=300, required=False, lines=2)


class ContactForm(AreaForm):
    """A person to call."""

    organisation = forms.ChoiceField(label="Organisme")
    name = FreeText(label="Nom", max_length=150)
    function = FreeText(label="Fonction", max_length=150, required=False)
    email = forms.EmailField(label="Adresse électronique", required=False)
    phone = FreeText(label="Téléphone", max_length=30, required=False)

    def __init__(self, *args: Any, organisations: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "organisation", organisations)
        if not organisations:
            del self.fields["organisation"]

    def details(self) -> ContactDetails:
        """Who it is."""
        names = ("name", "function", "email", "phone")
        return ContactDetails(**{name: self.cleaned_data[name] for name in names})


class ProjectForm(AreaForm):
    """An operation: its name, ANRU or not, its quartiers."""

    name = FreeText(label="Nom de l'opération", max_length=200)
    is_anru = forms.BooleanField(label="Programme ANRU", required=False)
    qpv_codes = FreeText(
        label="Quartiers prioritaires", max_length=600, required=False, lines=2,
        help_text="Codes des quartiers du projet, par exemple QN00101M ou QP059001.",
    )  # fmt: skip

    def clean_qpv_codes(self) -> tuple[str, ...]:
        """The codes, each in its form."""
        read = parse_qpv_codes(self.cleaned_data["qpv_codes"])
        if read.wrong:
            raise forms.ValidationError(
                [f"{one} n'est pas un code de quartier (QN00101M ou QP059001)." for one in read.wrong[:5]]
            )
        return read.codes


class ProjectBodyForm(AreaForm):
    """A maître d'ouvrage or a funder of an operation."""

    role = forms.ChoiceField(label="Rôle", choices=OperationRole.choices)

    def __init__(self, *args: Any, known: tuple[tuple[str, str], ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        add_organisation_fields(self, "organisation", "Organisme", known)
        self.order_fields(["organisation", "organisation_siret", "role"])


class PortfolioForm(AreaForm):
    """Contracts handed over to a colleague."""

    contracts = forms.MultipleChoiceField(label="Marchés", widget=forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label="À qui ?")
    reason = FreeText(label="Motif", max_length=300, required=False, lines=2)

    def __init__(self, *args: Any, contracts: Choices, members: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "contracts", contracts)
        choose(self, "to", [("", "Choisissez"), *members, ("personne", "Personne pour l'instant")])


def share_of(form: forms.Form) -> Decimal | None:
    """The share typed, from 0 to 1."""
    found = form.cleaned_data.get("share")
    return found if isinstance(found, Decimal) else None
