"""The tender beside our advice: same, different, missing; what is shown where it differs."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.advice.enums import Compared, TextKind
from clausette.advice.rules import TenderReading, read_tender
from clausette.advice.rules.tender import compare_hours
from clausette.advice.texts.context import context_of
from clausette.advice.texts.filling import fill
from clausette.advice.texts.plain import plain_of, sentences_of
from tests.advice.texts_samples import full

ADVISED = (
    "Le titulaire réalise au moins 833\u00a0h d'insertion.",
    "Il choisit librement ses modalités. Aucune n'est imposée.",
    "La pénalité est de [à compléter\u00a0: pénalité par heure] par heure.",
)
SAME, DIFFERENT, MISSING = Compared.SAME, Compared.DIFFERENT, Compared.MISSING


def reading(found: str, advised: tuple[str, ...] = ADVISED) -> TenderReading:
    return read_tender(advised_hours=None, found_hours=None, advised=advised, found=found)


@pytest.mark.parametrize(
    ("advised", "found", "expected"),
    [
        ("833", "833", SAME), ("833", "833.00", SAME), ("833", "833.01", DIFFERENT), ("833", "0", DIFFERENT),
        ("833", None, MISSING), (None, None, SAME), (None, "10", DIFFERENT),
    ],
)  # fmt: skip
def test_hours(advised: str | None, found: str | None, expected: Compared) -> None:
    assert compare_hours(Decimal(advised) if advised else None, Decimal(found) if found else None) == expected


def test_spaces_case_and_quotes_do_not_count_and_a_hole_takes_any_value() -> None:
    found = (
        "ARTICLE 12.\nLE TITULAIRE réalise au moins 833 h d’insertion.   Il choisit librement ses modalités.\n"
        "Aucune n'est imposée ; la pénalité est de 45 € par heure, après mise en demeure."
    )
    assert reading(found).text == SAME
    assert reading(found).differences == ()
    assert (reading(found).same, reading(found).total) == (4, 4)


def test_a_sentence_changed_is_shown_beside_the_one_of_the_tender() -> None:
    found = "Le titulaire réalise au moins 500 h d'insertion. Il choisit librement ses modalités. Aucune n'est imposée."
    told = reading(found)
    assert told.text == DIFFERENT
    assert [(one.advised[:12], one.found) for one in told.differences] == [
        ("Le titulaire", "Le titulaire réalise au moins 500 h d'insertion."),
        ("La pénalité ", ""),
    ]


def test_nothing_alike_is_missing_and_an_empty_tender_too() -> None:
    for found in ("", "Les travaux durent douze mois.", "833"):
        told = reading(found)
        assert told.text == MISSING
        assert len(told.differences) == told.total


def test_our_text_copied_whole_is_the_same_and_quickly_so() -> None:
    filled = fill(TextKind.CLAUSES, context_of(full()))
    around = "\n".join(f"Article {n}. Le titulaire exécute la prestation numéro {n}." for n in range(2_000))
    start = time.monotonic()
    told = reading(f"{around}\n{plain_of(filled)}\n{around}", sentences_of(filled))
    assert told.text == SAME
    assert reading(around, sentences_of(filled)).text != SAME
    assert time.monotonic() - start < 8


TEXTS = st.lists(st.text("abcdé .'« »;\n", min_size=1, max_size=40), min_size=1, max_size=6)


@given(TEXTS)
def test_a_text_is_always_the_same_as_itself(advised: list[str]) -> None:
    assert reading("\n".join(advised), tuple(advised)).text == SAME


@given(TEXTS, st.text(max_size=200))
def test_differences_are_counted_once(advised: list[str], found: str) -> None:
    told = reading(found, tuple(advised))
    assert told.same + len(told.differences) == told.total
    assert (told.text == SAME) is (not told.differences)
