"""A training before hiring, as it is typed: the hours of one month, and its certificate the first time."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.hours.enums import PriorKind
from clausette.hours.operations import NewTraining
from clausette.hours.queries import PriorLine, Worker
from clausette.kernel.french import format_date, format_hours
from clausette.web.hours.forms.choices import Evidence
from clausette.web.inputs import FreeText, FrenchDate, Hours, Month

NEW = ("kind", "provider", "starts_on", "ends_on", "attested", "evidence")
"""What a training declared for the first time says."""
ASKED = "Donnez-le : cette formation n'est pas encore déclarée."


class PriorForm(Evidence):
    """Who, which month, how many hours; then the training, new or declared before."""

    person = forms.ChoiceField(label="Personne embauchée ensuite")
    declarant = forms.ChoiceField(label="Déclarant")
    month = Month("Mois de formation")
    hours = Hours("Heures de formation du mois", above=0, most=744)
    training = forms.ChoiceField(
        label="Formation", required=False, help_text="Déclarée un autre mois : choisissez-la, le reste est déjà connu."
    )
    kind = forms.ChoiceField(
        label="Nature de la formation", required=False, choices=[("", "Choisir"), *PriorKind.choices]
    )
    provider = FreeText("Organisme de formation", max_length=150, required=False)
    starts_on = FrenchDate("Du", required=False)
    ends_on = FrenchDate("Au", required=False, help_text="Avant le premier jour du contrat de travail.")
    attested = Hours("Heures attestées, en tout", above=0, most=9999, required=False)

    def __init__(
        self, *args: Any, people: Sequence[Worker], declarants: Sequence[tuple[str, str]],
        trainings: Sequence[PriorLine], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.known = {f"{one.placement_uid}.{one.commitment_uid}": one for one in people}
        choices: dict[str, list[tuple[str, str]]] = {
            "person": [(key, _person(one)) for key, one in self.known.items()],
            "declarant": list(declarants),
            "training": [("", "Nouvelle formation"), *((str(one.uid), _training(one)) for one in trainings)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # ChoiceField
        if not trainings:
            del self.fields["training"]
            for name in NEW:
                self.fields[name].required = True
        self.order_fields(["person", "declarant", "month", "hours", "training", *NEW])
        self.fields["evidence"].label = "Attestation de formation"
        self.fields["evidence"].help_text = (
            "De l'organisme de formation : dates et heures suivies. Un numéro de sécurité sociale écrit dans un PDF "
            "est masqué tout seul ; sur une photo, cachez-le d'abord."
        )

    def clean(self) -> dict[str, Any] | None:
        """Ask all of a new training, at each field."""
        values = super().clean()
        if "training" in self.fields and not self.cleaned_data.get("training"):
            for name in NEW:
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, ASKED)
        return values

    def worker(self) -> Worker:
        """The person chosen."""
        return self.known[self.cleaned_data["person"]]

    def chosen(self) -> UUID | None:
        """The training declared before, if it is one."""
        told = self.cleaned_data.get("training")
        return UUID(told) if told else None

    def new(self, document_uid: UUID) -> NewTraining:
        """The training declared for the first time."""
        values = self.cleaned_data
        return NewTraining(
            PriorKind(values["kind"]), values["provider"], values["starts_on"], values["ends_on"], values["attested"],
            document_uid,
        )  # fmt: skip


def _person(one: Worker) -> str:
    return f"{one.name}, {one.job or one.host_name}, à partir du {format_date(one.starts_on)}"


def _training(one: PriorLine) -> str:
    dates = f"du {format_date(one.starts_on)} au {format_date(one.ends_on)}"
    return f"{one.person}, {one.provider}, {dates}, {format_hours(one.left)} à déclarer"
