"""Accounts that nobody uses: a mail first, closed a month later; who comes back stays; a structure keeps somebody."""

from datetime import date, timedelta

import pytest

from clausette.access.enums import MemberRole
from clausette.access.models import Account, Membership
from clausette.kernel.actor import Actor
from clausette.kernel.months import add_months
from tests.hats import TODAY, as_owner, noon
from tests.privacy.test_purge_files import told
from tests.world import member, two_structures

pytestmark = pytest.mark.django_db


def open_of(account: int) -> bool:
    return Membership.objects.filter(account_id=account, revoked_at=None).exists()


def test_told_then_closed_unless_they_come_back() -> None:
    two = two_structures()
    with as_owner():
        place = Actor(0, "", two.first.organisation_id, "", two.first.slug, two.first.capabilities, False)
    gone, back = (member(place, f"{who}@lys.example", role=MemberRole.MEMBER).account_id for who in ("gone", "back"))
    with as_owner():
        Account.objects.update(created_at=noon(TODAY))
        Membership.objects.update(created_at=noon(TODAY))
    end = add_months(TODAY, 6)
    assert told(end - timedelta(days=31))["account"]["announced"] == 0
    first = told(end - timedelta(days=10))["account"]
    assert (first["due"], first["announced"], first["gone"]) == (0, 2, 0)
    with as_owner():
        told_on = dict(Account.objects.values_list("pk", "idle_told_on"))
        assert {who for who, day in told_on.items() if day} == {gone, back}  # the only administrators are left
        Account.objects.filter(pk=back).update(last_login=noon(end - timedelta(days=5)))
    assert told(end + timedelta(days=5))["account"]["gone"] == 0  # told less than thirty days ago
    assert told(end + timedelta(days=20))["account"]["gone"] == 1
    with as_owner():
        assert (open_of(gone), open_of(back), open_of(two.first.account_id)) == (False, True, True)
    assert told(end + timedelta(days=21))["account"]["due"] == 0


def test_of_two_idle_administrators_one_stays() -> None:
    two = two_structures()
    with as_owner():
        place = Actor(0, "", two.first.organisation_id, "", two.first.slug, two.first.capabilities, False)
    member(place, "second@lys.example")
    with as_owner():
        Account.objects.update(created_at=noon(TODAY), idle_told_on=add_months(TODAY, 6))
        Membership.objects.update(created_at=noon(TODAY))
    assert told(date(2028, 1, 1))["account"]["gone"] == 1
    with as_owner():
        admins = Membership.objects.filter(organisation_id=two.first.organisation_id, revoked_at=None)
        assert admins.count() == 1
