"""Putting to work: engagement, three bodies, work contract; prolonging; ending."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from clausette.placements.enums import LinkKind, Modality, PlacementEnd, WorkContractKind
from clausette.placements.operations import Beside
from clausette.web.contracts.forms.organisations import add_organisation_fields
from clausette.web.inputs import FreeText, FrenchDate, Hours, Percent

Choices = Sequence[tuple[str, str]]


class PlaceForm(forms.Form):
    """One work contract and its first mise à disposition."""

    commitment = forms.ChoiceField(label="Engagement d'insertion crédité")
    modality = forms.ChoiceField(label="Modalité", choices=Modality.choices, initial=Modality.DIRECT)
    work_contract = forms.ChoiceField(
        label="Contrat de travail", choices=WorkContractKind.choices, initial=WorkContractKind.CDD
    )
    job = FreeText("Emploi occupé", max_length=120)
    starts_on = FrenchDate("Début", help_text="Premier jour travaillé.")
    ends_on = FrenchDate("Fin prévue", required=False, help_text="Vide pour un CDI.")
    weekly_hours = Hours("Heures par semaine", above=0, most=48, initial=Decimal(35))
    employed = forms.ChoiceField(
        label="La personne est-elle déjà salariée de l'entreprise ?",
        choices=[("non", "Non"), ("oui", "Oui, déjà salariée")],
        widget=forms.RadioSelect,
        initial="non",
    )
    employed_since = FrenchDate(
        "Salariée depuis le", required=False, help_text="Dans l'entreprise, avant ce marché."
    )
    already_employed_reason = FreeText(
        "Pourquoi l'accepter", max_length=300, required=False,
        help_text="Par défaut, une personne déjà salariée n'est pas comptée.",
    )  # fmt: skip
    ett_approval = FreeText(
        "Accord pour l'intérim classique", max_length=300, required=False,
        help_text="Qui l'a donné et quand, si l'engagement l'admet sur accord.",
    )  # fmt: skip
    follows = forms.ChoiceField(label="Fait suite à", required=False)
    link = forms.ChoiceField(label="Lien", required=False, choices=[("", "Aucun"), *LinkKind.choices])

    def __init__(
        self,
        *args: Any,
        commitments: Choices,
        known: tuple[tuple[str, str], ...],
        previous: Choices = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["commitment"].choices = [("", "Choisissez l'engagement"), *commitments]  # type: ignore[attr-defined]  # ChoiceField
        self.fields["follows"].choices = [("", "Rien : premier contrat de travail"), *previous]  # type: ignore[attr-defined]  # ChoiceField
        add_organisation_fields(self, "employer", "Employeur", known, required=False)
        add_organisation_fields(self, "host", "Entreprise utilisatrice", known, required=False)
        for name, whose in (("employer", "de l'employeur"), ("host", "de l'entreprise utilisatrice")):
            self.fields[f"{name}_siret"].label = f"SIRET {whose}"
            self.fields[f"{name}_siret"].help_text = "Seulement s'il n'est pas encore connu de Clausette."
        self.fields["employer"].help_text = "Nom ou SIRET. Vide : le titulaire de l'engagement."
        self.fields[
            "host"
        ].help_text = "Nom ou SIRET. Vide : l'employeur, ou le titulaire s'il y a mise à disposition."
        self.has_previous = bool(previous)

    def body(self, name: str) -> list[forms.BoundField]:
        """A body, what is asked when it is new, and the ones it may be."""
        return [self[field] for field in self.fields if field.startswith(name)]

    @property
    def employer_fields(self) -> list[forms.BoundField]:
        """Who signs the work contract."""
        return self.body("employer")

    @property
    def host_fields(self) -> list[forms.BoundField]:
        """Where the person works."""
        return self.body("host")

    @property
    def less(self) -> list[forms.BoundField]:
        """What is seldom needed."""
        return [self["ett_approval"], *([self["follows"], self["link"]] if self.has_previous else [])]

    @property
    def less_open(self) -> bool:
        """Whether a seldom needed field is filled or refused."""
        filled = any(bound.value() for bound in self.less)
        return filled or (self.is_bound and any(bound.errors for bound in self.less))

    def clean(self) -> dict[str, Any]:
        """« Oui, déjà salariée » asks since when."""
        values = super().clean() or self.cleaned_data
        undated = values.get("employed") == "oui" and not values.get("employed_since")
        if undated and "employed_since" not in self.errors:
            self.add_error("employed_since", "Dites depuis quand.")
        return values

    def hiring(self) -> dict[str, Any]:
        """What the operation takes, the bodies excepted."""
        values = self.cleaned_data
        employed = values["employed"] == "oui"
        return {
            "commitment_uid": UUID(values["commitment"]),
            "modality": Modality(values["modality"]),
            "work_contract": WorkContractKind(values["work_contract"]),
            "job": values["job"],
            "starts_on": values["starts_on"],
            "ends_on": values["ends_on"],
            "weekly_hours": values["weekly_hours"],
            "employed_since": values["employed_since"] if employed else None,
            "already_employed_reason": values["already_employed_reason"] if employed else "",
            "ett_approval": values["ett_approval"],
            "follows_uid": UUID(values["follows"]) if values["follows"] else None,
            "link": values["link"],
        }


class ProlongForm(forms.Form):
    """The new planned end."""

    ends_on = FrenchDate("Nouvelle fin prévue")
    reason = FreeText("Précision", max_length=300, required=False)


class EndForm(forms.Form):
    """The last day worked, and why."""

    ended_on = FrenchDate("Dernier jour travaillé")
    reason = forms.ChoiceField(label="Motif", choices=[("", "Choisissez le motif"), *PlacementEnd.choices])


class WithdrawForm(forms.Form):
    """Why what was typed by mistake is withdrawn."""

    reason = FreeText("Motif du retrait", max_length=300, lines=2, help_text="Elle reste dans l'historique.")


class LastDayForm(forms.Form):
    """The last day of a mise à disposition."""

    ends_on = FrenchDate("Dernier jour dans l'entreprise utilisatrice")


class AllocateForm(forms.Form):
    """Another mise à disposition of the same work contract."""

    commitment = forms.ChoiceField(label="Engagement d'insertion crédité")
    starts_on = FrenchDate("Du")
    ends_on = FrenchDate("Au", required=False, help_text="Vide : jusqu'à la fin du contrat de travail.")
    beside = forms.ChoiceField(
        label="Et l'entreprise actuelle ?",
        choices=[
            (Beside.LEAVE.value, "La personne la quitte la veille"),
            (Beside.SHARE.value, "La personne y reste, elle partage son temps"),
        ],
        widget=forms.RadioSelect,
        initial=Beside.LEAVE.value,
    )
    share = Percent(
        "Part du temps dans la nouvelle entreprise",
        above=0,
        most=100,
        required=False,
        help_text="En %, si le temps est partagé.",
    )

    def __init__(
        self, *args: Any, commitments: Choices, known: tuple[tuple[str, str], ...], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["commitment"].choices = [("", "Choisissez l'engagement"), *commitments]  # type: ignore[attr-defined]  # ChoiceField
        add_organisation_fields(self, "host", "Entreprise utilisatrice", known, required=False)
        self.fields["host"].help_text = "Nom ou SIRET. Vide : le titulaire de l'engagement."
        self.fields["host_siret"].label = "SIRET de l'entreprise utilisatrice"
        self.fields["host_siret"].help_text = "Seulement s'il n'est pas encore connu de Clausette."
        self.order_fields(["commitment", "host", "host_siret", "starts_on", "ends_on", "beside", "share"])

    def clean(self) -> dict[str, Any]:
        """Time that is shared has a share."""
        values = super().clean() or self.cleaned_data
        shared = values.get("beside") == Beside.SHARE.value
        if shared and values.get("share") is None and "share" not in self.errors:
            self.add_error("share", "Dites quelle part du temps, par exemple 50 %.")
        return values

    def split(self) -> dict[str, Any]:
        """What the operation takes: what becomes of the others, and the share (0–1)."""
        beside = Beside(self.cleaned_data["beside"])
        share = self.cleaned_data["share"]
        return {"beside": beside, "share": share / 100 if beside is Beside.SHARE else Decimal(1)}
