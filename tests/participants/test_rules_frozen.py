"""Facts frozen with a decision: whole months to the day, what the public tells, what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.errors import Invalid
from clausette.kernel.months import add_months
from clausette.participants.enums import DistrictMeans
from clausette.participants.rules import FactsEntry, frozen_facts, whole_months

BORN, DECIDED = date(2000, 2, 29), date(2026, 2, 28)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [
        (date(2025, 3, 2), date(2026, 3, 2), 12),
        (date(2025, 3, 2), date(2026, 3, 1), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
    ],
)
def test_months_are_whole(since: date, on: date, months: int) -> None:
    assert whole_months(since, on) == months


@given(DAYS, st.integers(0, 400))
def test_a_month_is_reached_on_its_day_and_not_the_day_before(since: date, months: int) -> None:
    reached = add_months(since, months)
    assert whole_months(since, reached) == months
    if months:
        assert whole_months(since, reached - timedelta(days=1)) == months - 1


def test_what_is_known_is_kept_with_its_words() -> None:
    entry = FactsEntry("51", True, "QN00101M", "", DistrictMeans.POINT, date(2025, 2, 28), Decimal("2.5"), False)
    kept = frozen_facts(entry, born_on=BORN, decided_on=DECIDED, codes=frozenset({"RSA"}))
    assert (kept.age, kept.level, kept.level_words) == (25, "51", "CAP ou BEP obtenu")
    assert (kept.in_district, kept.district_2024, kept.district_means) == (True, "QN00101M", "point")
    assert (kept.months_registered, kept.months_worked, kept.already_employed) == (12, Decimal("2.5"), False)


@pytest.mark.parametrize(
    ("entry", "codes", "lives"),
    [
        (FactsEntry(), {"RSA"}, None),
        (FactsEntry(), {"RSA", "QPV"}, True),
        (FactsEntry(in_district=False), {"RSA"}, False),
        (FactsEntry(in_district=False, district_2015="QP093028"), {"RSA"}, True),
    ],
)
def test_a_home_in_a_priority_district_is_told_by_its_code_or_by_the_public(
    entry: FactsEntry, codes: set[str], lives: bool | None
) -> None:
    kept = frozen_facts(entry, born_on=BORN, decided_on=DECIDED, codes=frozenset(codes))
    assert (kept.in_district, kept.district_means) == (lives, "typed" if lives else "")


def test_what_cannot_be_is_refused_field_by_field() -> None:
    entry = FactsEntry("99", registered_on=date(2026, 3, 1), months_worked=Decimal(13))
    with pytest.raises(Invalid) as refused:
        frozen_facts(entry, born_on=BORN, decided_on=DECIDED, codes=frozenset())
    assert sorted(refused.value.errors) == ["level", "months_worked", "registered_on"]
