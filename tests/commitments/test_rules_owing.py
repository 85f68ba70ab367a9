"""Hours due on a basis: amounts ordered or invoiced, share of the hours worked; suspensions of the schedule."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import CommitmentKind, PartStatus, Rounding, VersionReason
from clausette.commitments.rules import (
    BasePeriod,
    DueFigures,
    Owing,
    Part,
    Pause,
    PerAmount,
    ShareOfHours,
    expected_outside,
    pauses_of,
    three_figures,
)

START, END = date(2026, 1, 1), date(2026, 12, 31)
PUBLIC = PerAmount(Decimal(2000), Decimal(2_700_000))
"""« 1 h par 2 000 € HT facturés au-delà de 2 700 000 € » (accord-cadre of the services of the Premier ministre)."""
DAYS = st.dates(min_value=START, max_value=END)
AMOUNTS = st.decimals(min_value=-500_000, max_value=3_000_000, places=2)


def told(figures: DueFigures) -> tuple[int, int, int]:
    """To date, firm at term, possible."""
    return int(figures.to_date), int(figures.firm_at_term), int(figures.possible)


@pytest.mark.parametrize(
    ("invoiced", "hours"),
    [("2700000", 0), ("2701999.99", 0), ("2702000", 1), ("2703999.99", 1), ("5000000", 1150)],
)
def test_one_hour_per_2000_euros_invoiced_above_2700000(invoiced: str, hours: int) -> None:
    basis = PerAmount(Decimal(2000), Decimal(2_700_000), amounts=((START, Decimal(invoiced)),))
    owing = Owing(CommitmentKind.PER_AMOUNT, END, basis=basis)
    assert owing.figures(START).to_date == hours
    assert owing.figures(START).firm_at_term == hours


def test_an_invoice_counts_from_its_day_and_a_credit_note_takes_off() -> None:
    march, june = date(2026, 3, 10), date(2026, 6, 1)
    amounts = ((march, Decimal(2_800_000)), (june, Decimal(-60_000)))
    owing = Owing(CommitmentKind.PER_AMOUNT, END, basis=PerAmount(Decimal(2000), Decimal(2_700_000), amounts=amounts))
    assert [owing.figures(day).to_date for day in (date(2026, 3, 9), march, date(2026, 5, 31), june)] == [0, 50, 50, 20]
    assert owing.figures(march).firm_at_term == 20  # what is known, whatever the day asked


def test_the_estimated_amount_is_possible_never_due() -> None:
    basis = PerAmount(
        Decimal(2000), Decimal(2_700_000), estimated_ht=Decimal(5_000_000), amounts=((START, Decimal(2_800_000)),)
    )
    figures = Owing(CommitmentKind.PER_AMOUNT, END, basis=basis).figures(END)
    assert told(figures) == (50, 50, 1100)


@given(st.lists(st.tuples(DAYS, AMOUNTS), max_size=8), DAYS)
def test_due_per_amount_never_depends_on_what_comes_later(amounts: list[tuple[date, Decimal]], day: date) -> None:
    known = tuple(pair for pair in amounts if pair[0] <= day)
    whole, then = PerAmount(Decimal(100), amounts=tuple(amounts)), PerAmount(Decimal(100), amounts=known)
    assert whole.hours(whole.amount(day)) == then.hours(then.known)


def test_a_minimum_beside_the_amount_is_due_when_greater() -> None:
    parts = (Part(Decimal(365), START, END, PartStatus.FIRM),)
    basis = PerAmount(Decimal(1000), amounts=((START, Decimal(100_000)),))
    owing = Owing(CommitmentKind.PER_AMOUNT, END, parts, basis=basis)
    assert owing.figures(date(2026, 1, 10)).to_date == 100
    assert owing.figures(END).to_date == 365
    assert owing.figures(date(2026, 1, 10)).firm_at_term == 365


def _share(*periods: BasePeriod, estimate: str | None = "36500") -> Owing:
    base = Decimal(estimate) if estimate else None
    basis = ShareOfHours(Decimal("0.05"), START, END, estimated_base=base, periods=periods)
    return Owing(CommitmentKind.SHARE_OF_HOURS, END, basis=basis)


def test_5_percent_of_an_estimate_is_provisional_until_declared() -> None:
    """36 500 h estimated over 365 days: 100 h a day, 5 % of them due."""
    owing = _share()
    assert owing.figures(date(2026, 1, 10)).to_date == 50
    assert owing.figures(date(2026, 1, 10)).provisional
    assert owing.figures(END).firm_at_term == 1825
    declared = _share(BasePeriod(START, date(2026, 3, 31), Decimal(12_000)))
    march = declared.figures(date(2026, 3, 31))
    assert march.to_date == 600
    assert not march.provisional
    april = declared.figures(date(2026, 4, 10))  # 12 000 declared + 10 days at 100 h
    assert april.to_date == 650
    assert april.provisional
    assert april.firm_at_term == 1975  # 12 000 + 275 × 100 = 39 500 h


def test_without_estimate_only_what_was_declared_counts() -> None:
    owing = _share(BasePeriod(START, date(2026, 1, 10), Decimal(1000)), estimate=None)
    assert owing.figures(date(2026, 1, 5)).to_date == 25
    assert owing.figures(END).to_date == 50
    assert owing.figures(END).provisional


@given(DAYS, DAYS, st.decimals(min_value=0, max_value=50_000, places=2))
def test_a_whole_declared_is_the_share_of_it(one: date, two: date, hours: Decimal) -> None:
    first, last = min(one, two), max(one, two)
    periods = (BasePeriod(first, last, hours),)
    owing = Owing(
        CommitmentKind.SHARE_OF_HOURS, last,
        basis=ShareOfHours(Decimal(1), first, last, Rounding.DOWN, Decimal(99), periods),
    )  # fmt: skip
    figures = owing.figures(last)
    assert figures.to_date == int(hours)
    assert not figures.provisional


YEAR = Part(Decimal(365), START, END, PartStatus.FIRM)
STOP = Pause(date(2026, 3, 1), date(2026, 3, 31))


def test_the_schedule_stops_during_a_suspension() -> None:
    open_ = (Pause(date(2026, 3, 1)),)
    assert three_figures([YEAR], date(2026, 2, 28)).to_date == 59
    assert three_figures([YEAR], date(2026, 3, 20), open_).to_date == 59
    assert three_figures([YEAR], END, open_).to_date == 59
    assert three_figures([YEAR], END, open_).firm == 365


def test_after_the_resumption_the_days_left_carry_the_hours_left() -> None:
    longer = Part(Decimal(365), START, date(2027, 1, 31), PartStatus.FIRM)  # the avenant gives the 31 days back
    assert three_figures([longer], date(2026, 3, 31), (STOP,)).to_date == 59
    assert three_figures([longer], date(2026, 4, 1), (STOP,)).to_date == 60
    assert three_figures([longer], date(2027, 1, 31), (STOP,)).to_date == 365
    assert three_figures([YEAR], END, (STOP,)).to_date == 365


def test_a_part_stopped_on_all_its_days_is_due_at_its_end() -> None:
    march = Part(Decimal(10), date(2026, 3, 1), date(2026, 3, 31), PartStatus.FIRM)
    assert three_figures([march], date(2026, 3, 30), (STOP,)).to_date == 0
    assert three_figures([march], date(2026, 3, 31), (STOP,)).to_date == 10


@given(DAYS, DAYS, DAYS)
def test_due_to_date_never_goes_back_and_never_passes_the_firm_hours(one: date, two: date, day: date) -> None:
    pauses = (Pause(min(one, two), max(one, two)),)
    before, after = (three_figures([YEAR], on, pauses).to_date for on in (day, day + timedelta(days=1)))
    assert 0 <= before <= after <= 365


def test_suspensions_are_read_from_the_versions() -> None:
    stop, again = VersionReason.SUSPENSION, VersionReason.RESUMPTION
    told = [
        (START, VersionReason.INITIAL), (date(2026, 3, 1), stop), (date(2026, 3, 5), stop),
        (date(2026, 3, 10), VersionReason.AMENDMENT), (date(2026, 4, 1), again), (date(2026, 6, 1), stop),
    ]  # fmt: skip
    assert pauses_of(told) == (STOP, Pause(date(2026, 6, 1)))
    assert pauses_of(told[:1]) == ()
    assert pauses_of([(START, stop), (START, again)]) == ()


def test_no_statement_is_expected_of_a_month_wholly_stopped() -> None:
    months = [date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
    assert expected_outside(months, (STOP,)) == [date(2026, 2, 1), date(2026, 4, 1)]
    assert expected_outside(months, (Pause(date(2026, 3, 2)),)) == months[:2]


@pytest.mark.parametrize("kind", [CommitmentKind.FOLLOWED, CommitmentKind.VOLUNTARY])
def test_a_kind_without_figure_owes_nothing(kind: CommitmentKind) -> None:
    figures = Owing(kind, END, (YEAR,)).figures(END)
    assert told(figures) == (0, 0, 0)
    assert figures.followed


def test_hours_moved_by_an_act_are_added_to_what_a_basis_makes() -> None:
    basis = PerAmount(Decimal(1000), amounts=((START, Decimal(100_000)),))
    assert Owing(CommitmentKind.PER_AMOUNT, END, basis=basis, moved=Decimal(-30)).figures(END).firm_at_term == 70
    assert Owing(CommitmentKind.PER_AMOUNT, END, basis=basis, moved=Decimal(-300)).figures(END).firm_at_term == 0
