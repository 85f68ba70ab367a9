"""The retention clock on its boundaries: last day included, clamped months, the earlier of two limits, holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.months import add_months
from clausette.privacy.rules.retention import (
    Decided,
    Fate,
    PersonFacts,
    counted,
    fse_hold_until,
    going,
    last_day,
    of_person,
    review_due,
    row_on,
)
from clausette.reference.facts.retention import RETENTION, RetentionRow

DAYS = st.dates(date(2019, 5, 1), date(2035, 12, 31))
DAY = timedelta(days=1)


def row(code: str) -> RetentionRow:
    found = row_on(RETENTION, code, date(2026, 1, 1))
    assert found is not None
    return found


@given(DAYS)
def test_a_candidate_stays_the_day_of_the_term_and_not_one_more(contact: date) -> None:
    end = add_months(contact, 24)
    facts = PersonFacts(last_contact=contact)
    on_the_day, after = (of_person(facts, RETENTION, day)[0] for day in (end, end + DAY))
    assert (on_the_day.category, on_the_day.fate) == ("candidate", Fate.NOTICED)
    assert after.fate == Fate.DUE
    assert after.kept_until == end


@given(DAYS, st.integers(0, 3000), st.integers(0, 900))
def test_a_hold_prevails_until_its_last_day(contact: date, late: int, more: int) -> None:
    end = add_months(contact, 24)
    on, until = end + DAY + timedelta(days=late), end + timedelta(days=more)
    found = of_person(PersonFacts(last_contact=contact, held_until=until), RETENTION, on)[0]
    assert found.fate == (Fate.HELD if on <= until else Fate.DUE)


@given(DAYS, st.integers(0, 400), st.dates(date(2019, 5, 1), date(2040, 1, 1)))
def test_a_reason_goes_at_the_earlier_of_its_two_limits(decided: date, lasts: int, on: date) -> None:
    until = decided + timedelta(days=lasts)
    found = going(row("reason"), decided, on, most=until)
    assert found.kept_until == min(add_months(decided, 6), until)
    assert (found.fate == Fate.DUE) == (on > found.kept_until)
    assert found.notice_from == found.kept_until - timedelta(days=30)


@given(DAYS, DAYS)
def test_never_due_before_notice(since: date, on: date) -> None:
    found = going(row("person"), since, on)
    assert found.notice_from < found.kept_until
    assert (found.fate == Fate.KEPT) == (on < found.notice_from)


def test_month_ends_are_clamped() -> None:
    assert last_day(row("reason"), date(2025, 8, 31)) == date(2026, 2, 28)
    assert last_day(row("person"), date(2024, 2, 29)) == date(2026, 2, 28)


def test_a_person_at_work_has_no_term_and_a_contact_after_work_counts() -> None:
    on = date(2030, 1, 1)
    running = PersonFacts(date(2020, 1, 1), placed=True, running=True)
    assert of_person(running, RETENTION, on) == ()
    left = PersonFacts(date(2027, 6, 1), placed=True, last_end=date(2026, 3, 31))
    assert [(one.category, one.kept_until) for one in of_person(left, RETENTION, on)] == [("person", date(2029, 6, 1))]


def test_the_reason_of_somebody_never_hired_goes_with_the_eligibility() -> None:
    decided = Decided(date(2026, 1, 10), date(2026, 4, 10))
    (_, reason) = of_person(PersonFacts(date(2026, 1, 10), decisions=(decided,)), RETENTION, date(2026, 4, 11))
    assert (reason.fate, reason.why) == (Fate.DUE, "dès la fin de l'éligibilité")
    working = PersonFacts(date(2026, 1, 10), placed=True, last_end=date(2026, 9, 30), decisions=(decided,))
    assert of_person(working, RETENTION, date(2026, 4, 11))[1].kept_until == date(2027, 3, 30)


def test_all_that_a_person_holds_is_told_with_its_why() -> None:
    facts = PersonFacts(
        date(2024, 1, 10), placed=True, last_end=date(2024, 9, 30),
        decisions=(Decided(date(2024, 1, 10), date(2024, 4, 10)), Decided(date(2026, 10, 1))),
        evidence_validated_on=date(2024, 1, 10),
    )  # fmt: skip
    found = of_person(facts, RETENTION, date(2026, 10, 2))
    assert [(one.category, one.fate) for one in found] == [
        ("person", Fate.DUE), ("reason", Fate.DUE), ("reason", Fate.KEPT), ("evidence", Fate.DUE),
    ]  # fmt: skip
    assert [one.why for one in found[:3]] == [
        "24 mois après la fin de la dernière mise à l'emploi",
        "6 mois après la décision, ou la fin de la mise à l'emploi",
        "6 mois après la décision, ou la fin de la mise à l'emploi",
    ]
    assert counted(found) == {"person": 1, "reason": 1, "evidence": 1}


@pytest.mark.parametrize("paid", [date(2027, 1, 1), date(2027, 12, 31)])
def test_fse_counts_from_the_end_of_the_year(paid: date) -> None:
    assert fse_hold_until(row("fse"), paid) == date(2032, 12, 31)


def test_a_hold_is_reviewed_each_year_and_never_after_its_end() -> None:
    assert review_due(date(2026, 3, 1), None, date(2031, 12, 31)) == date(2027, 3, 1)
    assert review_due(date(2026, 3, 1), date(2031, 6, 1), date(2031, 12, 31)) == date(2031, 12, 31)


def test_before_its_first_day_no_row_applies() -> None:
    assert row_on(RETENTION, "person", date(2020, 1, 1)) is None


def test_every_row_says_where_it_comes_from() -> None:
    assert all(row.source and (row.months or row.days) for row in RETENTION)
    assert len({(row.code, row.starts_on) for row in RETENTION}) == len(RETENTION)
