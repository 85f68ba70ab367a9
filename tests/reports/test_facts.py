"""Facts: canonical JSON, round trip, hash, and figures that must add up."""

import json
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.reports.attestation.coherence import inconsistencies
from clausette.reports.attestation.facts import (
    AttestationFacts,
    Body,
    CommitmentFacts,
    Figures,
    Market,
    ModalityRow,
    MonthRow,
    facts_as_json,
    facts_from_json,
    facts_hash,
)
from tests.reports.samples import followed, reprise, sample

HOURS = st.decimals(0, 100_000, places=2)


@pytest.mark.parametrize("facts", [sample(), reprise(), followed()])
def test_json_comes_back_as_the_same_facts(facts: AttestationFacts) -> None:
    assert facts_from_json(facts_as_json(facts)) == facts


@given(name=st.text(), declared=HOURS, validated=st.none() | HOURS, day=st.dates())
def test_any_text_number_or_date_comes_back(
    name: str, declared: Decimal, validated: Decimal | None, day: date
) -> None:
    facts = replace(
        sample(), firm=Body(name), issued_on=day, months=(MonthRow(day, name, declared, validated),)
    )
    assert facts_from_json(facts_as_json(facts)) == facts


def test_json_is_canonical() -> None:
    text = facts_as_json(sample())
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert '"validated":"700"' in text
    assert '"as_of":"2026-10-31"' in text


def test_the_same_hours_written_otherwise_give_the_same_hash() -> None:
    longer = replace(sample(), monthly_hours=Decimal("151.6700"))
    assert facts_hash(longer) == facts_hash(sample())
    assert len(facts_hash(longer)) == 64


def test_the_hash_changes_with_any_fact() -> None:
    base, seen = sample(), set()
    for changed in (
        base,
        replace(base, number="ATT-2026-0002"),
        replace(base, corrects=None),
        replace(base, months=base.months[1:]),
        replace(base, figures=replace(base.figures, people=8)),
    ):
        seen.add(facts_hash(changed))
    assert len(seen) == 5


def test_a_fact_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        facts_as_json(replace(sample(), number=object()))  # type: ignore[arg-type]  # that is the point


def test_no_field_can_hold_a_participant() -> None:
    keys = set(_keys(asdict(sample())))
    assert not keys & {"participant", "person", "persons", "reason_of_eligibility", "birth_date", "nir"}


def _keys(tree: object) -> list[str]:
    if isinstance(tree, dict):
        return [*tree, *(key for value in tree.values() for key in _keys(value))]
    if isinstance(tree, list | tuple):
        return [key for value in tree for key in _keys(value)]
    return []


@pytest.mark.parametrize("facts", [sample(), reprise(), followed()])
def test_true_figures_add_up(facts: AttestationFacts) -> None:
    assert inconsistencies(facts) == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"validated": Decimal(701), "remaining": Decimal(132)},
            "somme des mois n'est pas égale aux heures val",
        ),
        ({"declared": Decimal(900)}, "somme des mois n'est pas égale aux heures déclarées"),
        ({"remaining": Decimal(134)}, "Les heures restant à réaliser"),
        ({"raw_rate": Decimal("0.85"), "capped_rate": Decimal("0.85")}, "Le taux brut"),
        ({"capped_rate": Decimal(1)}, "Le taux plafonné"),
        ({"due_firm": None}, "suivi sans objectif"),
    ],
)
def test_figures_that_contradict_are_said(changes: dict[str, Decimal | None], sentence: str) -> None:
    facts = replace(sample(), figures=replace(sample().figures, **changes))  # type: ignore[arg-type]  # by name
    assert any(sentence in said for said in inconsistencies(facts))


def test_modalities_that_do_not_add_up_are_said() -> None:
    facts = replace(sample(), modalities=(ModalityRow("GEIQ", Decimal(1)),))
    assert any("modalités" in said for said in inconsistencies(facts))


def test_more_than_due_leaves_nothing_to_do() -> None:
    figures = Figures(
        as_of=date(2026, 10, 31),
        declared=Decimal(900),
        validated=Decimal(900),
        due_firm=Decimal(833),
        raw_rate=Decimal("1.0804"),
        capped_rate=Decimal(1),
        remaining=Decimal(0),
    )
    facts = AttestationFacts(
        "1", date(2026, 11, 22), Body("a"), Body("b"), Body("c"), Market("d"), CommitmentFacts("e"), figures
    )
    assert inconsistencies(facts) == ()
