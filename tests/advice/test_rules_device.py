"""Choice of the levier juridique: boundaries, articles of the day, properties."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.advice.enums import Bought, Capacity, Supplier
from clausette.advice.rules import (
    DeviceAdvice,
    DeviceFacts,
    DeviceRules,
    capacity,
    capacity_told,
    dependence,
    suggest,
)
from clausette.advice.rules.device_facts import RESERVED
from clausette.advice.rules.limits import Limits
from clausette.procurement.enums import ContractKind
from clausette.procurement.enums import LegalDeviceKind as D
from clausette.reference.facts.articles import ARTICLES
from clausette.reference.facts.devices import CAPACITY, RESERVATIONS

PIVOT = date(2026, 8, 21)
RULES = DeviceRules(ARTICLES, CAPACITY[0], RESERVATIONS[0], Limits())
WORK = DeviceFacts(Bought.WORK, PIVOT, at_or_above=False, hours=Decimal(833), months=Decimal(12))
SIAE = replace(WORK, reserve=True, suppliers=frozenset({Supplier.IAE}), count=31, depends=Decimal("0.29"))
ESS = {"suppliers": frozenset({Supplier.ESS}), "bought": Bought.SOCIAL}


def asked(start: DeviceFacts = WORK, **changed: Any) -> DeviceAdvice:
    return suggest(replace(start, **changed), RULES)


@pytest.mark.parametrize(
    ("count", "depends", "expected"),
    [
        (31, "0.2999", Capacity.WHOLE),
        (31, "0.30", Capacity.LOT),
        (31, None, Capacity.LOT),
        (30, "0.01", Capacity.LOT),
        (11, "0.01", Capacity.LOT),
        (10, "0.01", Capacity.EXECUTION),
        (2, "0.01", Capacity.EXECUTION),
        (1, "0.01", Capacity.NONE),
        (0, None, Capacity.NONE),
    ],
)
def test_the_help_of_the_marketplace_at_each_boundary(count: int, depends: str | None, expected: Capacity) -> None:
    assert capacity(count, Decimal(depends) if depends else None, CAPACITY[0]) == expected


def test_what_the_marketplace_says_is_a_sentence() -> None:
    told = capacity_told(12, dependence(Decimal(200_000), Decimal(1_000_000)), CAPACITY[0])
    expected = "12 fournisseurs inclusifs, dépendance économique 20 % : réserver un lot."
    assert told.replace("\u00a0", " ") == expected
    assert dependence(Decimal(1), Decimal(0)) is None
    assert dependence(None, Decimal(1)) is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, D.EXECUTION),
        ({"differ": True}, D.BOTH),
        ({"differ": False}, D.EXECUTION),
        ({"hours": Decimal(70)}, D.EXECUTION),
        ({"hours": Decimal("69.99")}, D.NONE),
        ({"hours": Decimal("69.99"), "differ": True}, D.CRITERION),
        ({"hours": Decimal("69.99"), "at_or_above": True}, D.EXECUTION),
        ({"months": Decimal(2)}, D.EXECUTION),
        ({"months": Decimal("1.9")}, D.NONE),
        ({"hours": None, "months": None}, D.EXECUTION),
        ({"bought": Bought.GOODS, "at_or_above": True}, D.NONE),
        ({"bought": Bought.INSERTION}, D.INSERTION_SERVICE),
        ({"kind": ContractKind.PRIVATE}, D.PRIVATE),
    ],
)
def test_the_levier_suggested(changed: dict[str, Any], expected: D) -> None:
    assert asked(**changed).device == expected


@pytest.mark.parametrize(
    ("changed", "expected", "part"),
    [
        ({}, D.RESERVED_IAE, False),
        ({"depends": Decimal("0.30")}, D.RESERVED_IAE, True),
        ({"count": 11}, D.RESERVED_IAE, True),
        ({"count": 10}, D.EXECUTION, False),
        ({"count": None}, D.EXECUTION, False),
        ({"reserve": False}, D.EXECUTION, False),
        ({"suppliers": frozenset()}, D.EXECUTION, False),
        ({"suppliers": frozenset({Supplier.DISABILITY})}, D.RESERVED_DISABILITY, False),
        ({"suppliers": frozenset({Supplier.DISABILITY, Supplier.IAE})}, D.RESERVED_BOTH, False),
        ({"suppliers": frozenset({Supplier.PRISON}), "count": None}, D.RESERVED_PRISON, False),
        ({"suppliers": frozenset({Supplier.ESS})}, D.EXECUTION, False),
        ({**ESS, "months": Decimal(36)}, D.RESERVED_ESS, False),
        ({**ESS, "months": Decimal(37)}, D.EXECUTION, False),
    ],
)  # fmt: skip
def test_a_reservation_needs_suppliers_and_a_base_in_law(changed: dict[str, Any], expected: D, part: bool) -> None:
    found = asked(SIAE, **changed)
    assert (found.device, found.part) == (expected, part)


@pytest.mark.parametrize(
    ("kinds", "first"),
    [
        ({Supplier.IAE}, date(2016, 4, 1)),
        ({Supplier.IAE, Supplier.DISABILITY}, date(2020, 12, 8)),
        ({Supplier.PRISON}, date(2022, 10, 21)),
    ],
)
def test_a_reservation_waits_for_its_first_day(kinds: set[Supplier], first: date) -> None:
    said = {"suppliers": frozenset(kinds)}
    assert asked(SIAE, on=first, **said).device in RESERVED
    before = asked(SIAE, on=first - timedelta(days=1), **said)
    assert before.device == D.EXECUTION
    assert before.reasons[0].startswith("Cette réservation n'a pas de base dans les textes")


@pytest.mark.parametrize(
    ("on", "due", "article"),
    [
        (PIVOT - timedelta(days=1), False, "article L2112-2"),
        (PIVOT, False, "article L2112-2"),
        (PIVOT, True, "article L2112-2-1"),
        (PIVOT, None, "articles L2112-2 ou L2112-2-1, selon le seuil européen"),
    ],
)
def test_the_article_is_that_of_the_day(on: date, due: bool | None, article: str) -> None:
    found = asked(on=on, at_or_above=due).article
    assert found is not None
    assert found.articles == article


def test_defence_has_its_own_article() -> None:
    found = asked(defence=True)
    assert found.article is not None
    assert (found.device, found.article.articles) == (D.EXECUTION, "article L2312-1-1")


def test_what_each_levier_must_be_careful_about() -> None:
    both = " ".join(asked(differ=True).risks)
    assert "ne se note pas" in both
    assert "lié à l'objet" in both
    assert "N'imposez pas une seule modalité" in both
    reserved = " ".join(asked(SIAE).risks).replace("\u00a0", " ")
    assert "au moins 50 % de travailleurs concernés" in reserved
    assert "motif de dérogation" in " ".join(asked(bought=Bought.GOODS, at_or_above=True).risks)


FACTS = st.builds(
    DeviceFacts,
    bought=st.sampled_from(Bought),
    on=st.dates(date(2006, 9, 1), date(2030, 12, 31)),
    kind=st.sampled_from([ContractKind.PUBLIC_CONTRACT, ContractKind.CONCESSION, ContractKind.PRIVATE]),
    at_or_above=st.none() | st.booleans(),
    defence=st.booleans(),
    hours=st.none() | st.decimals(0, 10**6, places=2),
    months=st.none() | st.decimals(1, 120, places=0),
    reserve=st.booleans(),
    suppliers=st.frozensets(st.sampled_from(Supplier)),
    count=st.none() | st.integers(0, 200),
    depends=st.none() | st.decimals(0, 3, places=2),
    differ=st.none() | st.booleans(),
)


@given(FACTS)
def test_there_is_always_a_reason_and_never_a_reservation_unasked(facts: DeviceFacts) -> None:
    found = suggest(facts, RULES)
    assert found.reasons
    assert all(sentence.endswith(".") for sentence in (*found.reasons, *found.risks))
    assert len(found.summary) <= 1000
    if found.device in RESERVED:
        assert facts.reserve
        assert found.article is not None
    if facts.at_or_above and facts.bought == Bought.WORK and facts.kind != ContractKind.PRIVATE:
        assert found.device not in (D.NONE, D.CRITERION)


@given(FACTS, st.integers(0, 200))
def test_one_more_supplier_never_takes_a_reservation_away(facts: DeviceFacts, count: int) -> None:
    less, more = (suggest(replace(facts, count=n), RULES) for n in (count, count + 1))
    assert not (less.device in RESERVED and more.device not in RESERVED)
