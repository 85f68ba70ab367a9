"""Balances taken over: what is refused, and which months they cover."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.hours.rules.openings import OpeningFacts, covers, refusals_of, within_opening

ON = date(2026, 11, 16)


def facts(**values: Any) -> OpeningFacts:
    defaults: dict[str, Any] = {
        "as_of": date(2026, 6, 30), "hours": Decimal(420), "by_year": {}, "starts_on": date(2024, 9, 1), "typed": None,
    }  # fmt: skip
    return OpeningFacts(**defaults | values)


@pytest.mark.parametrize(
    ("as_of", "month", "expected"),
    [
        (None, date(2026, 6, 1), False),
        (date(2026, 6, 30), date(2026, 6, 1), True),
        (date(2026, 6, 30), date(2026, 7, 1), False),
        (date(2026, 6, 29), date(2026, 6, 1), False),
        (date(2026, 6, 29), date(2026, 5, 1), True),
        (date(2024, 2, 29), date(2024, 2, 1), True),
    ],
)
def test_a_month_is_covered_when_it_was_over(as_of: date | None, month: date, expected: bool) -> None:
    assert covers(as_of, month) is expected
    assert bool(within_opening(as_of, month)) is expected


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"hours": Decimal(0)}, "hours", "supérieures à zéro"),
        ({"hours": Decimal(10_000_001)}, "hours", "trop grand"),
        ({"as_of": date(2026, 11, 17)}, "as_of", "futur"),
        ({"as_of": date(2024, 8, 31)}, "as_of", "commence le 1er septembre 2024"),
        ({"typed": date(2026, 6, 1)}, "as_of", "deux fois"),
        ({"by_year": {2023: Decimal(1)}}, "by_year", "de 2024 à 2026"),
        ({"by_year": {2027: Decimal(1)}}, "by_year", "de 2024 à 2026"),
        ({"by_year": {2025: Decimal(0)}}, "by_year", "supérieures à zéro"),
        ({"by_year": {2025: Decimal(400), 2026: Decimal(21)}}, "by_year", "421 h pour 420 h"),
    ],
)
def test_refused(values: dict[str, Any], field: str, words: str) -> None:
    found = refusals_of(facts(**values), ON)
    assert list(found) == [field]
    assert words in found[field].replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"as_of": ON, "typed": None},
        {"typed": date(2026, 7, 1)},
        {"as_of": date(2026, 6, 15), "typed": date(2026, 6, 1)},
        {"by_year": {2024: Decimal(100), 2025: Decimal(320)}},
        {"by_year": {2025: Decimal(100)}},
    ],
)
def test_taken(values: dict[str, Any]) -> None:
    assert refusals_of(facts(**values), ON) == {}
