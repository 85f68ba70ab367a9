"""Gross hourly minimum wage (SMIC), in euros, from 2012."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clausette.reference.enums import Reliability, Zone


@dataclass(frozen=True, slots=True)
class SmicRow:
    """The SMIC that applies from `starts_on` until the next row of the same zone."""

    starts_on: date
    amount: Decimal
    zone: Zone
    source: str
    reliability: Reliability


_DECREES = "Décrets annuels portant relèvement du SMIC"
_2026 = "Relèvement du 1er janvier 2026 (annonce de décembre 2025)"


def _france(year: int, month: int, amount: str) -> SmicRow:
    return SmicRow(date(year, month, 1), Decimal(amount), Zone.FRANCE, _DECREES, Reliability.HIGH)


SMIC: tuple[SmicRow, ...] = (
    _france(2012, 1, "9.22"),
    _france(2012, 7, "9.40"),
    _france(2013, 1, "9.43"),
    _france(2014, 1, "9.53"),
    _france(2015, 1, "9.61"),
    _france(2016, 1, "9.67"),
    _france(2017, 1, "9.76"),
    _france(2018, 1, "9.88"),
    _france(2019, 1, "10.03"),
    _france(2020, 1, "10.15"),
    _france(2021, 1, "10.25"),
    _france(2021, 10, "10.48"),
    _france(2022, 1, "10.57"),
    _france(2022, 5, "10.85"),
    _france(2022, 8, "11.07"),
    _france(2023, 1, "11.27"),
    _france(2023, 5, "11.52"),
    _france(2024, 1, "11.65"),
    SmicRow(date(2024, 11, 1), Decimal("11.88"), Zone.FRANCE, _DECREES, Reliability.SOURCED),
    SmicRow(date(2026, 1, 1), Decimal("12.02"), Zone.FRANCE, _2026, Reliability.SOURCED),
    SmicRow(date(2026, 1, 1), Decimal("9.33"), Zone.MAYOTTE, _2026, Reliability.SOURCED),
)
