"""Where a person lives: a commune, then its priority districts, or a point."""

from collections.abc import Sequence
from typing import Any

from django import forms

from clausette.participants.enums import DistrictMeans
from clausette.participants.operations import HomeEntry
from clausette.reference.enums import DistrictGeneration
from clausette.reference.geocoding import geocoder_host
from clausette.reference.queries import DistrictFound
from clausette.web.inputs import FreeText
from clausette.web.inputs.text import LineInput
from clausette.web.people.place import NOWHERE, Sought

WRONG = {"invalid": "Écrivez un nombre de degrés, comme 3,0573."}
PROPOSING = {
    "autocomplete": "off", "data-combobox": "communes", "hx-post": "", "hx-trigger": "input changed delay:250ms",
    "hx-target": "#communes", "hx-select": "#communes", "hx-swap": "outerHTML", "hx-sync": "this:replace",
    "hx-vals": '{"etape": "communes"}', "hx-params": "commune,etape,csrfmiddlewaretoken",
}  # fmt: skip
"""The input asks for proposals while one types; what stands in the page without JavaScript is the search button."""


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
        choices=[("chercher", "Chercher"), ("adresse", "Adresse"), ("garder", "Enregistrer")],
        widget=forms.HiddenInput, required=False,
    )  # fmt: skip
    commune = FreeText(
        "Commune", max_length=120, required=False, widget=LineInput(PROPOSING),
        help_text="Les premières lettres de son nom, ou son code postal.",
    )  # fmt: skip
    adresse = FreeText("Adresse", max_length=200, required=False)
    adresse_point = forms.RegexField(r"^[-0-9,;.]*$", widget=forms.HiddenInput, max_length=40, required=False)
    cadre = forms.ChoiceField(label="Cadrer la carte sur", required=False)
    longitude = Degrees(label="Longitude", required=False, help_text="En degrés, comme 3,0573.", error_messages=WRONG)
    latitude = Degrees(label="Latitude", required=False, help_text="En degrés, comme 50,6292.", error_messages=WRONG)
    district_2024 = forms.ChoiceField(
        label="Quartier prioritaire (liste de 2024)", required=False, widget=forms.Select({"data-asked": ""})
    )
    district_2015 = forms.RegexField(
        r"(?i)^\s*QP\d{6}\s*$", label="Quartier de la liste de 2015", required=False,
        help_text="Code QP suivi de six chiffres ; il est marqué « saisi ».",
        error_messages={"invalid": "Un code de 2015 s'écrit QP suivi de six chiffres."},
    )  # fmt: skip

    def __init__(self, *args: Any, sought: Sought, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sought = sought
        rest = [one for one in sought.candidates if one not in sought.here]
        named = _named([*sought.here, *rest], DistrictGeneration.OF_2024)
        self.olds = _named([*sought.here, *rest], DistrictGeneration.OF_2015)
        self._choose("district_2024", [("", "À choisir"), *named, (NOWHERE, "Aucun, hors quartier")])
        framed = [(one.code, one.name) for one in sought.candidates]
        self._choose("cadre", [("", "Toute la commune"), *framed])
        host = geocoder_host()
        self.fields["adresse"].help_text = (
            f"Seule l'adresse, avec sa commune, est envoyée à {host} pour y chercher le point : n'y écrivez aucun nom. "
            "Elle n'est pas conservée." if host
            else "Pour en tirer la commune ; elle n'est ni conservée, ni envoyée ailleurs."
        )  # fmt: skip

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceField

    def clean(self) -> dict[str, Any]:
        """What is wrong with the point is told at its field."""
        if self.sought.wrong_point and not self.errors.get("longitude") and not self.errors.get("latitude"):
            self.add_error("longitude", self.sought.wrong_point)
        return self.cleaned_data

    def entry(self) -> HomeEntry:
        """What is kept: never the address, nor the point; « calculé » only for what the point says by itself."""
        new, commune = self.cleaned_data["district_2024"], self.sought.commune
        old = self.cleaned_data["district_2015"].strip().upper()
        means = DistrictMeans.CHOSEN if commune and new else DistrictMeans.TYPED
        if new and new == self.sought.computed:
            means = DistrictMeans.ADDRESS if self.sought.located else DistrictMeans.POINT
        return HomeEntry(
            in_district=bool(old) or new not in ("", NOWHERE), district_2024="" if new == NOWHERE else new,
            district_2015=old, means=means, commune_code=commune.code if commune else "",
            commune_name=commune.name if commune else self.cleaned_data["commune"],
        )  # fmt: skip
