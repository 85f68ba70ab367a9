"""Persons, decisions, reasons and work contracts: each net holds alone, and without both everything is seen."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest

from clausette.kernel import scope
from clausette.participants.queries import checks_visible_to, participants_visible_to, reasons_visible_to
from clausette.placements.queries import allocations_visible_to, placements_visible_to
from tests.hats import acting, as_owner
from tests.placements.builders import People, decide, lent, people, person, put_to_work, site
from tests.procurement.builders import organisation_uid

pytestmark = pytest.mark.django_db

READS = (
    participants_visible_to,
    checks_visible_to,
    reasons_visible_to,
    placements_visible_to,
    allocations_visible_to,
)
SEEN = {
    "pilot": (3, 3, 3, 2, 2),
    "stranger": (1, 1, 1, 1, 1),
    "firm": (2, 2, 0, 2, 2),
    "other_firm": (1, 1, 0, 1, 1),
    "etti": (1, 1, 0, 1, 1),
    "agency": (0, 0, 0, 0, 0),
    "buyer": (0, 0, 0, 0, 0),
    "prescriber": (1, 1, 1, 0, 0),
    "other_prescriber": (0, 0, 0, 0, 0),
}
ALL = (4, 4, 4, 3, 3)


@pytest.fixture
def cast() -> People:
    cast = people()
    direct = person(cast.pilot, "Ana")
    mission = person(cast.pilot, "Bea")
    waiting = person(cast.pilot, "Cid", referred_by_uid=organisation_uid(cast.prescriber))
    for uid in (direct, mission, waiting):
        decide(cast.pilot, uid)
    owed = site(cast)
    put_to_work(cast, direct, owed)
    put_to_work(cast, mission, owed, **lent(cast))
    theirs = People(**{f: getattr(cast, f) for f in cast.__dataclass_fields__} | {"pilot": cast.stranger})
    other, place = person(cast.stranger, "Dan"), cast.uid("other_firm")
    decide(cast.stranger, other)
    elsewhere = site(theirs, "Pasteur", who="other_firm")
    put_to_work(theirs, other, elsewhere, employer_uid=place, host_company_uid=place)
    return cast


@contextmanager
def without_scope(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(scope, "apply", lambda rows, condition: rows)
        yield


def counts(cast: People, who: str, *, policies: bool) -> tuple[int, ...]:
    with acting(getattr(cast, who)) as actor, nullcontext() if policies else as_owner():
        return tuple(read(actor).count() for read in READS)


def test_both_nets_together(cast: People) -> None:
    assert {who: counts(cast, who, policies=True) for who in SEEN} == SEEN


def test_policies_alone(cast: People, monkeypatch: pytest.MonkeyPatch) -> None:
    with without_scope(monkeypatch):
        assert {who: counts(cast, who, policies=True) for who in SEEN} == SEEN


def test_scope_alone(cast: People) -> None:
    assert {who: counts(cast, who, policies=False) for who in SEEN} == SEEN


def test_without_any_net_everything_is_seen(cast: People, monkeypatch: pytest.MonkeyPatch) -> None:
    with without_scope(monkeypatch):
        assert {counts(cast, who, policies=False) for who in SEEN} == {ALL}
