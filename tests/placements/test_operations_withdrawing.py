"""What was typed by mistake leaves the world; a mise à disposition ends; the same hiring may be typed again."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, Invalid, NotAllowed, WrongState
from clausette.placements.enums import LinkKind
from clausette.placements.models import Allocation, Placement
from clausette.placements.operations import (
    allocate,
    end_allocation,
    withdraw_allocation,
    withdraw_placement,
)
from clausette.placements.queries import people_at_work, placement_key, work_contract, work_contracts_of
from tests.hats import TODAY, acting, as_owner, noon
from tests.placements.builders import ENDS, STARTS, People, lent, people, person, put_to_work, site

pytestmark = pytest.mark.django_db
AT = noon(TODAY)


@pytest.fixture
def cast() -> People:
    return people()


@pytest.fixture
def actor(cast: People) -> Iterator[Actor]:
    with acting(cast.pilot) as pilot:
        yield pilot


@pytest.fixture
def aline(cast: People) -> UUID:
    return person(cast.pilot)


def test_withdrawn_it_exists_for_nobody_and_may_be_typed_again(cast: People, aline: UUID) -> None:
    owed = site(cast)
    uid = put_to_work(cast, aline, owed)
    with acting(cast.firm) as firm:
        assert work_contract(actor=firm, uid=uid).uid == uid
    with acting(cast.pilot) as pilot:
        assert withdraw_placement(actor=pilot, uid=uid, reason="Mauvaise personne", at=AT) == aline
        assert work_contracts_of(actor=pilot, participant_uid=aline) == ()
        assert people_at_work(actor=pilot) == ()
    for who in (cast.pilot, cast.firm):
        with acting(who) as one, pytest.raises(Absent):
            placement_key(one, uid)
    again = put_to_work(cast, aline, owed)
    with as_owner():
        held = {row.uid: row.withdrawn_reason for row in Placement.objects.all()}
        assert held == {uid: "Mauvaise personne", again: ""}
        assert Allocation.objects.filter(withdrawn_at=None).count() == 1


def test_a_reason_is_asked(cast: People, actor: Actor, aline: UUID) -> None:
    uid = put_to_work(cast, aline, site(cast))
    with pytest.raises(Invalid, match="Dites pourquoi"):
        withdraw_placement(actor=actor, uid=uid, reason=" non ", at=AT)
    assert work_contract(actor=actor, uid=uid).uid == uid


def test_not_while_another_one_follows(cast: People, actor: Actor, aline: UUID) -> None:
    owed = site(cast)
    first = put_to_work(cast, aline, owed, ends_on=date(2026, 10, 31))
    put_to_work(cast, aline, owed, starts_on=date(2026, 11, 1), follows_uid=first, link=LinkKind.FOLLOWS)
    with pytest.raises(WrongState, match="en est la suite"):
        withdraw_placement(actor=actor, uid=first, reason="Saisie deux fois", at=AT)


@pytest.mark.parametrize(("who", "error"), [("firm", NotAllowed), ("stranger", Absent)])
def test_by_its_structure_only(cast: People, aline: UUID, who: str, error: type[Exception]) -> None:
    uid = put_to_work(cast, aline, site(cast))
    with acting(getattr(cast, who)) as one, pytest.raises(error):
        withdraw_placement(actor=one, uid=uid, reason="Pas la mienne", at=AT)


def shared(cast: People, actor: Actor, aline: UUID) -> tuple[UUID, list[Any]]:
    """A mission in two firms in turn."""
    first, second = site(cast), site(cast, "École Pasteur", who="other_firm")
    uid = put_to_work(cast, aline, first, **lent(cast), host_until=date(2026, 12, 31))
    allocate(
        actor=actor, placement_uid=uid, commitment_uid=second, host_company_uid=cast.uid("other_firm"),
        starts_on=date(2027, 1, 1), on=TODAY,
    )  # fmt: skip
    return uid, list(work_contract(actor=actor, uid=uid).allocations)


def test_a_mise_a_disposition_ends_before_the_work_contract(cast: People, actor: Actor, aline: UUID) -> None:
    uid, (first, second) = shared(cast, actor, aline)
    end_allocation(actor=actor, uid=second.uid, ends_on=date(2027, 2, 28), on=TODAY)
    assert [one.ends_on for one in work_contract(actor=actor, uid=uid).allocations] == [
        date(2026, 12, 31), date(2027, 2, 28),
    ]  # fmt: skip
    for day in (STARTS.replace(day=1), date(2026, 12, 31), ENDS):
        with pytest.raises(Invalid):
            end_allocation(actor=actor, uid=first.uid, ends_on=day, on=TODAY)


def test_one_of_two_is_withdrawn_never_the_last(cast: People, actor: Actor, aline: UUID) -> None:
    uid, (first, second) = shared(cast, actor, aline)
    assert withdraw_allocation(actor=actor, uid=second.uid, reason="Mauvais marché", at=AT) == uid
    assert [one.uid for one in work_contract(actor=actor, uid=uid).allocations] == [first.uid]
    with pytest.raises(WrongState, match="la seule"):
        withdraw_allocation(actor=actor, uid=first.uid, reason="Mauvais marché", at=AT)
