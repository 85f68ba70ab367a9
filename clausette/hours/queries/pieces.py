"""The piece of a statement, as its page tells it: kept, waiting for the antivirus, destroyed, or why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from clausette.files.enums import DESTROYED, NOT_HELD, Treatment
from clausette.files.queries import masked_words
from clausette.hours.enums import PieceLeft
from clausette.kernel.french import format_date

PIECE = ("evidence__uid", "evidence__name", "evidence__treatment", "evidence__masked", "evidence__valid_until")
LEFT = ("piece_left", "piece_left_on", "piece_left_by__full_name")
HELD = Q(evidence__isnull=False) & ~Q(evidence__treatment__in=NOT_HELD)
"""Statements whose piece may be opened: one in quarantine, or destroyed, proves nothing."""


@dataclass(frozen=True, slots=True)
class SheetPiece:
    """The piece joined to a statement. `masked`: what is masked in its copy. `state`: why nobody may open it."""

    uid: UUID
    name: str
    masked: str
    state: str
    is_gone: bool
    valid_until: date | None = None


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


def piece_name(name: str | None, treatment: str | None) -> str:
    """« feuille.pdf », « feuille.pdf (en attente d'analyse) »; "" when there is none."""
    state = Treatment(treatment).label if treatment in NOT_HELD else ""
    return f"{name} ({state[:1].lower()}{state[1:]})" if name and state else name or ""


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
