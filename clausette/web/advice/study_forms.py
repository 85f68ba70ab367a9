"""What is typed of a study: the purchase, who buys, what decides of the obligation, its lots."""

from collections.abc import Sequence
from typing import Any

from django import forms

from clausette.advice.enums import BuyerKind
from clausette.advice.operations import PurchaseFacts, StudiedLot
from clausette.advice.queries import PurchaseSheet
from clausette.kernel.actor import Actor
from clausette.procurement.enums import ContractNature
from clausette.web.advice.bodies import read_body
from clausette.web.contracts.forms.contract import LotsField
from clausette.web.contracts.forms.fields import ProposingInput, amount_field, day_field, whole_field
from clausette.web.contracts.forms.organisations import proposals
from clausette.web.inputs import FreeText, FrenchDate

TEXTS = ("buyer_kind", "reference", "nature", "cpv", "place")


def _or_nothing(choices: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [("", "Pas encore connu"), *choices]


class StudyForm(forms.Form):
    """A purchase on which a buyer asks for an opinion: two texts and a day suffice, the rest when it is known."""

    title = FreeText("Objet de l'achat", max_length=200)
    buyer_name = FreeText(
        "Maître d'ouvrage", max_length=240,
        help_text="Choisissez celui de l'annuaire s'il est proposé ; un autre s'écrit en toutes lettres.",
    )  # fmt: skip
    reference = FreeText("Numéro chez l'acheteur", max_length=60, required=False)
    buyer_kind = forms.ChoiceField(label="Qui achète", choices=_or_nothing(BuyerKind.choices), required=False)
    nature = forms.ChoiceField(
        label="Nature", choices=_or_nothing(ContractNature.choices), required=False,
        help_text="Vide : celle que dit le code CPV.",
    )  # fmt: skip
    amount_ht = amount_field("Valeur estimée HT", help_text="Tous les lots ensemble, reconductions comprises.")
    engaged_on = day_field("Consultation engagée le", help_text="Jour d'envoi de l'avis, pas la notification.")
    is_concession = forms.BooleanField(
        label="C'est une concession (dont délégation de service public)", required=False
    )
    is_defence = forms.BooleanField(label="C'est un achat de défense ou de sécurité", required=False)
    cpv = forms.RegexField(
        r"^[0-9]{8}(-[0-9])?$", label="Code CPV", required=False,
        error_messages={"invalid": "Un code CPV a 8 chiffres, par exemple 45210000."},
    )  # fmt: skip
    duration_months = whole_field("Durée en mois", low=1, high=600)
    place = FreeText("Lieu d'exécution", max_length=100, required=False, help_text="Commune ou département.")
    asked_on = FrenchDate("Demandée le")
    answer_due_on = FrenchDate(
        "Avis attendu le", required=False, help_text="Quatre semaines après la demande si rien n'est écrit."
    )

    def __init__(self, *args: Any, buyers: tuple[tuple[str, str], ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["buyer_name"].widget = ProposingInput(proposals(buyers))
        self.fields["lots"] = LotsField(required=False)

    def facts(self, actor: Actor) -> PurchaseFacts | None:
        """What is typed of the purchase, the buyer sought in the directory; None when it is refused at its field."""
        said = self.cleaned_data
        buyer = read_body(self, "buyer_name", actor)
        if buyer is None:
            return None
        self.cleaned_data["buyer_name"], uid = buyer
        facts = PurchaseFacts(
            buyer_uid=uid, is_concession=said["is_concession"], is_defence=said["is_defence"],
            amount_ht=said["amount_ht"], engaged_on=said["engaged_on"], duration_months=said["duration_months"],
        )  # fmt: skip
        for name in TEXTS:
            facts[name] = said[name] or ""  # type: ignore[literal-required]  # names of TEXTS
        return facts

    def lots(self) -> list[StudiedLot]:
        """The lots pasted."""
        return [StudiedLot(lot.number, lot.title, lot.amount_ht, lot.cpv) for lot in self.cleaned_data["lots"]]


def initial_of(sheet: PurchaseSheet) -> dict[str, object]:
    """What the form of change shows first."""
    named = f"{sheet.buyer_name} ({sheet.buyer_siret})" if sheet.buyer_siret else sheet.buyer_name
    names = (
        "title", "reference", "buyer_kind", "nature", "amount_ht", "engaged_on", "is_concession", "is_defence", "cpv",
        "duration_months", "place", "asked_on", "answer_due_on",
    )  # fmt: skip
    return {"buyer_name": named, **{name: getattr(sheet, name) for name in names}}


class WaiverForm(forms.Form):
    """The reason for which the buyer leaves the condition out."""

    waiver = forms.ChoiceField(label="Motif retenu par l'acheteur", widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, motives: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "Aucun : la clause est prévue"), *motives]
        self.fields["waiver"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
