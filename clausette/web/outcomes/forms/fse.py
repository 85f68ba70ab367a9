"""FSE+: operations, entries, questionnaires. Every sensitive question may be refused."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.outcomes.enums import (
    Employment,
    Isced,
    LeavingReason,
    Nationality,
    Sensitive,
    Situation,
    Support,
    YesNo,
)
from clausette.outcomes.operations import OperationValues, Signature
from clausette.outcomes.rules import EntrySaid, ExitSaid, SensitiveSaid
from clausette.web.inputs import FreeText, FrenchDate

NOT_SAID = ("", "Pas encore répondu")


class OperationForm(forms.Form):
    """A funded operation."""

    name = FreeText("Nom de l'opération", max_length=160)
    code = FreeText("Numéro de dossier", max_length=40)
    funder = FreeText("Financeur", max_length=160, required=False, help_text="Par exemple : FSE+ et Département.")
    starts_on = FrenchDate("Début")
    ends_on = FrenchDate("Fin", required=False)
    assists_people = forms.BooleanField(
        label="Assistance aux personnes", required=False, initial=True,
        help_text="Cochée : chaque participant a ses questionnaires. Une opération d'ingénierie n'en a pas.",
    )  # fmt: skip
    last_paid_on = FrenchDate(
        "Dernier paiement", required=False,
        help_text="Fixe la fin de la conservation : cinq ans après le 31 décembre de cette année.",
    )  # fmt: skip

    def values(self) -> OperationValues:
        """What the operations take."""
        names = ("name", "code", "funder", "starts_on", "ends_on", "assists_people", "last_paid_on")
        return OperationValues(**{name: self.cleaned_data[name] for name in names})


class EnterForm(forms.Form):
    """A person enters an operation."""

    operation = forms.ChoiceField(label="Opération", error_messages={"required": "Choisissez l'opération."})
    entered_on = FrenchDate("Date d'entrée")
    support = forms.ChoiceField(
        label="Ce que la personne reçoit", choices=Support.choices, widget=forms.RadioSelect, initial=Support.LASTING
    )

    def __init__(self, *args: Any, operations: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        first = [("", "Choisissez l'opération")] if len(operations) != 1 else []
        self.fields["operation"].choices = [*first, *operations]  # type: ignore[attr-defined]  # ChoiceField

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        said = self.cleaned_data
        return {
            "operation_uid": UUID(said["operation"]), "entered_on": said["entered_on"],
            "support": Support(said["support"]),
        }  # fmt: skip


def _choice(label: str, kind: Any, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[NOT_SAID, *kind.choices], help_text=help_text)


KINDS: dict[str, Any] = {
    "employment": Employment, "in_training": YesNo, "level": Isced, "nationality": Nationality,
    "disability": Sensitive, "foreign_origin": Sensitive, "homeless": Sensitive, "minimum_income": Sensitive,
    "reason": LeavingReason, "situation": Situation, "qualification": YesNo,
}  # fmt: skip
PLAIN = ("birth_commune", "address", "postcode", "commune", "phone", "email")
ORDINARY = ("employment", "in_training", "level")
PRIVATE = ("nationality", "disability", "foreign_origin", "homeless", "minimum_income")
LEAVING = ("reason", "situation", "qualification")


class QuestionnaireForm(forms.Form):
    """The questionnaire at entry: everything may wait, the page says what is missing."""

    birth_commune = FreeText("Commune de naissance", max_length=120, required=False)
    address = FreeText("Adresse", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^[0-9A-Za-z][0-9A-Za-z -]{1,9}$", label="Code postal", required=False,
        error_messages={"invalid": "Un code postal a dix caractères au plus, par exemple 21000."},
    )  # fmt: skip
    commune = FreeText("Commune", max_length=120, required=False)
    phone = FreeText("Téléphone", max_length=30, required=False)
    email = forms.EmailField(label="Adresse électronique", max_length=160, required=False, help_text="Ou le téléphone.")
    employment = _choice("Situation au regard de l'emploi", Employment)
    months = forms.IntegerField(
        label="Depuis combien de mois", required=False, min_value=0, max_value=900,
        help_text="Durée de cette situation, sans interruption.",
    )  # fmt: skip
    in_training = _choice("En formation ou en études", YesNo)
    level = _choice("Plus haut diplôme", Isced)
    nationality = _choice("Nationalité", Nationality)
    disability = _choice("Personne handicapée", Sensitive)
    foreign_origin = _choice("Au moins un parent né à l'étranger", Sensitive)
    homeless = _choice("Sans domicile ou exclu du logement", Sensitive)
    minimum_income = _choice("Bénéficiaire d'un minimum social", Sensitive)
    notice_on = FrenchDate(
        "Information remise le", required=False, help_text="Qui traite ces réponses, pourquoi, combien de temps."
    )
    signed_on = FrenchDate(
        "Signé le", required=False, help_text="Signé, le questionnaire ne change plus : une correction est une version."
    )
    correction = FreeText("Motif de la correction", max_length=300, required=False)

    def __init__(self, *args: Any, signed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not signed:
            del self.fields["correction"]

    def part(self, names: Sequence[str]) -> list[forms.BoundField]:
        """Some fields, in order."""
        return [self[name] for name in names]

    @property
    def contact(self) -> list[forms.BoundField]:
        """Where the person was born, lives, is reached."""
        return self.part(PLAIN)

    @property
    def work(self) -> list[forms.BoundField]:
        """Work, training, diploma."""
        return self.part(("employment", "months", "in_training", "level"))

    @property
    def private(self) -> list[forms.BoundField]:
        """What may be refused."""
        return self.part(PRIVATE)

    @property
    def signature(self) -> list[forms.BoundField]:
        """Notice, signature, and the reason of a correction."""
        return self.part([name for name in ("notice_on", "signed_on", "correction") if name in self.fields])

    def _chosen(self, names: Sequence[str]) -> dict[str, Any]:
        said = self.cleaned_data
        return {name: KINDS[name](said[name]) if said[name] else None for name in names}

    def said(self) -> EntrySaid:
        """The ordinary answers."""
        plain = {name: self.cleaned_data[name] for name in PLAIN}
        return EntrySaid(**plain, **self._chosen(ORDINARY), months=self.cleaned_data["months"])

    def sensitive(self) -> SensitiveSaid:
        """The answers that may be refused."""
        return SensitiveSaid(**self._chosen(PRIVATE))

    def signed(self) -> Signature:
        """Signature and notice."""
        return Signature(self.cleaned_data["signed_on"], self.cleaned_data["notice_on"])


class LeavingForm(forms.Form):
    """The exit of an operation: the date first, the answers as soon as they are known."""

    left_on = FrenchDate("Date de sortie", help_text="Dernier jour de l'accompagnement.")
    reason = _choice("Motif de sortie", LeavingReason)
    situation = _choice("Situation à la sortie", Situation)
    qualification = _choice("Une qualification a été obtenue", YesNo)

    def said(self) -> ExitSaid:
        """The answers."""
        given = self.cleaned_data
        return ExitSaid(**{name: KINDS[name](given[name]) if given[name] else None for name in LEAVING})
