"""Controls of engagements, employers, rhythm, pieces and entry: each at its edge, silent one step before."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.rules.controls import (
    CONTROLS,
    ControlParams,
    LineFacts,
    OwedFacts,
    Part,
    Span,
    WorkFacts,
    control,
    run,
)  # fmt: skip
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.rules import parameters_at

ON = date(2026, 11, 22)
PARAMS = ControlParams.of(ON, parameters_at(PARAMETERS, ON))
OCTOBER = date(2026, 10, 1)
LINE = LineFacts(
    key=1, person=1, declarant=1, work_contract=1, month=OCTOBER, hours=Decimal(100),
    work_dates=Span(date(2026, 3, 1), date(2026, 12, 31)), commitment_dates=Span(date(2026, 1, 1), date(2027, 12, 31)),
    hired_on=date(2026, 3, 1), refusal_at_hire="", hours_until=date(2028, 8, 31), weekly_hours=Decimal(35),
    has_evidence=True, commitment=7,
)  # fmt: skip


def codes(*lines: LineFacts) -> set[str]:
    return {finding.code for finding in run(lines, PARAMS)}


def owed(**said: Any) -> LineFacts:
    return replace(LINE, owed=OwedFacts(**said))


def work(**said: Any) -> LineFacts:
    return replace(LINE, work=WorkFacts(**said))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("code", "silent", "heard"),
    [
        ("E009", owed(suspended=(Span(day("2026-10-02"), None),)), owed(suspended=(Span(OCTOBER, day("2026-10-31")),))),
        (
            "E009",
            owed(suspended=(Span(day("2026-10-12"), None), Span(OCTOBER, day("2026-10-10")))),
            owed(suspended=(Span(day("2026-10-11"), None), Span(OCTOBER, day("2026-10-10")))),
        ),
        ("E010", owed(terminated_on=OCTOBER), owed(terminated_on=day("2026-09-30"))),
        ("E011", owed(transferred_on=OCTOBER), owed(transferred_on=day("2026-09-30"))),
        (
            "E012",
            owed(parts=(Part(Span(day("2026-01-01"), day("2026-10-01")), True), Part(Span(OCTOBER, None), False))),
            owed(parts=(Part(Span(day("2026-01-01"), day("2026-09-30")), True), Part(Span(OCTOBER, None), False))),
        ),
        (
            "E013",
            replace(owed(modalities=frozenset({"etti"})), work=WorkFacts(modality="etti")),
            replace(owed(modalities=frozenset({"etti"})), work=WorkFacts(modality="direct")),
        ),
        ("E014", LINE, replace(LINE, public_refused=True)),
        ("E015", owed(settled_on=OCTOBER), owed(settled_on=day("2026-09-30"))),
        (
            "E016",
            replace(owed(ett="on_approval"), work=WorkFacts(modality="ett")),
            replace(owed(ett="no"), work=WorkFacts(modality="ett")),
        ),
        ("E017", replace(LINE, stated=Decimal(100)), replace(LINE, stated=Decimal("99.99"))),
        ("E018", replace(LINE, is_locked=True, is_correction=True), replace(LINE, is_locked=True)),
        ("E019", LINE, replace(LINE, uncounted="tutorat")),
        ("E020", replace(LINE, hours=Decimal(744)), replace(LINE, hours=Decimal("744.01"))),
        ("E020", replace(LINE, hours=Decimal("0.010")), replace(LINE, hours=Decimal("0.011"))),
        ("E020", replace(LINE, hours=Decimal(-5), is_correction=True), replace(LINE, hours=Decimal(0))),
        (
            "E022",
            replace(LINE, refusal_at_hire="Non.", eligible_on=day("2026-03-01")),
            replace(LINE, refusal_at_hire="Non.", eligible_on=day("2026-03-02")),
        ),
        (
            "W106",
            replace(owed(notified_on=day("2026-03-01")), work=WorkFacts(modality="direct")),
            replace(owed(notified_on=day("2026-03-02")), work=WorkFacts(modality="direct")),
        ),
        ("W107", work(kind="cddi", employer_kind="association"), work(kind="cddi", employer_kind="company")),
        (
            "W108",
            work(modality="subcontract_ei", employer_kind="ei"),
            work(modality="subcontract_ei", employer_kind="company"),
        ),
        ("W108", work(modality="regie", employer_kind="regie"), work(modality="regie", employer_kind="company")),
        ("W108", work(modality="subcontract_aci", employer_kind="regie"), work(modality="ea", employer_kind="regie")),
        ("W107", work(kind="cddi", employer_kind="regie"), work(kind="temp_mission", employer_kind="regie")),
        ("W112", LINE, replace(LINE, evidence_seen="le relevé de mai 2026")),
        ("W113", replace(LINE, evidence_on=day("2026-10-31")), replace(LINE, evidence_on=day("2026-10-30"))),
        ("W114", work(job="Aide-maçon"), work(job="Chef d'équipe maçon")),
        ("W114", work(job="Tuteurage de vigne"), work(job="ENCADRANTE technique")),
        (
            "W116",
            replace(owed(ett="yes"), work=WorkFacts(modality="ett")),
            replace(owed(ett="on_approval"), work=WorkFacts(modality="ett")),
        ),
        ("I301", replace(LINE, hours_until=day("2026-12-31")), replace(LINE, hours_until=day("2026-12-30"))),
        ("I302", owed(due=Decimal(100), counted=Decimal(100)), owed(due=Decimal(100), counted=Decimal("100.01"))),
        ("I303", replace(LINE, first_hour_on=day("2026-09-30")), replace(LINE, first_hour_on=OCTOBER)),
        (
            "I304",
            replace(LINE, work_dates=Span(day("2026-03-01"), day("2026-11-01"))),
            replace(LINE, work_dates=Span(day("2026-03-01"), day("2026-10-31"))),
        ),
        ("I305", replace(LINE, month=day("2026-08-01")), replace(LINE, month=day("2026-07-01"))),
        ("I306", replace(LINE, month=day("2026-01-01")), replace(LINE, month=day("2025-12-01"))),
    ],
)
def test_each_speaks_at_its_edge_and_not_one_step_before(code: str, silent: LineFacts, heard: LineFacts) -> None:
    assert code not in codes(silent)
    assert code in codes(heard)
    assert (code in codes(replace(heard, off=frozenset({code})))) == (not control(code).may_be_off)
    assert code not in codes(replace(heard, subject=False))


def test_a_decision_late_is_told_once() -> None:
    late = replace(LINE, refusal_at_hire="Non.", eligible_on=date(2026, 4, 1))
    assert codes(late) & {"E006", "E022"} == {"E022"}
    assert codes(replace(late, eligible_on=None)) & {"E006", "E022"} == {"E006"}


def test_e021_the_same_line_twice() -> None:
    assert "E021" in codes(LINE, replace(LINE, key=2))
    apart: list[dict[str, Any]] = [
        {"commitment": 8}, {"is_training": True}, {"declarant": 2}, {"work_contract": 2}, {"is_correction": True},
        {"uncounted": "congés"},
    ]  # fmt: skip
    for other in apart:
        assert "E021" not in codes(LINE, replace(LINE, key=2, **other))


def test_w109_two_work_contracts_with_a_day_in_common() -> None:
    first = replace(LINE, work_dates=Span(date(2026, 3, 1), date(2026, 10, 15)))
    second = replace(LINE, key=2, work_contract=2, work_dates=Span(date(2026, 10, 15), None))
    assert "W109" in codes(first, second)
    assert "W109" not in codes(first, replace(second, work_dates=Span(date(2026, 10, 16), None)))
    assert "W109" not in codes(first, replace(second, person=2))
    assert "W109" not in codes(first, replace(second, hours=Decimal("70.5")))  # 35 h × 31 ÷ 7 × 1.10 = 170.50
    assert "W109" in codes(first, replace(second, hours=Decimal("70.51")))


def test_w110_legal_week_over_the_days_at_work() -> None:
    week = replace(LINE, work_dates=Span(date(2026, 10, 25), date(2026, 12, 31)), weekly_hours=None)
    assert "W110" not in codes(replace(week, hours=Decimal(48)))
    assert "W110" in codes(replace(week, hours=Decimal("48.01")))
    assert "W110" not in codes(replace(week, hours=Decimal("48.01"), hours_elsewhere=Decimal(1)))  # days unknown there


def test_w111_a_jump_beside_whole_months() -> None:
    def month(number: int, hours: str, **more: Any) -> LineFacts:
        return replace(LINE, key=number, month=date(2026, number, 1), hours=Decimal(hours), **more)

    assert "W111" not in codes(month(8, "80"), month(9, "80"), month(10, "120"))  # 1.50 times exactly
    assert "W111" in codes(month(8, "80"), month(9, "80"), month(10, "120.01"))
    assert "W111" not in codes(month(9, "80"), month(10, "150"))  # one month is no rhythm
    assert "W111" not in codes(month(8, "20"), month(9, "20"), month(10, "59.99"))  # less than the gap
    begun = Span(date(2026, 8, 20), date(2026, 12, 31))
    partial = [month(n, h, work_dates=begun) for n, h in ((8, "20"), (9, "150"), (10, "150"))]
    assert "W111" not in codes(*partial)  # the month of the hiring is not whole


def test_w115_a_minor() -> None:
    born = WorkFacts(born_on=date(2008, 11, 1))
    week = replace(LINE, work_dates=Span(date(2026, 10, 25), None), work=born, hours=Decimal("35.01"))
    assert "W115" in codes(week)
    assert "W115" not in codes(replace(week, hours=Decimal(35)))
    assert "W115" not in codes(replace(week, work=WorkFacts(born_on=date(2008, 10, 31))))  # 18 on the last day


def test_a_control_bears_only_on_the_months_of_its_dates() -> None:
    dated = replace(control("E014"), since=date(2026, 10, 31), until=date(2026, 11, 1))
    lines = [replace(LINE, public_refused=True, key=month, month=date(2026, month, 1)) for month in (9, 10, 11, 12)]
    assert [finding.keys for finding in run(lines, PARAMS, controls=[dated])] == [(10,), (11,)]


@given(st.integers(0, 60), st.integers(0, 60))
def test_days_of_a_line_are_within_its_month_and_its_work_contract(start: int, length: int) -> None:
    begun = date(2026, 9, 15) + timedelta(days=start)
    line = replace(LINE, work_dates=Span(begun, begun + timedelta(days=length)))
    last = begun + timedelta(days=length)
    inside = [d for d in range(1, 32) if begun <= OCTOBER.replace(day=d) <= last]
    days = line.days
    told = (line.last_day_worked - days.starts_on).days + 1
    assert max(0, told) == len(inside)


def test_one_line_alone_and_among_others_is_told_the_same() -> None:
    alone = {control.code for control in CONTROLS if control.one is not None}
    bad = replace(
        LINE, public_refused=True, uncounted="stage", month=date(2026, 6, 1), is_locked=True,
        owed=OwedFacts(settled_on=date(2026, 1, 1), ett="no"), work=WorkFacts(modality="ett", job="tuteur"),
    )  # fmt: skip
    others = [replace(LINE, key=n, person=n, work_contract=n, commitment=n) for n in range(2, 50)]
    among = {f.code for f in run([*others, bad], PARAMS) if 1 in f.keys}
    assert codes(bad) & alone == among & alone


SPANS = st.lists(
    st.tuples(st.integers(-20, 40), st.one_of(st.none(), st.integers(0, 40))).map(
        lambda said: Span(
            OCTOBER + timedelta(days=said[0]),
            None if said[1] is None else OCTOBER + timedelta(days=said[0] + said[1]),
        )
    ),
    min_size=1,
    max_size=4,
)


@given(SPANS)
def test_days_under_several_work_contracts_are_counted_once(spans: list[Span]) -> None:
    """W110 speaks just above 48 h × the days with a work contract ÷ 7, however the contracts overlap."""
    covered = sum(
        any(one.starts_on <= OCTOBER.replace(day=day) <= (one.ends_on or date.max) for one in spans)
        for day in range(1, 32)
    )
    most = (Decimal(48) * covered / 7).quantize(Decimal("0.01"))
    lines = [
        replace(LINE, key=n, work_contract=n, commitment=n, work_dates=span, hours=most if n == 0 else Decimal(0))
        for n, span in enumerate(spans)
    ]
    assert "W110" not in codes(*lines)
    above = [replace(lines[0], hours=most + Decimal("0.02")), *lines[1:]]
    assert ("W110" in codes(*above)) == (covered > 0)


def test_a_control_has_nothing_to_say_of_a_line_without_what_it_is_about() -> None:
    bare = replace(LINE, hours_until=None, commitment_dates=None, work_dates=Span(date(2026, 3, 1), None))
    about = [held for held in CONTROLS if held.about]
    assert len(about) > 20
    for held in about:
        assert not attrgetter(held.about)(bare), held.code
        assert held.one is not None
        assert held.one(bare, PARAMS) is None, held.code


def test_the_command_tells_every_control(capsys: pytest.CaptureFixture[str], db: None) -> None:
    call_command("controls", "--json", "--on", "2026-11-22")
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["code"] for one in told] == [one.code for one in CONTROLS]
    ceiling = next(one for one in told if one["code"] == "E001")
    assert ceiling["parameters"] == {"monthly_ceiling": "220.0000"}
    assert (ceiling["severity"], ceiling["may_be_off"], ceiling["until"]) == ("E", False, None)
    with pytest.raises(CommandError, match="date"):
        call_command("controls", "--on", "hier")


def test_leave_is_not_added_to_what_is_worked() -> None:
    """MODEL §5: internships, leave and bad weather count 0; E019 stops them, they raise no sum."""
    day = date(2026, 10, 1)
    long = replace(LINE, hours=Decimal(150), work_dates=Span(day, None))
    leave = replace(long, key=2, hours=Decimal("70.01"), uncounted="congés")
    for code in ("E001", "W101", "W110", "W109"):
        assert code not in codes(long, leave), code
    assert "E019" in codes(long, leave)
    assert "E001" in codes(long, replace(leave, uncounted=""))
    assert "E001" in codes(replace(long, hours=Decimal("220.01")), leave)
    assert "E001" not in codes(replace(long, hours=Decimal(220)), leave)
    week = Decimal("212.57")  # 48 h × 31 ÷ 7
    assert "W110" not in codes(replace(long, hours=week), leave)
    assert "W110" in codes(replace(long, hours=week + Decimal("0.01")), leave)
    assert codes(replace(leave, hours=Decimal(300))) == {"E019"}
    stated = replace(long, stated=Decimal(150))
    assert "E017" not in codes(stated, replace(leave, stated=Decimal(150)))
