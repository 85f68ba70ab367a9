"""Whether two records may be one person: what is brought together, what is not, and the properties of the score."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.participants.rules import likeness as rules
from clausette.participants.rules.likeness import Described, Reason, described
from clausette.participants.rules.sounds import sound_of

BORN = date(1990, 5, 17)


@pytest.mark.parametrize(
    "spellings",
    [
        ("dupont", "dupond", "dupon"),
        ("thibault", "tibo", "thibaud", "thibaut"),
        ("philippe", "filipe"),
        ("gauthier", "gautier", "gotier"),
        ("meyer", "meier"),
        ("renault", "reno", "renaud"),
        ("christophe", "cristofe"),
        ("matthieu", "mathieu"),
        ("caron", "karon"),
        ("moreau", "moro"),
        ("quentin", "kentin"),
    ],
)
def test_names_said_alike_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({sound_of(word) for word in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("martin", "morin"), ("petit", "potier"), ("benali", "belaid"), ("leroy", "laroy")]
)
def test_names_said_otherwise_have_two(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De La Fontaine", ("fontaine",)),
        ("  ŒUVRARD-d'Été ", ("oeuvrard", "ete")),
        ("Le", ("le",)),
        ("Jean‑Pierre", ("jean", "pierre")),
        ("sans prénom", ()),
        ("", ()),
    ],
)
def test_words_of_a_name(text: str, words: tuple[str, ...]) -> None:
    assert rules.name_words(text) == words


@pytest.mark.parametrize(
    ("last", "first", "born", "reasons"),
    [
        ("LÉMAIRE", "david", BORN, ("same_names", "same_birth")),
        ("David", "Lemaire", BORN, ("swapped", "same_birth")),
        ("Lemaire-Petit", "David", BORN, ("part_of_name", "same_birth")),
        ("Lemaire", "David Jean", date(1990, 5, 18), ("part_of_name", "one_digit")),
        ("Lemere", "Davide", BORN, ("same_sound", "same_birth")),
        ("Lemaire", "David", date(1990, 5, 17).replace(year=1980), ("same_names", "one_digit")),
        ("Lemairre", "Davis", BORN, ("same_sound", "same_birth")),
        ("Lemarie", "David", BORN, ("one_letter", "same_birth")),
    ],
)
def test_likely_twins(last: str, first: str, born: date, reasons: tuple[str, ...]) -> None:
    found = rules.likeness(described("Lemaire", "David", BORN), described(last, first, born))
    assert found.reasons == reasons
    assert found.likely


def test_day_and_month_swapped() -> None:
    found = rules.likeness(
        described("Lemaire", "David", date(1990, 5, 7)), described("Lemaire", "David", date(1990, 7, 5))
    )
    assert (found.score, found.told) == (88, "Même nom et même prénom, jour et mois de naissance inversés")


@pytest.mark.parametrize(
    ("last", "first", "born", "phone"),
    [
        ("Lemaire", "David", date(1971, 11, 30), ""),  # homonyms
        ("Lemaire", "Julie", BORN, "06"),  # twins of one household
        ("Petit", "David", BORN, ""),  # born the same day
        ("Petit", "Julie", date(1971, 11, 30), "06"),  # one telephone for two
    ],
)
def test_others_are_not_proposed(last: str, first: str, born: date, phone: str) -> None:
    one = described("Lemaire", "David", BORN, email="a", phone="06")
    assert not rules.likeness(one, described(last, first, born, phone=phone)).likely


def test_a_married_name_is_proposed_with_a_contact_or_a_commune_and_both() -> None:
    one = described("Lemaire", "Julie", BORN, phone="06", commune="Arras")
    assert rules.likeness(one, described("Petit", "Julie", BORN, phone="06")).likely
    assert rules.likeness(one, described("Petit", "Julie", BORN, commune="ARRAS")).likely
    assert not rules.likeness(one, described("Petit", "Julie", BORN)).likely


def test_two_records_without_first_name_are_not_the_same_by_that() -> None:
    one, other = (described("Abdi", first, BORN) for first in ("sans prénom", "X"))
    assert rules.likeness(one, other).reasons == (Reason.LAST_NAME, Reason.SAME_BIRTH)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("06 12 34 56 78", "0612345678"),
        ("+33 (0)6.12.34.56.78", "0612345678"),
        ("0033612345678", "0612345678"),
        ("+32 470 12 34 56", "32470123456"),
        ("", ""),
    ],
)
def test_telephones(text: str, digits: str) -> None:
    assert rules.contact_phone(text) == digits


def test_the_29_of_february_is_confused_with_days_that_exist() -> None:
    near = rules.near_births(date(1992, 2, 29))
    assert date(1992, 2, 29) in near
    assert date(1996, 2, 29) in near
    assert date(1992, 2, 28) in near
    leap = {day.year for day in near if (day.month, day.day) == (2, 29) and 1900 < day.year < 2000}
    assert leap == {1912, 1932, 1952, 1972, 1992, 1996}


NAMES = st.text(alphabet="abcdefghilmnoprstuéèàç -'", min_size=1, max_size=14)
DAYS = st.dates(date(1930, 1, 1), date(2012, 12, 31))
RECORDS = st.builds(described, NAMES, NAMES, DAYS, email=st.sampled_from(["", "m"]), phone=st.sampled_from(["", "p"]))


@given(RECORDS, RECORDS)
def test_the_order_changes_nothing(one: Described, other: Described) -> None:
    assert rules.likeness(one, other) == rules.likeness(other, one)


@given(RECORDS)
def test_one_is_like_oneself(one: Described) -> None:
    assert not one.last or not one.first or rules.likeness(one, one).score >= 95


@given(RECORDS, RECORDS, DAYS)
def test_likely_pairs_meet_in_a_block(one: Described, other: Described, born: date) -> None:
    near = Described(other.last, one.first, one.birth_date, other.email, other.phone)
    turned = Described(one.first, one.last, born, one.email, one.phone)
    for pair in ((one, other), (one, near), (one, turned)):
        assert not rules.likeness(*pair).likely or rules.blocks(pair[0]) & rules.blocks(pair[1])


@given(DAYS, st.integers(0, 7), st.sampled_from("0123456789"))
def test_a_wrong_digit_is_among_the_days_to_look_at(day: date, at: int, digit: str) -> None:
    text = f"{day:%Y%m%d}"
    wrong = text[:at] + digit + text[at + 1 :]
    try:
        other = date(int(wrong[:4]), int(wrong[4:6]), int(wrong[6:]))
    except ValueError:
        return
    assert other in rules.near_births(day)
    assert day in rules.near_births(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=20))
def test_a_word_has_a_sound_and_always_the_same(word: str) -> None:
    assert sound_of(word) == sound_of(word)
    assert bool(sound_of(word)) == bool(word)
