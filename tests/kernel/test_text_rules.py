"""Search keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.text import collapse, search_key, strip_accents


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("L'École  Pasteur", "l ecole pasteur"),
        ("Œuvre — Lœwenstein", "oeuvre loewenstein"),
        ("N° 12/A (lot 3)", "n 12 a lot 3"),
        ("  ", ""),
        ("Straße", "strasse"),
        ("ÇA ÎLE", "ca ile"),
    ],
)
def test_search_key(text: str, key: str) -> None:
    assert search_key(text) == key


@given(st.text())
def test_key_of_a_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.text(alphabet="abcéèàçœÉÈÀÇŒ' -"))
def test_case_does_not_matter(text: str) -> None:
    assert search_key(text.upper()) == search_key(text.lower())


def test_collapse_and_accents() -> None:
    assert collapse(" a \u00a0 b\n c ") == "a b c"
    assert strip_accents("Été à Noël") == "Ete a Noel"
