"""What is typed to find a person: names, a date of birth, both."""

from datetime import date

import pytest

from clausette.participants.rules.seeking import Asked, asked_of

BORN = date(1985, 3, 12)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked()),
        ("Émilie  Cœur-Dubois", Asked(("emilie", "coeur", "dubois"))),
        ("12/03/1985", Asked((), BORN)),
        ("12 mars 1985", Asked((), BORN)),
        ("1985-03-12 diarra", Asked(("diarra",), BORN)),
        ("diarra 12/03/1985 hawa", Asked(("diarra", "hawa"), BORN)),
        ("12/03/1985 13/03/1985", Asked(("13", "03", "1985"), BORN)),
        ("31/02/1985", Asked(("31", "02", "1985"))),
        ("a b c d e f g h i", Asked(tuple("abcdefgh"))),
    ],
)
def test_words_and_a_date_are_told_apart(text: str, asked: Asked) -> None:
    assert asked_of(text) == asked
