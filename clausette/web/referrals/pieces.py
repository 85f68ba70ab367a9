"""Fields of the pieces joined to a candidate: kind, date, file, or « seen, not sent ». A piece never stops the rest."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms

from clausette.participants.enums import EvidenceKind
from clausette.participants.operations import Paper
from clausette.participants.rules.pieces import may_send
from clausette.web.components.fields import FileInput
from clausette.web.inputs import FrenchDate

MOST = 10_000_000
WITHOUT = "sans-piece"  # the gesture: send the rest without the pieces
HEALTH_TOLD = (
    "Une pièce de santé ne s'envoie pas : elle est notée « vue, non conservée », et son fichier n'a pas été gardé."
)
ONLY_SEEN = "Je l'ai vue, je ne l'envoie pas"
NOTHING = "Choisissez le fichier, ou cochez que vous l'avez vue et ne l'envoyez pas."
PARTS = ("kind", "dated_on", "file", "only_seen")


def _kinds() -> list[tuple[str, str]]:
    told = {kind: "" if may_send(kind) else " (santé : vue, jamais envoyée)" for kind in EvidenceKind}
    return [("", "Choisissez"), *((kind.value, f"{kind.label}{more}") for kind, more in told.items())]


def _fields(more: str) -> dict[str, forms.Field]:
    """The fields of one piece; `more` ends their labels, as there may be several."""
    return {
        "kind": forms.ChoiceField(label=f"Nature de la pièce{more}", choices=_kinds(), required=False),
        "dated_on": FrenchDate(f"Date écrite sur la pièce{more}", required=False),
        "file": forms.FileField(
            label=f"Fichier de la pièce{more}",
            required=False,
            widget=FileInput(limit="10 Mo", kinds=("PDF", "JPEG", "PNG"), accept=".pdf,.jpg,.jpeg,.png"),
            help_text="Un numéro de sécurité sociale écrit dans un PDF est masqué tout seul. Sur une photo, cachez-le "
            "d'abord.",
            error_messages={"empty": "Ce fichier est vide.", "invalid": "Choisissez un fichier."},
        ),
        "only_seen": forms.BooleanField(
            label=f"J'ai vu la pièce{more}, je ne l'envoie pas" if more else ONLY_SEEN, required=False
        ),
    }


class PiecesForm(forms.Form):
    """Up to three pieces with a candidate; more are joined from its page. `without`: what is typed here is left out."""

    slots: ClassVar[tuple[str, ...]] = ("", "_2", "_3")
    asked: ClassVar[bool] = False
    """Whether there must be one."""

    def __init__(self, *args: Any, without: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.without = without
        for slot in self.slots:
            more = slot.replace("_", " ")
            self.fields |= {f"{part}{slot}": field for part, field in _fields(more).items()}
            for part in ("kind", "dated_on"):
                self.fields[f"{part}{slot}"].required = self.asked

    def clean(self) -> dict[str, Any]:
        """A piece begun is whole."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for slot in self.slots:
            if self.without:
                for part in PARTS:
                    self.errors.pop(f"{part}{slot}", None)
            else:
                self._demand_whole(said, slot)
        return said

    def _demand_whole(self, said: dict[str, Any], slot: str) -> None:
        kind, file = said.get(f"kind{slot}"), said.get(f"file{slot}")
        begun = self.asked or any(said.get(f"{part}{slot}") or f"{part}{slot}" in self.errors for part in PARTS)
        if not begun:
            return
        if file is not None and file.size > MOST:
            self.add_error(f"file{slot}", "Ce fichier dépasse 10 Mo : réduisez-le.")
        if not kind and f"kind{slot}" not in self.errors:
            self.add_error(f"kind{slot}", "Dites quelle pièce c'est.")
        if said.get(f"dated_on{slot}") is None and f"dated_on{slot}" not in self.errors:
            self.add_error(f"dated_on{slot}", "Donnez la date écrite sur la pièce.")
        seen = said.get(f"only_seen{slot}") or (kind and not may_send(EvidenceKind(kind)))
        if not file and not seen and f"file{slot}" not in self.errors:
            self.add_error(f"file{slot}", NOTHING)

    @property
    def piece_refused(self) -> bool:
        """A piece is refused: the page proposes to go on without it."""
        return self.is_bound and any(f"{part}{slot}" in self.errors for slot in self.slots for part in PARTS)

    @property
    def bound_slots(self) -> list[list[forms.BoundField]]:
        """The fields of each piece."""
        return [[self[f"{part}{slot}"] for part in PARTS] for slot in self.slots]

    @property
    def more_open(self) -> bool:
        """A second piece is begun."""
        return self.is_bound and any(self.data.get(f"{part}{slot}") for slot in self.slots[1:] for part in PARTS)

    def papers(self) -> list[Paper]:
        """What the operations take; the file of a paper that is only seen is not even read."""
        return [] if self.without else list(self._papers())

    def _papers(self) -> Iterator[Paper]:
        for slot in self.slots:
            said = {part: self.cleaned_data.get(f"{part}{slot}") for part in PARTS}
            if not said["kind"] or said["dated_on"] is None:
                continue
            kind = EvidenceKind(said["kind"])
            file = said["file"] if may_send(kind) and not said["only_seen"] else None
            name, data = (file.name, file.read()) if file else ("", b"")
            yield Paper(kind, said["dated_on"], name, data, slot)

    @property
    def health_left(self) -> bool:
        """The file of a health paper was given, and was not taken."""
        return not self.without and any(
            self.cleaned_data.get(f"file{slot}") and not may_send(EvidenceKind(self.cleaned_data[f"kind{slot}"]))
            for slot in self.slots
            if self.cleaned_data.get(f"kind{slot}")
        )


class PieceForm(PiecesForm):
    """One piece, joined to a candidate proposed already."""

    slots: ClassVar[tuple[str, ...]] = ("",)
    asked: ClassVar[bool] = True
