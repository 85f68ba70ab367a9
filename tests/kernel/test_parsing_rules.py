"""What people type is read, or refused with a French sentence."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.french import format_date, format_month, format_short_date
from clausette.kernel.parsing import parse_date, parse_decimal, parse_hours, parse_month

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("7,5", "7.50"),
        ("7.5", "7.50"),
        ("7h30", "7.50"),
        ("7:30", "7.50"),
        ("7 h 30", "7.50"),
        ("7H30", "7.50"),
        ("7h30min", "7.50"),
        ("7h", "7.00"),
        ("7 h", "7.00"),
        ("35 heures", "35.00"),
        ("7h20", "7.33"),
        ("7h40", "7.67"),
        ("0", "0.00"),
        (",5", "0.50"),
        ("12,", "12.00"),
        ("1 234,5", "1234.50"),
        ("1\u202f234,5\u00a0h", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1'234,5", "1234.50"),
        ("151,670", "151.67"),
        ("999999,99", "999999.99"),
    ],
)
def test_hours(text: str, hours: str) -> None:
    read = parse_hours(text)
    assert (read, str(read)) == (Decimal(hours), hours)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "Écrivez un nombre d'heures"),
        ("   ", "Écrivez un nombre d'heures"),
        ("-3", "négatif"),
        ("\u22123", "négatif"),
        ("7h60", "00 à 59"),
        ("7h5", "deux chiffres"),
        ("7:", "deux chiffres"),
        ("1.234", "Au plus 2 chiffres"),
        ("12 34", "n'est pas un nombre d'heures"),
        ("abc", "n'est pas un nombre d'heures"),
        ("1e5", "n'est pas un nombre d'heures"),
        ("NaN", "n'est pas un nombre d'heures"),
        ("٧", "n'est pas un nombre d'heures"),
        ("7,5,5", "n'est pas un nombre d'heures"),
        (".", "n'est pas un nombre d'heures"),
        ("=A1", "n'est pas un nombre d'heures"),
        ("1000000", "trop grand"),
        ("1000000h", "trop grand"),
        ("9" * 5000, "trop grand"),
    ],
)
def test_hours_refused(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_hours(text)


def answer(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except ValueError as refusal:
        return str(refusal)
    return "read"


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for read in (parse_hours, parse_decimal, parse_date, parse_month):
        assert answer(read, text).endswith((".", "read"))


@given(st.integers(0, 9999), st.integers(0, 59))
def test_clock_and_colon_agree(hours: int, minutes: int) -> None:
    assert parse_hours(f"{hours}h{minutes:02d}") == parse_hours(f"{hours}:{minutes:02d}")
    assert abs(parse_hours(f"{hours}h{minutes:02d}") - hours - Decimal(minutes) / 60) <= Decimal("0.005")


def test_decimal() -> None:
    assert parse_decimal("1 234 567,891") == Decimal("1234567.891")
    assert parse_decimal("-12,5 %") == Decimal("-12.5")
    assert parse_decimal("30 €", places=0) == 30
    with pytest.raises(ValueError, match="entier"):
        parse_decimal("30,5", places=0)
    with pytest.raises(ValueError, match="Écrivez un nombre"):
        parse_decimal(" € ")
    assert parse_decimal("1" * 15) == int("1" * 15)
    with pytest.raises(ValueError, match="trop grand"):
        parse_decimal("1" * 16)


@pytest.mark.parametrize(
    "text",
    ["03/03/2026", "3/3/2026", "03.03.2026", "2026-03-03", "3 mars 2026", "3 MARS 2026", " 3 Mars  2026 "],
)
def test_dates(text: str) -> None:
    assert parse_date(text) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("29/02/2025", "n'existe pas"),
        ("31/04/2026", "n'existe pas"),
        ("03/13/2026", "de 1 à 12"),
        ("03/03/26", "n'est pas une date"),
        ("3 brumaire 2026", "n'est pas un mois"),
        ("01/01/0026", "entre 1900 et 2100"),
        ("01/01/2101", "entre 1900 et 2100"),
        ("", "Écrivez une date"),
    ],
)
def test_dates_refused(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_date(text)


@pytest.mark.parametrize(
    "text", ["10/2026", "2026-10", "octobre 2026", "oct. 2026", "Octobre 2026", "2026/10"]
)
def test_months(text: str) -> None:
    assert parse_month(text) == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["", "13/2026", "0/2026", "octobre", "10/26", "2026", "mardi 2026"])
def test_months_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_month(text)


@given(DAYS)
def test_dates_come_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(format_short_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_month(format_month(day)) == day.replace(day=1)
