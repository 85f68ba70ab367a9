"""What may be kept of somebody who is not in the list, how sure a match is."""

from datetime import date
from decimal import Decimal

import pytest

from clausette.hours.rules.ranking import Need, Waiting, rank, reasons
from clausette.hours.rules.unlisted import NewUnlisted, confidence, refusals_of_unlisted
from clausette.kernel.text import search_key
from clausette.participants.rules.likeness import described, likeness, names_alike

OCT, ON = date(2026, 10, 1), date(2026, 11, 16)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, None),
        ({"hours": Decimal("0.25")}, None),
        ({"hours": Decimal(744)}, None),
        ({"hours": Decimal("744.01")}, "hours"),
        ({"hours": Decimal(-1)}, "hours"),
        ({"last_name": " ’ "}, "last_name"),
        ({"first_name": ""}, "first_name"),
        ({"birth_date": date(2012, 11, 16)}, None),
        ({"birth_date": date(2012, 11, 17)}, "birth_date"),
        ({"birth_date": date(1926, 11, 16)}, "birth_date"),
        ({"starts_on": date(2026, 10, 31)}, None),
        ({"starts_on": date(2026, 11, 1)}, "starts_on"),
        ({"ends_on": OCT}, None),
        ({"ends_on": date(2026, 9, 30)}, "ends_on"),
        ({"starts_on": date(2026, 10, 5), "ends_on": date(2026, 10, 4)}, "ends_on"),
    ],
)
def test_what_is_refused_and_where(values: dict[str, object], field: str | None) -> None:
    person = NewUnlisted(**({"last_name": "Diallo", "first_name": "Awa", "hours": Decimal(35)} | values))  # type: ignore[arg-type]  # varied
    assert list(refusals_of_unlisted(person, OCT, ON, search_key)) == ([field] if field else [])


@pytest.mark.parametrize(
    ("score", "born", "told"),
    [
        (95, True, "très probable"), (89, True, "probable"), (69, True, "à vérifier"), (44, True, ""),
        (55, False, "nom seul, naissance non dite"), (39, False, ""),
    ],
)  # fmt: skip
def test_a_confidence_is_said_in_words(score: int, born: bool, told: str) -> None:
    assert confidence(score, born=born) == told


def test_a_name_without_birth_date_is_never_more_than_a_name() -> None:
    one, other = described("Diallo", "Awa", date.min), described("DIALLO", "awa", date(1990, 5, 4))
    assert (names_alike(one, other).score, likeness(other, other).score) == (55, 95)
    assert names_alike(one, described("Martin", "Zoé", date(1990, 5, 4))).score == 0


def test_somebody_to_match_asks_for_a_look_and_stops_nothing() -> None:
    plain = Waiting(0, 0, False, Decimal(10), ON)
    apart = Waiting(0, 0, False, Decimal(10), ON, apart=2)
    assert (plain.need, apart.need) == (Need.NOTHING, Need.ANSWER)
    assert rank(apart) < rank(plain)
    assert reasons(apart, ON) == ("2\u00a0personnes à rapprocher", "reçu aujourd'hui")
