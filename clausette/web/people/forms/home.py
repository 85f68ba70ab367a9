"""Where a person lives: a commune, then its priority districts, or a point."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from clausette.participants.enums import DistrictMeans
from clausette.participants.operations import HomeEntry
from clausette.reference.enums import DistrictGeneration
from clausette.reference.queries import CommuneFound, DistrictFound
from clausette.web.inputs import FreeText

NOWHERE = "aucun"
WRONG = {"invalid": "Écrivez un nombre de degrés, comme 3,0573."}


def _named(found: Sequence[DistrictFound], generation: DistrictGeneration) -> list[tuple[str, str]]:
    return [(one.code, f"{one.name} ({one.code})") for one in found if one.generation == generation]


class Degrees(forms.DecimalField):
    """A longitude or a latitude, with a comma or a point."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).strip().replace(",", ".") if value else None)


class HomeForm(forms.Form):
    """The commune first; its districts are then proposed, those of 2024 and those of 2015 side by side."""

    use_required_attribute = False

    etape = forms.ChoiceField(
        choices=[("chercher", "Chercher"), ("garder", "Enregistrer")], widget=forms.HiddenInput, required=False
    )
    commune = FreeText(
        "Commune", max_length=120, lines=1, required=False, help_text="Son nom ou son code postal.",
    )  # fmt: skip
    longitude = Degrees(label="Longitude", required=False, help_text="En degrés, comme 3,0573.", error_messages=WRONG)
    latitude = Degrees(label="Latitude", required=False, help_text="En degrés, comme 50,6292.", error_messages=WRONG)
    district_2024 = forms.ChoiceField(label="Quartier prioritaire (liste de 2024)", required=False)
    district_2015 = forms.RegexField(
        r"(?i)^\s*QP\d{6}\s*$", label="Quartier de la liste de 2015", required=False,
        help_text="Code QP suivi de six chiffres ; il est marqué « saisi ».",
        error_messages={"invalid": "Un code de 2015 s'écrit QP suivi de six chiffres."},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(None, (), ())

    def offer(
        self, commune: CommuneFound | None, candidates: Sequence[DistrictFound], here: Sequence[DistrictFound]
    ) -> None:
        """Propose the districts of a commune, those where the point is first."""
        self.chosen, self.here, self.named = commune, tuple(here), bool(candidates)
        rest = [one for one in candidates if one not in here]
        named = _named([*here, *rest], DistrictGeneration.OF_2024)
        self.fields["district_2024"].choices = [("", "À choisir"), *named, (NOWHERE, "Aucun, hors quartier")]  # type: ignore[attr-defined]  # ChoiceField
        self.olds = _named([*here, *rest], DistrictGeneration.OF_2015)

    def forget_elsewhere(self) -> None:
        """Another commune is sought: the district chosen before, not offered any more, is no fault."""
        offered = {code for code, _ in self.fields["district_2024"].choices}  # type: ignore[attr-defined]  # ChoiceField
        if self.data.get("etape") == "chercher" and self.data.get("district_2024", "") not in offered:
            self.data = {name: self.data[name] for name in self.data} | {"district_2024": ""}

    @property
    def point(self) -> tuple[float, float] | None:
        """The point typed. Raises ValueError when it is half typed or no number."""
        said = [str(self.data.get(name, "")).strip().replace(",", ".") for name in ("longitude", "latitude")]
        if not any(said):
            return None
        try:
            longitude, latitude = (Decimal(one) for one in said)
        except InvalidOperation as error:
            raise ValueError("Écrivez les deux nombres, en degrés : 3,0573 et 50,6292.") from error
        return float(longitude), float(latitude)

    def entry(self) -> HomeEntry:
        """What is kept: never the address, nor the point."""
        new = self.cleaned_data["district_2024"]
        old = self.cleaned_data["district_2015"].strip().upper()
        codes = {one.code for one in self.here}
        means = DistrictMeans.ADDRESS if self.chosen and new else DistrictMeans.TYPED
        if new in codes or (new == NOWHERE and self._at_a_point()):
            means = DistrictMeans.POINT
        return HomeEntry(
            in_district=bool(old) or new not in ("", NOWHERE), district_2024="" if new == NOWHERE else new,
            district_2015=old, means=means, commune_code=self.chosen.code if self.chosen else "",
            commune_name=self.chosen.name if self.chosen else self.cleaned_data["commune"],
        )  # fmt: skip

    def _at_a_point(self) -> bool:
        return bool(self.data.get("longitude"))
