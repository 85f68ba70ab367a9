"""« Dépôt sans compte »: words easy to say, codes that cannot be guessed from a link, ten minutes to the second."""

from datetime import timedelta
from secrets import choice
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from clausette.access.deposit_rules import (
    CODE_SECONDS,
    WRONG_WORDS,
    acting_name,
    code_alive,
    code_of,
    heard,
    is_locked,
    nameless_email,
    new_word,
)
from tests.hats import TODAY, noon

AT = noon(TODAY)


def test_a_code_lives_ten_minutes_to_the_second() -> None:
    sent = AT.timestamp()
    alive = [code_alive(sent, AT + timedelta(seconds=later)) for later in (-1, 0, 599, 600, 601)]
    assert (CODE_SECONDS, alive) == (600, [False, True, True, True, False])


def test_a_code_is_of_its_installation_its_deposit_and_its_request() -> None:
    one, other = uuid4(), uuid4()
    codes = [code_of("key", one, "n"), code_of("KEY", one, "n"), code_of("key", other, "n"), code_of("key", one, "m")]
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert len(set(codes)) > 1
    assert code_of("key", one, "n") == codes[0]


def test_a_word_is_heard_whatever_its_case_accents_and_hyphens() -> None:
    word = new_word(choice)
    assert [len(part) for part in word.split("-")] == [4, 4, 4]
    assert heard(word) == heard(word.upper().replace("-", " ")) == word.replace("-", "")
    assert heard("Bâdo–Miré, tusa!") == "badomiretusa"


@given(st.text(max_size=60))
def test_what_is_heard_is_letters_only(text: str) -> None:
    assert heard(text) == "" or heard(text).isalpha()


def test_ten_wrong_words_in_a_row_lock() -> None:
    assert [is_locked(count) for count in (0, WRONG_WORDS - 1, WRONG_WORDS)] == [False, False, True]


def test_the_account_has_no_address_and_its_name_says_so() -> None:
    assert nameless_email(uuid4()).endswith(".invalid")
    assert acting_name("Claire Martin") == "Claire Martin, sans compte"
