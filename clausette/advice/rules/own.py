"""Values that a structure sets for itself: they come before the usual ones, and say so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.advice.enums import ValueKind
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date

HIGHEST_COST = Decimal(500)
"""Euros per hour: above, a typing error."""


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A value of a structure from a day on: share from 0 to 1, or euros per hour; `source` as it was typed."""

    trade: str
    kind: ValueKind
    value: Decimal
    starts_on: date
    source: str

    @property
    def told(self) -> str:
        """« valeur de votre structure, depuis le 1er janvier 2026 : relevé de 12 marchés »."""
        return f"valeur de votre structure, depuis le {format_date(self.starts_on)} : {self.source}"


OwnFigures = Mapping[tuple[ValueKind, str], OwnFigure]
"""The figure in force by kind and trade."""


def in_force(figures: Iterable[OwnFigure], on: date) -> dict[tuple[ValueKind, str], OwnFigure]:
    """Return the figure of each kind and trade on a day: the last day begun; of two of one day, the last given."""
    found: dict[tuple[ValueKind, str], OwnFigure] = {}
    for one in figures:
        held = found.get((one.kind, one.trade))
        if one.starts_on <= on and (held is None or held.starts_on <= one.starts_on):
            found[one.kind, one.trade] = one
    return found


def check_figure(kind: ValueKind, value: Decimal, source: str) -> None:
    """Refuse a share out of 0–1, a cost out of 0–500 €/h, a figure without source. Raises Invalid."""
    errors = {}
    if kind == ValueKind.LABOUR_SHARE and not 0 < value <= 1:
        errors["value"] = "Une part de main-d'œuvre va de plus de 0 % à 100 %."
    if kind == ValueKind.HOURLY_COST and not 0 < value <= HIGHEST_COST:
        errors["value"] = "Un coût horaire va de plus de 0 à 500 €/h."
    if not source:
        errors["source"] = "Dites d'où vient ce chiffre."
    if errors:
        raise Invalid(errors)
