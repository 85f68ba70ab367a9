"""Counting rules of an engagement as controls: months of a CDI, hours of alternance, cap of training."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clausette.hours.rules.controls import ControlParams, LineFacts, Span, run
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.rules import parameters_at

PARAMS = ControlParams.of(date(2026, 11, 22), parameters_at(PARAMETERS, date(2026, 11, 22)))
COUNTING = ("E007", "E008", "W105")
OCTOBER = date(2026, 10, 1)
LINE = LineFacts(
    key=1, person=1, declarant=1, work_contract=1, month=OCTOBER, hours=Decimal(100),
    work_dates=Span(date(2024, 1, 1), None), commitment_dates=Span(date(2024, 1, 1), date(2027, 12, 31)),
    hired_on=date(2024, 1, 1), refusal_at_hire="", hours_until=None, weekly_hours=None, has_evidence=True, commitment=7,
)  # fmt: skip


def told(*lines: LineFacts) -> list[tuple[str, tuple[int, ...]]]:
    return [(found.code, found.keys) for found in run(lines, PARAMS) if found.code in COUNTING]


@pytest.mark.parametrize(
    ("until", "found"),
    [(None, []), (date(2026, 9, 30), [("E007", (1,))]), (OCTOBER, []), (date(2026, 10, 31), [])],
)
def test_a_cdi_counts_until_the_month_in_which_its_months_end(until: date | None, found: list[object]) -> None:
    assert told(replace(LINE, cdi_until=until)) == found


def test_training_of_an_alternance_that_counts_in_the_company_only() -> None:
    assert told(replace(LINE, study_training=True, is_training=True)) == [("E008", (1,))]
    assert told(replace(LINE, is_training=True)) == []


@pytest.mark.parametrize(("known", "found"), [("100", []), ("100.01", [("W105", (1,))]), ("0", [])])
def test_training_goes_to_the_cap_and_not_beyond(known: str, found: list[object]) -> None:
    line = replace(LINE, is_training=True, training_known=Decimal(known), training_most=Decimal(100))
    assert told(line) == found


def test_the_cap_bears_on_the_lines_of_training_of_the_engagement_together() -> None:
    capped = {"training_known": Decimal(30), "training_most": Decimal(20)}
    first, second = (replace(LINE, key=n, work_contract=n, is_training=True, **capped) for n in (1, 2))  # type: ignore[arg-type]  # two decimals
    work = replace(LINE, key=3, work_contract=3, **capped)  # type: ignore[arg-type]  # two decimals
    other = replace(LINE, key=4, work_contract=4, commitment=8, is_training=True)
    around = replace(first, key=5, work_contract=5, subject=False)
    every = [replace(line, hours=Decimal(10)) for line in (first, second, work, other, around)]
    assert told(*every) == [("W105", (1, 2))]
    (finding,) = run([first], PARAMS)
    sentence = finding.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    assert sentence == "30 h de formation sur cet engagement, ce mois compris : 20 h au plus."


def test_no_training_at_all_may_be_said() -> None:
    line = replace(LINE, is_training=True, training_known=Decimal(1), training_most=Decimal(0))
    assert told(line) == [("W105", (1,))]
