"""What the score of a purchase weighs, out of the dated parameters. Practice of the trade, low confidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

RATES = ("screening_rate_1", "screening_rate_2", "screening_rate_3", "screening_rate_4")
"""Dated parameters: the rates of insertion at which hours are told, the first one serves the score."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of each criterion (100 together) and where all of them are given.

    `full_share`: share (0–1) of labour; `full_hours`: hours at the first rate; `full_months`: duration. `unknown`: part
    (0–1) of the points where a fact is not known. `high`, `low`: score from which a purchase is to be preferred, below
    which it hardly suits. `cost`: hourly cost (€/h) of a trade of which none is known. `least_hours`, `least_months`:
    those of the practice, below which there is no point.
    """

    labour: int = 35
    volume: int = 20
    duration: int = 15
    place: int = 10
    capacity: int = 10
    past: int = 10
    full_share: Decimal = Decimal("0.60")
    full_hours: Decimal = Decimal(600)
    full_months: Decimal = Decimal(12)
    unknown: Decimal = Decimal("0.50")
    high: int = 65
    low: int = 40
    cost: Decimal = Decimal(33)
    least_hours: Decimal = Decimal(70)
    least_months: Decimal = Decimal(2)
    rates: tuple[Decimal, ...] = (Decimal("0.05"), Decimal("0.07"), Decimal("0.10"), Decimal("0.15"))

    @property
    def most(self) -> int:
        """All the points."""
        return self.labour + self.volume + self.duration + self.place + self.capacity + self.past


def weights_of(values: Mapping[str, Decimal]) -> Weights:
    """Return the weights that these parameters of a day say; a missing one keeps the practice known at release."""
    usual = Weights()

    def said(code: str, otherwise: Decimal | int) -> Decimal:
        return values.get(code, Decimal(otherwise))

    def points(name: str) -> int:
        return int(said(f"screening_points_{name}", getattr(usual, name)))

    rates = [said(code, rate) for code, rate in zip(RATES, usual.rates, strict=True)]
    return Weights(
        labour=points("labour"),
        volume=points("volume"),
        duration=points("duration"),
        place=points("place"),
        capacity=points("capacity"),
        past=points("past"),
        full_share=said("screening_full_share", usual.full_share),
        full_hours=said("screening_full_hours", usual.full_hours),
        full_months=said("screening_full_months", usual.full_months),
        unknown=said("screening_unknown_share", usual.unknown),
        high=int(said("screening_high", usual.high)),
        low=int(said("screening_low", usual.low)),
        cost=said("screening_hourly_cost", usual.cost),
        least_hours=said("advice_least_hours", usual.least_hours),
        least_months=said("advice_least_months", usual.least_months),
        rates=tuple(rates),
    )
