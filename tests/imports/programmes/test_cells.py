"""One cell of a programme to its value, or the sentence to show at the cell."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.imports.programmes.cells import (
    read_amount,
    read_launch,
    read_months,
    read_purchase_cell,
    unit_of,
)
from clausette.imports.programmes.fields import FIELDS
from clausette.imports.programmes.returned import print_scale


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5 €", "1234.50"), ("1\u202f234,5\u00a0€", "1234.50"), ("480000", "480000"), ("150 k€", "150000"),
        ("1,2 M€ HT", "1200000"), ("200 000 € H.T.", "200000"), ("1.234.567,89", "1234567.89"),
        ("123456.789", "123456.79"), ("2,5 millions d'euros", "2500000"), ("90 000 euros", "90000"),
    ],
)  # fmt: skip
def test_amounts(text: str, value: str) -> None:
    assert read_amount(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("à définir", "n'est pas un nombre"), ("0", "supérieure à zéro"), ("-5", "supérieure à zéro"),
        ("100000-200000", "n'est pas un nombre"), ("1000000000000", "trop grand"), ("€", "Écrivez un nombre"),
    ],
)  # fmt: skip
def test_amounts_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_amount(text)


def test_the_heading_tells_the_unit() -> None:
    assert [unit_of(one) for one in ("Montant HT", "Montant (k€)", "en milliers d'euros", "Budget M€")] == [
        1, 1000, 1000, 1_000_000,
    ]  # fmt: skip
    assert read_amount("150", 1000) == 150_000


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-15", date(2027, 3, 15)), ("15/03/2027", date(2027, 3, 15)), ("15 mars 2027", date(2027, 3, 15)),
        ("mars 2027", date(2027, 3, 1)), ("03/2027", date(2027, 3, 1)), ("T1 2027", date(2027, 1, 1)),
        ("3e trimestre 2026", date(2026, 7, 1)), ("4ème trim. 2026", date(2026, 10, 1)),
        ("2027-T2", date(2027, 4, 1)), ("S2 2027", date(2027, 7, 1)), ("1er semestre 2027", date(2027, 1, 1)),
        ("2027", date(2027, 1, 1)), ("46023", date(2026, 1, 1)),
    ],
)  # fmt: skip
def test_days(text: str, day: date) -> None:
    assert read_launch(text) == day


@pytest.mark.parametrize("text", ["bientôt", "31/02/2027", "T5 2027", "13/2027"])
def test_days_refused(text: str) -> None:
    with pytest.raises(ValueError, match="n'est pas une date : écrivez 15/03/2027, mars 2027 ou T1 2027"):
        read_launch(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("24", 24), ("24 mois", 24), ("4 ans", 48), ("1 an", 12), ("1,5 an", 18), ("90 jours", 3), ("6 semaines", 2),
        ("1 an reconductible 3 fois", 48), ("12 mois renouvelable 3 fois", 48), ("12 mois reconductible 1 an", 24),
    ],
)  # fmt: skip
def test_durations(text: str, months: int) -> None:
    assert read_months(text) == months


@pytest.mark.parametrize("text", ["longue", "0", "2000 mois"])
def test_durations_refused(text: str) -> None:
    with pytest.raises(ValueError, match="n'est pas une durée"):
        read_months(text)


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("nature", "travaux", "works"), ("nature", "Prestations", "services"), ("reference", "12.0", "12"),
        ("title", " École \n Pasteur ", "École Pasteur"), ("cpv", "45442100-8", "45442100"), ("place", "-", None),
        ("title", "x" * 300, "x" * 200),
    ],
)  # fmt: skip
def test_other_cells(code: str, text: str, value: Any) -> None:
    assert read_purchase_cell(code, text) == value


def test_an_error_of_the_workbook_is_told() -> None:
    with pytest.raises(ValueError, match="erreur de calcul"):
        read_purchase_cell("amount", "#REF!")


@given(st.sampled_from([field.code for field in FIELDS]), st.text(max_size=60))
def test_any_text_gives_a_value_or_a_sentence(code: str, text: str) -> None:
    assert _sentence(code, text).endswith(".")


def _sentence(code: str, text: str) -> str:
    try:
        read_purchase_cell(code, text)
    except ValueError as told:
        return str(told) or "nothing"
    return "."


@given(st.integers(1, 900), st.integers(1, 900))
def test_each_half_of_the_workbook_given_back_is_printed_legibly(buyers: int, ours: int) -> None:
    scale = print_scale(buyers, ours)
    assert 50 <= scale <= 100
    assert scale == 50 or 7 * max(buyers, ours) * scale <= 100 * 1040
