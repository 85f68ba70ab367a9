"""Big numbers and gauges. Hours are always said in people too."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from clausette.kernel.french import format_hours, format_percent
from clausette.web.components.base import Component

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Gauge(Component):
    """Hours validated (solid), declared and not yet validated (hatched), and the time gone (a mark).

    ``due``, ``validated``, ``declared`` are hours; ``elapsed`` is a share from 0 to 1, ``None`` when there is no
    calendar. ``compact`` is the form used in lists: no legend, the text stays for screen readers.
    """

    template: ClassVar[str] = "gauge"
    due: Decimal
    validated: Decimal
    declared: Decimal = Decimal(0)
    elapsed: Decimal | None = None
    compact: bool = False

    @property
    def scale(self) -> Decimal:
        """What the whole width stands for: what is due, or more when more was done."""
        return max(self.due, self.validated + self.declared) or Decimal(1)

    def _width(self, hours: Decimal) -> str:
        return f"{max(hours, Decimal(0)) * HUNDRED / self.scale:.2f}%"

    @property
    def validated_width(self) -> str:
        return self._width(self.validated)

    @property
    def declared_width(self) -> str:
        return self._width(self.declared)

    @property
    def due_mark(self) -> str:
        """Where « dues » stands when more than due was done; empty otherwise."""
        return self._width(self.due) if self.scale > self.due > 0 else ""

    @property
    def time_mark(self) -> str:
        """Where the time gone stands, on the scale of what is due; empty without a calendar."""
        if self.elapsed is None:
            return ""
        share = min(max(self.elapsed, Decimal(0)), Decimal(1))
        return f"{min(max(share * self.due * HUNDRED / self.scale, Decimal('0.5')), Decimal('99.5')):.2f}%"

    @property
    def text(self) -> str:
        """The gauge in words, for those who do not see it."""
        words = f"{format_hours(self.validated)} validées"
        if self.declared:
            words += f", {format_hours(self.declared)} déclarées en attente"
        words += f", sur {format_hours(self.due)} dues"
        if self.elapsed is not None:
            words += f"\u00a0; {format_percent(self.elapsed)} du temps écoulé"
        return words


@dataclass(frozen=True, slots=True)
class Figure(Component):
    """A big number with what it is, its equivalent in people, its definition, and the lines it opens on.

    ``value`` is already formatted (« 31 480 h »). ``definition`` is printed beside: how it is counted.
    """

    template: ClassVar[str] = "figure"
    value: str
    label: str
    equivalent: str = ""
    href: str = ""
    definition: str = ""
    gauge: Gauge | None = None


@dataclass(frozen=True, slots=True)
class Elapsed(Component):
    """How much of a duration is gone: a bar and its sentence. ``share`` goes from 0 to 1."""

    template: ClassVar[str] = "elapsed"
    share: Decimal
    text: str

    @property
    def width(self) -> str:
        return f"{min(max(self.share, Decimal(0)), Decimal(1)) * HUNDRED:.2f}%"
