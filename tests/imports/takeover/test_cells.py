"""One cell: what people write, and nothing that breaks."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.imports.takeover.cells import read_cell, read_date, read_month, read_siret
from clausette.imports.takeover.fields import FIELDS
from tests.imports.takeover.books import PUBLICS


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-03", date(2026, 3, 3)), ("03/03/2026", date(2026, 3, 3)), ("3 mars 2026", date(2026, 3, 3)),
        ("mardi 3 mars 2026", date(2026, 3, 3)), ("3/3/26", date(2026, 3, 3)), ("46084", date(2026, 3, 3)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_days(text: str, day: date) -> None:
    assert read_date(text) == day


def test_a_serial_number_counts_from_1904_when_the_workbook_does() -> None:
    assert read_date("44622", from_1904=True) == date(2026, 3, 3)


def test_a_birth_on_two_digits_is_in_the_past() -> None:
    assert read_date("17/05/94", past=True) == date(1994, 5, 17)
    assert read_date("17/05/26", past=True) == date(1926, 5, 17)


@pytest.mark.parametrize("text", ["29/02/2026", "31/04/2026", "12", "demain", "03/2026", "1234567"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[«A-ZÉ]"):
        read_date(text)


MARCH = ["03/2026", "2026-03", "mars 2026", "Mars-26", "202603", "2026-03-01", "03/03/2026", "46084"]


@pytest.mark.parametrize("text", MARCH)
def test_months(text: str) -> None:
    assert read_month(text) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("hours", "1 234,5", Decimal("1234.50")), ("hours", "7h30", Decimal("7.50")),
        ("hours", "7:30", Decimal("7.50")),
        ("hours", "1.234,5", Decimal("1234.50")), ("hours", "12.5", Decimal("12.50")), ("hours", "-", None),
        ("amount_ht", "1 250 000,00 € HT", Decimal("1250000.00")), ("duration_months", "18 mois", 18),
        ("duration_months", "2 ans", 24), ("modality", "GEIQ", "geiq"), ("work_kind", "Intérim", "temp_mission"),
        ("sex", "Mme", "f"), ("public", "deld", "DELD"), ("contract_number", "12.0", "12"),
    ],
)  # fmt: skip
def test_values(code: str, text: str, value: object) -> None:
    assert read_cell(code, text, publics=PUBLICS) == value


@pytest.mark.parametrize(
    ("code", "text", "word"),
    [("hours", "#N/A", "erreur de calcul"), ("hours", "beaucoup", "pas un nombre d'heures"), ("hours", "-5", "négatif"),
     ("modality", "à la fraîche", "pas dans la liste"), ("buyer_siret", "7,3282932E+13", "scientifique")],
)  # fmt: skip
def test_refusals(code: str, text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        read_cell(code, text, publics=PUBLICS)


@pytest.mark.parametrize("text", ["732 829 320 00074", "73282932000074.0", "732.829.320.00074"])
def test_a_siret_with_spaces_or_a_tail(text: str) -> None:
    assert read_siret(text) == "73282932000074"


def test_a_siret_gets_its_lost_zeros_back() -> None:
    assert read_siret("5520813600014") == "05520813600014"


@given(code=st.sampled_from([field.code for field in FIELDS]), text=st.text(max_size=60), old=st.booleans())
def test_any_text_gives_a_value_or_a_sentence(code: str, text: str, old: bool) -> None:
    try:
        read_cell(code, text, from_1904=old, publics=PUBLICS)
        sentence = "Aucune remarque."
    except ValueError as error:
        sentence = str(error)
    assert sentence[0] in "«ACDÉELU"
    assert sentence.endswith((".", ")."))


@given(day=st.dates(date(1930, 1, 1), date(2090, 1, 1)))
def test_a_day_written_any_way_is_the_same_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert {read_date(day.isoformat()), read_date(f"{day:%d/%m/%Y}"), read_date(str(serial))} == {day}
