"""What is answered to choose a levier juridique. Names in French: they are read in the address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from clausette.advice.enums import Bought, Supplier
from clausette.advice.queries import BoughtStudy, at_or_above
from clausette.advice.rules import DeviceFacts, dependence
from clausette.procurement.enums import LegalDeviceKind
from clausette.web.inputs import Amount, FreeText, Hours

YES, NO = "oui", "non"
LISTED = [(one.value, one.label) for one in LegalDeviceKind if one != LegalDeviceKind.UNKNOWN]


class ChoosingForm(forms.Form):
    """A few questions; what the study already knows is filled in."""

    achat = forms.ChoiceField(label="Ce qui est acheté", choices=Bought.choices, widget=forms.RadioSelect)
    ecart = forms.ChoiceField(
        label="Les candidats peuvent-ils faire mieux les uns que les autres sur l'insertion, en lien avec l'objet ?",
        choices=[("", "Je ne sais pas"), (YES, "Oui"), (NO, "Non")], required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    heures = Hours("Heures d'insertion possibles", least=0, required=False, help_text="Celles du calcul gardé.")
    duree = Amount("Durée d'exécution en mois", above=0, most=999, required=False)
    reserve = forms.BooleanField(label="L'acheteur accepterait de réserver le marché, ou un lot", required=False)
    structures = forms.MultipleChoiceField(
        label="Structures qui savent répondre", choices=Supplier.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    nombre = Amount("Combien de structures", least=0, most=9999, required=False)
    chiffre = Amount(
        "Leur chiffre d'affaires moyen (€ par an)", above=0, most=10**12, required=False,
        help_text="Donne la part que ce marché prendrait dans leur activité.",
    )  # fmt: skip

    def __init__(self, said: Mapping[str, Any], study: BoughtStudy) -> None:
        super().__init__(said)
        self.study = study

    def facts(self, on: date) -> DeviceFacts:
        """What is known, once the form is valid; `on`: the day to read the law."""
        said, study = self.cleaned_data, self.study
        count = said["nombre"]
        return DeviceFacts(
            bought=Bought(said["achat"]),
            on=on,
            kind=study.kind,
            at_or_above=at_or_above(study, on),
            defence=study.defence,
            hours=said["heures"],
            months=said["duree"],
            reserve=said["reserve"],
            suppliers=frozenset(Supplier(one) for one in said["structures"]),
            count=None if count is None else int(count),
            depends=dependence(study.amount_ht, said["chiffre"]),
            differ={YES: True, NO: False}.get(said["ecart"]),
        )


def starting(study: BoughtStudy) -> dict[str, str]:
    """What the study tells before anything is answered."""
    hours, months = study.hours, study.duration_months
    return {
        "achat": Bought.WORK.value,
        "heures": "" if hours is None else f"{hours.normalize():f}".replace(".", ","),
        "duree": "" if months is None else str(months),
    }


class KeepDeviceForm(forms.Form):
    """The levier kept, and why; both may be changed."""

    device = forms.ChoiceField(label="Levier conseillé", choices=LISTED)
    reasons = FreeText("Pourquoi ce levier", lines=6, max_length=1000, help_text="Repris dans l'avis du facilitateur.")
