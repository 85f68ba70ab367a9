"""Contrats comptés: 20 weekly missions are one; both counts are kept, by period and by contract."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from clausette.placements.queries import counted_contracts
from clausette.placements.queries.contracts import Counts
from clausette.reference.queries import parameters_on
from tests.hats import TODAY, acting
from tests.placements.builders import People, lent, people, person, put_to_work, site

pytestmark = pytest.mark.django_db
START = date(2026, 6, 1)  # a Monday


@pytest.fixture
def cast() -> People:
    return people()


def missions(cast: People, aline: UUID, owed: UUID, count: int, start: date = START) -> date:
    """Weekly missions from Monday to Friday; return the last day."""
    for rank in range(count):
        first = start + timedelta(weeks=rank)
        put_to_work(cast, aline, owed, **lent(cast), starts_on=first, ends_on=first + timedelta(days=4))
    return start + timedelta(weeks=count - 1, days=4)


def counts(cast: People, **scope: Any) -> Counts:
    gap = int(parameters_on(TODAY)["mission_gap_days"])
    with acting(cast.pilot) as actor:
        return counted_contracts(actor=actor, gap_days=gap, **scope)


def test_twenty_weekly_missions_are_one(cast: People) -> None:
    missions(cast, person(cast.pilot), site(cast), 20)
    assert counts(cast) == Counts(work_contracts=20, counted=1)


@pytest.mark.parametrize(("days", "counted"), [(15, 1), (16, 2)])
def test_fifteen_days_without_work_join_sixteen_part(cast: People, days: int, counted: int) -> None:
    aline, owed = person(cast.pilot), site(cast)
    last = missions(cast, aline, owed, 2)
    missions(cast, aline, owed, 1, last + timedelta(days=days + 1))
    assert counts(cast) == Counts(work_contracts=3, counted=counted)


def test_a_period_counts_who_was_at_work_in_it(cast: People) -> None:
    missions(cast, person(cast.pilot), site(cast), 6)
    assert counts(cast, first=date(2026, 6, 8), last=date(2026, 6, 19)) == Counts(2, 1)
    assert counts(cast, last=date(2026, 5, 31)) == Counts(0, 0)
    assert counts(cast, contract_ids=[]) == Counts(0, 0)
