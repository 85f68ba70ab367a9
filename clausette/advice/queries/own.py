"""Values that a structure set for itself, those in force on a day."""

from datetime import date

from clausette.advice.enums import ValueKind
from clausette.advice.queries.visibility import own_values_visible_to
from clausette.advice.rules import OwnFigure, in_force
from clausette.kernel.actor import Actor


def list_figures(*, actor: Actor) -> tuple[OwnFigure, ...]:
    """Return every value the structure set, in the order they were given (one query)."""
    rows = own_values_visible_to(actor).order_by("starts_on", "id")
    return tuple(
        OwnFigure(row.trade, ValueKind(row.kind), row.value, row.starts_on, row.source) for row in rows
    )


def own_figures(*, actor: Actor, on: date) -> dict[tuple[ValueKind, str], OwnFigure]:
    """Return the values of the structure in force on a day, by kind and trade (one query)."""
    return in_force(list_figures(actor=actor), on)
