"""The piece of a statement, as its page tells it: kept, waiting for the antivirus, destroyed, or why there is none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from clausette.files.enums import DESTROYED, NOT_HELD, Treatment
from clausette.files.queries import masked_words
from clausette.hours.enums import PieceKind, PieceLeft
from clausette.hours.queries.visible import pieces_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.french import HARD, format_date

PIECE = ("evidence__uid", "evidence__name", "evidence__treatment", "evidence__masked", "evidence__valid_until")
LEFT = ("piece_left", "piece_left_on", "piece_left_by__full_name")
HELD = Q(evidence__isnull=False) & ~Q(evidence__treatment__in=NOT_HELD)
"""Statements whose piece may be opened: one in quarantine, or destroyed, proves nothing."""


@dataclass(frozen=True, slots=True)
class SheetPiece:
    """A piece joined to a statement. `masked`: what is masked in its copy. `state`: why nobody may open it. `row`: its
    number when it is beside the proof of the hours."""

    uid: UUID
    name: str
    masked: str
    state: str
    is_gone: bool
    valid_until: date | None = None
    kind: PieceKind = PieceKind.HOURS
    row: UUID | None = None


def piece_of(row: Mapping[str, Any]) -> SheetPiece | None:
    """Return the piece of a statement read with the columns PIECE."""
    if row["evidence__uid"] is None:
        return None
    treatment = Treatment(row["evidence__treatment"])
    return SheetPiece(
        uid=row["evidence__uid"],
        name=row["evidence__name"],
        masked=masked_words(treatment, row["evidence__masked"]),
        state=treatment.label if treatment in NOT_HELD else "",
        is_gone=treatment in DESTROYED,
        valid_until=row["evidence__valid_until"],
    )


_BESIDE = ("file__uid", "file__name", "file__treatment", "file__masked", "file__valid_until")


def beside_of(*, actor: Actor, statement_ids: Collection[int]) -> dict[int, tuple[SheetPiece, ...]]:
    """Return, by statement, the pieces beside the proof of its hours, in the order of their kinds (one query)."""
    rows = pieces_visible_to(actor).filter(statement_id__in=statement_ids)
    order = list(PieceKind)
    found: dict[int, list[SheetPiece]] = {}
    columns = ("statement_id", "kind", "uid", *_BESIDE)
    for statement, kind, row, uid, name, state, masked, until in rows.values_list(*columns):
        treatment = Treatment(state)
        found.setdefault(statement, []).append(
            SheetPiece(
                uid=uid, name=name, masked=masked_words(treatment, masked),
                state=treatment.label if treatment in NOT_HELD else "", is_gone=treatment in DESTROYED,
                valid_until=until, kind=PieceKind(kind), row=row,
            )
        )  # fmt: skip
    return {pk: tuple(sorted(pieces, key=lambda one: order.index(one.kind))) for pk, pieces in found.items()}


def piece_name(name: str | None, treatment: str | None) -> str:
    """« feuille.pdf », « feuille.pdf (en attente d'analyse) »; "" when there is none."""
    state = Treatment(treatment).label if treatment in NOT_HELD else ""
    return f"{name} ({state[:1].lower()}{state[1:]})" if name and state else name or ""


def has_beside(actor: Actor) -> Exists:
    """Condition on statements: a piece is joined beside the proof of the hours."""
    return Exists(pieces_visible_to(actor).filter(statement_id=OuterRef("pk")))


def beside_name(piece: SheetPiece) -> str:
    """« Convention ou agrément : convention.pdf (valable jusqu'au 30 septembre 2026) », or why it is not there."""
    told = piece.state[:1].lower() + piece.state[1:]
    if not told and piece.valid_until:
        told = f"valable jusqu'au {format_date(piece.valid_until)}"
    return f"{piece.kind.label}{HARD}: {piece.name}" + (f" ({told})" if told else "")


def holds_piece(row: Mapping[str, Any]) -> bool:
    """Tell whether a statement has a piece that may be opened, or that somebody saw."""
    joined = row["evidence_id"] is not None and row["evidence__treatment"] not in NOT_HELD
    return joined or row["piece_left"] == PieceLeft.SEEN


def left_of(row: Mapping[str, Any]) -> str:
    """« Pièce vue, non conservée, le 3 mars 2026 par Zoé Martin », from the columns LEFT; "" when nobody said."""
    if not row["piece_left"]:
        return ""
    label = PieceLeft(row["piece_left"]).label
    return f"{label}, le {format_date(row['piece_left_on'])} par {row['piece_left_by__full_name']}"
