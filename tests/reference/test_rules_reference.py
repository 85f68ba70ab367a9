"""Dated tables."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from clausette.procurement.enums import LegalDeviceKind
from clausette.reference.enums import BuyerSector, PublicGroup, Reliability, Zone
from clausette.reference.errors import NoValueAtDate
from clausette.reference.facts.articles import ARTICLES, ArticleRow
from clausette.reference.facts.parameters import PARAMETERS, ParameterRow
from clausette.reference.facts.publics import PUBLICS, PublicRow
from clausette.reference.facts.smic import SMIC, SmicRow
from clausette.reference.facts.thresholds import THRESHOLDS, ThresholdRow
from clausette.reference.rules import parameter_at, parameters_at, smic_at, threshold_at


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2012, 1, 1), "9.22"),
        (date(2012, 6, 30), "9.22"),
        (date(2012, 7, 1), "9.40"),
        (date(2025, 12, 31), "11.88"),
        (date(2026, 1, 1), "12.02"),
        (date(2026, 11, 22), "12.02"),
    ],
)
def test_smic(on: date, amount: str) -> None:
    assert smic_at(SMIC, on) == Decimal(amount)


def test_smic_by_zone_and_before_the_series() -> None:
    assert smic_at(SMIC, date(2026, 1, 1), zone=Zone.MAYOTTE) == Decimal("9.33")
    with pytest.raises(NoValueAtDate):
        smic_at(SMIC, date(2025, 12, 31), zone=Zone.MAYOTTE)
    with pytest.raises(NoValueAtDate):
        smic_at(SMIC, date(2011, 12, 31))


def test_smic_never_falls_and_dates_are_unique() -> None:
    rows = [row for row in SMIC if row.zone == Zone.FRANCE]
    assert [row.starts_on for row in rows] == sorted({row.starts_on for row in rows})
    assert [row.amount for row in rows] == sorted(row.amount for row in rows)


def test_parameters() -> None:
    assert parameter_at(PARAMETERS, "month_hours", date(2026, 1, 1)) == Decimal("151.67")
    values = parameters_at(PARAMETERS, date(2026, 1, 1))
    assert len(values) == len(PARAMETERS)
    assert values["monthly_ceiling"] == Decimal("220.00")
    assert values["mission_gap_days"] == 15
    with pytest.raises(NoValueAtDate):
        parameter_at(PARAMETERS, "month_hours", date(2011, 12, 31))
    with pytest.raises(NoValueAtDate):
        parameter_at(PARAMETERS, "unknown", date(2026, 1, 1))
    assert parameters_at(PARAMETERS, date(2011, 12, 31)) == {}
    assert len(parameters_at(PARAMETERS, date(2012, 1, 1))) == len(PARAMETERS)


@pytest.mark.parametrize(
    ("on", "works", "sector", "threshold"),
    [
        (date(2026, 1, 1), True, BuyerSector.LOCAL, 5_404_000),
        (date(2025, 12, 31), True, BuyerSector.LOCAL, 5_538_000),
        (date(2026, 6, 1), False, BuyerSector.STATE, 140_000),
        (date(2026, 6, 1), False, BuyerSector.LOCAL, 216_000),
        (date(2026, 6, 1), False, BuyerSector.UTILITY, 432_000),
        (date(2011, 12, 31), False, BuyerSector.LOCAL, None),
        (date(2028, 1, 1), False, BuyerSector.LOCAL, None),
    ],
)
def test_thresholds(on: date, works: bool, sector: BuyerSector, threshold: int | None) -> None:
    assert threshold_at(THRESHOLDS, on, works_or_concession=works, sector=sector) == threshold


def test_threshold_periods_follow_each_other() -> None:
    for one, other in pairwise(THRESHOLDS):
        assert (other.starts_on - one.ends_on).days == 1


def test_publics() -> None:
    codes = [row.code for row in PUBLICS]
    assert len(codes) == len(set(codes)) == 28
    assert [row.code for row in PUBLICS if not row.stored] == ["PPSMJ"]
    assert {row.group for row in PUBLICS} == set(PublicGroup)
    assert {"AAH", "RQTH", "INVALIDITE", "REFUGIE", "ASE"} <= {row.code for row in PUBLICS if row.sensitive}


def test_every_row_says_its_source() -> None:
    tables: list[Sequence[SmicRow | ThresholdRow | ParameterRow | PublicRow | ArticleRow]] = [
        SMIC,
        THRESHOLDS,
        PARAMETERS,
        PUBLICS,
        ARTICLES,
    ]
    for table in tables:
        assert all(row.source and row.reliability in Reliability for row in table)


def test_devices_of_the_articles_are_those_of_procurement() -> None:
    named = {row.device for row in ARTICLES}
    assert named == set(LegalDeviceKind.values) - {"none", "private", "unknown"}
