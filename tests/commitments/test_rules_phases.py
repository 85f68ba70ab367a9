"""A decision of the market told to the engagement: its reason, the parts that it decides."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clausette.commitments.enums import PartStatus, VersionReason
from clausette.commitments.rules import PartEntry, already_told, parts_of_phase, reason_for

FIRST, LAST = date(2027, 1, 1), date(2027, 6, 30)


def _part(label: str, starts_on: date = FIRST, ends_on: date = LAST, phase_id: int | None = None) -> PartEntry:
    return PartEntry(label, PartStatus.CONDITIONAL, starts_on, ends_on, Decimal(10), phase_id=phase_id)


def _found(*parts: PartEntry) -> tuple[int, ...]:
    return parts_of_phase(
        parts, phase_id=7, names=("Tranche optionnelle 1", ""), starts_on=FIRST, ends_on=LAST
    )


@pytest.mark.parametrize(
    ("renewal", "made", "reason"),
    [
        (False, True, VersionReason.CONFIRMATION),
        (True, True, VersionReason.RENEWAL),
        (False, False, VersionReason.NOT_RENEWED),
        (True, False, VersionReason.NOT_RENEWED),
    ],
)
def test_the_reason_follows_the_decision(renewal: bool, made: bool, reason: VersionReason) -> None:
    assert reason_for(renewal=renewal, made=made) == reason


def test_a_part_tied_to_the_phase_wins_over_the_days() -> None:
    assert _found(_part("A"), _part("B", date(2028, 1, 1), date(2028, 2, 1), phase_id=7)) == (1,)


def test_the_same_days_win_over_the_name() -> None:
    late = _part("tranche optionnelle 1", date(2028, 1, 1), date(2028, 2, 1))
    assert _found(late, _part("Logements")) == (1,)
    assert _found(late) == (0,)


def test_one_part_that_has_a_day_of_the_phase_is_it_two_are_not() -> None:
    one, other = _part("A", LAST, date(2027, 9, 1)), _part("B", date(2026, 9, 1), FIRST)
    assert _found(one) == (0,)
    assert _found(one, other) == ()
    assert _found(_part("A", date(2027, 7, 1), date(2027, 9, 1))) == ()


def test_a_part_already_decided_is_known() -> None:
    firm = PartEntry("Base", PartStatus.FIRM, FIRST, LAST, Decimal(10))
    named = replace(firm, label="tranche optionnelle 1")
    parts = (replace(firm, phase_id=7), named, firm, replace(named, phase_id=8), _part("Tranche optionnelle 1"))
    told = [already_told((part,), phase_id=7, names=("Tranche optionnelle 1", "")) for part in parts]
    assert told == [True, True, False, False, False]  # the same days say nothing


def test_what_is_decided_or_tied_to_another_phase_is_left() -> None:
    firm = PartEntry("Tranche optionnelle 1", PartStatus.FIRM, FIRST, LAST, Decimal(10))
    assert _found(firm, _part("Tranche optionnelle 1", phase_id=8)) == ()
