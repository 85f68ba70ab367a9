"""The statement that reads the clock for a whole structure says what the rule says of one person."""

from datetime import date, timedelta

import pytest

from clausette.kernel.months import add_months
from clausette.outcomes import operations as outcomes
from clausette.outcomes.enums import Support
from clausette.participants.models import Participant
from clausette.participants.queries import participant_key
from clausette.privacy.enums import HoldReason
from clausette.privacy.operations import set_hold
from clausette.privacy.queries.erasure import erasure_sheet
from clausette.privacy.queries.retention import NO_END, leaving, on_the_clock, tallies
from clausette.privacy.rules.retention import Decided, Fate, PersonFacts, of_person
from clausette.reference.facts.retention import RETENTION
from tests.hats import TODAY, acting, as_owner, noon
from tests.placements.builders import ENDS, decide, people, person, put_to_work, site

pytestmark = pytest.mark.django_db
HIRE = add_months(TODAY, 3)


def collected_today() -> None:
    """The database stamps rows with its own present, which no test sets."""
    with as_owner():
        Participant.objects.update(created_at=noon(TODAY))


def test_the_statement_and_the_rule_agree_on_every_boundary() -> None:
    cast = people()
    candidate, placed = person(cast.pilot, "Zoé", "Lhoest"), person(cast.pilot, "Ali", "Benali")
    decide(cast.pilot, candidate)
    decide(cast.pilot, placed, on=TODAY - timedelta(days=45))
    put_to_work(cast, placed, site(cast))
    collected_today()
    facts = {
        candidate: PersonFacts(TODAY, decisions=(Decided(TODAY, HIRE),)),
        placed: PersonFacts(
            TODAY, placed=True, last_end=ENDS,
            decisions=(Decided(TODAY - timedelta(days=45), add_months(TODAY - timedelta(days=45), 3)),),
        ),
    }  # fmt: skip
    with acting(cast.pilot) as actor:
        ids = {participant_key(actor, uid).id: uid for uid in facts}
        for base in (HIRE, add_months(ENDS, 6), add_months(TODAY, 24), add_months(ENDS, 24)):
            for days in (-31, -30, -1, 0, 1):
                on = base + timedelta(days=days)
                told = {
                    (ids[one.participant_id], one.category, one.kept_until, one.fate)
                    for one in on_the_clock(actor=actor, on=on)
                }
                ruled = {
                    (uid, one.category, one.kept_until, one.fate)
                    for uid, fact in facts.items()
                    for one in of_person(fact, RETENTION, on)
                    if one.fate != Fate.KEPT
                }
                assert told == ruled, on


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
