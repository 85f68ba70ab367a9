"""When a validated month may be reopened, and when a request takes effect by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.enums import ReopeningState, StatementState
from clausette.hours.rules.reopening import REOPENINGS, ReopeningFacts, effective_from, refusal_to_reopen

FACTS = ReopeningFacts(StatementState.VALIDATED, date(2026, 10, 1))
ON = date(2026, 11, 16)


def refusal(on: date = ON, **values: object) -> str:
    return refusal_to_reopen(replace(FACTS, **values), on, closing_month=2)  # type: ignore[arg-type]  # by name


def test_a_request_ends_once() -> None:
    assert set(REOPENINGS) == set(ReopeningState)
    assert REOPENINGS[ReopeningState.WAITING] == set(ReopeningState) - {ReopeningState.WAITING}
    assert not any(REOPENINGS[state] for state in ReopeningState if state != ReopeningState.WAITING)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, ""),
        ({"state": StatementState.SUBMITTED}, "n'est pas validé"),
        ({"settled": ("Bâti Ouche, le 3 mars 2026",)}, "soldé (Bâti Ouche, le 3 mars 2026)"),
        ({"contract_over": "Clos"}, "« Clos »"),
        ({"globalised": True}, "par un acte (globalisation"),
    ],
)
def test_why_not(values: dict[str, object], told: str) -> None:
    found = refusal(**values)  # type: ignore[arg-type]  # by name
    assert (found == "") if not told else (told in found)


def test_a_closed_year_stays_to_the_day() -> None:
    december = {"month": date(2025, 12, 1)}
    assert refusal(date(2026, 2, 28), **december) == ""
    late = refusal(date(2026, 3, 1), **december)
    assert ("arrêtée depuis le 28\u00a0février 2026" in late, "rattrapages de 2026" in late) == (True, True)


@given(st.integers(0, 5), st.integers(1, 72))
def test_alone_it_takes_effect_after_its_hours(colleagues: int, hours: int) -> None:
    asked = datetime(2026, 11, 16, 9, tzinfo=UTC)
    found = effective_from(asked, colleagues, hours=hours)
    assert found == (None if colleagues else asked + timedelta(hours=hours))
