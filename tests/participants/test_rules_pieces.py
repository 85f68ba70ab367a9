"""Pieces of a referral: what may be sent, what a decision makes of them, and what never comes back."""

from datetime import date

import pytest

from clausette.kernel.errors import WrongState
from clausette.participants.enums import EvidenceKind as K
from clausette.participants.enums import Funding
from clausette.participants.enums import PieceState as S
from clausette.participants.rules.evidence import kind_of
from clausette.participants.rules.pieces import (
    PIECES,
    check_piece,
    fate_at_decision,
    may_send,
    refusal_of_date,
)
from clausette.reference.facts.publics import PUBLICS

TODAY = date(2026, 11, 16)
BY_CODE = {row.code: row for row in PUBLICS}
ALL = frozenset((kind, funding) for kind in K for funding in Funding)


def fate(kind: K | None, code: str = "RSA", **changed: object) -> S:
    asked: dict[str, object] = {
        "eligible": True, "funding": Funding.ORDINARY, "kept": ALL, "publics": [BY_CODE[code]]
    } | changed  # fmt: skip
    return fate_at_decision(kind, **asked)  # type: ignore[arg-type]  # named in the call


def test_a_health_paper_is_the_only_one_that_is_not_sent() -> None:
    assert {kind for kind in K if not may_send(kind)} == {K.RQTH}


def test_what_the_structure_keeps_is_kept_for_that_funding_only() -> None:
    fse = {(K.CAF, Funding.FSE)}
    assert fate(K.CAF) == S.KEPT
    assert fate(K.CAF, kept=fse) == S.SEEN
    assert fate(K.CAF, kept=fse, funding=Funding.FSE) == S.KEPT
    assert fate(K.CAF, kept=frozenset()) == S.SEEN
    assert fate(K.IDENTITY, kept={(K.CAF, Funding.ORDINARY)}) == S.SEEN


def test_nothing_is_kept_of_a_refusal_of_health_of_privacy_nor_of_what_cannot_be_read() -> None:
    assert fate(K.CAF, eligible=False) == S.SEEN
    assert fate(K.RQTH, "RQTH") == S.SEEN
    assert fate(None) == S.SEEN
    private = [row for row in PUBLICS if row.sensitive and row.stored]
    assert private
    for public in private:
        assert fate(kind_of(public.code), public.code) == S.SEEN, public.code


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        (date(2026, 11, 16), ""), (date(2026, 11, 17), "datée de demain"), (date(1992, 2, 29), ""),
        (date(1992, 2, 28), "avant la naissance"),
    ],
)  # fmt: skip
def test_the_date_of_a_paper_is_neither_to_come_nor_older_than_the_person(dated: date, said: str) -> None:
    found = refusal_of_date(dated, born_on=date(1992, 2, 29), on=TODAY)
    assert said in found
    assert bool(said) == bool(found)


def test_what_is_destroyed_or_seen_never_comes_back() -> None:
    assert PIECES[S.DESTROYED] == frozenset()
    for state in S:
        for wanted in (S.JOINED, S.KEPT) if state != S.HANDED else (S.JOINED,):
            if state == wanted or state == S.JOINED:
                continue
            with pytest.raises(WrongState, match="ne peut plus devenir"):
                check_piece(state, wanted)
    with pytest.raises(WrongState):
        check_piece(S.JOINED, S.KEPT)  # never without a decision
    check_piece(S.HANDED, S.KEPT)
