"""Three figures never mixed, and the version of the day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import PartStatus
from clausette.commitments.rules import Part, part_due, three_figures, version_as_of

FIRM, CONDITIONAL, CANCELLED = PartStatus.FIRM, PartStatus.CONDITIONAL, PartStatus.CANCELLED
YEAR = Part(Decimal(365), date(2026, 1, 1), date(2026, 12, 31), FIRM)

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@st.composite
def parts(draw: st.DrawFn) -> Part:
    start = draw(DAYS)
    end = start + timedelta(days=draw(st.integers(0, 1500)))
    return Part(
        draw(st.decimals(min_value=0, max_value=99999, places=2)),
        start,
        end,
        draw(st.sampled_from(PartStatus)),
    )


def test_a_day_counts_on_its_evening() -> None:
    assert part_due(YEAR, date(2025, 12, 31)) == 0
    assert part_due(YEAR, date(2026, 1, 1)) == 1
    assert part_due(YEAR, date(2026, 7, 1)) == 182
    assert part_due(YEAR, date(2026, 12, 30)) == 364
    assert part_due(YEAR, date(2026, 12, 31)) == 365
    assert part_due(YEAR, date(2030, 1, 1)) == 365


def test_one_day_part() -> None:
    day = Part(Decimal(7), date(2026, 3, 3), date(2026, 3, 3), FIRM)
    assert part_due(day, date(2026, 3, 2)) == 0
    assert part_due(day, date(2026, 3, 3)) == 7


def test_inverted_dates_are_due_whole_at_the_end() -> None:
    odd = Part(Decimal(7), date(2026, 3, 5), date(2026, 3, 3), FIRM)
    assert part_due(odd, date(2026, 3, 2)) == 0
    assert part_due(odd, date(2026, 3, 3)) == 7


def test_three_figures() -> None:
    figures = three_figures(
        [
            YEAR,
            Part(Decimal(100), date(2026, 1, 1), date(2026, 4, 10), CONDITIONAL),
            Part(Decimal(900), date(2026, 1, 1), date(2026, 4, 10), CANCELLED),
            Part(Decimal(50), date(2027, 1, 1), date(2027, 12, 31), FIRM),
        ],
        date(2026, 1, 10),
    )
    assert (figures.to_date, figures.firm, figures.possible, figures.at_most) == tuple(
        map(Decimal, (10, 415, 100, 515))
    )


def test_rounded_once_half_up() -> None:
    third = [Part(Decimal(1), date(2026, 1, 1), date(2026, 1, 3), FIRM)] * 3
    assert three_figures(third, date(2026, 1, 1)).to_date == 1  # not 3 × 0.33
    eighth = Part(Decimal("0.04"), date(2026, 1, 1), date(2026, 1, 8), FIRM)
    assert three_figures([eighth], date(2026, 1, 1)).to_date == Decimal("0.01")


def test_nothing_owed() -> None:
    figures = three_figures([], date(2026, 1, 1))
    assert {figures.to_date, figures.firm, figures.possible} == {Decimal(0)}


@given(st.lists(parts(), max_size=6), DAYS, DAYS)
def test_due_to_date_grows_up_to_firm(schedule: list[Part], one: date, other: date) -> None:
    early, late = sorted((one, other))
    first, second = three_figures(schedule, early), three_figures(schedule, late)
    assert 0 <= first.to_date <= second.to_date <= second.firm
    assert first.firm == second.firm
    assert first.possible == second.possible
    assert three_figures(schedule, date(2040, 1, 1)).to_date == first.firm


@given(st.lists(parts(), max_size=6), DAYS)
def test_cancelled_and_conditional_never_reach_firm(schedule: list[Part], on: date) -> None:
    firm = [part for part in schedule if part.status == FIRM]
    assert three_figures(schedule, on).to_date == three_figures(firm, on).to_date
    assert three_figures(schedule, on).firm == three_figures(firm, on).firm


@dataclass(frozen=True)
class V:
    effective_on: date
    number: int


def test_version_of_the_day() -> None:
    first, second, third = V(date(2026, 1, 1), 1), V(date(2026, 6, 1), 2), V(date(2026, 6, 1), 3)
    versions = [second, third, first]
    assert version_as_of(versions, date(2025, 12, 31)) is None
    assert version_as_of(versions, date(2026, 1, 1)) == first
    assert version_as_of(versions, date(2026, 5, 31)) == first
    assert version_as_of(versions, date(2026, 6, 1)) == third
    assert version_as_of([], date(2026, 6, 1)) is None


@given(parts(), DAYS)
def test_one_part_alone_is_due_as_it_is_beside_others(part: Part, on: date) -> None:
    none = Part(Decimal(0), date(2026, 1, 1), date(2026, 1, 1), FIRM)
    assert three_figures([part], on).to_date == three_figures([part, none], on).to_date
    assert three_figures([part], on).to_date == part_due(part, on)


def test_half_a_hundredth_is_rounded_up_and_thousandths_are_kept() -> None:
    two_days = (date(2026, 1, 1), date(2026, 1, 2))
    assert three_figures([Part(Decimal("0.01"), *two_days, FIRM)], date(2026, 1, 1)).to_date == Decimal("0.01")
    assert three_figures([Part(Decimal("0.03"), *two_days, FIRM)], date(2026, 1, 1)).to_date == Decimal("0.02")
    assert three_figures([Part(Decimal("0.009"), *two_days, FIRM)], date(2026, 1, 1)).to_date == Decimal("0.00")
