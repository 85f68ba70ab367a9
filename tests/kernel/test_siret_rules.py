"""SIRET, La Poste included."""

import pytest

from clausette.kernel.siret import clean_siret, format_siret, is_siret


@pytest.mark.parametrize(
    "text",
    ["73282932000074", "732 829 320 00074", "732.829.320.00074", " 73282932000074\u00a0", "35600000000048"],
)
def test_good(text: str) -> None:
    assert is_siret(text)
    assert len(clean_siret(text)) == 14


def test_la_poste_has_its_own_key() -> None:
    assert is_siret("35600000049837")  # sum of digits multiple of 5, Luhn wrong
    assert not is_siret("35600000049838")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("73282932000075", "n'existe pas"),
        ("7328293200007", "14 chiffres ; celui-ci en a 13"),
        ("732829320000745", "celui-ci en a 15"),
        ("", "que des chiffres"),
        ("7328293200007A", "que des chiffres"),
        ("٧3282932000074", "que des chiffres"),
    ],
)
def test_bad(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        clean_siret(text)
    assert not is_siret(text)


def test_one_wrong_digit_is_always_seen() -> None:
    good = "73282932000074"
    for place in range(14):
        for digit in "0123456789":
            changed = good[:place] + digit + good[place + 1 :]
            assert is_siret(changed) == (changed == good)


def test_format() -> None:
    assert format_siret("73282932000074") == "732\u00a0829\u00a0320\u00a000074"
