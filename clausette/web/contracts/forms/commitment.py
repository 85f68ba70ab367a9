"""An engagement d'insertion as it is typed: how its hours are known, its terms, its schedule."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from clausette.commitments.enums import (
    WITHOUT_FIGURE,
    AmountBase,
    CommitmentKind,
    PartStatus,
    Rounding,
    SubTargetBase,
    SubTargetKind,
    VersionReason,
)
from clausette.commitments.operations import BY_AN_ACT, PartEntry, TargetEntry, Terms
from clausette.commitments.queries import CommitmentSheet
from clausette.files.enums import Purpose
from clausette.web.contracts.forms.conditions import ConditionsForm
from clausette.web.contracts.forms.fields import (
    MOST_EUROS,
    AreaForm,
    amount_field,
    day_field,
    hours_field,
    percent_field,
)
from clausette.web.inputs import Amount, FreeText
from clausette.web.transfers import file_input

WRITTEN = ("minimum_hours", "offer_hours")
OF_KIND: dict[CommitmentKind, tuple[str, ...]] = {
    CommitmentKind.COMPUTED: (*WRITTEN, "amount_ht", "labour_share", "rate", "hourly_cost"),
    CommitmentKind.FIXED: WRITTEN,
    CommitmentKind.PER_AMOUNT: (*WRITTEN, "euros_per_hour", "beyond_ht", "amount_base", "estimated_ht"),
    CommitmentKind.SHARE_OF_HOURS: (*WRITTEN, "hours_share", "estimated_base"),
    CommitmentKind.FOLLOWED: (),
    CommitmentKind.VOLUNTARY: (),
}
"""The terms that count for each kind: the others typed beside are left out."""
TERMS = tuple(dict.fromkeys(name for names in OF_KIND.values() for name in names))
FIRST_PARTS = 3
MOST_PARTS = 24


def parts_asked(data: Any, known: int = 0) -> int:
    """How many lines of the schedule to show: those sent, two more when asked."""
    raw = str(data.get("rows", "")) if data else ""
    count = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 3 else max(FIRST_PARTS, known + 1)
    more = 2 if data and "more" in data else 0
    return max(FIRST_PARTS, min(count + more, MOST_PARTS))


PAPERS = ("document", "minimum_document", "offer_document")
"""The papers of a version: the act itself, what the minimum and the offer are written in."""


def paper_field(label: str, help_text: str = "") -> forms.FileField:
    """One paper of a version."""
    return forms.FileField(
        label=label, required=False, widget=file_input(Purpose.EVIDENCE), help_text=help_text
    )


class TermsForm(AreaForm):
    """Terms and schedule: common to a new engagement and to a new version."""

    minimum_hours = hours_field("Minimum exigé", help_text="Heures écrites dans le marché.")
    offer_hours = hours_field(
        "Engagement de l'offre", help_text="Heures promises par l'entreprise. Le plus grand des deux est dû."
    )
    amount_ht = amount_field("Montant HT", help_text="En euros.")
    labour_share = percent_field("Part de main-d'œuvre", help_text="En pour cent, par exemple 50.")
    rate = percent_field("Taux d'insertion", help_text="En pour cent, par exemple 5.")
    hourly_cost = amount_field("Coût horaire", help_text="En euros par heure, par exemple 30.")
    euros_per_hour = amount_field("Une heure pour", help_text="En euros HT, par exemple 2 000.")
    beyond_ht = Amount(
        "Au-delà de", least=0, most=MOST_EUROS, required=False, help_text="En euros HT. Vide : dès le premier euro."
    )
    amount_base = forms.ChoiceField(label="Montant retenu", choices=AmountBase.choices, required=False)
    estimated_ht = amount_field(
        "Montant estimé au terme", help_text="En euros HT. Il fait les heures possibles, jamais les heures dues."
    )
    hours_share = percent_field("Part des heures travaillées", help_text="En pour cent, par exemple 5.")
    estimated_base = hours_field(
        "Heures travaillées estimées", help_text="Sur toute la durée. Les heures dues restent provisoires jusqu'aux "
        "heures déclarées.",
    )  # fmt: skip
    rounding = forms.ChoiceField(
        label="Arrondi", choices=Rounding.choices, required=False, initial=Rounding.NEAREST
    )

    def __init__(self, *args: Any, parts: int = FIRST_PARTS, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = parts
        for kind in SubTargetKind:
            self.fields[f"target_{kind.value}"] = percent_field(kind.label)
            self.fields[f"target_{kind.value}_base"] = forms.ChoiceField(
                label="Part de quoi", choices=SubTargetBase.choices, required=False
            )
        statuses = [(status.value, status.label) for status in PartStatus]
        for index in range(parts):
            self.fields[f"part{index}_label"] = FreeText(label="Partie", max_length=120, required=False)
            self.fields[f"part{index}_status"] = forms.ChoiceField(
                label="État", choices=statuses, required=False
            )
            self.fields[f"part{index}_starts_on"] = day_field("Du")
            self.fields[f"part{index}_ends_on"] = day_field("Au")
            self.fields[f"part{index}_hours"] = hours_field("Heures")

    @property
    def schedule(self) -> list[list[forms.BoundField]]:
        """The fields of each part."""
        names = ("label", "status", "starts_on", "ends_on", "hours")
        return [[self[f"part{index}_{name}"] for name in names] for index in range(self.rows)]

    @property
    def target_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each sub-target."""
        return [(self[f"target_{kind.value}"], self[f"target_{kind.value}_base"]) for kind in SubTargetKind]

    @property
    def targets_open(self) -> bool:
        """Whether a sub-target is said."""
        return any(share.value() for share, _ in self.target_fields)

    def targets(self) -> tuple[TargetEntry, ...]:
        """The sub-targets typed."""
        return tuple(
            TargetEntry(kind, SubTargetBase(self.cleaned_data[f"{name}_base"] or SubTargetBase.HOURS), share)
            for kind in SubTargetKind
            for name in (f"target_{kind.value}",)
            if (share := self.cleaned_data.get(name)) is not None
        )

    @property
    def schedule_open(self) -> bool:
        """Whether the schedule says something."""
        return any(
            self[f"part{index}_label"].value() or self[f"part{index}_hours"].value()
            for index in range(self.rows)
        )

    def terms(self, kind: CommitmentKind) -> Terms:
        """The terms that count for this kind; a threshold left empty is 0, and only whole steps of an amount count."""
        values = {name: self.cleaned_data[name] for name in OF_KIND[kind]}
        if kind in WITHOUT_FIGURE:
            return Terms()
        rounding = Rounding(self.cleaned_data["rounding"] or Rounding.NEAREST)
        if kind == CommitmentKind.PER_AMOUNT:
            base = self.cleaned_data["amount_base"]
            values["amount_base"] = AmountBase(base) if base else None
            values["beyond_ht"] = values["beyond_ht"] or Decimal(0)
            rounding = Rounding.DOWN
        return Terms(**values, rounding=rounding)

    def clean(self) -> dict[str, Any]:
        """A line of the schedule is empty or whole."""
        values = super().clean() or self.cleaned_data
        for index in range(self.rows):
            asked = ("label", "starts_on", "ends_on", "hours")
            given = [name for name in asked if values.get(f"part{index}_{name}")]
            if given and len(given) < len(asked):
                self._ask(index, set(asked) - set(given))
        return values

    def _ask(self, index: int, missing: set[str]) -> None:
        for name in sorted(missing):
            field = f"part{index}_{name}"
            if field not in self.errors:
                self.add_error(field, "À remplir, ou videz la ligne.")

    def parts(self) -> tuple[PartEntry, ...]:
        """The schedule typed, empty lines left out."""
        found = []
        for index in range(self.rows):
            value = {
                name: self.cleaned_data.get(f"part{index}_{name}")
                for name in ("label", "status", "starts_on", "ends_on", "hours")
            }
            if value["label"]:
                status = PartStatus(str(value["status"] or PartStatus.FIRM))
                found.append(
                    PartEntry(
                        str(value["label"]),
                        status,
                        _day(value["starts_on"]),
                        _day(value["ends_on"]),
                        _hours(value["hours"]),
                    )
                )
        return tuple(found)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("a cleaned line has its days")
    return value


def _hours(value: object) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError("a cleaned line has its hours")
    return value


class CommitmentForm(ConditionsForm, TermsForm):
    """A new engagement."""

    contractor = forms.ChoiceField(label="Titulaire")
    added_on = day_field(
        "Clause ajoutée par un acte du", help_text="À remplir si la clause a été ajoutée à un marché en cours."
    )
    lot = forms.ChoiceField(label="Lot", required=False)
    kind = forms.ChoiceField(
        label="Comment les heures sont-elles connues ?",
        choices=[(kind.value, kind.label) for kind in OF_KIND],
        widget=forms.RadioSelect,
        initial=CommitmentKind.COMPUTED,
    )
    starts_on = day_field("Début", required=True)
    ends_on = day_field("Terme", required=True)
    minimum_document = paper_field("Pièce du minimum exigé", "Le cahier des charges, par exemple.")
    offer_document = paper_field("Pièce de l'offre", "La page où l'entreprise s'engage.")
    document = paper_field("Autre document", "Acte d'engagement, courrier.")

    def __init__(
        self,
        *args: Any,
        contractors: Sequence[tuple[str, str]],
        lots: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name in ("ett", "periodicity", "due_day", "penalty_multiplier"):
            self.fields[name].required = False  # left empty: the default rules of the structure
        self.fields["contractor"].choices = list(contractors)  # type: ignore[attr-defined]  # ChoiceField
        self.fields["lot"].choices = [("", "Tout le marché"), *lots]  # type: ignore[attr-defined]  # ChoiceField

    def clean(self) -> dict[str, Any]:
        """Dates in order, said at the field."""
        values = super().clean() or self.cleaned_data
        starts, ends = self.day("starts_on"), self.day("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Le terme précède le début.")
        return values


OTHERWISE = BY_AN_ACT | {VersionReason.SUSPENSION, VersionReason.RESUMPTION, VersionReason.ADDED_CLAUSE}
"""Reasons that have a page of their own, or that only the first version or an act may have."""


class VersionForm(TermsForm):
    """A new version of an engagement."""

    reason = forms.ChoiceField(
        label="Pourquoi ?",
        choices=[(one.value, one.label) for one in VersionReason if one not in OTHERWISE],
    )
    effective_on = day_field("Applicable le", required=True)
    comment = FreeText(label="Précision", max_length=500, required=False, lines=2)
    ends_on = day_field("Terme de l'engagement", required=True)
    document = paper_field("Document (avenant, courrier…)")
    minimum_document = paper_field("Pièce du minimum exigé", "Vide : celle de la version d'avant.")
    offer_document = paper_field("Pièce de l'offre", "Vide : celle de la version d'avant.")
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)


def initial_of(sheet: CommitmentSheet) -> dict[str, object]:
    """What the form of a new version shows first: the version in force."""
    found: dict[str, object] = {
        "ends_on": sheet.ends_on,
        "after": sheet.versions[0].number if sheet.versions else None,
    }
    if sheet.version:
        found |= {name: getattr(sheet.version.terms, name) for name in (*TERMS, "rounding")}
    for target in sheet.version.targets if sheet.version else ():
        found |= {f"target_{target.kind.value}": target.share, f"target_{target.kind.value}_base": target.base}
    for index, part in enumerate(sheet.parts):
        found |= {
            f"part{index}_label": part.label,
            f"part{index}_status": part.status,
            f"part{index}_starts_on": part.starts_on,
            f"part{index}_ends_on": part.ends_on,
            f"part{index}_hours": part.hours,
        }
    return found
