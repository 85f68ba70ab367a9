"""Four dates never merged; life of a check; what a category asks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.errors import WrongState
from clausette.kernel.months import add_months
from clausette.participants.enums import CheckState as S
from clausette.participants.errors import CategoryNotStored
from clausette.participants.rules import (
    TRANSITIONS,
    CheckFacts,
    PaperFacts,
    age_at,
    allowed,
    check_transition,
    demand_storable,
    eligible_for,
    evidence_fresh,
    hire_before,
    hire_refusal,
    hours_until,
    is_under,
    missing_to_decide,
    pass_end,
    title_valid,
)
from clausette.reference.facts.publics import PUBLICS

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
BY_CODE = {row.code: row for row in PUBLICS}


@pytest.mark.parametrize(
    ("paper", "decision", "fresh"),
    [
        (date(2026, 1, 15), date(2026, 4, 15), True),
        (date(2026, 1, 15), date(2026, 4, 16), False),
        (date(2025, 11, 30), date(2026, 2, 28), True),
        (date(2025, 11, 30), date(2026, 3, 1), False),
        (date(2026, 4, 15), date(2026, 4, 15), True),
        (date(2026, 4, 16), date(2026, 4, 15), False),
    ],
)
def test_a_freshness(paper: date, decision: date, fresh: bool) -> None:
    assert evidence_fresh(paper, decision, months=3) is fresh


def test_a_paper_without_age() -> None:
    assert evidence_fresh(date(2000, 1, 1), date(2026, 1, 1), months=None)
    assert not evidence_fresh(date(2026, 1, 2), date(2026, 1, 1), months=None)


def test_b_hire_before() -> None:
    assert hire_before(date(2026, 3, 3)) == date(2026, 6, 3)
    assert hire_before(date(2025, 11, 30)) == date(2026, 2, 28)
    assert hire_before(date(2026, 3, 3), months=6) == date(2026, 9, 3)


@pytest.mark.parametrize(
    ("first", "until"),
    [
        (date(2024, 3, 1), date(2026, 2, 28)),
        (date(2024, 2, 28), date(2026, 2, 27)),
        (date(2024, 2, 29), date(2026, 2, 27)),
        (date(2026, 1, 1), date(2027, 12, 31)),
        (date(2026, 8, 31), date(2028, 8, 30)),
        (date(2022, 3, 1), date(2024, 2, 29)),
    ],
)
def test_c_hours_until(first: date, until: date) -> None:
    assert hours_until(first) == until


@given(DAYS)
def test_c_over_all_dates(first: date) -> None:
    until = hours_until(first)
    assert 729 <= (until - first).days <= 730
    assert until + timedelta(days=1) == add_months(first, 24)
    assert hours_until(first + timedelta(days=1)) >= until
    assert hours_until(first, months=12) < until < hours_until(first, months=36)


def test_d_pass() -> None:
    assert pass_end(date(2026, 1, 1)) == date(2027, 12, 31)
    assert pass_end(date(2026, 1, 1), suspended_days=10) == date(2028, 1, 10)
    assert title_valid(date(2026, 1, 1), date(2026, 1, 1))
    assert not title_valid(date(2026, 1, 1), date(2026, 1, 2))
    assert title_valid(None, date(2026, 1, 2))


def test_life() -> None:
    assert set(TRANSITIONS) == set(S)
    assert allowed(S.PROPOSED, S.ELIGIBLE)
    assert allowed(S.INCOMPLETE, S.IN_REVIEW)
    assert not any(allowed(state, S.EXPIRED) for state in S)
    assert not allowed(S.NOT_ELIGIBLE, S.ELIGIBLE)
    assert not allowed(S.EXPIRED, S.ELIGIBLE)
    check_transition(S.IN_REVIEW, S.NOT_ELIGIBLE)
    with pytest.raises(WrongState, match="« Éligible » ne peut pas passer à « Non éligible »"):
        check_transition(S.ELIGIBLE, S.NOT_ELIGIBLE)


DECIDED = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("facts", "hired", "reason"),
    [
        (CheckFacts(S.ELIGIBLE, DECIDED), date(2026, 3, 3), ""),
        (CheckFacts(S.ELIGIBLE, DECIDED), date(2026, 6, 3), ""),
        (CheckFacts(S.ELIGIBLE, DECIDED), date(2026, 6, 4), "n'était plus valable pour une embauche"),
        (CheckFacts(S.ELIGIBLE, DECIDED), date(2026, 3, 2), "antérieure à la décision"),
        (CheckFacts(S.IN_REVIEW, None), date(2026, 3, 3), "Aucune décision favorable"),
        (CheckFacts(S.ELIGIBLE, None), date(2026, 3, 3), "Aucune décision favorable"),
        (CheckFacts(S.NOT_ELIGIBLE, DECIDED), date(2026, 3, 3), "Aucune décision favorable"),
        (CheckFacts(S.EXPIRED, DECIDED), date(2026, 3, 3), "Aucune décision favorable"),
        (CheckFacts(S.ELIGIBLE, DECIDED, date(2026, 4, 1)), date(2026, 12, 1), ""),
        (CheckFacts(S.ELIGIBLE, DECIDED, date(2026, 4, 1)), date(2028, 3, 31), ""),
        (CheckFacts(S.ELIGIBLE, DECIDED, date(2026, 4, 1)), date(2028, 4, 1), "réexamen"),
        (CheckFacts(S.ELIGIBLE, DECIDED, None, date(2026, 3, 10)), date(2026, 3, 10), ""),
        (CheckFacts(S.ELIGIBLE, DECIDED, None, date(2026, 3, 10)), date(2026, 3, 11), "titre"),
        (CheckFacts(S.ELIGIBLE, DECIDED, date(2026, 3, 5), date(2026, 3, 10)), date(2026, 9, 1), ""),
    ],
)
def test_eligible_for(facts: CheckFacts, hired: date, reason: str) -> None:
    ok, said = eligible_for(facts, hired)
    assert ok is (reason == "")
    assert reason in said


def test_a_hiring_within_the_two_days_of_a_decision_both_included() -> None:
    first, last, day = date(2026, 3, 1), date(2026, 5, 31), timedelta(days=1)
    assert hire_refusal(first, since=first, until=last) == hire_refusal(last, since=first, until=last) == ""
    assert hire_refusal(first - day, since=first, until=last) == "L'embauche est antérieure à la décision."
    assert hire_refusal(last + day, since=first, until=last).startswith("La décision n'était plus valable")
    assert hire_refusal(first, since=None, until=None) == "Aucune décision favorable."
    assert hire_refusal(last + day, since=first, until=None) == hire_refusal(first, since=None, until=last) == ""


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 3, 3), date(2026, 3, 2), 25),
        (date(2000, 3, 3), date(2026, 3, 3), 26),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2026, 3, 3), date(2026, 3, 3), 0),
    ],
)
def test_age(born: date, on: date, age: int) -> None:
    assert age_at(born, on) == age
    assert is_under(born, on) is (age < 26)


def test_age_before_birth() -> None:
    with pytest.raises(ValueError, match="futur"):
        age_at(date(2026, 3, 4), date(2026, 3, 3))


@given(DAYS, st.integers(0, 40_000))
def test_age_grows_by_one_a_year(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    assert age_at(born, add_months(on, 12)) - age_at(born, on) in {0, 1, 2}
    assert 0 <= age_at(born, on) <= days // 365


def test_detention_is_never_stored() -> None:
    with pytest.raises(CategoryNotStored, match="avis motivé"):
        demand_storable(BY_CODE["PPSMJ"])
    demand_storable(BY_CODE["RSA"])


GOOD = PaperFacts(date(2026, 2, 1), True, date(2027, 1, 1), date(2004, 1, 1), True)


@pytest.mark.parametrize(
    ("code", "facts", "missing"),
    [
        ("RSA", GOOD, []),
        ("RSA", PaperFacts(None, True, None, None, False), ["Donnez la date de la pièce."]),
        ("RSA", PaperFacts(date(2025, 12, 2), True, None, None, False), ["La pièce a plus de 3 mois."]),
        (
            "RSA",
            PaperFacts(date(2026, 3, 4), True, None, None, False),
            ["La pièce est datée d'après la décision."],
        ),
        (
            "RSA",
            PaperFacts(date(2026, 2, 1), False, None, None, False),
            ["Pièce à voir : Attestation RSA (CAF ou MSA)."],
        ),
        ("RSA", PaperFacts(DECIDED, True, None, None, False), []),
        ("RQTH", GOOD, []),
        ("RQTH", PaperFacts(None, True, None, None, False), ["Donnez la date de fin du titre."]),
        ("RQTH", PaperFacts(None, True, date(2026, 3, 2), None, False), ["Le titre n'est plus valable."]),
        ("JEUNE_SQ", GOOD, []),
        (
            "JEUNE_SQ",
            PaperFacts(date(2026, 2, 1), True, None, None, False),
            ["Donnez la date de naissance."],
        ),
        (
            "JEUNE_DIPL",
            PaperFacts(date(2026, 2, 1), True, None, date(2000, 3, 3), False),
            ["La personne a 26 ans : il faut moins de 26 ans."],
        ),
        (
            "SENIOR",
            PaperFacts(date(2026, 2, 1), True, None, date(1976, 3, 4), False),
            ["La personne a 49 ans : il en faut 50."],
        ),
        ("SENIOR", PaperFacts(date(2026, 2, 1), True, None, date(1976, 3, 3), False), []),
        (
            "AVIS_MOTIVE",
            PaperFacts(date(2026, 2, 1), True, None, None, False),
            ["L'avis motivé d'un prescripteur est nécessaire."],
        ),
        ("GEIQ", PaperFacts(None, True, None, None, False), []),
    ],
)
def test_missing_to_decide(code: str, facts: PaperFacts, missing: list[str]) -> None:
    assert missing_to_decide(BY_CODE[code], facts, DECIDED) == missing
