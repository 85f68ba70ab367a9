"""European thresholds of public purchase, in euros without tax, by period of two years."""

from dataclasses import dataclass
from datetime import date

from clausette.reference.enums import Reliability


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """Thresholds for consultations begun between `starts_on` and `ends_on`, both included.

    `supplies_*` cover supplies and services; `works` covers works and concessions.
    """

    starts_on: date
    ends_on: date
    supplies_state: int
    supplies_local: int
    supplies_utility: int
    works: int
    source: str
    reliability: Reliability


_NOTICE = "Avis relatif aux seuils de procédure (annexe 2 du code de la commande publique)"


def _period(
    year: int, state: int, local: int, utility: int, works: int, reliability: Reliability
) -> ThresholdRow:
    start, end = date(year, 1, 1), date(year + 1, 12, 31)
    return ThresholdRow(start, end, state, local, utility, works, _NOTICE, reliability)


THRESHOLDS: tuple[ThresholdRow, ...] = (
    _period(2012, 130_000, 200_000, 400_000, 5_000_000, Reliability.HIGH),
    _period(2014, 134_000, 207_000, 414_000, 5_186_000, Reliability.HIGH),
    _period(2016, 135_000, 209_000, 418_000, 5_225_000, Reliability.HIGH),
    _period(2018, 144_000, 221_000, 443_000, 5_548_000, Reliability.HIGH),
    _period(2020, 139_000, 214_000, 428_000, 5_350_000, Reliability.HIGH),
    _period(2022, 140_000, 215_000, 431_000, 5_382_000, Reliability.HIGH),
    _period(2024, 143_000, 221_000, 443_000, 5_538_000, Reliability.SOURCED),
    # The last amount (works) rests on a lesser source than the three others.
    _period(2026, 140_000, 216_000, 432_000, 5_404_000, Reliability.HIGH),
)
