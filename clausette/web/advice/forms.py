"""What is typed to be advised. Names in French: they are read in the address."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from clausette.advice.enums import AmountBasis, BuyerKind, Method, StudyState
from clausette.advice.rules import USED, Ask, Purchase
from clausette.commitments.enums import Rounding
from clausette.procurement.enums import ContractNature
from clausette.reference.facts.labour import LabourRow
from clausette.web.inputs import Amount, FreeText, FrenchDate, Hours, Percent

SCENARIOS = (1, 2, 3)


class ObligationForm(forms.Form):
    """A purchase, as the buyer tells it."""

    acheteur = forms.ChoiceField(
        label="Acheteur", choices=BuyerKind.choices, initial=BuyerKind.LOCAL,
        help_text="Entité adjudicatrice : eau, énergie, transports.",
    )  # fmt: skip
    nature = forms.ChoiceField(label="Nature", choices=ContractNature.choices)
    valeur = Amount(
        "Valeur estimée HT", least=0, most=10**12,
        help_text="Tous les lots ensemble, reconductions comprises.",
        error_messages={"required": "Donnez la valeur estimée HT."},
    )  # fmt: skip
    engagee = FrenchDate(
        "Consultation engagée le",
        help_text="Jour d'envoi de l'avis, pas la notification.",
        error_messages={"required": "Donnez le jour où la consultation est engagée."},
    )
    concession = forms.BooleanField(label="C'est une concession (dont délégation de service public)", required=False)
    defense = forms.BooleanField(label="C'est un achat de défense ou de sécurité", required=False)

    def purchase(self) -> Purchase:
        """The purchase typed, once the form is valid."""
        said = self.cleaned_data
        return Purchase(
            BuyerKind(said["acheteur"]), ContractNature(said["nature"]), said["valeur"], said["engagee"],
            defence=said["defense"], concession=said["concession"],
        )  # fmt: skip


# field of the rule → name in the form; those of `_SCENARIO` are typed once by scenario
_COMMON = {
    "amount": "montant", "basis": "base", "years": "annees", "months": "duree", "monthly_hours": "reprise",
    "beyond": "seuil", "rounding": "arrondi",
}  # fmt: skip
_SCENARIO = {
    "insertion_rate": "taux", "labour_share": "part", "hourly_cost": "cout", "hours": "heures",
    "euros_per_hour": "euros",
}  # fmt: skip
_PROPOSED = ("labour_share", "hourly_cost")
WITHOUT_TRADE = frozenset({Method.CLEANING, Method.BEYOND})
"""Methods to which the trade proposes nothing."""
RATES = ("5", "7", "10")
"""Rates proposed to start with, in percent: those used locally."""


def _common_fields(method: Method) -> dict[str, forms.Field]:
    amounts = {Method.BEYOND: "Montant facturé HT", Method.PER_100K: "Montant commandé HT"}
    cleaning = method == Method.CLEANING
    return {
        "montant": Amount(amounts.get(method, "Montant HT du lot"), above=0, most=10**12, required=False),
        "base": forms.ChoiceField(
            label="Ce montant est", choices=AmountBasis.choices, required=False, initial=AmountBasis.TOTAL
        ),
        "annees": Amount(
            "Nombre d'années", above=0, most=99, required=False, help_text="Si le montant est annuel."
        ),
        "duree": Amount(
            "Durée en mois", above=0, most=999, required=False, help_text="" if cleaning else "Sert aux alertes."
        ),
        "reprise": Hours(
            "Heures mensuelles à reprendre", least=0, most=999_999, required=False,
            help_text="Total des salariés transférables, 0 s'il n'y en a pas.",
        ),
        "seuil": Amount(
            "Au-delà de (€ HT)", least=0, most=10**12, required=False,
            help_text="Montant à partir duquel des heures sont dues.",
        ),
        "arrondi": forms.ChoiceField(label="Arrondi", choices=[("", "Usuel"), *Rounding.choices], required=False),
    }  # fmt: skip


def _scenario_fields(method: Method) -> dict[str, forms.Field]:
    cost = "Chiffre d'affaires d'une heure" if method == Method.CLEANING else "Coût horaire chargé"
    return {
        "taux": Percent("Taux d'insertion (%)", above=0, most=100, required=False),
        "part": Percent("Part de main-d'œuvre sur site (%)", above=0, most=100, required=False),
        "cout": Amount(f"{cost} (€/h)", above=0, most=9999, required=False),
        "heures": Hours("Volume d'heures", above=0, required=False),
        "euros": Amount("Montant qui fait une heure (€)", above=0, most=10**9, required=False),
    }


class CalculationForm(forms.Form):
    """A lot and up to three scenarios; only the figures of the method are asked."""

    methode = forms.ChoiceField(label="Méthode de calcul", choices=Method.choices, required=False)
    metier = forms.ChoiceField(label="Métier", required=False)
    cpv = forms.CharField(label="ou code CPV", max_length=20, required=False)

    def __init__(self, data: Mapping[str, Any], *, method: Method, trades: tuple[LabourRow, ...]) -> None:
        super().__init__(data)
        self.method = method
        used = USED[method]
        choices = [("", "Choisir"), *((row.code, row.trade) for row in trades)]
        self.fields["metier"] = forms.ChoiceField(label="Métier", required=False, choices=choices)
        if method in WITHOUT_TRADE:
            del self.fields["metier"], self.fields["cpv"]
        common = _common_fields(method)
        self.common = [name for rule, name in _COMMON.items() if rule in used]
        self.own = [name for rule, name in _SCENARIO.items() if rule in used]
        self.fields |= {name: common[name] for name in self.common}
        for number in SCENARIOS:
            own = _scenario_fields(method)
            self.fields |= {f"{name}_{number}": own[name] for name in self.own}

    def typed(self, number: int) -> bool:
        """Whether a scenario is to be calculated: the first one always, the others once a figure is typed."""
        return number == 1 or any(str(self.data.get(f"{name}_{number}", "")).strip() for name in self.own)

    def ask(self, number: int) -> Ask:
        """The figures of a scenario; share and cost left empty are those of the first one. Absent is None."""
        said = self.cleaned_data
        figures: dict[str, Any] = {rule: said.get(name) for rule, name in _COMMON.items()}
        figures |= {rule: said.get(f"{name}_{number}") for rule, name in _SCENARIO.items()}
        for rule in _PROPOSED:
            if figures[rule] is None:
                figures[rule] = said.get(f"{_SCENARIO[rule]}_1")
        for rule in ("insertion_rate", "labour_share"):
            value: Decimal | None = figures[rule]
            figures[rule] = None if value is None else value / 100
        figures["basis"] = AmountBasis(said["base"]) if said.get("base") else None
        figures["rounding"] = Rounding(said["arrondi"]) if said.get("arrondi") else None
        return Ask(self.method, **figures)

    def field_of(self, rule: str, number: int) -> str:
        """The input of a figure of the rules, « » when it has none here."""
        if rule in _SCENARIO:
            name = f"{_SCENARIO[rule]}_{number}"
            return name if name in self.fields else ""
        name = _COMMON.get(rule, rule)
        return name if name in self.fields else ""


class MoveForm(forms.Form):
    """What a study becomes."""

    state = forms.ChoiceField(
        label="L'étude devient", widget=forms.RadioSelect, error_messages={"required": "Choisissez un état."}
    )
    reason = FreeText(
        "Motif", max_length=300, required=False, help_text="Demandé pour un refus, un achat sans suite ou sans objet."
    )

    def __init__(self, *args: Any, states: Sequence[StudyState], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["state"].choices = [(state.value, state.label) for state in states]  # type: ignore[attr-defined]  # a ChoiceField
