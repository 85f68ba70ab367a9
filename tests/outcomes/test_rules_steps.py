"""The next step of a path, on the boundaries of its delays."""

from datetime import date, timedelta

import pytest

from clausette.outcomes.enums import ExitReason, FollowUpPoint
from clausette.outcomes.rules import Delays, PathFacts, StepKind, next_step

ON = date(2026, 11, 16)
DELAYS = Delays(ending=30, idle=90)


def day(count: int) -> date:
    return ON + timedelta(days=count)


CASES = {
    "not eligible": (PathFacts(), StepKind.CHECK),
    "eligible, nothing yet": (PathFacts(opens=True, hire_before=day(31)), StepKind.PLACE),
    "decision ends in 30 days": (PathFacts(opens=True, hire_before=day(30)), StepKind.CHECK),
    "at work, far from the end": (PathFacts(running=True, mission_ends_on=day(31)), StepKind.WAIT),
    "mission ends in 30 days": (PathFacts(running=True, mission_ends_on=day(30)), StepKind.PROLONG),
    "hours stop counting in 30 days": (PathFacts(running=True, counted_until=day(30)), StepKind.EXAMINE),
    "hours count for 31 days": (PathFacts(running=True, counted_until=day(31)), StepKind.WAIT),
    "89 days without work": (PathFacts(last_worked_on=day(-89)), StepKind.CHECK),
    "90 days without work": (PathFacts(last_worked_on=day(-90)), StepKind.EXIT),
    "90 days without work, eligible again": (PathFacts(opens=True, last_worked_on=day(-90)), StepKind.EXIT),
    "out today": (PathFacts(exited_on=ON), StepKind.FOLLOW_UP),
    "out, asked at once": (
        PathFacts(exited_on=day(-1), answered=frozenset({FollowUpPoint.AT_ONCE})), StepKind.WAIT,
    ),
    "out, everything answered": (
        PathFacts(exited_on=date(2025, 1, 1), answered=frozenset(FollowUpPoint)), StepKind.WAIT,
    ),
    "out, the last one answered": (
        PathFacts(exited_on=date(2026, 4, 1), answered=frozenset({FollowUpPoint.SIX})), StepKind.WAIT,
    ),
    "dead": (PathFacts(exited_on=date(2026, 4, 1), exit_reason=ExitReason.DEATH), StepKind.WAIT),
    "questionnaire first": (PathFacts(running=True, fse_due_on=day(5)), StepKind.FSE_EXIT),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_step_is_proposed(case: str) -> None:
    facts, kind = CASES[case]
    step = next_step(facts, ON, DELAYS)
    assert step.kind == kind
    assert step.reason.endswith(".")


def test_the_three_month_point_is_asked_on_its_day() -> None:
    asked = PathFacts(exited_on=date(2026, 8, 16), answered=frozenset({FollowUpPoint.AT_ONCE}))
    before, then = next_step(asked, day(-1), DELAYS), next_step(asked, ON, DELAYS)
    assert (before.kind, before.on) == (StepKind.WAIT, ON)
    assert (then.kind, then.point) == (StepKind.FOLLOW_UP, FollowUpPoint.THREE)
    assert then.reason == "Point de suivi « à 3 mois » à renseigner depuis le 16\u00a0novembre 2026."


def test_of_several_points_gone_by_the_last_one_is_asked() -> None:
    step = next_step(PathFacts(exited_on=date(2026, 4, 1)), ON, DELAYS)
    assert step.point == FollowUpPoint.SIX


def test_the_reason_counts_the_days() -> None:
    told = next_step(PathFacts(last_worked_on=day(-117)), ON, DELAYS).reason
    assert told == "Aucun contrat de travail depuis 117\u00a0jours : la sortie est à confirmer."


LAST_DAYS = {
    "Le questionnaire de sortie FSE+ est à remplir jusqu'au 16\u00a0novembre 2026.": PathFacts(fse_due_on=ON),
    "Les heures comptaient jusqu'au 15\u00a0novembre 2026 : réexaminez l'éligibilité.": PathFacts(
        running=True, counted_until=day(-1)
    ),
    "La décision ne vaut que pour une embauche jusqu'au 16\u00a0novembre 2026.": PathFacts(opens=True, hire_before=ON),
}


@pytest.mark.parametrize("told", LAST_DAYS)
def test_a_last_day_is_told_as_a_last_day(told: str) -> None:
    assert next_step(LAST_DAYS[told], ON, DELAYS).reason == told
