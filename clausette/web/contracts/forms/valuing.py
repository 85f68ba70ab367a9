"""A valuation rule of an engagement, as it is typed."""

from typing import Any

from django import forms

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.rules import MOST_MONTHS, Valued
from clausette.commitments.rules.valuing import MOST_DAYS
from clausette.web.contracts.forms.engagement_life import asked, paper_field
from clausette.web.contracts.forms.fields import AreaForm, day_field, hours_field, percent_field, whole_field
from clausette.web.inputs import FreeText


class ValuedForm(AreaForm):
    """What the engagement takes, since when, up to what, and where that is written."""

    matter = forms.ChoiceField(label="Règle")
    starts_on = day_field(
        "À partir du", required=True, help_text="Le mois où une règle commence la suit en entier."
    )
    admitted = forms.ChoiceField(
        label="Ces heures comptent", choices=[("oui", "Oui"), ("non", "Non")], widget=forms.RadioSelect, initial="oui"
    )
    person_most = hours_field("Heures au plus par personne", help_text="Formation avant l'embauche seulement.")
    days_most = whole_field(
        "Embauche dans les … jours", low=0, high=MOST_DAYS,
        help_text="Formation avant l'embauche : jours entre la fin de la formation et le contrat de travail.",
    )  # fmt: skip
    months = whole_field(
        "Mois comptés d'un CDI", low=1, high=MOST_MONTHS,
        help_text="À partir de l'embauche. Vide : aussi longtemps que l'engagement.",
    )  # fmt: skip
    hours_most = hours_field("Heures au plus, en tout")
    share_most = percent_field("Part des heures dues au plus", help_text="En pour cent des heures dues au terme.")
    source = FreeText("Où c'est écrit", max_length=300, help_text="Par exemple : CCAP, article 5.3.")
    document = paper_field("Document (CCAP, avenant, courrier…)")

    def __init__(self, *args: Any, matters: list[ValuedMatter], **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(one.value, one.label) for one in matters]
        self.fields["matter"].choices = known  # type: ignore[attr-defined]  # ChoiceField

    def rule(self) -> Valued:
        """What is to be written."""
        values = self.cleaned_data
        return Valued(
            ValuedMatter(values["matter"]), asked(self, "starts_on"), values["admitted"] == "oui",
            person_most=values["person_most"], hours_most=values["hours_most"], share_most=values["share_most"],
            days_most=values["days_most"], months=values["months"], source=values["source"],
        )  # fmt: skip
