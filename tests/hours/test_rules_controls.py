"""The controls, each at its edge, and the registry; those of the counting rules are beside."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.hours.enums import Severity
from clausette.hours.rules.controls import (
    CONTROLS,
    PARAMETER_CODES,
    ControlParams,
    Finding,
    LineFacts,
    Span,
    control,
    run,
    worst,
)
from clausette.reference.facts.parameters import PARAMETERS
from clausette.reference.rules import parameters_at

PARAMS = ControlParams.of(date(2026, 11, 22), parameters_at(PARAMETERS, date(2026, 11, 22)))
OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
LINE = LineFacts(
    key=1,
    person=1,
    declarant=1,
    work_contract=1,
    month=OCTOBER,
    hours=Decimal(100),
    work_dates=Span(date(2026, 9, 1), date(2026, 12, 31)),
    commitment_dates=Span(date(2026, 1, 1), date(2027, 12, 31)),
    hired_on=date(2026, 9, 1),
    refusal_at_hire="",
    hours_until=date(2028, 8, 31),
    weekly_hours=None,
    has_evidence=True,
)


HERE = frozenset({"E001", "E002", "E003", "E004", "E005", "E006", "W101", "W102", "W103", "W104"})


def told(*lines: LineFacts) -> list[Finding]:
    return [finding for finding in run(lines, PARAMS) if finding.code in HERE]


def codes(*lines: LineFacts) -> list[str]:
    return [finding.code for finding in told(*lines)]


def plain(finding: Finding) -> str:
    return finding.text.replace("\u202f", " ").replace("\u00a0", " ")


def only(*lines: LineFacts) -> str:
    (finding,) = told(*lines)
    return plain(finding)


def test_a_good_line_is_silent() -> None:
    assert run([LINE], PARAMS) == []
    assert run([], PARAMS) == []


def test_registry() -> None:
    known = [held.code for held in CONTROLS]
    numbers = {"E": range(1, 28), "W": range(101, 119), "I": range(301, 308)}
    assert known == [f"{weight}{number:03}" for weight, given in numbers.items() for number in given]
    assert {code for held in CONTROLS for code in held.parameters} <= set(PARAMETER_CODES)
    for held in CONTROLS:
        assert held.rule.endswith(".")
        assert held.source
        assert (held.one is None) != (held.many is None)
        assert held.fix.endswith(".")
    assert control("E004").title == "Heures après la date « heures comptées jusqu'au »"
    with pytest.raises(KeyError):
        control("E999")


def test_e001_ceiling_over_all_lines_of_the_person() -> None:
    other = replace(LINE, key=2, work_contract=2, hours=Decimal(120))
    assert codes(LINE, other) == []
    (finding,) = told(LINE, replace(other, hours=Decimal("120.01")))
    assert (finding.code, finding.keys, finding.month) == ("E001", (1, 2), OCTOBER)
    assert (finding.stops, finding.severity) == (True, Severity.ERROR)
    assert plain(finding) == (
        "220,01 h en octobre 2026 pour cette personne, tous relevés confondus : 220 h au plus. "
        "Vérifiez la saisie, ou demandez la feuille d'heures. (E001)"
    )
    assert codes(LINE, replace(other, hours=Decimal(121), person=2)) == []
    assert codes(LINE, replace(other, hours=Decimal(121), month=SEPTEMBER)) == []


def test_e001_context_and_hours_seen_by_others() -> None:
    context = replace(LINE, key=2, work_contract=2, hours=Decimal(121), subject=False)
    (finding,) = told(LINE, context)
    assert finding.keys == (1,)
    assert run([replace(LINE, subject=False), context], PARAMS) == []
    assert codes(replace(LINE, hours_elsewhere=Decimal(120))) == []
    assert codes(replace(LINE, hours_elsewhere=Decimal("120.01"))) == ["E001"]
    twice = replace(LINE, key=2, work_contract=2, hours=Decimal(20), hours_elsewhere=Decimal(100))
    assert (
        codes(replace(LINE, hours_elsewhere=Decimal(100)), twice) == []
    )  # one number for the person, not one a line


def test_a_correction_downwards_counts_in_the_sum() -> None:
    minus = replace(LINE, key=2, hours=Decimal(-80))
    assert codes(replace(LINE, hours=Decimal(300)), minus) == []
    assert codes(replace(LINE, hours=Decimal("300.01")), minus) == ["E001"]


def test_e002_work_contract() -> None:
    assert codes(replace(LINE, work_dates=Span(date(2026, 10, 31), None))) == []
    assert codes(replace(LINE, work_dates=Span(date(2026, 1, 1), date(2026, 10, 1)))) == []
    assert codes(replace(LINE, work_dates=Span(date(2026, 11, 1), None))) == ["E002"]
    assert only(replace(LINE, work_dates=Span(date(2026, 3, 1), date(2026, 9, 30)))) == (
        "100 h en octobre 2026, hors du contrat de travail (du 1er mars 2026 au 30 septembre 2026). "
        "Corrigez le mois, ou prolongez le contrat de travail. (E002)"
    )


def test_e003_commitment() -> None:
    assert codes(replace(LINE, commitment_dates=None)) == []
    assert codes(replace(LINE, commitment_dates=Span(date(2026, 10, 31), None))) == []
    assert codes(replace(LINE, commitment_dates=Span(date(2026, 11, 1), None))) == ["E003"]
    assert "hors de la période de l'engagement (depuis le 1er novembre 2026)" in only(
        replace(LINE, commitment_dates=Span(date(2026, 11, 1), None))
    )


def test_e004_validity() -> None:
    assert codes(replace(LINE, hours_until=None)) == []
    assert codes(replace(LINE, hours_until=date(2026, 10, 1))) == []
    assert only(replace(LINE, hours_until=date(2026, 9, 30))) == (
        "100 h en octobre 2026, alors que les heures de cette personne sont comptées jusqu'au 30 septembre 2026. "
        "Ne retenez pas ces heures, ou réexaminez l'éligibilité. (E004)"
    )


def test_e005_future() -> None:
    assert codes(replace(LINE, month=date(2026, 11, 1))) == []
    assert only(replace(LINE, month=date(2026, 12, 1))) == (
        "Heures de décembre 2026, un mois à venir : au plus tard novembre 2026. Corrigez le mois. (E005)"
    )


def test_e006_eligibility() -> None:
    assert only(replace(LINE, refusal_at_hire="Aucune décision favorable.")) == (
        "À l'embauche, le 1er septembre 2026, aucune décision d'éligibilité ne valait. Aucune décision favorable. "
        "Décidez de l'éligibilité, ou ne retenez pas ces heures. (E006)"
    )


def test_w101_weekly_hours() -> None:
    part_time = replace(LINE, weekly_hours=Decimal(20), hours=Decimal("97.43"))  # 20 × 31 ÷ 7 × 1.10
    assert codes(part_time) == []
    assert codes(replace(part_time, hours=Decimal("97.44"))) == ["W101"]
    half = replace(part_time, work_dates=Span(date(2026, 10, 25), date(2026, 12, 31)))
    assert codes(replace(half, hours=Decimal(22))) == []
    assert only(replace(half, hours=Decimal("22.01"))) == (
        "22,01 h en octobre 2026 : 22 h au plus pour 20 h par semaine sur 7 jours. "
        "Vérifiez la saisie, ou la durée hebdomadaire du contrat de travail. (W101)"
    )
    second = replace(part_time, key=2, hours=Decimal("0.01"))
    assert codes(part_time, second) == ["W101"]


def test_w101_leaves_to_e002_what_is_outside() -> None:
    assert codes(replace(LINE, weekly_hours=Decimal(20), work_dates=Span(date(2026, 11, 1), None))) == [
        "E002"
    ]


def test_w102_paid_months() -> None:
    october = replace(LINE, hours=Decimal("151.67"))
    september = replace(october, key=2, month=SEPTEMBER)
    assert codes(october) == []
    assert codes(october, replace(september, hours=Decimal("151.66"))) == []
    assert codes(october, replace(september, work_contract=2)) == []
    assert codes(october, september) == ["W102", "W102"]
    assert only(october, replace(september, subject=False)) == (
        "151,67 h 2 fois : c'est un mois payé, alors que les heures travaillées sont attendues. "
        "Demandez les heures travaillées. (W102)"
    )


def test_w103_two_declarants() -> None:
    other = replace(LINE, key=2, declarant=2, work_contract=2)
    sentence = only(LINE, replace(other, subject=False))
    assert sentence.startswith("Cette personne est aussi déclarée par une autre structure en octobre 2026.")
    assert codes(LINE, replace(other, month=SEPTEMBER)) == []
    assert codes(LINE, replace(other, person=2)) == []
    assert codes(LINE, replace(other, declarant=1)) == []
    assert codes(replace(LINE, declared_elsewhere=True)) == ["W103"]


def test_w104_evidence() -> None:
    assert only(replace(LINE, has_evidence=False)) == (
        "100 h en octobre 2026 sans pièce justificative. Joignez la pièce, ou demandez-la. (W104)"
    )
    assert only(replace(LINE, evidence_lapsed=date(2026, 9, 30))) == (
        "100 h en octobre 2026 : la pièce n'est plus valable depuis le 30 septembre 2026. "
        "Joignez la pièce, ou demandez-la. (W104)"
    )


def test_no_hours_nothing_to_say() -> None:
    bad = replace(
        LINE,
        hours=Decimal(0),
        has_evidence=False,
        refusal_at_hire="Non.",
        month=date(2027, 12, 1),
        weekly_hours=Decimal(1),
    )
    assert codes(bad) == []
    assert codes(replace(bad, hours=Decimal(-5))) == []


def test_worst() -> None:
    warning, error = replace(LINE, has_evidence=False), replace(LINE, refusal_at_hire="Non.")
    assert worst([]) is None
    assert worst(run([warning], PARAMS)) is Severity.WARNING
    assert worst(run([warning, error], PARAMS)) is Severity.ERROR


def test_params_from_dated_values() -> None:
    built = ControlParams.of(PARAMS.on, parameters_at(PARAMETERS, PARAMS.on))
    assert built == PARAMS
    with pytest.raises(KeyError):
        ControlParams.of(PARAMS.on, {})


def test_a_stricter_parameter_is_obeyed() -> None:
    strict = replace(PARAMS, monthly_ceiling=Decimal("99.99"), month_hours=Decimal(100))
    assert [f.code for f in run([LINE], strict)] == ["E001"]


LINES = st.lists(
    st.builds(
        lambda key, person, month, hours, subject: replace(
            LINE, key=key, person=person, month=date(2026, month, 1), hours=Decimal(hours), subject=subject
        ),
        st.integers(1, 9),
        st.integers(1, 3),
        st.integers(1, 12),
        st.integers(-50, 300),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda line: line.key,
)


@given(LINES)
def test_findings_never_bear_on_context_and_always_say_what_and_what_to_do(lines: list[LineFacts]) -> None:
    subjects = {line.key for line in lines if line.subject}
    for finding in run(lines, PARAMS):
        assert finding.keys
        assert set(finding.keys) <= subjects
        assert finding.expected
        assert finding.found
        assert finding.text.endswith(f". ({finding.code})")
        assert not re.search("placement|obligation|néant|allocation|rejeté|déficit|preuve|!", finding.text)


@given(LINES)
def test_order_of_lines_does_not_change_what_is_found(lines: list[LineFacts]) -> None:
    def seen(findings: list[Finding]) -> set[tuple[str, frozenset[int], str]]:
        return {(f.code, frozenset(f.keys), f.sentence) for f in findings}

    assert seen(run(lines, PARAMS)) == seen(run(lines[::-1], PARAMS))


def test_a_line_without_hours_is_not_named_in_a_sum() -> None:
    found = told(replace(LINE, hours=Decimal(221)), replace(LINE, key=2, hours=Decimal(0)))
    assert [finding.keys for finding in found] == [(1,)]


def test_hours_elsewhere_may_be_known_on_one_line_only() -> None:
    assert codes(LINE, replace(LINE, key=2, hours=Decimal(20), hours_elsewhere=Decimal(101))) == ["E001"]
