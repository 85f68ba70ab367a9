"""Default rules of a structure, dated: those of a day are the last that started by then (MODEL §2, ADR 0026).

Hours are known by month: they follow the rules of the last day of their month, which takes them whole, as the rules
that an engagement says by itself.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from clausette.kernel.errors import Invalid


class Dated(Protocol):
    """What holds from a day on, until the next; None: from the start."""

    @property
    def starts_on(self) -> date | None:
        """Its first day."""


D = TypeVar("D", bound=Dated)


def held_on(rows: Iterable[D], day: date) -> D | None:
    """Return what holds on a day, among rows that are not withdrawn; None before the first of them."""
    begun = [row for row in rows if row.starts_on is None or row.starts_on <= day]
    return max(begun, key=lambda row: row.starts_on or date.min, default=None)


def check_since(starts_on: date | None, *, on: date, anything: bool, reason: str) -> None:
    """Refuse a change that bears on days gone by and does not say why. Trade practice: figures were told by then.

    `starts_on`: None for the start. `anything`: rules were written already: the first ones owe no reason.
    Raises Invalid.
    """
    past = starts_on is None or starts_on < on
    if past and anything and not reason.strip():
        raise Invalid({"reason": "Ce changement touche des jours passés : dites pourquoi, en quelques mots."})
