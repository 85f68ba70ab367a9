"""Rules of referrals: their life, how a prescriber is named, the time an answer takes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.kernel.errors import WrongState
from clausette.participants.enums import PrescriberKind
from clausette.participants.enums import ReferralState as S
from clausette.participants.rules import (
    AUTHORISED_BODY,
    REFERRALS,
    SENSITIVE,
    Wait,
    answer_times,
    by_whom,
    check_referral,
    shown_name,
)

ON = date(2026, 11, 16)


def test_an_answer_ends_a_referral_and_only_a_returned_one_is_sent_again() -> None:
    assert {state for state in S if not REFERRALS[state]} == {S.ACCEPTED, S.REFUSED, S.WITHDRAWN}
    assert [state for state in S if S.PROPOSED in REFERRALS[state]] == [S.RETURNED]
    with pytest.raises(WrongState, match="« acceptée » ne peut plus devenir « refusée »"):
        check_referral(S.ACCEPTED, S.REFUSED)


def test_the_sensitive_kinds_are_those_of_the_plateforme() -> None:
    assert {kind.value for kind in SENSITIVE} == {
        "ASE", "CAARUD", "CIDFF", "CSAPA", "PENSION", "PJJ", "PREVENTION", "SPIP",
    }  # fmt: skip
    assert len(PrescriberKind) == 34


@given(st.text(min_size=1), st.booleans())
def test_an_outsider_reads_the_same_words_whatever_the_prescriber(name: str, discreet: bool) -> None:
    assert shown_name(name, in_charge=False, itself=False, discreet=discreet) == AUTHORISED_BODY
    assert shown_name(name, in_charge=True, itself=False) == name
    assert shown_name(name, in_charge=True, itself=False, discreet=True) == AUTHORISED_BODY
    assert shown_name(name, in_charge=False, itself=True, discreet=discreet) == name
    assert shown_name("", in_charge=False, itself=False) == ""
    assert by_whom(AUTHORISED_BODY) == "un organisme habilité"


@given(st.lists(st.integers(0, 90)), st.lists(st.integers(0, 90)))
def test_times_are_those_of_the_answers_and_of_what_waits(given_: list[int], waiting: list[int]) -> None:
    waits = [Wait(ON - timedelta(days=100), ON - timedelta(days=100 - n)) for n in given_]
    found = answer_times([*waits, *(Wait(ON - timedelta(days=n), None) for n in waiting)], ON)
    assert found.oldest == max(waiting, default=None)
    assert found.waiting == len(waiting)
    assert (found.typical is None) == (not given_)
    if found.typical is not None:
        assert 2 * sum(n <= found.typical for n in given_) >= len(given_)
        assert 2 * sum(n < found.typical for n in given_) <= len(given_)


def test_the_median_of_an_even_number_is_rounded_up() -> None:
    waits = [Wait(ON - timedelta(days=n), ON) for n in (2, 5)]
    assert answer_times(waits, ON).typical == 4
