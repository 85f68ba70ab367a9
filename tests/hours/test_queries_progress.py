"""Where engagements stand, for those who may know."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clausette.commitments.operations import change_conditions
from clausette.hours.enums import LineState, MonthStatus
from clausette.hours.operations import submit_statement, validate_statement
from clausette.hours.queries import (
    LineFilters,
    hours_until_of,
    lines_behind,
    months_curve,
    progress_by_buyer,
    progress_by_contract,
    progress_by_firm,
    progress_of,
)
from clausette.kernel.errors import Absent, Invalid
from tests.hats import TODAY, acting, noon
from tests.hours.builders import OCT, SEPT, World, commitment, contract, worker, world
from tests.world import body, member

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


def _filled(w: World) -> None:
    """September validated (140 h), October handed over (221,5 h)."""
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, SEPT, w.entry(w.lemaire, "140"))
        ref = submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        validate_statement(
            actor=pilot,
            uid=ref.uid,
            version=ref.version,
            justifications={"W104": "Feuilles vues."},
            at=AT,
            on=TODAY,
        )
        ref = w.save(pilot, OCT, w.entry(w.lemaire, "121.5"), w.entry(w.diallo, "100"))
        submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)


def test_a_month_without_statement_is_missing_and_a_nil_one_is_not() -> None:
    w = world()
    with acting(w.pilot) as pilot:
        ref = w.save(pilot, SEPT, is_nil=True)
        submit_statement(actor=pilot, uid=ref.uid, version=ref.version, at=AT, on=TODAY)
        found = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    assert found.missing_months == (date(2026, 7, 1), date(2026, 8, 1), OCT)
    assert found.pending_months == (SEPT,)


def test_months_before_the_follow_up_began_are_missing_for_nobody() -> None:
    w = world()
    with acting(w.pilot) as pilot:
        change_conditions(actor=pilot, uid=w.commitment.uid, expected_from=SEPT)
        found = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
        assert found.missing_months == (SEPT, OCT)
        for refused in (date(2026, 6, 1), date(2026, 9, 2)):
            with pytest.raises(Invalid):
                change_conditions(actor=pilot, uid=w.commitment.uid, expected_from=refused)


def test_figures_and_rates() -> None:
    w = world()
    _filled(w)
    with acting(w.pilot) as pilot:
        found = progress_of(actor=pilot, as_of=TODAY)[w.commitment.pk]
    assert (found.validated, found.declared, found.refused) == (Decimal(140), Decimal("221.5"), Decimal(0))
    assert (found.due_firm, found.remaining) == (Decimal(833), Decimal(693))
    assert (found.raw, found.capped) == (Decimal("0.1681"), Decimal("0.1681"))


def test_sums_by_contract_firm_and_buyer_cap_each_engagement() -> None:
    w = world()
    _filled(w)
    small = commitment(w.contract, w.firm, hours=100, start=date(2026, 8, 1))
    with acting(w.pilot) as pilot:
        known = progress_of(actor=pilot, as_of=TODAY)
        by_contract = progress_by_contract(actor=pilot, as_of=TODAY, progress=known)
        by_firm = progress_by_firm(actor=pilot, as_of=TODAY)
        by_buyer = progress_by_buyer(actor=pilot, as_of=TODAY, progress=known)
    total = by_contract[w.contract.pk]
    assert (total.commitments, total.due_firm, total.validated) == (2, Decimal(933), Decimal(140))
    assert by_firm[w.firm.organisation_id] == total == by_buyer[w.buyer.organisation_id]
    assert known[small.pk].validated == 0


def test_a_followed_engagement_has_hours_and_no_rate() -> None:
    w = world()
    followed = commitment(w.contract, w.firm, hours=0, start=date(2026, 8, 1), kind="followed")
    with acting(w.pilot) as pilot:
        found = progress_of(actor=pilot, commitment_ids=[followed.pk], as_of=TODAY)[followed.pk]
    assert (found.due_firm, found.raw, found.remaining) == (None, None, None)


def test_the_number_of_queries_does_not_grow() -> None:
    w = world()
    _filled(w)
    counts = []
    for n in (0, 1, 2):
        if n:
            commitment(w.contract, w.firm, start=date(2026, 8, n))
        with (
            acting(w.pilot) as pilot,
            CaptureQueriesContext(
                connection,
            ) as captured,
        ):
            progress_of(actor=pilot, as_of=TODAY)
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]


def test_each_sees_its_own() -> None:
    w = world()
    _filled(w)
    other_buyer = member(body("Autre ville", "buyer"), "eva@autre.example")
    other_firm = member(body("Peinture Sud", "contractor"), "tim@peinture.example")
    other = commitment(contract(w.stranger, other_buyer, "École"), other_firm)
    seen = {}
    for who in (w.pilot, w.buyer, w.firm, w.stranger, other_firm):
        with acting(who) as actor:
            seen[who.account_name] = {
                pk: (p.validated, p.declared) for pk, p in progress_of(actor=actor, as_of=TODAY).items()
            }
    own = {w.commitment.pk: (Decimal(140), Decimal("221.5"))}
    nothing = {other.pk: (Decimal(0), Decimal(0))}
    assert seen == {"Ana": own, "Max": own, "Zoe": own, "Bob": nothing, "Tim": {}}


def test_the_curve_cumulates_and_says_what_is_known_of_each_month() -> None:
    w = world()
    _filled(w)
    with acting(w.buyer) as buyer:
        points = months_curve(actor=buyer, commitment_uid=w.commitment.uid, as_of=TODAY)
    shown = [(p.month.month, p.status, p.validated, p.declared) for p in points[:5]]
    assert shown == [
        (7, MonthStatus.UNKNOWN, Decimal(0), None),
        (8, MonthStatus.UNKNOWN, Decimal(0), None),
        (9, MonthStatus.VALIDATED, Decimal(140), None),
        (10, MonthStatus.DECLARED, Decimal(140), Decimal("361.5")),
        (11, MonthStatus.UNKNOWN, None, None),
    ]
    assert points[-1].due == Decimal(833)


def test_the_curve_of_another_is_absent() -> None:
    w = world()
    with acting(w.stranger) as stranger, pytest.raises(Absent):
        months_curve(actor=stranger, commitment_uid=w.commitment.uid, as_of=TODAY)


def test_what_is_behind_a_number_with_and_without_names() -> None:
    w = world()
    _filled(w)
    filters = LineFilters(commitment_uid=w.commitment.uid, as_of=TODAY)
    with acting(w.pilot) as pilot:
        named = lines_behind(actor=pilot, filters=filters, with_names=True)
    with acting(w.buyer) as buyer:
        summed = lines_behind(actor=buyer, filters=filters, with_names=False)
        asked_anyway = lines_behind(actor=buyer, filters=filters, with_names=True)
        validated = lines_behind(
            actor=buyer, filters=LineFilters(state=LineState.VALIDATED), with_names=False
        )
    assert (named.count, named.hours, {row.person for row in named.rows}) == (
        3, Decimal("361.5"), {"Lemaire David", "Diallo Salif"},
    )  # fmt: skip
    assert [(row.month, row.hours, row.person) for row in summed.rows] == [
        (OCT, Decimal("221.5"), ""), (SEPT, Decimal(140), ""),
    ]  # fmt: skip
    assert {row.person for row in asked_anyway.rows} == {""}
    assert validated.hours == Decimal(140)


def test_hours_are_counted_for_two_years_from_the_first_one() -> None:
    w = world()
    _filled(w)
    late = worker(w.pilot, w.commitment, "Lina", "Roy", host=w.firm)
    with acting(w.pilot) as pilot:
        found = hours_until_of(actor=pilot, participant_ids=[w.lemaire.participant_id, late.participant_id])
    assert list(found) == [w.lemaire.participant_id]
    assert found[w.lemaire.participant_id].until == date(2028, 8, 31)
