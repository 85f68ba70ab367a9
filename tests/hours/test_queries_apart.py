"""Hours of kinds without figure are totalled apart; sums agree whatever the kinds: engagements = contract = buyer."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import WITHOUT_FIGURE, CommitmentKind
from clausette.hours.operations import Entry, submit_statement
from clausette.hours.queries import (
    LineFilters,
    Progress,
    lines_behind,
    progress_by_buyer,
    progress_by_contract,
    progress_by_firm,
    progress_of,
    total_of,
)
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, commitment, worker, world

AT = noon(TODAY)
HOURS = st.decimals(min_value=0, max_value=5000, places=2)


@st.composite
def progresses(draw: st.DrawFn) -> Progress:
    kind = draw(st.sampled_from(CommitmentKind))
    due = None if kind in WITHOUT_FIGURE else draw(HOURS)
    return Progress(
        commitment_id=draw(st.integers(1, 99)), contract_id=draw(st.integers(1, 4)), contractor_id=1, kind=kind,
        declared=draw(HOURS), validated=draw(HOURS), refused=draw(HOURS), due_to_date=due, due_firm=due,
        due_possible=due,
    )  # fmt: skip


def _sum(several: Iterable[Progress], name: str) -> Decimal:
    return sum((getattr(one, name) or Decimal(0) for one in several), Decimal(0))


@given(st.lists(progresses(), max_size=12))
def test_every_hour_is_in_one_total_and_in_one_only(several: list[Progress]) -> None:
    total = total_of(several)
    for name in ("validated", "declared", "refused"):
        parts = (getattr(total, name), getattr(total.followed, name), getattr(total.voluntary, name))
        assert sum(parts) == _sum(several, name)
    assert total.due_firm == _sum(several, "due_firm")


@given(st.lists(progresses(), max_size=12))
def test_the_sum_of_the_contracts_is_the_sum_of_the_engagements(several: list[Progress]) -> None:
    whole = total_of(several)
    contracts = [total_of([p for p in several if p.contract_id == number]) for number in range(1, 5)]
    for name in ("validated", "declared", "due_to_date", "due_firm", "due_possible"):
        assert sum(getattr(one, name) for one in contracts) == getattr(whole, name)
    assert sum(one.voluntary.validated for one in contracts) == whole.voluntary.validated


@given(st.lists(progresses(), max_size=12), HOURS)
def test_a_kind_without_figure_never_moves_a_rate(several: list[Progress], more: Decimal) -> None:
    before = total_of(several)
    for kind in WITHOUT_FIGURE:
        after = total_of([*several, Progress(100, 1, 1, kind=kind, validated=more)])
        assert (after.raw, after.capped, after.validated) == (before.raw, before.capped, before.validated)


@pytest.mark.django_db
def test_voluntary_hours_are_hors_clause_on_every_page_and_behind_their_figure() -> None:
    w = world()
    free = commitment(w.contract, w.firm, hours=0, start=date(2026, 8, 1), kind="voluntary")
    who = worker(w.pilot, free, "Awa", "Cissé", host=w.firm)
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "100"), Entry(who.uid, free.uid, Decimal(20)))
        submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        known = progress_of(actor=pilot, as_of=TODAY)
        totals = [
            progress_by_contract(actor=pilot, as_of=TODAY)[w.contract.pk],
            progress_by_firm(actor=pilot, as_of=TODAY)[w.firm.organisation_id],
            progress_by_buyer(actor=pilot, as_of=TODAY)[w.buyer.organisation_id],
        ]
        apart = frozenset({CommitmentKind.VOLUNTARY})
        behind = lines_behind(actor=pilot, filters=LineFilters(kinds=apart), with_names=True)
    assert known[free.pk].due_firm is None
    assert known[free.pk].raw is None
    for total in totals:
        found = (total.declared, total.voluntary.declared, total.due_firm)
        assert found == (Decimal(100), Decimal(20), Decimal(833))
    assert (behind.count, behind.hours) == (1, Decimal(20))
