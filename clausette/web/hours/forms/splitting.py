"""The total of a month and its parts, as they are typed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from clausette.hours.queries import SplitPart, SplitSheet
from clausette.kernel.french import format_percent
from clausette.web.inputs import Hours


class SplitForm(forms.Form):
    """One total, and the hours credited to each engagement."""

    total = Hours(
        "Total des heures travaillées du mois", above=0, most=744,
        help_text="Toutes entreprises ensemble, formation comprise : ce que l'employeur a déclaré.",
    )  # fmt: skip

    def __init__(self, *args: Any, sheet: SplitSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for part in sheet.open:
            self.fields[part.name] = Hours(
                _label(part),
                least=0,
                most=744,
                required=False,
                help_text=_help(part, alone=len(sheet.parts) == 1),
            )

    @property
    def parts(self) -> list[forms.BoundField]:
        """The boxes of the parts."""
        return [self[part.name] for part in self.sheet.open]

    def credits(self) -> Mapping[UUID, Decimal | None]:
        """Hours typed, by engagement."""
        return {part.commitment_uid: self.cleaned_data.get(part.name) for part in self.sheet.open}


def _label(part: SplitPart) -> str:
    return f"{part.host_name}, marché « {part.contract_name} »"


def _help(part: SplitPart, *, alone: bool) -> str:
    told = "" if alone else f"{format_percent(part.share)} du temps de présence. "
    return f"{told}Déclaré par {part.declarant_name}."


def shown(sheet: SplitSheet) -> dict[str, Decimal | None]:
    """What is written, as initial values."""
    total = sheet.stated if sheet.stated is not None else sheet.credited or None
    return {"total": total, **{part.name: part.hours for part in sheet.open}}
