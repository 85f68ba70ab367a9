"""What is typed of reminders: a call, a postponement, a return of mail, the ladder, a text."""

from collections.abc import Sequence
from typing import Any

from django import forms

from clausette.agenda.enums import ReminderStep
from clausette.agenda.rules import Rung
from clausette.agenda.rules.texts import MOST_BODY, MOST_SUBJECT, Wording
from clausette.web.contracts.forms.fields import whole_field
from clausette.web.inputs import FreeText, FrenchDate

_COUNTED = {
    ReminderStep.OPENING: "jours après la fin du mois ou du trimestre",
    ReminderStep.BEFORE: "jours avant l'échéance",
}
_AFTER = "jours après l'échéance"


class CallForm(forms.Form):
    """A call to a firm."""

    note = FreeText(
        "Note", max_length=500, required=False, lines=2, help_text="Facultative. Sans donnée sur une personne."
    )


class PutOffForm(forms.Form):
    """Reminders put off to a day."""

    until = FrenchDate("Reporter au")
    reason = FreeText("Motif", max_length=300, lines=2, help_text="Vous le relirez ce jour-là. Sans nommer personne.")


class FailedForm(forms.Form):
    """A mail that came back."""

    reason = FreeText(
        "Ce que dit le retour", max_length=300, lines=2, help_text="Par exemple : adresse inconnue, boîte pleine."
    )


class TextForm(forms.Form):
    """A subject and a text with named fields."""

    subject = FreeText("Objet", max_length=MOST_SUBJECT)
    body = FreeText("Message", max_length=MOST_BODY, lines=12)

    def wording(self) -> Wording:
        """What is typed."""
        return Wording(self.cleaned_data["subject"], self.cleaned_data["body"])


class LadderForm(forms.Form):
    """The steps of the ladder: each on or off, each with its days."""

    def __init__(self, *args: Any, rungs: Sequence[Rung], **options: Any) -> None:
        super().__init__(*args, **options)
        self.steps = [rung.step for rung in rungs]
        for rung in rungs:
            self.fields[f"{rung.step}_on"] = forms.BooleanField(
                label=rung.step.label, required=False, initial=rung.is_on
            )
            self.fields[f"{rung.step}_days"] = whole_field(
                f"{rung.step.label} : {_COUNTED.get(rung.step, _AFTER)}", low=0, high=120, required=True
            )
            self.fields[f"{rung.step}_days"].initial = rung.days

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each step."""
        return [(self[f"{step}_on"], self[f"{step}_days"]) for step in self.steps]

    def rungs(self) -> list[Rung]:
        """What is asked."""
        said = self.cleaned_data
        return [Rung(step, said[f"{step}_days"], bool(said[f"{step}_on"])) for step in self.steps]
