"""What a later publication changes of a contract followed: pure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clausette.imports.decp import read_decp
from clausette.imports.enums import ChangeKind
from clausette.imports.rules import (
    ADVICE,
    Held,
    HeldModification,
    Published,
    differences,
    official_changes,
    published,
)
from tests.imports.decp_builders import FIRM, OTHER, act, act_changed, avenant, firms, official_file, record

MILLION = Decimal(1_000_000)


def said(**values: Any) -> Published:
    contract = read_decp(official_file(record(**values))).records[0].fields
    assert contract is not None
    return published(contract)


def held(**values: Any) -> Held:
    """What the good record of the builders left here."""
    one = said()
    same = Held(
        one.title, one.official_id, one.cpv, one.place_code, one.notified_on, one.duration_months, one.amount_ht,
        frozenset({FIRM}), frozenset(), {},
    )  # fmt: skip
    return replace(same, **values)


def test_the_same_record_changes_nothing() -> None:
    assert official_changes(said(), held(), tied=True) == ()


def test_an_avenant_says_each_thing_it_changes() -> None:
    changes = official_changes(
        said(modifications=[avenant(1, dureeMois=24, titulaires=firms(OTHER))]), held(), tied=False
    )
    assert [(one.kind, one.before, one.after) for one in changes] == [
        (ChangeKind.AMOUNT, "1\u202f000\u202f000\u00a0€", "1\u202f048\u202f000,25\u00a0€"),
        (ChangeKind.DURATION, "18\u00a0mois", "24\u00a0mois"),
        (ChangeKind.AWARD, FIRM, "SIRET 380 129 866 46850"),
    ]
    assert changes[0].source == "avenant 1, notifié le 10/09/2026"
    assert changes[0].published_on == date(2026, 9, 30)


def test_an_avenant_that_repeats_what_is_held_is_no_change() -> None:
    same = avenant(1, montant=1_000_000, dureeMois=18, titulaires=firms(FIRM))
    assert official_changes(said(modifications=[same]), held(), tied=True) == ()


def test_each_avenant_is_told_beside_the_one_before() -> None:
    later = [avenant(1, montant=1_100_000), avenant(2, montant=1_250_000), avenant(3, montant=1_250_000)]
    changes = official_changes(said(modifications=later), held(), tied=True)
    assert [(one.before[:9], one.after[:9]) for one in changes] == [
        ("1\u202f000\u202f000", "1\u202f100\u202f000"),
        ("1\u202f100\u202f000", "1\u202f250\u202f000"),
    ]


def test_an_avenant_kept_is_told_again_only_when_published_otherwise() -> None:
    kept = held(modifications={1: HeldModification(Decimal("1048000.25"), None)})
    assert official_changes(said(modifications=[avenant(1)]), kept, tied=True) == ()
    changes = official_changes(said(modifications=[avenant(1, montant=1_060_000)]), kept, tied=True)
    assert [(one.kind, one.source) for one in changes] == [
        (ChangeKind.AMOUNT, "avenant 1 publié autrement, notifié le 10/09/2026")
    ]
    told = differences(said(modifications=[avenant(1, montant=1_060_000)]), kept)
    assert [(one.label, one.kind) for one in told] == [("Avenant 1, publié autrement", "tell")]


def test_a_subcontractor_is_new_once() -> None:
    acts = [act(1), act(2, dateNotification="2026-08-01")]
    changes = official_changes(said(actesSousTraitance=acts), held(), tied=False)
    assert [(one.kind, one.after) for one in changes] == [
        (ChangeKind.SUBCONTRACTOR, "SIRET 380 129 866 46850, depuis le 20/04/2026, 84\u202f500,50\u00a0€")
    ]
    known = held(subcontractor_ids=frozenset({OTHER}))
    assert official_changes(said(actesSousTraitance=acts), known, tied=False) == ()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"montant": 990_000}, ChangeKind.AMOUNT),
        ({"dureeMois": 20}, ChangeKind.DURATION),
        ({"titulaires": firms(FIRM, OTHER), "typeGroupementOperateurs": "Solidaire"}, ChangeKind.AWARD),
    ],
)
def test_a_value_rewritten_is_a_change_only_of_what_was_published_before(
    values: dict[str, Any], kind: ChangeKind
) -> None:
    assert [one.kind for one in official_changes(said(**values), held(), tied=True)] == [kind]
    assert official_changes(said(**values), held(), tied=False) == ()


def test_a_blank_filled_is_no_change() -> None:
    blank = held(amount_ht=None, duration_months=None, contractor_ids=frozenset())
    assert official_changes(said(), blank, tied=True) == ()


def test_an_avenant_of_a_contract_typed_without_figures_is_told_beside_what_was_published() -> None:
    blank = held(amount_ht=None, duration_months=None, contractor_ids=frozenset())
    changes = official_changes(said(modifications=[avenant(1, dureeMois=18)]), blank, tied=False)
    assert [(one.kind, one.before) for one in changes] == [(ChangeKind.AMOUNT, "1\u202f000\u202f000\u00a0€")]


def test_two_writings_of_one_change_have_one_mark() -> None:
    one = official_changes(said(modifications=[avenant(1)]), held(), tied=True)
    two = official_changes(said(modifications=[avenant(1, montant="1048000.25")]), held(), tied=True)
    assert [change.mark for change in one] == [change.mark for change in two]


def test_acts_are_kept_with_their_changes() -> None:
    one = said(actesSousTraitance=[act(1)], modificationsActesSousTraitance=[act_changed(1)])
    assert [(plan.number, plan.revises, plan.notified_on, plan.amount_ht) for plan in one.subcontracts] == [
        (1, False, date(2026, 4, 20), Decimal("84500.50")),
        (1, True, date(2026, 7, 1), Decimal(90000)),
    ]
    keys = frozenset(plan.key for plan in one.subcontracts)
    known = held(subcontractor_ids=frozenset({OTHER}), subcontract_keys=keys)
    assert differences(one, known) == ()


def test_every_kind_has_its_advice() -> None:
    assert set(ADVICE) == set(ChangeKind)
