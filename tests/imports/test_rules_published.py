"""What an official record becomes, and what it would change: pure."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.imports.decp import DecpContract, read_decp
from clausette.imports.rules import Held, differences, plain_json, published
from clausette.procurement.enums import ContractKind, ContractNature, LegalDeviceKind
from tests.imports.decp_builders import FIRM, record

NOTHING = Held("", "", "", "", None, None, None, frozenset(), frozenset(), {})


def understood(**values: Any) -> DecpContract:
    data = json.dumps({"marches": {"marche": [record(**values)]}}).encode()
    contract = read_decp(data).records[0].fields
    assert contract is not None
    return contract


@pytest.mark.parametrize(
    ("social", "device"),
    [
        (["Clause sociale"], LegalDeviceKind.EXECUTION),
        (["Critère social"], LegalDeviceKind.CRITERION),
        (["Clause sociale", "Critère social"], LegalDeviceKind.BOTH),
        (["Marché réservé"], LegalDeviceKind.RESERVED_BOTH),
        (["Pas de considération sociale"], LegalDeviceKind.NONE),
        (["NC"], LegalDeviceKind.UNKNOWN),  # not said: that is not « no clause »
    ],
)
def test_the_legal_device(social: list[str], device: LegalDeviceKind) -> None:
    assert published(understood(considerationsSociales={"considerationSociale": social})).device == device


@pytest.mark.parametrize(
    ("cpv", "nature"),
    [
        ("45214200-2", "works"),
        ("77310000-6", "services"),
        ("34000000-7", "supplies"),
        ("48000000-8", "supplies"),
    ],
)
def test_the_nature_of_the_purchase_by_its_cpv(cpv: str, nature: str) -> None:
    assert published(understood(codeCPV=cpv)).nature == nature


def test_without_cpv_the_general_conditions_tell() -> None:
    one = replace(understood(), cpv=None, ccag="Prestations intellectuelles")
    assert published(one).nature == ContractNature.SERVICES


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"nature": "Marché de partenariat"}, ContractKind.PARTNERSHIP),
        ({"idAccordCadre": "2025-AC"}, ContractKind.SUBSEQUENT),
        ({"techniques": {"technique": ["Accord-cadre"]}}, ContractKind.FRAMEWORK),
        ({}, ContractKind.PUBLIC_CONTRACT),
    ],
)
def test_the_kind(values: dict[str, Any], kind: ContractKind) -> None:
    assert published(understood(**values)).kind == kind


def test_a_long_object_is_cut_for_the_common_name_only() -> None:
    one = published(understood(objet="mot " * 120))
    assert (len(one.common_name) <= 200, one.common_name[-1], len(one.title)) == (True, "…", 479)


def test_blanks_are_filled_and_the_rest_is_asked() -> None:
    said = published(understood())
    assert {one.kind for one in differences(said, NOTHING)} == {"fill"}
    held = replace(NOTHING, title="Autre", amount_ht=Decimal(1), notified_on=date(2026, 3, 2))
    kinds = {one.field: one.kind for one in differences(said, held)}
    assert (kinds["title"], kinds["amount_ht"], kinds["contractors"]) == ("differs", "differs", "fill")
    assert "notified_on" not in kinds


def test_what_is_the_same_changes_nothing() -> None:
    said = published(understood())
    held = Held(
        said.title, said.official_id, "45214200-2", said.place_code, said.notified_on, said.duration_months,
        said.amount_ht, frozenset({FIRM}), frozenset(), {},
    )  # fmt: skip
    assert differences(said, held) == ()


def test_numbers_kept_beside_a_row_are_exact() -> None:
    raw = {"a": [Decimal("575000.10"), Decimal("3.0"), 7, "x", None, True]}
    assert plain_json(raw) == {"a": ["575000.1", 3, 7, "x", None, True]}
