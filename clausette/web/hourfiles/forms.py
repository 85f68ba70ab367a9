"""What is sent to the files of hours: a file, the meaning of its columns, matches, the way to confirm."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django import forms
from django.http import QueryDict

from clausette.files.enums import Purpose
from clausette.imports.hours_files.fields import FIELDS, is_field, label_of
from clausette.imports.hours_files.plans import HoursPlan
from clausette.imports.operations.hours_files import ColumnsAnswer
from clausette.imports.takeover.findings import BY_CODE
from clausette.kernel.parsing import parse_month
from clausette.web.transfers import file_input


class HoursFileForm(forms.Form):
    """The file, and whose hours they are when a structure sends it."""

    file = forms.FileField(
        label="Fichier d'heures",
        widget=file_input(Purpose.WORKBOOK),
        help_text="Celui de votre logiciel de paie ou d'intérim, tel qu'il sort.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )
    declarant = forms.ChoiceField(
        label="Heures de",
        help_text="L'entreprise ou l'employeur dont vous avez reçu le fichier.",
        error_messages={"required": "Dites de qui sont ces heures.", "invalid_choice": "Choisissez dans la liste."},
    )

    def among(self, declarants: Iterable[tuple[UUID, str]] | None) -> None:
        """Offer these bodies; None: the sender declares its own hours, nothing is asked."""
        if declarants is None:
            del self.fields["declarant"]
            return
        field = self.fields["declarant"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choisissez"), *((str(uid), name) for uid, name in declarants)]


class ConfirmForm(forms.Form):
    """What becomes of the statements filled."""

    submit = forms.ChoiceField(
        label="Les relevés",
        choices=[
            ("oui", "Les transmettre : ils sont « à valider »"),
            ("non", "Les garder en brouillon, pour les relire dans Clausette"),
        ],
        widget=forms.RadioSelect,
        initial="oui",
        error_messages={"required": "Choisissez ce que deviennent les relevés."},
    )

    def without_statements(self) -> None:
        """Nothing is written, corrections are only proposed: no statement is to be handed over."""
        del self.fields["submit"]


class LinesForm(forms.Form):
    """Filters of the lines of a file."""

    voir = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.ChoiceField(label="Remarque", required=False)

    def choose(self, codes: Iterable[tuple[str, int]]) -> None:
        """Offer the remarks met."""
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "Toutes"), *((code, f"{BY_CODE[code].title} ({count})") for code, count in codes)
            ]  # fmt: skip


def field_choices(current: str) -> list[tuple[str, str]]:
    """What a column may be; the present field is always there (the hours of a month)."""
    found = [("", "Ne pas lire"), *((field.code, field.label) for field in FIELDS)]
    if current and current not in {code for code, _ in found}:
        found.insert(1, (current, label_of(current)))
    return found


def answers_of(data: QueryDict, plans: Iterable[HoursPlan]) -> tuple[list[ColumnsAnswer], dict[str, str]]:
    """Read what was answered: `feuille-0` read or not, `mois-0`, `colonne-0-3`; and the months that are none."""
    found, wrong = [], {}
    for number, plan in enumerate(plans):
        columns: Mapping[int, str] = {
            one.place: code
            for one in plan.columns
            if is_field(code := str(data.get(f"colonne-{number}-{one.place}", "")))
        }
        month, typed = None, str(data.get(f"mois-{number}", "")).strip()
        if typed:
            try:
                month = parse_month(typed)
            except ValueError as refused:
                wrong[plan.sheet] = str(refused)
        found.append(ColumnsAnswer(plan.sheet, data.get(f"feuille-{number}") == "oui", columns, month))
    return found, wrong


def choices_of(data: QueryDict) -> dict[UUID, str]:
    """Read the matches said: `choix-<line>`; those left open are not sent."""
    found = {}
    for name, value in data.items():
        prefix, _, raw = name.partition("choix-")
        if prefix or not value:
            continue
        try:
            found[UUID(raw)] = str(value)[:80]
        except ValueError:
            continue
    return found


def month_text(month: date | None) -> str:
    """« 10/2026 »."""
    return f"{month:%m/%Y}" if month else ""
