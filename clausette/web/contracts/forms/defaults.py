"""The default rules of a structure from a day on."""

from typing import Any

from clausette.web.contracts.forms.conditions import ConditionsForm
from clausette.web.contracts.forms.fields import day_field
from clausette.web.inputs import FreeText


class DefaultsForm(ConditionsForm):
    """The conditions of a structure, since when, and why where days gone by are touched."""

    counting_hint = (
        "Laissées vides, ce sont celles de l'usage daté. Elles valent pour les heures des mois à partir de ce jour, "
        "sur les engagements qui ne disent rien."
    )
    starts_on = day_field("À partir du")
    reason = FreeText(
        "Motif", max_length=300, lines=2, required=False, help_text="Demandé quand des jours passés sont touchés."
    )

    def __init__(self, *args: Any, anything: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["controls_off"].help_text = (
            "Un contrôle éteint ne dit plus rien des heures des mois à partir de ce jour. Les autres contrôles ne "
            "s'éteignent pas."
        )
        self.fields["starts_on"].help_text = (
            "Le mois où des règles commencent les suit en entier. Vide : depuis le début."
            if anything
            else "Vide : depuis le début. Le mois où des règles commencent les suit en entier."
        )
