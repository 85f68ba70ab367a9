"""French writing, and the round trip with parsing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel import french
from clausette.kernel.parsing import parse_decimal, parse_hours

T, H = "\u202f", "\u00a0"
HOURS = st.decimals(min_value=0, max_value=Decimal("999999.99"), places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", f"0{H}h"),
        ("7.50", f"7,5{H}h"),
        ("833", f"833{H}h"),
        ("999.995", f"1{T}000{H}h"),
        ("1234.5", f"1{T}234,5{H}h"),
        ("1234567.89", f"1{T}234{T}567,89{H}h"),
        ("-3.25", f"\u22123,25{H}h"),
        ("-0.001", f"0{H}h"),
        ("100", f"100{H}h"),
    ],
)
def test_hours(value: str, text: str) -> None:
    assert french.format_hours(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3197.32", f"3{T}197,32{H}€"),
        ("1000000", f"1{T}000{T}000{H}€"),
        ("12.5", f"12,50{H}€"),
        ("0.005", f"0,01{H}€"),
        ("-1200", f"\u22121{T}200{H}€"),
    ],
)
def test_euros(value: str, text: str) -> None:
    assert french.format_euros(Decimal(value)) == text


def test_percent_takes_a_ratio() -> None:
    assert french.format_percent(Decimal("0.84")) == f"84{H}%"
    assert french.format_percent(Decimal("0.8404"), places=2) == f"84,04{H}%"
    assert french.format_percent(Decimal("1.0005")) == f"100,1{H}%"


def test_dates() -> None:
    assert french.format_date(date(2026, 3, 3)) == f"3{H}mars 2026"
    assert french.format_date(date(2026, 8, 1)) == f"1er{H}août 2026"
    assert french.format_short_date(date(2026, 3, 3)) == "03/03/2026"
    assert french.format_month(date(2026, 10, 1)) == "octobre 2026"
    assert french.of_month(date(2026, 10, 1)) == "d'octobre 2026"
    assert french.of_month(date(2026, 3, 1)) == "de mars 2026"


def test_plural_starts_at_two() -> None:
    assert [french.plural(n, "ligne") for n in (0, 1, 2)] == [f"0{H}ligne", f"1{H}ligne", f"2{H}lignes"]
    assert french.plural(2, "mois", "mois") == f"2{H}mois"


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ("833", f"≈ 1{H}personne pendant 5,5{H}mois"),
        ("1820.04", f"≈ 1{H}personne pendant 12{H}mois"),
        ("1820.05", f"≈ 2{H}personnes pendant 6{H}mois"),
        ("20000", f"≈ 11{H}personnes pendant 12{H}mois"),
        ("3", "≈ 1 personne pendant quelques jours"),
        ("0", ""),
    ],
)
def test_equivalent(hours: str, text: str) -> None:
    assert french.equivalent(Decimal(hours)) == text


@given(HOURS)
def test_hours_come_back(hours: Decimal) -> None:
    assert parse_hours(french.format_hours(hours)) == hours


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False))
def test_euros_come_back(amount: Decimal) -> None:
    assert parse_decimal(french.format_euros(amount)) == amount


@pytest.mark.parametrize(
    ("written", "glued"),
    [
        ("<p>Motif : vu ; lu ! Oui ?</p>", f"<p>Motif{H}: vu{T}; lu{T}! Oui{T}?</p>"),
        ("<b>« non »</b> : <i>rien</i>", f"<b>«{H}non{H}»</b>{H}: <i>rien</i>"),
        ("<p>« Fini ? », dit-il.</p>", f"<p>«{H}Fini{T}?{H}», dit-il.</p>"),
        ("<p>10:30 http://a b;c :hover</p>", "<p>10:30 http://a b;c :hover</p>"),
        ('<p title="a : b ; « c »">x</p>', '<p title="a : b ; « c »">x</p>'),
        ("<textarea>a : b « c »</textarea>", "<textarea>a : b « c »</textarea>"),
        ("<p>a\n  : b</p>", "<p>a\n  : b</p>"),
        (f"<p>vu{H}: déjà</p>", f"<p>vu{H}: déjà</p>"),
    ],
)
def test_punctuation_of_a_page_is_glued_to_the_word_before(written: str, glued: str) -> None:
    assert french.glue(written) == glued
    assert french.glue(glued) == glued
