"""Training actions, interviews, exits, follow-up points."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from clausette.outcomes.enums import (
    ExitReason,
    FollowSituation,
    FollowUpPoint,
    InterviewKind,
    Obtained,
    TrainingKind,
)
from clausette.outcomes.operations import TrainingValues
from clausette.outcomes.rules import CLASSES
from clausette.web.inputs import FreeText, FrenchDate, Hours

MOST = Decimal(5000)
NOT_CHOSEN = ("", "Choisissez")
"""First of the lists that decide of a rate: what nobody chose is not noted."""


class TrainingForm(forms.Form):
    """A training action: what, by whom, when, for which qualification."""

    kind = forms.ChoiceField(
        label="Type", choices=[NOT_CHOSEN, *TrainingKind.choices], error_messages={"required": "Choisissez le type."}
    )
    provider = FreeText("Organisme de formation", max_length=160)
    starts_on = FrenchDate("Début")
    ends_on = FrenchDate("Fin prévue", required=False)
    hours_planned = Hours("Heures prévues", above=0, most=MOST, required=False)
    qualification = FreeText(
        "Qualification visée", max_length=160, required=False, help_text="Diplôme, titre ou habilitation ; rien sinon."
    )
    commitment = forms.ChoiceField(
        label="Sur quel engagement d'insertion", required=False, help_text="Les heures de formation d'un engagement se "
        "déclarent dans son relevé.",
    )  # fmt: skip

    def __init__(self, *args: Any, commitments: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["commitment"].choices = [("", "Aucun"), *commitments]  # type: ignore[attr-defined]  # ChoiceField

    def values(self) -> TrainingValues:
        """What the operations take."""
        said = self.cleaned_data
        return TrainingValues(
            TrainingKind(said["kind"]), said["provider"], said["starts_on"], said["ends_on"], said["hours_planned"],
            said["qualification"], UUID(said["commitment"]) if said["commitment"] else None,
        )  # fmt: skip


class TrainingEndForm(forms.Form):
    """How a training action ended."""

    ended_on = FrenchDate("Dernier jour")
    hours_done = Hours("Heures réalisées", least=0, most=MOST, required=False)
    obtained = forms.ChoiceField(
        label="Qualification", required=False, choices=[("", "Sans objet ou pas encore connu"), *Obtained.choices]
    )


class InterviewForm(forms.Form):
    """An interview, in a few words."""

    kind = forms.ChoiceField(label="Nature", choices=InterviewKind.choices, initial=InterviewKind.FOLLOW_UP)
    on = FrenchDate("Le")
    note = FreeText(
        "Note", max_length=1000, lines=4, required=False, help_text="L'essentiel seulement. Rien sur la santé, la "
        "justice ou la famille.",
    )  # fmt: skip


def _reasons() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Nothing first, then the reasons under the name of their family."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for reason in ExitReason:
        groups.setdefault(CLASSES[reason].label, []).append((reason.value, reason.label))
    return [NOT_CHOSEN, *groups.items()]


class ExitForm(forms.Form):
    """The end of a path."""

    exited_on = FrenchDate("Date de sortie", help_text="En général la fin du dernier contrat de travail.")
    reason = forms.ChoiceField(
        label="Situation à la sortie", choices=_reasons, error_messages={"required": "Choisissez la situation."},
        help_text="Les retraits neutres ne comptent dans aucun taux.",
    )  # fmt: skip


class FollowUpForm(forms.Form):
    """What the person is at a follow-up point."""

    point = forms.TypedChoiceField(label="Point de suivi", choices=FollowUpPoint.choices, coerce=int)
    situation = forms.ChoiceField(
        label="Situation de la personne", choices=[NOT_CHOSEN, *FollowSituation.choices],
        error_messages={"required": "Choisissez la situation."},
    )  # fmt: skip

    @property
    def asked(self) -> FollowUpPoint:
        """The point answered."""
        return FollowUpPoint(self.cleaned_data["point"])


class PeriodForm(forms.Form):
    """The period of the exits listed; it lives in the address."""

    du = FrenchDate("Sorties du", required=False)
    au = FrenchDate("au", required=False)

    def span(self, today: date) -> tuple[date, date]:
        """The days asked, the civil year so far otherwise."""
        valid = self.is_valid()
        first = self.cleaned_data.get("du") if valid else None
        last = self.cleaned_data.get("au") if valid else None
        last = last or (today if first is None or first <= today else first)
        return (first or date(last.year, 1, 1)), last
