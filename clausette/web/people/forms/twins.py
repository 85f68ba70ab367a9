"""Are two records one person? Which one is kept."""

from uuid import UUID

from django import forms

from clausette.kernel.french import format_date
from clausette.participants.queries import Pair

SAME, OTHER = "meme", "autre"


class PairForm(forms.Form):
    """Which record stays, when both are one person."""

    kept = forms.ChoiceField(
        label="Fiche à garder", widget=forms.RadioSelect,
        help_text="L'autre fiche lui donne tout ce qu'elle a, et renvoie ensuite vers elle.",
    )  # fmt: skip

    def __init__(self, *args: object, pair: Pair, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as forms.Form
        self.pair = pair
        sides = (pair.first, pair.second)
        self.fields["kept"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            (str(side.uid), f"{side.name}, né(e) le {format_date(side.birth_date)}") for side in sides
        ]
        self.fields["kept"].initial = str(pair.first.uid)

    def both(self) -> tuple[UUID, UUID]:
        """The record kept, and the one that goes."""
        kept = UUID(self.cleaned_data["kept"])
        first, second = self.pair.first.uid, self.pair.second.uid
        return (first, second) if kept == first else (second, first)
