"""A published record beside a purchase awaited: what makes them alike, what contradicts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.imports.rules import Described, match

AWAITED = Described("73282932000074", "", "45442100", Decimal(180_000), date(2026, 3, 2))
RECORD = Described("73282932000074", "2026-14", "45442110", Decimal(171_000), date(2026, 7, 1))


def told(record: Described = RECORD, **changed: Any) -> tuple[str, ...]:
    found = match(record, replace(AWAITED, **changed))
    return found.reasons if found else ()


def test_all_three_signs_are_told_with_the_buyer() -> None:
    plain = [reason.replace("\u202f", " ").replace("\u00a0", " ") for reason in told()]
    assert plain == [
        "même acheteur", "CPV de la même famille, 45442110", "montant proche, 171 000 € pour 180 000 € étudiés",
        "notifié le 01/07/2026, après la consultation du 02/03/2026",
    ]  # fmt: skip


def test_the_number_alone_suffices_however_it_is_written() -> None:
    found = match(RECORD, Described("73282932000074", "2026 14"))
    assert found is not None
    assert found.score > 3
    assert match(RECORD, Described("55208131766522", "2026-14")) is None, "another buyer"


@pytest.mark.parametrize(
    ("changed", "alike"),
    [
        ({"buyer_siret": "73282932000999"}, True), ({"buyer_siret": "55208131766522"}, False),
        ({"buyer_siret": ""}, False), ({"cpv": ""}, True), ({"cpv": "", "amount_ht": None}, False),
        ({"cpv": "45233140"}, True), ({"cpv": "90911200"}, False), ({"amount_ht": Decimal(500_000)}, False),
        ({"on": date(2026, 7, 1)}, True), ({"on": date(2026, 7, 2)}, False), ({"on": date(2025, 1, 7)}, True),
        ({"on": date(2025, 1, 6)}, False),
    ],
)  # fmt: skip
def test_two_signs_agree_and_none_contradicts(changed: dict[str, Any], alike: bool) -> None:
    assert bool(told(**changed)) is alike


@given(st.decimals(1000, 10**8, places=2), st.decimals(1000, 10**8, places=2))
def test_which_amount_is_estimated_does_not_matter(one: Decimal, other: Decimal) -> None:
    assert bool(told(replace(RECORD, amount_ht=one), amount_ht=other)) is bool(
        told(replace(RECORD, amount_ht=other), amount_ht=one)
    )
