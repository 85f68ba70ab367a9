"""Forms of the referrals: a candidate, an answer, a need, a prescriber."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from clausette.participants.enums import ConsentMeans, EvidenceMeans, PrescriberKind, Sex
from clausette.participants.operations import Candidate, Told
from clausette.participants.queries import Homonym, ReferralSheet
from clausette.reference.facts.publics import PublicRow
from clausette.web.inputs import FreeText, FrenchDate, Siret
from clausette.web.people.forms.persons import IdentityForm
from clausette.web.referrals.pieces import PiecesForm

NEW = "nouvelle"
Choices = Sequence[tuple[str, str]]
PAPERS = [
    (EvidenceMeans.SEEN.value, "Pièces vues par moi, non conservées"),
    (EvidenceMeans.DECLARED.value, "Sur déclaration, pièces à voir"),
    (EvidenceMeans.PRESCRIBER.value, "Avis motivé, écrit ci-dessous"),
]


class CandidateForm(PiecesForm, IdentityForm):
    """Somebody proposed: identity, agreement, situations, opinion, pieces."""

    phone = FreeText("Téléphone", max_length=30, required=False)
    email = forms.EmailField(label="Adresse électronique", required=False)
    wanted = FreeText("Métier ou poste visé", max_length=200, required=False, help_text="Si aucun besoin ne convient.")
    situations = forms.MultipleChoiceField(
        label="Situations dites", required=False, widget=forms.CheckboxSelectMultiple
    )
    means = forms.ChoiceField(
        label="Pièces", choices=PAPERS, widget=forms.RadioSelect, initial=EvidenceMeans.SEEN,
        help_text="Une pièce de santé ou de justice se voit et ne se garde jamais. Ce que vous joignez : plus bas.",
    )  # fmt: skip
    opinion = FreeText(
        "Avis motivé", max_length=2000, lines=4, required=False,
        help_text="Ce que la structure doit savoir pour aider la personne. Ni santé, ni justice.",
    )  # fmt: skip
    consent_means = forms.ChoiceField(
        label="Comment la personne a donné son accord", choices=ConsentMeans.choices, widget=forms.RadioSelect
    )
    consent_on = FrenchDate("Accord donné le")

    def __init__(self, *args: Any, publics: Sequence[PublicRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["situations"].choices = [(one.code, one.label) for one in publics if one.stored]  # type: ignore[attr-defined]  # ChoiceField

    @property
    def candidate(self) -> Candidate:
        """What the operations take."""
        said, means = self.cleaned_data, EvidenceMeans(self.cleaned_data["means"])
        return Candidate(
            **self.identity(), phone=said["phone"], email=said["email"], wanted=said["wanted"],
            opinion=said["opinion"], consent_on=said["consent_on"], consent_means=ConsentMeans(said["consent_means"]),
            situations=[Told(code, means) for code in said["situations"]],
        )  # fmt: skip


class ProposeForm(CandidateForm):
    """To whom, for which need, then who."""

    structure = forms.ChoiceField(label="Structure")
    need = forms.ChoiceField(label="Besoin", required=False)

    def __init__(
        self, *args: Any, structures: Choices, needs: Choices, told_by: Mapping[str, str], **options: Any
    ) -> None:
        """`told_by`: the structure that tells each need, both by their uid."""
        super().__init__(*args, **options)
        first = [("", "Choisissez la structure")] if len(structures) > 1 else []
        self.told_by, self.names = told_by, dict(structures)
        self.fields["structure"].choices = [*first, *structures]  # type: ignore[attr-defined]  # ChoiceField
        self.fields["need"].choices = [("", "Aucun en particulier"), *needs]  # type: ignore[attr-defined]  # ChoiceField

    def clean(self) -> dict[str, Any]:
        """A need is told by one structure: nobody is proposed to another by mistake."""
        said: dict[str, Any] = super().clean() or {}
        owner = self.told_by.get(said.get("need", ""), "")
        if owner and said.get("structure") and owner != said["structure"]:
            name = self.names.get(owner, "une autre structure")
            self.add_error("need", f"Ce besoin est celui de « {name} » : choisissez-la, ou aucun besoin.")
        return said

    @property
    def structure_uid(self) -> UUID:
        """The structure chosen."""
        return UUID(self.cleaned_data["structure"])

    @property
    def need_uid(self) -> UUID | None:
        """The need chosen, None in general."""
        raw = self.cleaned_data["need"]
        return UUID(raw) if raw else None


def as_typed(sheet: ReferralSheet) -> dict[str, object]:
    """The values of a referral, to be completed."""
    names = ("first_name", "last_name", "birth_date", "commune_name", "phone", "email", "wanted", "opinion",
             "consent_on", "consent_means")  # fmt: skip
    told = sheet.situations
    return {name: getattr(sheet, name) for name in names} | {
        "sex": Sex(sheet.sex), "situations": [one.code for one in told if one.code],
        "means": next((one.means for one in told if one.means), EvidenceMeans.SEEN),
    }  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a candidate is withdrawn."""

    consent = forms.BooleanField(
        label="La personne a retiré son accord", required=False,
        help_text="Son nom et tout ce qui parle d'elle sont alors effacés de cette orientation.",
    )  # fmt: skip


class AcceptForm(forms.Form):
    """A new person, or somebody of the structure."""

    person = forms.ChoiceField(label="Cette personne est", widget=forms.RadioSelect)

    def __init__(self, *args: Any, homonyms: Sequence[Homonym], told: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(str(one.uid), label) for one, (_, label) in zip(homonyms, told, strict=True)]
        self.fields["person"].choices = [(NEW, "Nouvelle dans la structure"), *known]  # type: ignore[attr-defined]  # ChoiceField
        if not homonyms:
            self.fields["person"].initial = NEW

    @property
    def participant_uid(self) -> UUID | None:
        """Who was chosen, None for a new person."""
        raw = self.cleaned_data["person"]
        return None if raw == NEW else UUID(raw)


class AnswerForm(forms.Form):
    """What the prescriber will read."""

    reason = FreeText(
        "Votre réponse au prescripteur", max_length=1000, lines=4,
        help_text="Ce qui manque, ou pourquoi. Elle n'est lue que par lui et par votre structure.",
    )  # fmt: skip


class NeedForm(forms.Form):
    """People wanted."""

    job = FreeText("Métier", max_length=120)
    people = forms.IntegerField(
        label="Personnes cherchées", min_value=1, max_value=200,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    contract = forms.ChoiceField(
        label="Marché", required=False, help_text="Pour vous seulement : les prescripteurs ne le voient pas."
    )
    site = FreeText("Nom du chantier", max_length=200, required=False, help_text="Les prescripteurs le lisent.")
    commune_name = FreeText("Commune", max_length=120, required=False)
    starts_on = FrenchDate("Travail à partir du")
    ends_on = FrenchDate("Candidats attendus jusqu'au")

    def __init__(self, *args: Any, contracts: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["contract"].choices = [("", "Aucun"), *contracts]  # type: ignore[attr-defined]  # ChoiceField

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        said = dict(self.cleaned_data)
        raw = said.pop("contract")
        return said | {"contract_uid": UUID(raw) if raw else None}


class PrescriberForm(forms.Form):
    """A prescriber with whom the structure works."""

    name = FreeText("Nom", max_length=200)
    siret = Siret(required=False, help_text="Il évite d'enregistrer deux fois un organisme.")
    commune_name = FreeText("Commune", max_length=100, required=False)
    kind = forms.ChoiceField(
        label="Nature", choices=[("", "Choisissez"), *PrescriberKind.choices],
        help_text="PJJ, SPIP, CSAPA et natures semblables : leur nom n'apparaît dans aucune liste.",
    )  # fmt: skip
