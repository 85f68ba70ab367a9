"""Filters, reasons, evidence."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from clausette.files.errors import NumberInPiece
from clausette.hours.enums import LineState, PieceKind, StatementState
from clausette.hours.operations import Entry
from clausette.hours.queries import DeskFilters, DeskPage, Worker
from clausette.hours.rules.ranking import Need
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_month
from clausette.kernel.parsing import parse_month
from clausette.web.components.fields import FileInput
from clausette.web.inputs import FreeText, FrenchDate, Hours, Month

MOST = 10_000_000


class PieceFile(forms.FileField):
    """A piece chosen; what is too heavy is refused before it is read."""

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(
            label=label, required=False, help_text=help_text,
            widget=FileInput(
                limit="10 Mo", kinds=("PDF", "JPEG", "PNG", "XLSX", "CSV", "ODS"),
                accept=".pdf,.jpg,.jpeg,.png,.xlsx,.csv,.ods",
            ),
            error_messages={"empty": "Ce fichier est vide.", "invalid": "Choisissez un fichier."},
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse what is too heavy."""
        upload = super().clean(data, initial)
        if upload is not None and upload.size > MOST:
            raise forms.ValidationError("Ce fichier dépasse 10 Mo : réduisez-le, ou envoyez-le en plusieurs parties.")
        return upload


class Evidence(forms.Form):
    """One piece with the hours."""

    left_out = False
    """The piece can not be kept, whatever its sender does: the page proposes to go on without it."""

    evidence = PieceFile(
        "Pièce justificative",
        "Feuille d'heures, facture de mise à disposition. Un numéro de sécurité sociale écrit dans un PDF "
        "ou un tableur est masqué tout seul. Une photo ou une page numérisée n'est pas lue : cachez-y d'abord ce "
        "numéro.",
    )

    def refuse(self, refusal: Refusal) -> None:
        """Say at the piece what was refused."""
        name = refusal.field if refusal.field in self.fields else "evidence"
        self.left_out = isinstance(refusal, NumberInPiece) and name == "evidence"
        self.add_error(name, refusal.message)


class Piece(Evidence):
    """A piece of a month; one that holds until a day says which."""

    valid_until = FrenchDate(
        "Pièce valable jusqu'au", required=False,
        help_text="Pour une convention, un agrément, un contrat de mise à disposition : sa date de fin. Les relevés "
        "des mois suivants diront qu'elle ne vaut plus.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A date of end is that of a piece."""
        values = super().clean() or self.cleaned_data
        if values.get("valid_until") and not values.get("evidence") and "evidence" not in self.errors:
            self.add_error("valid_until", "Joignez la pièce qui porte cette date.")
        return values


class Joined(Piece):
    """A piece joined to a statement, and what it is."""

    kind = forms.ChoiceField(
        label="Nature de la pièce", choices=PieceKind.choices, initial=PieceKind.HOURS, required=False,
        help_text="Une pièce de chaque nature : une nouvelle remplace celle de la même nature.",
        error_messages={"invalid_choice": "Choisissez une nature dans la liste."},
    )  # fmt: skip

    def clean_kind(self) -> PieceKind:
        """Unsaid, it proves the hours."""
        return PieceKind(self.cleaned_data["kind"] or PieceKind.HOURS)


class Return(forms.Form):
    """Why a statement goes back to its declarant."""

    reason = FreeText(
        "Ce qui est à corriger", max_length=500, lines=3,
        help_text="Le déclarant lit cette phrase telle quelle.",
    )  # fmt: skip


class Correction(forms.Form):
    """What a validated line should have been."""

    hours = Hours("Heures exactes", least=0, most=744)
    reason = FreeText("Motif de la correction", max_length=300, lines=2)
    vu = Hours("Heures à l'écran", least=0, most=100_000, required=False, widget=forms.HiddenInput)


class Forgotten(forms.Form):
    """A person forgotten in a validated statement."""

    person = forms.ChoiceField(label="Personne")
    hours = Hours("Heures travaillées", above=0, most=744)
    reason = FreeText("Motif de la régularisation", max_length=300, lines=2)

    def __init__(self, people: Sequence[Worker], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {f"{w.placement_uid}.{w.commitment_uid}": w for w in people}
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, f"{w.name}, {w.job or w.host_name}") for key, w in self.known.items()]

    def entry(self) -> Entry:
        """What is added."""
        worker = self.known[self.cleaned_data["person"]]
        return Entry(worker.placement_uid, worker.commitment_uid, self.cleaned_data["hours"])


class StatementFilter(forms.Form):
    """Filters of the list of statements."""

    etat = forms.CharField(required=False, widget=forms.HiddenInput)
    marche = forms.CharField(required=False, widget=forms.HiddenInput)
    declarant = forms.CharField(required=False, widget=forms.HiddenInput)
    mois = Month("Mois", required=False)

    def state(self) -> StatementState | None:
        """The state asked, None for all or when it is not one."""
        raw = self.data.get("etat", "")
        return StatementState(raw) if raw in StatementState.values else None

    def month(self) -> date | None:
        """The month asked, None for all or when it is not one."""
        return month_in(self.data.get("mois", ""))


class DeskFilter(forms.Form):
    """Filters of the validation desk; what they offer is what waits."""

    besoin = forms.ChoiceField(
        label="Ce qu'il demande", required=False,
        choices=[
            ("", "Tout"), (Need.STOPS.value, "Un point arrête la validation"), (Need.ANSWER.value, "À justifier"),
            (Need.NOTHING.value, "Sans remarque"),
        ],
    )  # fmt: skip
    mois = forms.ChoiceField(label="Mois", required=False)
    marche = forms.ChoiceField(label="Marché", required=False)
    declarant = forms.ChoiceField(label="Déclarant", required=False)

    def filters(self) -> DeskFilters:
        """What is asked; a need or a month that is not one is not asked."""
        need = str(self.data.get("besoin", ""))
        return DeskFilters(
            next((one for one in Need if one.value == need), None), month_in(self.data.get("mois", "")),
            uid_in(self.data.get("marche", "")), uid_in(self.data.get("declarant", "")),
        )  # fmt: skip

    def offer(self, found: DeskPage) -> None:
        """Offer the months, contracts and declarants that wait."""
        several = {
            "mois": [(f"{month:%m/%Y}", format_month(month)) for month in found.months],
            "marche": [(str(uid), name) for uid, name in found.contracts],
            "declarant": [(str(uid), name) for uid, name in found.declarants],
        }
        for name, known in several.items():
            self.fields[name].choices = [("", "Tous"), *known]  # type: ignore[attr-defined]  # ChoiceField


class LineFilter(forms.Form):
    """Filters of the lines behind a number."""

    etat = forms.ChoiceField(
        label="État", required=False,
        choices=[("", "Toutes"), *((s.value, s.label) for s in LineState if s != LineState.DRAFT)],
    )  # fmt: skip
    mois = Month("Mois", required=False)
    engagement = forms.CharField(required=False, widget=forms.HiddenInput)
    marche = forms.CharField(required=False, widget=forms.HiddenInput)
    titulaire = forms.CharField(required=False, widget=forms.HiddenInput)
    mo = forms.CharField(required=False, widget=forms.HiddenInput)
    declarant = forms.CharField(required=False, widget=forms.HiddenInput)
    participant = forms.CharField(required=False, widget=forms.HiddenInput)
    nature = forms.CharField(required=False, widget=forms.HiddenInput)
    au = forms.CharField(required=False, widget=forms.HiddenInput)
    annee = forms.CharField(required=False, widget=forms.HiddenInput)
    structure = forms.CharField(required=False, widget=forms.HiddenInput)
    travail = forms.CharField(required=False, widget=forms.HiddenInput)


def month_in(text: str) -> date | None:
    """Return the month written in an address, None when it is not one."""
    try:
        return parse_month(text)
    except ValueError:
        return None


def year_in(text: str) -> int | None:
    """Return the year written in an address, None when it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and text.startswith("20") else None


def uid_in(text: str) -> UUID | None:
    """Return the identifier written in an address, None when there is none. An abused one is nobody's."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
