"""What bounds the choice of a levier juridique: limits of the law, help to choose of the State marketplace."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.reference.enums import Reliability
from clausette.reference.facts.articles import CODE_2019


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """How many inclusive suppliers, and which dependence (share of their turnover, 0–1), let a buyer reserve.

    More than `whole_above` suppliers and less than `dependence_below`: the whole contract; more than `lot_above`: a
    lot; more than `execution_above`: a condition of execution; otherwise none of these.
    """

    whole_above: int
    lot_above: int
    execution_above: int
    dependence_below: Decimal
    starts_on: date
    source: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """Limits of reserved contracts: least share of workers concerned (0–1); of those reserved to the ESS, how many
    months at most, and how many years before the same firm may have another."""

    least_share: Decimal
    ess_most_months: int
    ess_rest_years: int
    starts_on: date
    source: str
    reliability: Reliability


CAPACITY: tuple[CapacityRow, ...] = (
    CapacityRow(
        30, 10, 1, Decimal("0.30"), CODE_2019, "Marché de l'inclusion, aide au choix de la plateforme",
        Reliability.SOURCED,
    ),
)  # fmt: skip
RESERVATIONS: tuple[ReservationRow, ...] = (
    ReservationRow(
        Decimal("0.50"), 36, 3, CODE_2019, "R2113-7, R2113-8 et L2113-16 du code de la commande publique",
        Reliability.HIGH,
    ),
)  # fmt: skip
