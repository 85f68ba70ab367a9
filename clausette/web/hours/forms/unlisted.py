"""Somebody who is not in the list of a firm: typed on its month, matched or refused by the structure in charge."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from clausette.hours.operations import NewUnlisted
from clausette.hours.queries import MayBe
from clausette.hours.rules.entries import MOST
from clausette.hours.rules.unlisted import EMPLOYER_MOST, NAME_MOST, NOTE_MOST
from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.french import format_date, format_hours
from clausette.web.inputs import FreeText, FrenchDate, Hours

PREFIX = "hors-liste"


class UnlistedForm(forms.Form):
    """Who and how many hours. All empty: nobody is missing."""

    last_name = FreeText("Nom", max_length=NAME_MOST, error_messages={"required": "Écrivez le nom."})
    first_name = FreeText("Prénom", max_length=NAME_MOST, error_messages={"required": "Écrivez le prénom."})
    hours = Hours(
        "Heures travaillées", above=0, most=int(MOST), error_messages={"required": "Indiquez les heures travaillées."}
    )  # fmt: skip
    birth_date = FrenchDate(
        "Date de naissance", required=False, help_text="Elle évite de confondre deux personnes du même nom."
    )
    employer_name = FreeText("Employeur, si ce n'est pas vous", max_length=EMPLOYER_MOST, required=False)
    starts_on = FrenchDate("Début du contrat de travail", required=False)
    ends_on = FrenchDate("Fin du contrat de travail", required=False)
    note = FreeText(
        "Précision", max_length=NOTE_MOST, required=False,
        help_text="Le métier, le chantier. Jamais de numéro de sécurité sociale, ni rien sur la santé.",
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, asked: bool = False) -> None:
        # not asked and left empty, it says nothing; the browser must not ask for it when the month is sent
        super().__init__(data, prefix=PREFIX, empty_permitted=not asked, use_required_attribute=False)
        self.asked = asked

    @property
    def is_typed(self) -> bool:
        """Whether somebody is named, or begun to be."""
        return self.asked or (self.is_bound and self.has_changed())

    @property
    def has_more(self) -> bool:
        """Whether something is typed beyond the names, the hours and the birth date."""
        more = ("employer_name", "starts_on", "ends_on", "note")
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in more)

    def person(self) -> NewUnlisted | None:
        """Who is named; None when nobody is."""
        if not self.is_typed:
            return None
        said = self.cleaned_data
        return NewUnlisted(
            said["last_name"], said["first_name"], said["hours"], said["birth_date"], said["employer_name"],
            said["starts_on"], said["ends_on"], said["note"],
        )  # fmt: skip

    def refuse(self, refusal: Refusal) -> bool:
        """Say at its fields what was refused of the person; False when it is about something else."""
        errors = refusal.errors if isinstance(refusal, Invalid) else {refusal.field: refusal.message}
        mine = {name: sentence for name, sentence in errors.items() if name in self.fields}
        for name, sentence in mine.items():
            self.add_error(name, sentence)
        return bool(mine)


class MatchForm(forms.Form):
    """Which person at work there it is."""

    person = forms.ChoiceField(
        label="C'est cette personne", widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la personne.", "invalid_choice": "Choisissez dans la liste."},
    )  # fmt: skip

    def __init__(self, people: Sequence[MayBe], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.key: one for one in people}
        self.fields["person"].choices = [(key, _told(one)) for key, one in self.known.items()]  # type: ignore[attr-defined]  # ChoiceField

    def chosen(self) -> tuple[UUID, UUID]:
        """The work contract and the engagement chosen."""
        return self.known[self.cleaned_data["person"]].worker.key


def _told(one: MayBe) -> str:
    """« Diallo Salif, né(e) le 4 mai 1990, maçon : très probable (même nom et même prénom) »."""
    worker = one.worker
    parts = [worker.name, f"né(e) le {format_date(one.birth_date)}", worker.job]
    if worker.employer_id != worker.host_id:
        parts.append(f"salarié(e) de {worker.employer_name}")
    if not one.in_dates:
        parts.append("hors des dates de son contrat de travail ce mois-ci")
    if one.held:
        parts.append(f"a déjà {format_hours(Decimal(one.held))} dans ce relevé")
    told = ", ".join(part for part in parts if part)
    return f"{told}\u00a0: {one.sure} ({one.why[:1].lower()}{one.why[1:]})" if one.sure else f"{told}\u00a0: autre nom"


class RefuseForm(forms.Form):
    """Why these hours are not retained."""

    reason = FreeText("Motif", max_length=300, lines=2, help_text="L'entreprise lit cette phrase telle quelle.")
