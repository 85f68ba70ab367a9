"""What is sent to the pages of purchase programmes: a file and its buyer, columns, filters, a gesture of sorting."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from clausette.access.queries import find_organisations, organisation_with_siret
from clausette.advice.enums import BuyerKind, StudyState, Verdict
from clausette.files.enums import Purpose
from clausette.files.rules import LIMITS
from clausette.imports.operations.programmes import Buyer, ProgrammeAnswer
from clausette.imports.programmes.fields import FIELDS, is_field
from clausette.imports.programmes.results import SheetPlan
from clausette.kernel.actor import Actor
from clausette.kernel.siret import clean_siret
from clausette.kernel.text import search_key
from clausette.web.components.fields import FileInput
from clausette.web.contracts.forms.fields import ProposingInput
from clausette.web.contracts.forms.organisations import proposals
from clausette.web.inputs import FreeText


class BringForm(forms.Form):
    """A file, the buyer who plans these purchases, and a name for the programme."""

    file = forms.FileField(
        label="Fichier",
        widget=FileInput(
            limit=LIMITS[Purpose.WORKBOOK].size, kinds=("XLSX", "ODS", "CSV", "XML", "JSON"),
            accept=".xlsx,.ods,.csv,.xml,.json",
        ),
        help_text=(
            "Le tableau de l'acheteur, quels que soient l'ordre et le nom de ses colonnes ; ou un avis de marché "
            "(eForms), ou ses données essentielles (DECP)."
        ),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )  # fmt: skip
    buyer = FreeText(
        "Maître d'ouvrage", max_length=200, help_text="Choisissez-le dans la liste, ou écrivez son nom.",
        error_messages={"required": "Dites quel maître d'ouvrage prévoit ces achats."},
    )  # fmt: skip
    buyer_kind = forms.ChoiceField(
        label="Acheteur", choices=BuyerKind.choices, initial=BuyerKind.LOCAL,
        help_text="Il choisit le seuil européen. Entité adjudicatrice : eau, énergie, transports.",
    )  # fmt: skip
    title = FreeText(
        "Nom du programme", required=False, max_length=200,
        help_text="Par exemple « Achats 2027 ». Vide : le nom du fichier.",
    )  # fmt: skip

    def __init__(self, *args: Any, known: tuple[tuple[str, str], ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["buyer"].widget = ProposingInput(proposals(known))

    def chosen(self, actor: Actor) -> Buyer:
        """The buyer: a body of the directory when the name or the SIRET is that of one, else the name as typed."""
        text, kind = str(self.cleaned_data["buyer"]), BuyerKind(self.cleaned_data["buyer_kind"])
        inside = text.rpartition("(")[2]
        try:
            card = organisation_with_siret(actor=actor, siret=clean_siret(inside.removesuffix(")")))
        except ValueError:
            card = None
        if card is None:
            wanted = search_key(text)
            same = [
                one for one in find_organisations(actor=actor, words=text, limit=12) if search_key(one.name) == wanted
            ]  # fmt: skip
            card = same[0] if len(same) == 1 else None
        return Buyer(card.name, kind, card.uid) if card else Buyer(text, kind)


class ConfirmForm(forms.Form):
    """Whether the lines with an unreadable cell are kept too."""

    with_faults = forms.BooleanField(
        label="Garder aussi les lignes dont une case est illisible, la case laissée vide", required=False
    )


SORTS = (("score", "Score"), ("ligne", "Ordre du fichier"), ("montant", "Montant"))
BANDS = (("high", "À privilégier"), ("middle", "Possible"), ("low", "Peu adapté"))


class SortForm(forms.Form):
    """Filters of the lines of a programme. Names in French: they are read in the address."""

    mots = forms.CharField(label="Mots", required=False, max_length=100)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *StudyState.choices])
    clause = forms.ChoiceField(label="Clause sociale", required=False, choices=[("", "Toutes"), *Verdict.choices])
    score = forms.ChoiceField(label="Score", required=False, choices=[("", "Tous"), *BANDS])
    tri = forms.ChoiceField(label="Trier par", required=False, choices=SORTS)


class GestureForm(forms.Form):
    """A gesture on one line: `choice` is « state:uid »; `motif` is asked for an end."""

    choice = forms.CharField(max_length=80)
    motif = FreeText("Motif", required=False, max_length=300)

    def clean_choice(self) -> tuple[StudyState, UUID]:
        """Return the state wanted and the study. Raises ValidationError."""
        state, _, uid = str(self.cleaned_data["choice"]).partition(":")
        try:
            return StudyState(state), UUID(uid)
        except ValueError as error:
            raise forms.ValidationError("Choisissez ce que devient cette ligne.") from error


def field_choices() -> list[tuple[str, str]]:
    """What a column may be."""
    return [("", "Ne pas reprendre"), *((field.code, field.label) for field in FIELDS)]


def answers_of(data: QueryDict, plans: Iterable[SheetPlan]) -> dict[str, ProgrammeAnswer]:
    """Read what was answered: `feuille-0` when its lines are read, `colonne-0-3` the field of its fourth column."""
    found = {}
    for number, plan in enumerate(plans):
        columns: Mapping[int, str] = {
            one.place: code
            for one in plan.columns
            if is_field(code := str(data.get(f"colonne-{number}-{one.place}", "")))
        }
        found[plan.sheet] = ProgrammeAnswer(data.get(f"feuille-{number}") == "oui", columns)
    return found
