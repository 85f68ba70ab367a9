"""Life of a statement, what it lacks, the months expected and known, corrections."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import Periodicity
from clausette.hours.enums import LineState, MonthStatus
from clausette.hours.enums import StatementState as S
from clausette.hours.errors import CorrectionImpossible, StatementIncomplete
from clausette.hours.rules import (
    LINE_TRANSITIONS,
    TRANSITIONS,
    StatementFacts,
    SubmissionFacts,
    allowed,
    check_transition,
    correction_delta,
    due_on,
    is_late,
    is_regularisation,
    missing_months,
    missing_to_submit,
    month_status,
    months_expected,
    pending_months,
)
from clausette.kernel.errors import WrongState

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def test_table() -> None:
    arrows = {(a, b) for a, targets in TRANSITIONS.items() for b in targets}
    assert arrows == {
        (S.DRAFT, S.SUBMITTED),
        (S.SUBMITTED, S.VALIDATED),
        (S.SUBMITTED, S.RETURNED),
        (S.SUBMITTED, S.DRAFT),
        (S.RETURNED, S.SUBMITTED),
        (S.VALIDATED, S.SUBMITTED),  # by a request to reopen only
    }
    assert set(TRANSITIONS) == set(S)
    assert set(LINE_TRANSITIONS) == set(LineState)
    assert LINE_TRANSITIONS[LineState.VALIDATED] == {LineState.DECLARED}
    assert not LINE_TRANSITIONS[LineState.REFUSED]


def test_transitions_are_told_in_words() -> None:
    assert allowed(S.DRAFT, S.SUBMITTED)
    check_transition(S.SUBMITTED, S.VALIDATED)
    with pytest.raises(WrongState, match="corrigez-le par une nouvelle ligne"):
        check_transition(S.VALIDATED, S.RETURNED)
    with pytest.raises(WrongState, match="corrigez-le par une nouvelle ligne"):
        check_transition(S.VALIDATED, S.SUBMITTED)
    with pytest.raises(WrongState, match="« Validé » ne peut pas passer à « Validé »"):
        check_transition(S.VALIDATED, S.VALIDATED)
    with pytest.raises(WrongState, match="« Brouillon » ne peut pas passer à « Validé »"):
        check_transition(S.DRAFT, S.VALIDATED)


def facts(
    month: date = JANUARY,
    nil: bool = False,
    lines: int = 3,
    zeros: int = 0,
    unsplit: tuple[str, ...] = (),
    evidence: bool = True,
    required: bool = True,
) -> SubmissionFacts:
    return SubmissionFacts(month, nil, lines, zeros, unsplit, evidence, required)


@pytest.mark.parametrize(
    ("given_facts", "missing"),
    [
        (facts(), []),
        (facts(zeros=1), []),
        (facts(lines=0), ["Saisissez les heures, ou cochez « aucune heure ce mois-ci »."]),
        (facts(zeros=3), ["Saisissez les heures, ou cochez « aucune heure ce mois-ci »."]),
        (facts(lines=0, nil=True, evidence=False), []),
        (facts(zeros=3, nil=True), []),
        (facts(nil=True), ["Des heures sont saisies : décochez « aucune heure ce mois-ci » ou effacez-les."]),
        (facts(unsplit=("Ana", "Bo")), ["Heures sans engagement d'insertion : Ana, Bo. Choisissez-en un."]),
        (facts(evidence=False), ["Joignez une pièce justificative."]),
        (facts(evidence=False, required=False), []),
        (facts(month=date(2026, 3, 1)), []),
        (
            facts(month=date(2026, 4, 1)),
            ["Le relevé d'avril 2026 ne peut pas être transmis avant ce mois."],
        ),
    ],
)
def test_missing_to_submit(given_facts: SubmissionFacts, missing: list[str]) -> None:
    assert missing_to_submit(given_facts, date(2026, 3, 1)) == missing


def test_incomplete_keeps_each_sentence() -> None:
    refusal = StatementIncomplete(["Un.", "Deux."])
    assert (refusal.message, refusal.missing) == ("Un. Deux.", ("Un.", "Deux."))


@pytest.mark.parametrize(
    ("start", "end", "on", "count"),
    [
        (date(2026, 1, 15), None, date(2026, 1, 30), 0),
        (date(2026, 1, 15), None, date(2026, 1, 31), 1),
        (date(2026, 1, 15), None, date(2026, 2, 27), 1),
        (date(2026, 1, 15), None, date(2026, 2, 28), 2),
        (date(2026, 1, 31), date(2026, 2, 1), date(2026, 12, 31), 2),
        (date(2026, 5, 1), None, date(2026, 3, 15), 0),
        (date(2025, 11, 1), date(2026, 1, 31), date(2026, 1, 15), 2),
    ],
)
def test_months_expected(start: date, end: date | None, on: date, count: int) -> None:
    assert len(months_expected(start, end, on)) == count


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 900), st.integers(-100, 2000))
def test_no_month_is_expected_before_its_end(start: date, length: int, gone: int) -> None:
    end, on = start + timedelta(days=length), start + timedelta(days=gone)
    months = months_expected(start, end, on)
    assert months == sorted(set(months))
    assert all(month.day == 1 and month <= end for month in months)
    assert all((month + timedelta(days=32)).replace(day=1) - timedelta(days=1) <= on for month in months)


def test_silence_is_unknown() -> None:
    assert month_status(None) is MonthStatus.UNKNOWN


@pytest.mark.parametrize(
    ("state", "nil", "status"),
    [
        (S.DRAFT, False, MonthStatus.DRAFT),
        (S.DRAFT, True, MonthStatus.DRAFT),
        (S.SUBMITTED, False, MonthStatus.DECLARED),
        (S.SUBMITTED, True, MonthStatus.NIL),
        (S.RETURNED, False, MonthStatus.RETURNED),
        (S.RETURNED, True, MonthStatus.RETURNED),
        (S.VALIDATED, False, MonthStatus.VALIDATED),
        (S.VALIDATED, True, MonthStatus.NIL),
    ],
)
def test_month_status(state: S, nil: bool, status: MonthStatus) -> None:
    assert month_status(StatementFacts(JANUARY, state, nil)) is status


def test_missing_and_pending_months() -> None:
    expected = [JANUARY, FEBRUARY, MARCH, date(2026, 4, 1), date(2026, 5, 1)]
    statements = [
        StatementFacts(JANUARY, S.VALIDATED, False),
        StatementFacts(FEBRUARY, S.DRAFT, False),
        StatementFacts(MARCH, S.RETURNED, False),
        StatementFacts(date(2026, 4, 1), S.SUBMITTED, True),
        StatementFacts(date(2026, 4, 1), S.SUBMITTED, False),
    ]
    assert missing_months(expected, statements) == [FEBRUARY, MARCH, date(2026, 5, 1)]
    assert pending_months(statements) == [date(2026, 4, 1)]


@pytest.mark.parametrize(
    ("month", "periodicity", "day", "due"),
    [
        (JANUARY, Periodicity.MONTHLY, 10, date(2026, 2, 10)),
        (JANUARY, Periodicity.MONTHLY, 31, date(2026, 3, 2)),
        (date(2026, 12, 1), Periodicity.MONTHLY, 5, date(2027, 1, 5)),
        (JANUARY, Periodicity.QUARTERLY, 15, date(2026, 4, 15)),
        (FEBRUARY, Periodicity.QUARTERLY, 15, date(2026, 4, 15)),
        (MARCH, Periodicity.QUARTERLY, 15, date(2026, 4, 15)),
        (date(2026, 10, 1), Periodicity.QUARTERLY, 15, date(2027, 1, 15)),
        (JANUARY, Periodicity.MONTHLY, 0, date(2026, 2, 2)),
        (date(2026, 4, 1), Periodicity.MONTHLY, 14, date(2026, 5, 15)),
    ],
)
def test_due_day(month: date, periodicity: Periodicity, day: int, due: date) -> None:
    assert due_on(month, periodicity, day) == due
    assert not is_late(month, periodicity, day, due)
    assert is_late(month, periodicity, day, due + timedelta(days=1))


def test_correction() -> None:
    assert correction_delta(Decimal("151.67"), Decimal(120)) == Decimal("-31.67")
    assert correction_delta(Decimal(100), Decimal(0)) == -100
    assert correction_delta(Decimal(0), Decimal(7)) == 7
    with pytest.raises(CorrectionImpossible, match="vaut déjà"):
        correction_delta(Decimal(100), Decimal("100.00"))
    with pytest.raises(CorrectionImpossible, match="négatif"):
        correction_delta(Decimal(100), Decimal(-1))


def test_regularisation() -> None:
    assert not is_regularisation(date(2025, 12, 1), date(2026, 3, 31))
    assert is_regularisation(date(2025, 12, 1), date(2026, 4, 1))


def test_by_quarter_the_months_are_expected_together_from_the_due_day() -> None:
    rhythm = Periodicity.QUARTERLY, 15
    assert months_expected(JANUARY, None, date(2026, 4, 14), *rhythm) == []
    assert months_expected(JANUARY, None, date(2026, 4, 15), *rhythm) == [JANUARY, FEBRUARY, MARCH]
    assert months_expected(JANUARY, None, date(2026, 7, 1), *rhythm) == [JANUARY, FEBRUARY, MARCH]
