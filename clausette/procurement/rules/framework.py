"""What is left of an accord-cadre: its amount is a maximum (R2162-4 CCP) and never sets hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clausette.kernel.french import format_euros


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A maximum in euros without tax (None: not known) and what was ordered under it."""

    maximum: Decimal | None
    ordered: Decimal

    @property
    def left(self) -> Decimal | None:
        """What may still be ordered, never below zero; None when no maximum is known."""
        return None if self.maximum is None else max(Decimal(0), self.maximum - self.ordered)

    @property
    def share(self) -> Decimal | None:
        """Ordered over the maximum, as a ratio."""
        return self.ordered / self.maximum if self.maximum else None

    def refusal(self, *amounts: Decimal | None) -> str:
        """Return the sentence that refuses these new orders, « » when they fit below the maximum."""
        asked = sum((amount for amount in amounts if amount is not None), Decimal(0))
        left = self.left
        if self.maximum is None or left is None or asked <= left:
            return ""
        done = f"{format_euros(self.ordered)} HT déjà commandés sur {format_euros(self.maximum)} HT au plus"
        return f"{format_euros(asked)} HT dépassent le maximum : {done}, il reste {format_euros(left)} HT."


def ceiling(maximum: Decimal | None, ordered: Iterable[Decimal | None]) -> Ceiling:
    """Return the ceiling of an accord-cadre (or one of its lots) from the amounts already ordered under it."""
    return Ceiling(maximum, sum((one for one in ordered if one is not None), Decimal(0)))
