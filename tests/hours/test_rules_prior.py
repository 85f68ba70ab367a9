"""Training before hiring: what may be typed, and its controls, each at its edge."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.rules.controls import ControlParams, LineFacts, Span, run
from clausette.hours.rules.controls.facts import PriorFacts
from clausette.hours.rules.prior import TrainingFacts, refusals_of
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.rules import parameters_at

ON = date(2026, 11, 16)
PARAMS = ControlParams.of(ON, parameters_at(PARAMETERS, ON))
SEPT, OCT = date(2026, 9, 1), date(2026, 10, 1)
ADMITTED = PriorFacts(Span(SEPT, date(2026, 9, 30)), admitted=True, due=Decimal(1000))
LINE = LineFacts(
    key=1, person=1, declarant=1, work_contract=1, month=SEPT, hours=Decimal(140),
    work_dates=Span(date(2026, 10, 5), None), commitment_dates=Span(date(2026, 1, 1), date(2027, 12, 31)),
    hired_on=date(2026, 10, 5), refusal_at_hire="", hours_until=None, weekly_hours=Decimal(35), has_evidence=True,
    commitment=7, before=True, prior=ADMITTED,
)  # fmt: skip
PRIOR = {"E023", "E024", "E025", "W117", "W118"}


def codes(*lines: LineFacts) -> set[str]:
    return {finding.code for finding in run(lines, PARAMS)}


def said(**values: Any) -> LineFacts:
    return replace(LINE, prior=replace(ADMITTED, **values))


def test_a_training_admitted_and_followed_by_the_hiring_says_nothing_and_is_no_work() -> None:
    assert codes(LINE) == set()
    assert codes(replace(LINE, before=False, prior=None)) == {"E002"}


def test_silence_of_the_engagement_is_no_admission() -> None:
    assert codes(said(admitted=False)) == {"E023"}


@pytest.mark.parametrize(
    ("ended", "most", "found"),
    [
        (date(2026, 10, 5), None, {"E024"}), (date(2026, 10, 4), 1, set()), (date(2026, 10, 4), 0, {"E024"}),
        (date(2026, 9, 20), 15, set()), (date(2026, 9, 20), 14, {"E024"}),
        (date(2026, 9, 5), None, set()), (date(2026, 9, 4), None, {"W118"}),
    ],
)  # fmt: skip
def test_the_hiring_follows_within_the_days_said_or_the_usage(ended: date, most: int | None, found: set[str]) -> None:
    assert codes(said(dates=Span(date(2026, 8, 20), ended), days_most=most)) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"capped": True, "person_most": Decimal(140), "person_known": Decimal(140)}, set()),
        ({"capped": True, "person_most": Decimal(140), "person_known": Decimal("140.01")}, {"E025"}),
        ({"capped": True, "most": Decimal(200), "known": Decimal(200)}, set()),
        ({"capped": True, "most": Decimal(200), "known": Decimal("200.01")}, {"E025"}),
        ({"capped": True, "most": Decimal(900), "known": Decimal(500), "person_known": Decimal(500)}, set()),
        ({"known": Decimal(200), "person_known": Decimal(200)}, set()),
        ({"known": Decimal("200.01"), "person_known": Decimal(140)}, {"W117"}),
        ({"known": Decimal(500), "person_known": Decimal(400), "due": None}, set()),
        ({"known": Decimal(500), "person_known": Decimal("400.01"), "due": None}, {"W117"}),
        ({"admitted": False, "known": Decimal(900), "person_known": Decimal(900)}, {"E023"}),
    ],
)  # fmt: skip
def test_a_ceiling_said_stops_a_dated_usage_asks(values: dict[str, Any], found: set[str]) -> None:
    assert codes(said(**values)) == found


def test_the_sentence_names_the_ceiling_and_the_lines_of_the_engagement_together() -> None:
    over = {"capped": True, "most": Decimal(200), "known": Decimal(280)}
    first, second = said(**over), replace(said(**over), key=2, person=2, work_contract=2)
    around = replace(first, key=3, person=3, work_contract=3, subject=False)
    (finding,) = run([first, second, around], PARAMS)
    assert (finding.code, finding.keys) == ("E025", (1, 2))
    sentence = finding.sentence.replace("\u202f", " ").replace("\u00a0", " ")
    told = "280 h de formation avant l'embauche sur cet engagement, ce mois compris : 200 h au plus."
    assert sentence == told


def test_hours_of_training_are_outside_the_week_of_work() -> None:
    """In the month of the hiring, 20 h a week of work and a training of two weeks before it are no overtime."""
    hired = Span(date(2026, 9, 21), None)
    work = replace(
        LINE, key=2, before=False, prior=None, hours=Decimal(50), work_dates=hired, hired_on=hired.starts_on,
        stated=Decimal(50),
    )  # fmt: skip
    training = replace(
        said(dates=Span(date(2026, 9, 7), date(2026, 9, 18))), hours=Decimal(70), work_dates=hired,
        hired_on=hired.starts_on, stated=Decimal(50),
    )  # fmt: skip
    assert codes(work, training) == set()
    assert codes(work, replace(training, before=False, prior=None)) == {"E017", "E021", "W101", "W110"}


TRAINING = TrainingFacts(date(2026, 8, 31), date(2026, 9, 30), Decimal(140), Decimal(140), date(2026, 10, 5))


@pytest.mark.parametrize(
    ("training", "hours", "month", "fields"),
    [
        (TRAINING, "140", SEPT, set()),
        (TRAINING, "7", date(2026, 8, 1), set()),
        (TRAINING, "140.01", SEPT, {"hours"}),
        (TRAINING, "0", SEPT, {"hours"}),
        (TRAINING, "10", OCT, {"month"}),
        (TRAINING, "10", date(2026, 12, 1), {"month"}),
        (TRAINING, "10", date(2026, 9, 2), {"month"}),
        (replace(TRAINING, ends_on=date(2026, 10, 5)), "10", SEPT, {"ends_on"}),
        (replace(TRAINING, ends_on=date(2026, 10, 4)), "10", SEPT, set()),
        (replace(TRAINING, ends_on=date(2026, 8, 30)), "10", SEPT, {"ends_on", "month"}),
        (replace(TRAINING, hours=Decimal(0)), "10", SEPT, {"attested"}),
        (replace(TRAINING, hours=Decimal(10000), left=Decimal(10000)), "745", SEPT, {"attested", "hours"}),
    ],
)  # fmt: skip
def test_what_is_typed_is_of_the_training(training: TrainingFacts, hours: str, month: date, fields: set[str]) -> None:
    assert set(refusals_of(training, Decimal(hours), month, ON)) == fields


@given(st.decimals("0.01", "744", places=2), st.decimals("0", "744", places=2))
def test_never_more_than_the_certificate_leaves(hours: Decimal, left: Decimal) -> None:
    refused = refusals_of(replace(TRAINING, hours=Decimal(744), left=left), hours, SEPT, ON)
    assert ("hours" in refused) == (hours > left)
