"""Identity of a person, filters of the list."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms

from clausette.participants.enums import Sex
from clausette.web.inputs import FreeText, FrenchDate

CHECKS = [
    ("", "Toutes"),
    ("a_verifier", "À vérifier"),
    ("a_completer", "À compléter"),
    ("valides", "Validées"),
    ("depasses", "Délai d'embauche dépassé"),
    ("non_eligibles", "Non éligibles"),
]
WORK = [("", "Toutes"), ("en_poste", "En poste"), ("sans_contrat", "Sans contrat de travail")]


class FilterForm(forms.Form):
    """Filters of the list; they live in the address."""

    mots = forms.CharField(label="Nom ou date de naissance", required=False, max_length=100)
    verification = forms.ChoiceField(label="Éligibilité", required=False, choices=CHECKS)
    travail = forms.ChoiceField(label="Travail", required=False, choices=WORK)


class FirmFilterForm(forms.Form):
    """Filters of a firm's list: no eligibility to sort by."""

    mots = forms.CharField(label="Nom ou prénom", required=False, max_length=100)
    travail = forms.ChoiceField(label="Travail", required=False, choices=WORK)


class Answered(forms.Field):
    """Uids of persons said to be somebody else; whatever else is sent is left out."""

    def to_python(self, value: Any) -> frozenset[UUID]:
        """Return the uids."""
        found = set()
        for text in value or ():
            with suppress(ValueError):
                found.add(UUID(str(text)))
        return frozenset(found)


class IdentityForm(forms.Form):
    """What is known of a person: the least that is needed."""

    last_name = FreeText("Nom", max_length=80)
    first_name = FreeText("Prénom", max_length=80)
    birth_date = FrenchDate("Date de naissance")
    sex = forms.ChoiceField(label="Sexe", choices=Sex.choices, required=False, initial=Sex.UNKNOWN)
    commune_name = FreeText("Commune de résidence", max_length=120, required=False, help_text="À l'entrée.")

    def identity(self) -> dict[str, Any]:
        """What the operations take."""
        names = ("last_name", "first_name", "birth_date", "sex", "commune_name")
        values = {name: self.cleaned_data[name] for name in names}
        return values | {"sex": Sex(values["sex"] or Sex.UNKNOWN)}


class PersonForm(IdentityForm):
    """The identity of a person of the structure, how to reach them, who they are not."""

    phone = FreeText("Téléphone", max_length=30, required=False, help_text="Un numéro étranger commence par +.")
    email = FreeText(
        "Adresse électronique", max_length=254, required=False, help_text="Deux personnes peuvent avoir la même."
    )
    autre = Answered(label="C'est une autre personne", required=False, widget=forms.MultipleHiddenInput)

    def identity(self) -> dict[str, Any]:
        """What the operations take."""
        said = self.cleaned_data
        return super().identity() | {
            "phone": said["phone"], "email": said["email"], "different_from": said["autre"],
        }  # fmt: skip


class NewPersonForm(PersonForm):
    """A new person, and who referred them."""

    referred_by = forms.ChoiceField(label="Prescripteur", required=False)
    referred_on = FrenchDate("Orientation le", required=False, help_text="Aujourd'hui si vous laissez vide.")

    def __init__(self, *args: Any, prescribers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["referred_by"].choices = [("", "Personne, candidature directe"), *prescribers]  # type: ignore[attr-defined]  # ChoiceField

    def everything(self) -> dict[str, Any]:
        """Identity, prescriber and day of the referral."""
        raw = self.cleaned_data["referred_by"]
        day = self.cleaned_data["referred_on"]
        return self.identity() | {
            "referred_by_uid": UUID(raw) if raw else None,
            "referred_on": day if raw else None,
        }
