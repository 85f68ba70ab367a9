"""Lines asked once for many say what each of them says when it is asked alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clausette.commitments.enums import EttAdmission
from clausette.hours.rules.controls import (
    CONTROLS,
    ControlParams,
    LineFacts,
    OwedFacts,
    Part,
    Span,
    WorkFacts,
    hear,
    run,
)
from clausette.hours.rules.controls.facts import CountingFacts, PostFacts
from clausette.hours.rules.controls.hearing import SHARED
from clausette.placements.enums import Modality, WorkContractKind
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.rules import parameters_at

PARAMS = ControlParams.of(date(2026, 11, 22), parameters_at(PARAMETERS, date(2026, 11, 22)))
OCTOBER = date(2026, 10, 1)
LINE = LineFacts(
    key=1, person=1, declarant=1, work_contract=1, month=OCTOBER, hours=Decimal(100), work_dates=Span(OCTOBER, None),
    commitment_dates=None, hired_on=OCTOBER, refusal_at_hire="", hours_until=None, weekly_hours=None,
    has_evidence=True,
)  # fmt: skip
days = st.dates(date(2025, 9, 1), date(2027, 3, 31))
spans = st.builds(lambda first, last: Span(min(first, last), max(first, last)), days, days) | st.builds(
    Span, days, st.none()
)
owed = st.builds(
    OwedFacts, suspended=st.lists(spans, max_size=1).map(tuple), terminated_on=st.none() | days,
    transferred_on=st.none() | days, settled_on=st.none() | days, notified_on=st.none() | days,
    modalities=st.none() | st.just(frozenset({Modality.ETTI.value})), ett=st.sampled_from(EttAdmission.values),
    parts=st.lists(st.builds(Part, spans, st.booleans()), max_size=2).map(tuple),
    due=st.none() | st.just(Decimal(10)), counted=st.sampled_from([Decimal(10), Decimal(11)]),
)  # fmt: skip
works = st.builds(
    WorkFacts, employer_kind=st.sampled_from(["etti", "company"]), modality=st.sampled_from(["", *Modality.values]),
    kind=st.sampled_from(["", *WorkContractKind.values]), job=st.sampled_from(["", "Maçon", "Tuteur"]),
)  # fmt: skip
posts = st.builds(
    PostFacts, person=st.just(1), work_contract=st.just(1), work_dates=spans, commitment_dates=st.none() | spans,
    hired_on=days, refusal_at_hire=st.sampled_from(["", "Aucune décision."]), weekly_hours=st.none(),
    commitment=st.just(7), eligible_on=st.none() | days, public_refused=st.booleans(),
    off=st.sampled_from([frozenset(), frozenset({"W104", "E013", "I302", "E012"})]), owed=owed, work=works,
)  # fmt: skip


def month(rank: int) -> date:
    return date(2025 + (8 + rank) // 12, (8 + rank) % 12 + 1, 1)


said = st.fixed_dictionaries({
    "month": st.integers(0, 18).map(month),
    "hours": st.sampled_from([Decimal(-3), Decimal(0), Decimal("7.005"), Decimal(80), Decimal(900)]),
    "subject": st.sampled_from([True, True, True, False]), "before": st.booleans(), "has_evidence": st.booleans(),
    "is_correction": st.booleans(), "is_locked": st.booleans(), "study_training": st.booleans(),
    "uncounted": st.sampled_from(["", "", "stage"]), "approval_missing": st.sampled_from(["", "un agrément"]),
    "hours_until": st.none() | days, "first_hour_on": st.none() | days, "cdi_until": st.none() | days,
    "evidence_on": st.none() | days, "evidence_lapsed": st.none() | days,
})  # fmt: skip
drawn = st.lists(posts, min_size=1, max_size=3).flatmap(
    lambda several: st.lists(st.tuples(st.sampled_from(several), said), max_size=8)
)


def line(post: PostFacts, **facts: Any) -> LineFacts:
    return replace(LINE, **post._asdict(), post=post, **facts)


lines = drawn.map(lambda several: [line(post, key=key, **facts) for key, (post, facts) in enumerate(several)])


@given(lines)
def test_each_line_is_told_what_it_is_told_alone(told: list[LineFacts]) -> None:
    alone = [held for held in CONTROLS if held.one is not None]
    expected = [
        (held.code, trouble, line.key)
        for held in alone
        for line in told
        if held.one is not None and held.bears_on(line) and (trouble := held.one(line, PARAMS)) is not None
    ]
    found = [(one.code, (one.sentence, one.expected, one.found), one.keys[0]) for one in run(told, PARAMS, alone)]
    assert found == expected
    heard = [(one.control.code, one.trouble, key) for one in hear(told, PARAMS, alone) for key in one.keys]
    assert sorted(heard) == sorted(expected)


@given(lines)
def test_what_is_heard_is_what_runs_find_of_groups_too(told: list[LineFacts]) -> None:
    groups = [held for held in CONTROLS if held.many is not None]
    heard = [(one.control.code, one.trouble[0], tuple(one.keys)) for one in hear(told, PARAMS, groups)]
    assert heard == [(one.code, one.sentence, one.keys) for one in run(told, PARAMS, groups)]


@given(posts, st.integers(0, 18), st.integers(0, 18))
def test_of_lines_that_a_control_spares_it_has_nothing_to_say(post: PostFacts, one: int, other: int) -> None:
    several = [line(post, month=month(rank)) for rank in range(min(one, other), max(one, other) + 1)]
    for held in CONTROLS:
        if held.spares is not None and held.one is not None:
            spared = held.spares(several[0], several[0].month, several[-1].month, PARAMS)
            assert not spared or not any(held.one(each, PARAMS) for each in several)


def test_facts_shared_are_given_in_the_order_of_a_line() -> None:
    names = tuple(LineFacts.__dataclass_fields__)
    assert names[6:24] == (*PostFacts._fields, *CountingFacts._fields)


def test_what_a_control_reads_alone_is_a_fact_of_a_line_and_it_needs_nothing_more() -> None:
    facts = set(LineFacts.__dataclass_fields__)
    for held in CONTROLS:
        assert facts.issuperset(held.reads)
        assert not (held.reads and (held.about or held.spares))
        assert held.one is not None or not (held.reads or held.about or held.spares)
        assert held.spares is None or not held.about or held.about.partition(".")[0] in SHARED
