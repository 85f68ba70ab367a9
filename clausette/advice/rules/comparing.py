"""Past contracts of the same trade: what they ask per 100 000 €, and whether a study is far from them.

Practice of the trade: the comparison says what was asked, never what was done nor what should be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from clausette.advice.rules.limits import Limits
from clausette.advice.rules.warnings import Warned
from clausette.kernel.french import format_hours, plural

PER = Decimal(100_000)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PastFigure:
    """Hours due firm at term and amount in euros without tax of one contract or lot."""

    amount_ht: Decimal
    hours: Decimal

    @property
    def per_100k(self) -> Decimal:
        """Hours for 100 000 €, to the hundredth."""
        return (self.hours / self.amount_ht * PER).quantize(CENT)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many contracts, and the hours for 100 000 € in the middle, the least and the most."""

    count: int
    middle: Decimal
    least: Decimal
    most: Decimal

    @property
    def sentence(self) -> str:
        """« 4 marchés comparables, médiane 62 h pour 100 000 € (de 40 h à 80 h). »."""
        counted = plural(self.count, "marché comparable", "marchés comparables")
        between = f" (de {format_hours(self.least)} à {format_hours(self.most)})" if self.count > 1 else ""
        return f"{counted}, médiane {format_hours(self.middle)} pour 100 000 € HT{between}."


def compare(rows: Sequence[PastFigure]) -> Comparison | None:
    """Return the comparison, None without any contract to compare with. Amounts are above zero."""
    found = sorted(row.per_100k for row in rows if row.amount_ht > 0 and row.hours > 0)
    if not found:
        return None
    return Comparison(len(found), median(found).quantize(CENT), found[0], found[-1])


def per_100k(hours: Decimal | None, amount: Decimal | None) -> Decimal | None:
    """Return the hours for 100 000 € of a calculation, None when one of the two is not known."""
    return PastFigure(amount, hours).per_100k if hours and amount else None


def far_from(studied: Decimal | None, past: Comparison | None, limits: Limits) -> Warned | None:
    """Warn when a figure is more than `far_factor` times the middle of the past ones, or less than its inverse.

    Fewer contracts than `past_least` say nothing. Exactly the factor warns of nothing.
    """
    if studied is None or past is None or past.count < limits.past_least:
        return None
    if past.middle / limits.far_factor <= studied <= past.middle * limits.far_factor:
        return None
    side = "bien moins" if studied < past.middle else "bien plus"
    told = f"{format_hours(studied)} pour 100 000 € HT : {side} que vos marchés comparables"
    return Warned("far_from_past", f"{told} ({format_hours(past.middle)} en médiane). Vérifiez la part et le taux.")
