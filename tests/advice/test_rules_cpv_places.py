"""CPV codes as buyers write them, places beside the territory. No database."""

import pytest

from clausette.advice.rules import department_of, known_cpv, nature_of_cpv, nature_told, same_place
from clausette.procurement.enums import ContractNature
from clausette.reference.facts.cpv import CPV_GROUPS


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("45442100-8", "45442100"),
        ("45442100", "45442100"),
        ("45442100-8 Travaux de peinture", "45442100"),
        ("45442100 - Peinture", "45442100"),
        (" 4544 ", "45440000"),
        ("45", "45000000"),
    ],
)
def test_a_code_is_read_whatever_follows(written: str, code: str) -> None:
    assert known_cpv(written) == code


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("99123456", "il n'y a pas de division 99"),
        ("45800000", "il n'y a pas de groupe 458"),
        ("peinture", "écrivez 8 chiffres"),
        ("454421001", "écrivez 8 chiffres"),
        ("4", "écrivez 8 chiffres"),
    ],
)
def test_a_code_that_does_not_exist_says_why(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        known_cpv(written)


def test_the_nomenclature_has_45_divisions_and_272_groups() -> None:
    assert len(CPV_GROUPS) == 45
    assert sum(map(len, CPV_GROUPS.values())) == 272


@pytest.mark.parametrize(
    ("cpv", "nature"),
    [
        ("45442100", ContractNature.WORKS),
        ("44316500", ContractNature.SUPPLIES),
        ("48000000", ContractNature.SUPPLIES),
        ("03000000", ContractNature.SUPPLIES),
        ("50700000", ContractNature.SERVICES),
        ("98000000", ContractNature.SERVICES),
    ],
)
def test_the_division_tells_the_nature(cpv: str, nature: ContractNature) -> None:
    assert nature_of_cpv(cpv) == nature


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("69003 Lyon", "69"), ("Lyon (69)", "69"), ("69", "69"), ("2A004", "2A"), ("2b", "2B"), ("97411", "974"),
        ("974", "974"), ("01000 Bourg", "01"), ("Lyon", ""), ("2026", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_department_written(text: str, code: str) -> None:
    assert department_of(text) == code


@pytest.mark.parametrize(
    ("written", "held", "same"),
    [
        ("69001", "69003 Lyon", True),
        ("13001", "69003 Lyon", False),
        ("Lyon", "69003 Lyon", True),
        ("Île de Nantes", "Nantes", True),
        ("Villeurbanne", "69003 Lyon", None),
        ("", "69003 Lyon", None),
    ],
)
def test_two_places(written: str, held: str, same: bool | None) -> None:
    assert same_place(written, held) is same


def test_a_nature_that_nobody_said_is_that_of_the_code() -> None:
    assert [nature_told(cpv) for cpv in ("45442100", "90910000", "30190000", "", "4")] == [
        "works", "services", "supplies", "", "",
    ]  # fmt: skip
