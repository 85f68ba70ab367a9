"""To whom a mandate is given, on what, until when."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.access.queries import OrganisationCard, find_organisations, organisations
from clausette.kernel.actor import Actor
from clausette.kernel.text import search_key
from clausette.web.inputs import FreeText, FrenchDate
from clausette.web.mandates.words import ALL

WHOM = "Écrivez un organisme, ou l'adresse électronique d'une personne."
BOTH = "Un organisme ou une personne, pas les deux : effacez l'un."
UNKNOWN = (
    "Aucun organisme de ce nom n'est dans Clausette. Donnez plutôt, plus bas, l'adresse électronique de la personne."
)
SEVERAL = "Choisissez ci-dessous l'organisme que vous voulez dire."


class Until(forms.Form):
    """The last day of a mandate."""

    ends_on = FrenchDate(label="Dernier jour", help_text="Ce jour-là compris. Trois ans au plus.")


class Give(forms.Form):
    """A mandate: an organisation known here, or a person by e-mail; all the contracts or one."""

    holder = FreeText("Un organisme présent dans Clausette", max_length=200, required=False, help_text="Nom ou SIRET.")
    email = forms.EmailField(
        label="Ou une personne, par son adresse électronique", max_length=254, required=False,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="Comptable, collègue… Elle reçoit un lien, qui n'ouvre rien à lui seul.",
    )  # fmt: skip
    full_name = FreeText("Prénom et nom de cette personne", max_length=150, required=False)
    contract = forms.ChoiceField(label="Pour quels marchés", required=False)
    starts_on = FrenchDate(label="À partir du")
    ends_on = FrenchDate(label="Jusqu'au", required=False, help_text="Sans date : un an. Trois ans au plus.")

    def __init__(self, *args: Any, contracts: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", ALL), *((str(uid), name) for uid, name in contracts)]
        self.fields["contract"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """One of the two, never both."""
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        if values["holder"] and values["email"]:
            self.add_error("email", BOTH)
        elif not (values["holder"] or values["email"]):
            self.add_error("holder", WHOM)
        return values

    def contract_uid(self) -> UUID | None:
        """The one contract chosen, None for all."""
        return UUID(self.cleaned_data["contract"]) if self.cleaned_data["contract"] else None

    def body(self, actor: Actor) -> OrganisationCard | None:
        """The organisation meant; None when a person is, or when an error was written at the field."""
        text = self.cleaned_data["holder"]
        if not text:
            return None
        picked = _uid(str(self.data.get("holder_pick", "")))
        if picked and (known := organisations(actor=actor, uids=[picked]).get(picked)):
            return known
        digits = "".join(text.split())
        cards = find_organisations(actor=actor, words=digits if digits.isdigit() else text, limit=12)
        same = [card for card in cards if search_key(card.name) == search_key(text) or card.siret == digits]
        if len(same) == 1:
            return same[0]
        if not cards:
            self.add_error("holder", UNKNOWN)
            return None
        self._offer(cards)
        return None

    def _offer(self, cards: Sequence[OrganisationCard]) -> None:
        choices = [
            (str(card.uid), " · ".join(part for part in (card.name, card.commune_name, card.siret) if part))
            for card in cards
        ]
        self.fields["holder_pick"] = forms.ChoiceField(
            label="Est-ce l'un de ceux-ci ?", choices=choices, widget=forms.RadioSelect, required=False
        )
        order = list(self.fields)
        order.remove("holder_pick")
        order.insert(order.index("holder") + 1, "holder_pick")
        self.order_fields(order)
        self.add_error("holder", SEVERAL)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
