"""What is typed to make a study a contract, then to award it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from clausette.advice.operations import LotAward
from clausette.advice.queries import FollowSheet, LotPlan
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from clausette.web.contracts.forms.fields import amount_field, day_field, hours_field
from clausette.web.contracts.forms.organisations import (
    OrganisationChoice,
    add_organisation_fields,
    read_organisation,
    settle,
)
from clausette.web.inputs import FreeText

Known = tuple[tuple[str, str], ...]


class FollowForm(forms.Form):
    """The common name of the contract and its buyer: the study knows the rest."""

    common_name = FreeText(
        "Nom d'usage du marché", max_length=200, help_text="Celui que tout le monde dit : « école Pasteur »."
    )

    def __init__(self, *args: Any, buyers: Known = (), **options: Any) -> None:
        super().__init__(*args, **options)
        add_organisation_fields(self, "buyer", "Maître d'ouvrage", buyers)


@dataclass(frozen=True, slots=True)
class LotFields:
    """The fields of one lot of the form of award."""

    plan: LotPlan
    title: str
    fields: Sequence[BoundField]


class AwardForm(forms.Form):
    """One titulaire a lot, with the hours of the study: what is left empty is not awarded yet."""

    notified_on = day_field("Marché notifié le", help_text="Rien si l'attribution n'est pas encore notifiée.")
    starts_on = day_field("Heures dues à partir du", required=True)
    ends_on = day_field("Jusqu'au", required=True)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, plans: Sequence[LotPlan], firms: Known = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.plans = tuple(plans)
        for place, plan in enumerate(self.plans):
            add_organisation_fields(self, f"firm_{place}", "Titulaire", firms, required=False)
            told = f"{plan.arithmetic}." if plan.arithmetic else "Aucun calcul gardé pour ce lot."
            self.fields[f"hours_{place}"] = hours_field("Heures dues", help_text=told)
            self.fields[f"amount_{place}"] = amount_field("Montant attribué HT")

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "La fin précède le début.")
        return values

    @property
    def lots(self) -> list[LotFields]:
        """The fields, lot by lot."""
        return [
            LotFields(plan, _named(plan), [self[name] for name in self.fields if _place(name) == place])
            for place, plan in enumerate(self.plans)
        ]

    def choices(self, actor: Actor) -> dict[int, OrganisationChoice]:
        """The titulaires typed, by place; errors are written at the fields."""
        found = {place: read_organisation(self, f"firm_{place}", actor) for place in range(len(self.plans))}
        return {place: choice for place, choice in found.items() if choice is not None}

    def awards(self, actor: Actor, choices: Mapping[int, OrganisationChoice]) -> list[LotAward]:
        """What is awarded, firms registered if they are new. Call it inside the write."""
        return [
            LotAward(
                self.plans[place].number, settle(choice, actor=actor, capability="contractor"),
                self.cleaned_data[f"hours_{place}"], self.cleaned_data[f"amount_{place}"],
            )
            for place, choice in choices.items()
        ]  # fmt: skip


def _place(name: str) -> int | None:
    """The place of the lot a field is of, None for those of the whole contract."""
    parts = name.split("_")
    return int(parts[1]) if len(parts) > 1 and parts[0] in ("firm", "hours", "amount") and parts[1].isdigit() else None


def _named(plan: LotPlan) -> str:
    return f"Lot {plan.number} : {plan.title}" if plan.number else plan.title


def award_initial(sheet: FollowSheet, on: date, held: Mapping[str, str]) -> dict[str, object]:
    """What the form of award shows first: the hours kept, the amounts, the duration of the study from today on, and
    the titulaires known, by lot."""
    ends = add_months(on, sheet.duration_months) if sheet.duration_months else None
    found: dict[str, object] = {"starts_on": on.isoformat(), "ends_on": ends.isoformat() if ends else None}
    for place, plan in enumerate(sheet.plans):
        hours: Decimal | None = plan.kept.hours if plan.kept else None
        firm = held.get(plan.number) or held.get("", "")
        found |= {f"firm_{place}": firm, f"hours_{place}": hours, f"amount_{place}": plan.amount_ht}
    return found
