"""The statement that reads the clock for a whole structure says what the rule says of one person."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clausette.kernel.months import add_months
from clausette.outcomes import operations as outcomes
from clausette.outcomes.enums import Support
from clausette.participants.models import EligibilityCheck, Participant
from clausette.participants.queries import participant_key
from clausette.privacy.enums import HoldReason
from clausette.privacy.operations import set_hold
from clausette.privacy.queries.erasure import erasure_sheet
from clausette.privacy.queries.retention import NO_END, leaving, on_the_clock, tallies
from clausette.privacy.rules.retention import Decided, Fate, PersonFacts, of_person
from clausette.reference.facts.retention import RETENTION
from tests.hats import TODAY, acting, as_owner, noon
from tests.placements.builders import People, decide, people, person, put_to_work, site

pytestmark = pytest.mark.django_db


def collected_today() -> None:
    """The database stamps rows with its own present, which no test sets."""
    with as_owner():
        Participant.objects.update(created_at=noon(TODAY))


OPENED_NOTHING = ("decided_on", "decided_by", "hire_before")
DAYS = st.integers(-900, 0).map(lambda days: TODAY + timedelta(days=days))


@given(
    met=DAYS, decided=DAYS, withdrawn=st.booleans(), ended=DAYS, hold=st.none() | st.integers(0, 900),
    near=st.sampled_from(["candidate", "person", "reason", "work"]), off=st.integers(-31, 2),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_statement_and_the_rule_agree_whatever_the_days(
    world: tuple[People, UUID, UUID], met: date, decided: date, withdrawn: bool, ended: date, hold: int | None,
    near: str, off: int,
) -> None:  # fmt: skip
    """The rule is what a person can read of one life; the statement is the same arithmetic for a whole structure."""
    cast, candidate, placed = world
    end = {"candidate": add_months(met, 24), "person": add_months(max(met, ended, decided), 24),
           "reason": add_months(decided, 6), "work": add_months(max(ended, decided), 6)}[near]  # fmt: skip
    on = max(end + timedelta(days=off), date(2021, 3, 11))
    until = on + timedelta(days=hold) if hold is not None else None
    state: dict[str, Any] = {"state": "withdrawn", "asked_on": decided} | dict.fromkeys(OPENED_NOTHING)
    valid = add_months(decided, 3)
    if not withdrawn:
        state = {"state": "eligible", "decided_on": decided, "decided_by": cast.pilot.account_id,
                 "hire_before": valid, "asked_on": decided}  # fmt: skip
    with as_owner():
        Participant.objects.update(created_at=noon(met))
        EligibilityCheck.objects.update(**state)
        started = {"starts_on": ended - timedelta(days=30), "ends_on": ended}
        apps.get_model("placements.Placement").objects.update(**started)
        apps.get_model("privacy.RetentionHold").objects.update(
            set_on=date(2020, 1, 1), review_on=date(2020, 1, 1), until=until or date(2020, 1, 1)
        )
    contact, made = max(met, decided), (Decided(decided, None if withdrawn else valid),)
    facts = {
        candidate: PersonFacts(contact, decisions=made, held_until=until),
        placed: PersonFacts(contact, placed=True, last_end=ended, decisions=made, held_until=until),
    }
    with acting(cast.pilot) as actor:
        ids = {participant_key(actor, uid).id: uid for uid in facts}
        told = {
            (ids[one.participant_id or 0], one.category, one.kept_until, one.fate)
            for one in on_the_clock(actor=actor, on=on)
        }
    assert told == {
        (uid, one.category, one.kept_until, one.fate)
        for uid, fact in facts.items()
        for one in of_person(fact, RETENTION, on)
        if one.fate != Fate.KEPT
    }


@pytest.fixture
def world() -> tuple[People, UUID, UUID]:
    """A candidate and somebody put to work, both decided and held."""
    cast = people()
    candidate, placed = person(cast.pilot, "Zoé", "Lhoest"), person(cast.pilot, "Ali", "Benali")
    decide(cast.pilot, candidate)
    decide(cast.pilot, placed, on=TODAY - timedelta(days=45))
    put_to_work(cast, placed, site(cast))
    with acting(cast.pilot) as actor:
        for uid in (candidate, placed):
            set_hold(actor=actor, participant_uid=uid, reason=HoldReason.AUDIT, until=date(2031, 12, 31), on=TODAY)
    return cast, candidate, placed


def test_what_is_held_says_until_when_and_another_structure_counts_nothing() -> None:
    cast = people()
    uid = person(cast.pilot, "Zoé", "Lhoest")
    person(cast.pilot, "Ali", "Benali")
    on = add_months(TODAY, 24) + timedelta(days=1)
    collected_today()
    with acting(cast.pilot) as actor:
        set_hold(actor=actor, participant_uid=uid, reason=HoldReason.FSE, until=date(2031, 12, 31), on=TODAY)
        found = [(one.category, one.held_until, one.due) for one in tallies(actor=actor, on=on)]
        assert found == [("candidate", None, 1), ("candidate", date(2031, 12, 31), 1)]
        names = {line.name: line.fate for line in leaving(actor=actor, on=on)}
        assert names == {"Zoé Lhoest": Fate.HELD, "Ali Benali": Fate.DUE}
    with acting(cast.stranger) as other:
        assert tallies(actor=other, on=on) == ()


@pytest.mark.parametrize(("paid", "until"), [(None, NO_END), (date(2028, 5, 2), date(2033, 12, 31))])
def test_an_entry_in_a_funded_operation_holds_until_the_end_of_its_retention(paid: date | None, until: date) -> None:
    cast = people()
    uid = person(cast.pilot, "Zoé", "Lhoest")
    on = add_months(TODAY, 24) + timedelta(days=1)
    collected_today()
    with acting(cast.pilot) as actor:
        values = outcomes.OperationValues("Parcours", "202600123", date(2026, 1, 1), last_paid_on=paid)
        operation = outcomes.create_operation(actor=actor, values=values)
        outcomes.enter(
            actor=actor, participant_uid=uid, operation_uid=operation, entered_on=date(2026, 3, 2),
            support=Support.LASTING, on=TODAY,
        )  # fmt: skip
        assert [(one.held_until, one.fate) for one in on_the_clock(actor=actor, on=on)] == [(until, Fate.HELD)]
        (told,) = erasure_sheet(actor=actor, uid=uid, on=on).refusals
    assert "opération FSE+ « Parcours »" in told
    assert ("2033" in told) == (paid is not None)
