"""« Éligibilité en une minute »: a situation without a name; nothing of it is kept."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from clausette.participants.rules import LEVELS, Paper, Situation
from clausette.reference.enums import PublicGroup
from clausette.reference.facts.publics import PublicRow
from clausette.web.inputs import FrenchDate
from clausette.web.people.forms.checks import GROUPS


class SituationForm(forms.Form):
    """What somebody tells at the counter. Dates decide what no box says."""

    le = FrenchDate("Situation au")
    naissance = FrenchDate("Date de naissance", required=False)
    inscription = FrenchDate(
        "Inscription à France Travail", required=False, help_text="Sans interruption depuis cette date."
    )
    travaille = forms.IntegerField(
        label="Mois travaillés", required=False, min_value=0, max_value=12, help_text="Sur les douze derniers mois.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    sortie = FrenchDate("Sortie de l'école", required=False)
    niveau = forms.ChoiceField(
        label="Niveau de formation", required=False, choices=[("", "Non renseigné"), *LEVELS.items()]
    )
    inactif = FrenchDate("Sans activité depuis", required=False, help_text="Pour un jeune diplômé.")
    pass_iae = FrenchDate("Fin du PASS IAE", required=False)
    deja = forms.BooleanField(label="Déjà salarié de l'entreprise qui recrute", required=False)
    option = forms.BooleanField(
        label="Admettre les publics sur option", required=False,
        help_text="Selon votre structure et les pièces du marché.",
    )

    def __init__(
        self, *args: Any, publics: Sequence[PublicRow], admitted: frozenset[str] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.publics, self.admitted = publics, admitted
        if admitted is not None:
            del self.fields["option"]  # the structure has said which ones it admits
        for group, label in GROUPS.items():
            choices = [(one.code, one.label) for one in publics if one.group == group and one.stored]
            self.fields[f"publics_{group.value}"] = forms.MultipleChoiceField(
                label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
            )

    @property
    def situations(self) -> list[forms.BoundField]:
        """The boxes, by family."""
        return [self[f"publics_{group.value}"] for group in GROUPS]

    @property
    def boxes(self) -> list[forms.BoundField]:
        """What is asked beside the situations."""
        return [self[name] for name in ("option", "deja") if name in self.fields]

    @property
    def dates(self) -> list[forms.BoundField]:
        """What is told by a date or a level."""
        names = ("naissance", "inscription", "travaille", "pass_iae", "sortie", "niveau", "inactif")
        return [self[name] for name in names]

    def situation(self, *, proved: bool = False) -> Situation:
        """The situation as the rules take it. `proved`: as if each paper were seen today."""
        said = self.cleaned_data
        worked = None if said["travaille"] is None else Decimal(said["travaille"])
        ticked = frozenset(code for group in GROUPS for code in said[f"publics_{group.value}"])
        titles = frozenset(one.code for one in self.publics if one.title_ends)
        papers = {
            one.code: Paper(said["le"], said["le"] if one.code in titles and one.code != "SIAE" else None)
            for one in self.publics
        }
        options = frozenset(one.code for one in self.publics if one.group == PublicGroup.B_OPTION)
        return Situation(
            said["le"], ticked, said["naissance"], said["inscription"], worked, said["sortie"],
            said["inactif"], said["niveau"], said["pass_iae"], said["deja"],
            self._options(options), None, papers if proved else {},
        )  # fmt: skip

    def _options(self, every: frozenset[str]) -> frozenset[str]:
        if self.admitted is not None:
            return self.admitted
        return every if self.cleaned_data["option"] else frozenset()
