"""What is sent to the takeover: a workbook, the meaning of its columns, filters of lines."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict

from clausette.files.enums import Purpose
from clausette.imports.operations.takeover import SheetAnswer
from clausette.imports.takeover.fields import KIND_LABELS, SheetKind, label_of, usable
from clausette.imports.takeover.findings import BY_CODE
from clausette.imports.takeover.mapping import SheetPlan
from clausette.imports.takeover.mapping.plans import is_field
from clausette.web.inputs.text import FreeText
from clausette.web.transfers import file_input


class WorkbookForm(forms.Form):
    """The workbook, and who it comes from."""

    file = forms.FileField(
        label="Classeur",
        widget=file_input(Purpose.WORKBOOK),
        help_text="Le modèle rempli, ou votre propre tableau.",
        error_messages={"required": "Choisissez un classeur.", "empty": "Ce fichier est vide."},
    )
    sender = FreeText(
        "Expéditeur",
        required=False,
        max_length=120,
        help_text="Si le classeur vient d'un autre : les colonnes sont retenues pour ses prochains envois.",
    )


class LinesForm(forms.Form):
    """Filters of the lines of a workbook."""

    voir = forms.CharField(required=False, widget=forms.HiddenInput)
    feuille = forms.ChoiceField(label="Feuille", required=False)
    code = forms.ChoiceField(label="Remarque", required=False)

    def choose(self, sheets: Iterable[str], codes: Iterable[tuple[str, int]]) -> None:
        """Offer the sheets and the remarks met."""
        choices = {
            "feuille": [("", "Toutes"), *((name, name) for name in sheets)],
            "code": [("", "Toutes"), *((code, f"{BY_CODE[code].title} ({count})") for code, count in codes)],
        }
        for name, found in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = found


def kind_choices() -> list[tuple[str, str]]:
    """What a sheet may be."""
    return [(kind.value, KIND_LABELS[kind]) for kind in SheetKind]


def field_choices(kind: SheetKind, current: str) -> list[tuple[str, str]]:
    """What a column of such a sheet may be; the present field is always there."""
    found = [("", "Ne pas reprendre"), *((field.code, field.label) for field in usable(kind))]
    if current and current not in {code for code, _ in found}:
        found.insert(1, (current, label_of(current)))
    return found


def answers_of(data: QueryDict, plans: Iterable[SheetPlan]) -> list[SheetAnswer]:
    """Read what was answered: `feuille-0` its kind, `colonne-0-3` the field of its fourth column."""
    found = []
    for number, plan in enumerate(plans):
        kind = str(data.get(f"feuille-{number}", plan.kind.value))
        columns: Mapping[int, str] = {
            one.place: code
            for one in plan.columns
            if is_field(code := str(data.get(f"colonne-{number}-{one.place}", one.field)))
        }
        meant = SheetKind(kind) if kind in set(SheetKind) else SheetKind.IGNORED
        found.append(SheetAnswer(plan.sheet, meant, columns))
    return found
