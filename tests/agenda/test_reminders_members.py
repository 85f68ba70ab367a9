"""No contact is known of a firm: its accounts are written to, together, once a day."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import connection

from clausette.access.models import Account, Membership
from clausette.agenda.models import Reminder
from clausette.agenda.operations import note_failure
from clausette.agenda.queries.chasing import late_firms
from clausette.agenda.queries.letters import dead_addresses, letters_page, members_addresses
from clausette.agenda.queries.planned import planned_letters
from clausette.agenda.rules.texts import masked
from tests.agenda.test_reminders import CHASE, TELL, contact, morning
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import World, world
from tests.web.browsing import html
from tests.web.test_advice_pages import plain
from tests.world import demonstration, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    w = world()
    member(w.firm, "bea@ouche.example")
    gone = member(w.firm, "parti@ouche.example")
    with as_owner():
        Membership.objects.filter(account_id=gone.account_id).update(revoked_at=noon(TODAY))
    return w


def accounts(w: World) -> list[str]:
    with as_owner():
        return sorted([Account.objects.get(pk=w.firm.account_id).email, "bea@ouche.example"])


def test_the_accounts_are_written_to_together(w: World) -> None:
    told = [one for one in morning() if one["told"] == "firm"]
    both = accounts(w)
    assert [one["address"] for one in told] == [masked(", ".join(both))]
    (sent,) = outbox.outbox
    assert sent.to == both
    with as_owner():
        assert set(Reminder.objects.values_list("masked", flat=True)) == {masked(", ".join(both))}
    with acting(w.pilot) as pilot:
        (line,), _ = letters_page(actor=pilot)
        (late,) = [one for one in late_firms(actor=pilot, on=CHASE) if one.firm_uid == w.uids["firm"]]
        assert (late.email, late.to_members, late.wrong) == (", ".join(both), True, False)
        note_failure(actor=pilot, uid=line.uid, on=CHASE, reason="Boîte pleine")
        assert dead_addresses(actor=pilot) == set(both)
        later = planned_letters(actor=pilot, on=TELL + timedelta(days=30))
        assert {one.email for one in later if one.told == "firm"} <= {""}


def test_the_page_says_where_it_goes(w: World) -> None:
    demonstration()
    page = plain(html(w.pilot, "relances/"))
    assert f"les courriels vont aux comptes de l'entreprise ({masked(', '.join(accounts(w)))})" in page
    assert "bea@ouche.example" not in page


def test_a_contact_is_written_to_rather_than_the_accounts(w: World) -> None:
    contact(w, w.contract, w.firm.organisation_id, "zoe@bati.example")
    morning()
    assert [one.to for one in outbox.outbox] == [["zoe@bati.example"]]


def test_addresses_are_given_of_the_firms_that_one_follows_only(w: World) -> None:
    firms = [w.firm.organisation_id, w.etti.organisation_id, w.stranger.organisation_id]
    with acting(w.pilot) as pilot:
        assert set(members_addresses(actor=pilot, firms=firms)) == {w.firm.organisation_id}
    for who in (w.stranger, w.buyer, w.firm):
        with acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM sec.members_to_remind(%s)", [firms])
            assert cursor.fetchall() == []
