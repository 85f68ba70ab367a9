"""In which order statements are looked at, and why."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.rules.ranking import Need, Waiting, rank, reasons

TODAY = date(2026, 11, 16)
known = st.builds(
    Waiting, st.integers(0, 3), st.integers(0, 3), st.booleans(), st.decimals(0, 500, places=2),
    st.dates(date(2026, 1, 1), TODAY),
)  # fmt: skip


def waiting(
    stops: int = 0, asks: int = 0, *, late: bool = False, hours: str = "100", since: date = TODAY
) -> Waiting:
    return Waiting(stops, asks, late, Decimal(hours), since)


def test_what_stops_then_what_asks_then_hours_then_age() -> None:
    ordered = [
        waiting(stops=2, hours="1"),
        waiting(stops=1, asks=1, hours="1"),
        waiting(stops=1, hours="900"),
        waiting(asks=2),
        waiting(asks=1, hours="2"),
        waiting(late=True, hours="1"),
        waiting(hours="300"),
        waiting(since=date(2026, 10, 1)),
        waiting(),
    ]
    shuffled = ordered[4:] + ordered[:4]
    assert sorted(shuffled, key=rank) == ordered


@given(st.lists(known, max_size=8))
def test_a_need_never_comes_before_a_graver_one(several: list[Waiting]) -> None:
    needs = [one.need for one in sorted(several, key=rank)]
    assert needs == sorted(needs, key=list(Need).index)


def test_the_reasons_are_said_in_words() -> None:
    assert reasons(waiting(stops=1, asks=2, since=date(2026, 11, 4)), TODAY) == (
        "un point arrête la validation", "2\u00a0points à justifier", "attend depuis 12\u00a0jours",
    )  # fmt: skip
    assert reasons(waiting(late=True), TODAY) == ("validation tardive, à motiver", "reçu aujourd'hui")
    assert reasons(waiting(since=date(2026, 11, 15)), TODAY) == ("sans remarque", "attend depuis 1\u00a0jour")
    assert waiting(late=True).need == Need.ANSWER
