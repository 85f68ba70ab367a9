"""Award of a contract or a lot to a group of firms; sharing with another structure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from clausette.procurement.enums import GroupKind
from clausette.procurement.queries import LotLine
from clausette.web.contracts.forms.fields import AreaForm, amount_field, day_field, percent_field
from clausette.web.contracts.forms.organisations import add_organisation_fields
from clausette.web.inputs import FreeText

FIRST_ROWS = 2
MOST_ROWS = 12


def rows_asked(data: Any) -> int:
    """How many lines of cotraitants to show: those sent, one more when asked, never fewer than two."""
    raw = str(data.get("rows", "")) if data else ""
    count = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 3 else FIRST_ROWS
    more = 2 if data and "more" in data else 0
    return max(FIRST_ROWS, min(count + more, MOST_ROWS))


class AwardForm(AreaForm):
    """The titulaire (mandataire of a group), its cotraitants with their shares, amount and notification."""

    lot = forms.ChoiceField(label="Lot", required=False)
    amount_ht = amount_field("Montant attribué HT", help_text="En euros.")
    notified_on = day_field("Notifié le")
    group_kind = forms.ChoiceField(
        label="Forme du groupement",
        required=False,
        choices=[(one.value, one.label) for one in (GroupKind.JOINT, GroupKind.SEVERAL)],
        help_text="Solidaire : chaque membre répond de tout l'engagement.",
    )

    def __init__(
        self,
        *args: Any,
        lots: Sequence[LotLine] = (),
        firms: tuple[tuple[str, str], ...] = (),
        rows: int = FIRST_ROWS,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        choices = [(str(lot.uid), f"Lot {lot.number} · {lot.title}") for lot in lots]
        whole = [] if choices else [("", "Tout le marché")]
        self.fields["lot"].choices = [*whole, *choices]  # type: ignore[attr-defined]  # ChoiceField
        self.rows = rows
        self.known = firms
        add_organisation_fields(self, "contractor", "Titulaire ou mandataire", firms)
        for index in range(rows):
            add_organisation_fields(self, f"member{index}", f"Cotraitant {index + 1}", firms, required=False)
            self.fields[f"member{index}_share"] = percent_field("Part du cotraitant")
        self.order_fields(["lot", "contractor", "contractor_siret", "amount_ht", "notified_on"])

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields before the group."""
        return [self[name] for name in self.fields if not name.startswith(("member", "group"))]

    @property
    def group(self) -> list[list[forms.BoundField]]:
        """The fields of each cotraitant."""
        return [[self[name] for name in self.fields if name.startswith(f"member{index}") and
                 not name.removeprefix(f"member{index}")[:1].isdigit()] for index in range(self.rows)]  # fmt: skip

    @property
    def group_open(self) -> bool:
        """Whether something is typed for the group."""
        return self.is_bound and any(self.data.get(f"member{index}") for index in range(self.rows))

    def share(self, index: int) -> Decimal | None:
        """The share (0–1) of a cotraitant."""
        found = self.cleaned_data.get(f"member{index}_share")
        return found if isinstance(found, Decimal) else None


class ShareForm(AreaForm):
    """Another structure facilitatrice, from a day on."""

    structure = forms.ChoiceField(label="Structure")
    on = day_field("À partir du", required=True)
    reason = FreeText(label="Motif", max_length=300, required=False)

    def __init__(self, *args: Any, structures: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["structure"].choices = [("", "Choisissez une structure"), *structures]  # type: ignore[attr-defined]  # ChoiceField
