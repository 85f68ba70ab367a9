"""The check of eligibility: decision, public retenu, paper, other criteria."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.participants.enums import EvidenceMeans, Funding
from clausette.participants.operations import CategoryEntry
from clausette.reference.enums import PublicGroup
from clausette.reference.facts.publics import PublicRow
from clausette.web.inputs import FreeText, FrenchDate
from clausette.web.people.forms.facts import FactsFields

# A piece is seen, never kept by default; « on my word » opens no right to a favourable decision.
MEANS = [(one.value, one.label) for one in (EvidenceMeans.SEEN, EvidenceMeans.PRESCRIBER)]
GROUPS = {
    PublicGroup.A: "Accompagnés par une structure reconnue",
    PublicGroup.B: "Éloignés de l'emploi",
    PublicGroup.B_OPTION: "Selon les documents du marché",
}


def grouped(publics: Sequence[PublicRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the publics that may be written, by family, for a list of choices."""
    return [
        (label, [(one.code, one.label) for one in publics if one.group == group and one.stored])
        for group, label in GROUPS.items()
    ]


class CheckForm(FactsFields):
    """One decision. The fields of a favourable one are asked of a favourable one only."""

    use_required_attribute = False  # two buttons, two sets of fields: the server says what is missing

    decision = forms.ChoiceField(
        choices=[
            ("oui", "Éligible"), ("non", "Non éligible"), ("attente", "À compléter"), ("voir", "Voir"),
            ("prendre", "En vérification"),
        ],
        widget=forms.HiddenInput,
    )
    category = forms.ChoiceField(
        label="Public retenu",
        help_text="Un seul, le plus solide. Une mesure de justice ne s'enregistre pas : choisissez "
        "« Difficultés particulières, sur avis motivé ».",
    )
    means = forms.ChoiceField(
        label="Pièce justificative", choices=MEANS, widget=forms.RadioSelect, initial=EvidenceMeans.SEEN
    )
    evidence_on = FrenchDate("Date écrite sur la pièce")
    title_ends_on = FrenchDate(
        "Fin du titre ou du PASS IAE",
        required=False,
        help_text="Seulement si la pièce porte une fin de validité.",
    )
    others = forms.MultipleChoiceField(
        label="Autres critères remplis", required=False, widget=forms.CheckboxSelectMultiple
    )
    contract = forms.ChoiceField(label="Valable pour", required=False)
    decided_on = FrenchDate(
        "Décision prise le",
        required=False,
        help_text="Vide : aujourd'hui. Une décision déjà prise sur papier garde sa date.",
    )
    funded = forms.BooleanField(
        label="Suivi payé par une opération FSE+", required=False,
        help_text="Votre structure conserve alors la pièce jointe, pour le contrôle.",
    )  # fmt: skip
    reason = FreeText(
        "Motif du refus", max_length=300, lines=2, help_text="Pas d'information de santé ni de justice.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, publics: Sequence[PublicRow], contracts: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        asked = self._public(publics) if self.is_bound else None
        favourable = not self.is_bound or self.data.get("decision") == "oui"
        for name in ("category", "means"):
            self.fields[name].required = favourable
        self.fields["evidence_on"].required = favourable and (
            asked is None or asked.evidence_months is not None
        )
        self.fields["reason"].required = self.is_bound and self.data.get("decision") == "non"
        self.fields["category"].choices = [("", "Choisissez le public"), *grouped(publics)]  # type: ignore[attr-defined]  # ChoiceField
        self.fields["others"].choices = [(one.code, one.label) for one in publics if one.stored]  # type: ignore[attr-defined]  # ChoiceField
        self.fields["contract"].choices = [("", "Tous les marchés"), *contracts]  # type: ignore[attr-defined]  # ChoiceField

    def _public(self, publics: Sequence[PublicRow]) -> PublicRow | None:
        """The public retenu that was sent: its paper decides which dates are asked."""
        return next((one for one in publics if one.code == self.data.get("category")), None)

    @property
    def refusal_open(self) -> bool:
        """Whether an unfavourable decision is being written."""
        return self.is_bound and self.data.get("decision") == "non"

    @property
    def eligible(self) -> bool:
        """Whether the decision is favourable."""
        return bool(self.cleaned_data["decision"] == "oui")

    @property
    def others_open(self) -> bool:
        """Whether a less frequent field is filled."""
        return self.is_bound and any(self.data.get(name) for name in ("contract", "decided_on"))

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What every favourable decision asks."""
        return [self[name] for name in ("category", "means", "evidence_on", "title_ends_on")]

    @property
    def contract_uid(self) -> UUID | None:
        """The only contract the decision is good for, None for all."""
        raw = self.cleaned_data["contract"]
        return UUID(raw) if raw else None

    def entries(self) -> list[CategoryEntry]:
        """The public retenu and the other criteria; none for an unfavourable decision."""
        if not self.eligible:
            return []
        main = self.cleaned_data["category"]
        means = EvidenceMeans(self.cleaned_data["means"] or EvidenceMeans.SEEN)
        dates = self.cleaned_data["evidence_on"], means, self.cleaned_data["title_ends_on"]
        funding = Funding.FSE if self.cleaned_data["funded"] else Funding.ORDINARY
        first = [CategoryEntry(main, True, *dates, funding)] if main else []
        others = [code for code in self.cleaned_data["others"] if code != main]
        return first + [CategoryEntry(code, means=EvidenceMeans.DECLARED) for code in others]


class ReasonForm(forms.Form):
    """Why a decision is withdrawn."""

    reason = FreeText("Motif du retrait", max_length=300, lines=2)
