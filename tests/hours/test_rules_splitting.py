"""One total split over the mises à disposition of a month, exact to the hundredth."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.hours.rules.splitting import days_within, proposed, refusal_of_total
from tests.hours.builders import OCT

D = Decimal


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 9, 1), None, 31),
        (date(2026, 10, 1), date(2026, 10, 1), 1),
        (date(2026, 10, 16), date(2026, 12, 1), 16),
        (date(2026, 10, 31), None, 1),
        (date(2026, 11, 1), None, 0),
        (date(2026, 1, 1), date(2026, 9, 30), 0),
    ],
)
def test_days_of_a_month_within_dates(start: date, end: date | None, days: int) -> None:
    assert days_within(OCT, start, end) == days


@pytest.mark.parametrize(
    ("total", "weights", "days", "parts"),
    [
        ("151.67", ["31"], 31, ["151.67"]),
        ("120", ["18.6", "12.4"], 31, ["72", "48"]),  # 60 % and 40 %, side by side
        ("100", ["15", "16"], 31, ["48.39", "51.61"]),  # one after the other
        ("100", ["1", "1", "1"], 3, ["33.34", "33.33", "33.33"]),  # the hundredth left goes to the first
        ("0.01", ["1", "1"], 2, ["0.01", "0"]),
        ("100", ["15.5"], 31, ["50"]),  # half of the time: the other half is credited nowhere
        ("100", ["10", "10"], 0, ["50", "50"]),  # the days are not looked at: all is credited
        ("0", ["31"], 31, ["0"]),
        ("10", [], 31, []),
        ("10", ["0", "0"], 0, ["0", "0"]),
    ],
)
def test_the_proposal_makes_exactly_the_total(
    total: str, weights: list[str], days: int, parts: list[str]
) -> None:
    assert proposed(D(total), [D(one) for one in weights], days=days) == tuple(D(one) for one in parts)


def test_no_hundredth_is_lost_whatever_the_presences() -> None:
    for cents in (1, 7, 9999, 15167):
        total = D(cents) / 100
        for weights in ([D(3), D(7), D(11)], [D("0.3333"), D("0.6667")], [D(1)] * 7):
            assert sum(proposed(total, weights, days=0)) == total


@pytest.mark.parametrize(
    ("total", "parts", "fixed", "sentence"),
    [
        ("100", ["60", "40"], "0", ""),
        ("100", ["60", "30"], "10", ""),
        ("100", ["60"], "0", ""),  # the rest was worked elsewhere
        ("100", ["60", "40.01"], "0", "Les parts font 100,01 h pour 100 h travaillées."),
        ("100", ["60", "30"], "10.01", "Les parts font 100,01 h pour 100 h travaillées."),
        ("0", [], "0", "Indiquez le total des heures travaillées du mois."),
        ("744", ["744"], "0", ""),
        ("744.01", ["1"], "0", "Un mois compte au plus 744 heures : vérifiez la saisie."),
    ],
)
def test_what_is_credited_fits_in_the_total(total: str, parts: list[str], fixed: str, sentence: str) -> None:
    assert refusal_of_total(D(total), [D(one) for one in parts], D(fixed)) == sentence
