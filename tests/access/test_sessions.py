"""Sessions: hashed, limited, one account; failures: slower and slower; secrets of links kept hashed."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client

from clausette.access import failures, rules
from clausette.access.adapters import SecondFactorAdapter
from clausette.access.errors import InvitationGone
from clausette.access.install import open_account
from clausette.access.models import Account, Invitation, LoginFailure, Membership, Session
from clausette.access.operations import accept_invitation, invite, withdraw_invitation
from clausette.access.places import places_of
from clausette.access.queries import pending_invitations, read_invitation
from clausette.access.sessions import SessionStore
from clausette.kernel import clock
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.kernel.operation import isolated
from tests.hats import acting, as_owner, on_day, sign_in
from tests.world import PASSWORD, account, body, member, two_structures

pytestmark = pytest.mark.django_db


def test_the_table_gives_neither_the_cookie_nor_the_ticket() -> None:
    cookie = sign_in(Client(), account("a@x.example"))
    row = Session.objects.get()
    assert row.session_key == rules.hashed(cookie)
    assert row.session_key not in (cookie, rules.ticket(cookie))
    assert places_of(row.session_key) == []


@pytest.mark.parametrize(
    ("field", "minutes", "alive"),
    [("seen_at", 59, True), ("seen_at", 61, False), ("created_at", 719, True), ("created_at", 721, False)],
)
def test_a_session_ends_after_an_hour_of_silence_or_twelve_hours(
    field: str, minutes: int, alive: bool
) -> None:
    place = body("Bâti", "contractor")
    cookie = sign_in(Client(), member(place, "a@x.example").account_id)
    with as_owner():
        Session.objects.update(**{field: Now() - timedelta(minutes=minutes)})
    assert bool(places_of(cookie)) is alive
    assert bool(SessionStore(cookie).load()) is alive


def test_a_session_used_is_seen_again_and_keeps_its_age() -> None:
    cookie = sign_in(Client(), account("a@x.example"))
    with as_owner():
        Session.objects.update(seen_at=Now() - timedelta(minutes=30), created_at=Now() - timedelta(hours=3))
    before = Session.objects.get()
    store = SessionStore(cookie)
    store["panier"] = "x"
    store.save()
    after = Session.objects.get()
    assert after.created_at == before.created_at
    assert after.seen_at > before.seen_at + timedelta(minutes=29)
    assert SessionStore(cookie)["panier"] == "x"


def test_failures_wait_longer_and_longer_but_never_on_a_known_device() -> None:
    number = account("a@x.example")
    device = failures.remember_device(number, "")
    for _ in range(9):
        failures.count_failure("A@x.example ")
    assert failures.must_wait("a@x.example", "") is False
    failures.count_failure("a@x.example")
    assert failures.must_wait("a@x.example", "") is True
    assert failures.must_wait("a@x.example", device) is False
    assert failures.must_wait("b@x.example", "") is False
    assert failures.remember_device(number, device) == device
    for _ in range(30):
        failures.count_failure("a@x.example")
    row = LoginFailure.objects.annotate(wait=F("blocked_until") - F("last_at")).get()
    assert (row.count, row.wait) == (40, timedelta(minutes=15))
    failures.forget_failures("a@x.example")
    assert failures.must_wait("a@x.example", "") is False


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (9, 0), (10, 1), (11, 2), (13, 8), (19, 512), (20, 900), (99, 900)]
)
def test_the_wait_is_a_power_of_two_up_to_a_quarter_of_an_hour(count: int, seconds: int) -> None:
    assert rules.wait_after(count) == seconds


def test_an_invitation_makes_an_account_then_a_member_once() -> None:
    place = body("Bâti", "contractor")
    admin = member(place, "chef@bati.example")
    with acting(admin) as actor:
        invited = invite(actor=actor, email="Zoe@bati.example", full_name="Zoé", at=clock.now())
        assert [line.email for line in pending_invitations(actor=actor)] == ["zoe@bati.example"]
    card = read_invitation(secret=invited.secret)
    assert card is not None
    assert (card.organisation_name, card.email) == ("Bâti", "zoe@bati.example")
    number = open_account(secret=invited.secret, full_name="Zoé Martin", password=PASSWORD)
    stranger = sign_in(Client(), account("autre@x.example"))
    with pytest.raises(InvitationGone):
        accept_invitation(session_key=stranger, secret=invited.secret)
    cookie = sign_in(Client(), number)
    assert accept_invitation(session_key=cookie, secret=invited.secret) == place.slug
    assert [(one.slug, one.is_admin) for one in places_of(cookie)] == [(place.slug, False)]
    with pytest.raises(InvitationGone):
        accept_invitation(session_key=cookie, secret=invited.secret)
    with pytest.raises(InvitationGone):
        open_account(secret=invited.secret, full_name="Zoé", password=PASSWORD)


def test_an_invitation_ends_after_seven_days_or_when_withdrawn() -> None:
    admin = member(body("Bâti", "contractor"), "chef@bati.example")
    with acting(admin) as actor:
        invited = invite(actor=actor, email="zoe@bati.example", at=clock.now())
        with pytest.raises(Refusal, match="attend déjà"), isolated():
            invite(actor=actor, email="zoe@bati.example", at=clock.now())
    with on_day((clock.now() + timedelta(days=8)).date()):
        assert read_invitation(secret=invited.secret) is None
    assert read_invitation(secret=invited.secret) is not None
    with acting(admin) as actor:
        withdraw_invitation(actor=actor, uid=invited.uid, at=clock.now())
    assert read_invitation(secret=invited.secret) is None


def test_a_facilitator_invites_the_first_person_of_a_firm_and_no_other() -> None:
    cast = two_structures()
    place = body("Bâti", "contractor")
    with as_owner():
        from clausette.access.models import Organisation

        uid = Organisation.objects.get(pk=place.organisation_id).uid
    with acting(cast.first) as actor:
        invited = invite(actor=actor, email="chef@bati.example", organisation=uid, at=clock.now())
    number = open_account(secret=invited.secret, full_name="Chef", password=PASSWORD)
    accept_invitation(session_key=sign_in(Client(), number), secret=invited.secret)
    with as_owner():
        assert Membership.objects.get(account_id=number).role == "admin"
    with acting(cast.second) as actor, pytest.raises(NotAllowed, match="déjà ses membres"), isolated():
        invite(actor=actor, email="autre@bati.example", organisation=uid, at=clock.now())
    with as_owner():
        assert Invitation.objects.count() == 1
        assert Account.objects.filter(email="chef@bati.example").count() == 1


def test_the_secret_of_a_second_factor_is_not_readable_in_the_table() -> None:
    adapter = SecondFactorAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
