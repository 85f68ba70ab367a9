"""The texts of the reminders: what they may say, how a letter is made of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.agenda.enums import LetterText, ReminderStep
from clausette.agenda.rules.texts import (
    ADDRESS,
    FIELDS,
    USUAL,
    Line,
    Part,
    Wording,
    best_address,
    check_wording,
    compose,
    fill,
    masked,
)
from clausette.kernel.errors import Invalid

SEPTEMBER, OCTOBER, DUE = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 16)
GYMNASE = Line("Gymnase des Acacias", [(OCTOBER, DUE), (SEPTEMBER, date(2026, 10, 15))])
THEN = (ReminderStep.BUYER, date(2026, 12, 16))


@pytest.mark.parametrize("kind", LetterText)
def test_our_texts_follow_our_rules(kind: LetterText) -> None:
    check_wording(USUAL[kind])


@pytest.mark.parametrize(
    ("subject", "body", "wrong"),
    [
        ("Relevé", "Bonjour {marches} {telephon}", {"body"}),
        ("Relevé de {nom}", "{marches}", {"subject"}),
        ("Relevé", "{marches} pour {participant}", {"body"}),
        ("Relevé", "{marches} : {heures} h", {"body"}),
        ("{marches}", "{marches}", {"subject"}),
        ("Relevé", "Il manque un relevé.", {"body"}),
        ("Relevé", "{marches} {adresse", {"body"}),
        ("Relevé\nBcc: a@b.fr", "{marches}", {"subject"}),
        (" ", "", {"subject", "body"}),
    ],
)
def test_what_a_text_may_not_say_is_told_at_its_field(subject: str, body: str, wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        check_wording(Wording(subject, body))
    assert set(refused.value.errors) == wrong


@given(st.sampled_from([f"{{{name}}}" for name in FIELDS]))
def test_a_value_is_never_read_as_a_field(trap: str) -> None:
    assert fill("{organisme}, {structure}", {"organisme": trap, "structure": "PLIE"}) == f"{trap}, PLIE"


def test_a_letter_says_what_is_most_pressing_first_and_where_to_answer_once() -> None:
    parts = [
        Part(LetterText.OPENING, [Line("École Pasteur", [(OCTOBER, DUE)])]),
        Part(LetterText.AFTER, [GYMNASE], THEN),
    ]
    said = compose(parts, {}, organisme="Bâti Ouche", structure="PLIE du Lys")
    assert said.subject == USUAL[LetterText.AFTER].subject
    assert said.body.index("Gymnase") < said.body.index("École Pasteur")
    asked = "septembre 2026 (attendu le 15\u00a0octobre 2026) ; octobre 2026 (attendu le 16\u00a0novembre 2026)"
    assert asked in said.body
    assert "le maître d'ouvrage sera prévenu le 16\u00a0décembre 2026" in said.body
    assert said.body.count(ADDRESS) == 1
    assert "\n\n\n" not in said.body


def test_a_text_of_the_structure_without_address_still_says_where_to_answer() -> None:
    own = {LetterText.AFTER: Wording("{organisme} : un relevé", "Pour {structure} :\n{marches}")}
    said = compose([Part(LetterText.AFTER, [GYMNASE])], own, organisme="Bâti {nom}", structure="PLIE du Lys")
    assert said.subject == "Bâti {nom} : un relevé"
    assert said.body.startswith("Pour PLIE du Lys :\n- Gymnase")
    assert said.body.endswith(f"Pour répondre : {ADDRESS}")


def test_addresses() -> None:
    assert masked("claire@bati.fr") == "c…@bati.fr"
    assert best_address(["a@x.fr", "b@x.fr", "B@x.fr", "", "a@x.fr", "b@x.fr"], dead=()) == "b@x.fr"
    assert best_address(["a@x.fr", "b@x.fr"], dead=()) == "a@x.fr", "the first noted of two"
    assert best_address(["a@x.fr", "b@x.fr"], dead={"a@x.fr"}) == "b@x.fr"
    assert best_address(["a@x.fr"], dead={"a@x.fr"}) == ""
