"""What the worker does at night, and for whom nobody waits any more."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db.models import F
from django.test import Client

from clausette.access import failures, tasks
from clausette.access.models import KnownDevice, LoginFailure, Session
from clausette.access.operations import invite, withdraw_invitation
from clausette.kernel import clock
from tests.hats import acting, as_owner, sign_in
from tests.world import account, two_structures

pytestmark = pytest.mark.django_db


def test_what_serves_no_more_is_deleted_at_night_and_nothing_else() -> None:
    number = account("a@x.example")
    for email in ("a@x.example", "b@x.example"):
        failures.count_failure(email)
    for _ in range(2):
        failures.remember_device(number, "")
        sign_in(Client(), number)
    with as_owner():
        old = {
            "a": LoginFailure.objects.first(),
            "b": KnownDevice.objects.first(),
            "c": Session.objects.first(),
        }
        assert all(old.values())
        LoginFailure.objects.filter(pk=old["a"].pk).update(last_at=F("last_at") - timedelta(days=3))  # type: ignore[union-attr]  # asserted just above
        KnownDevice.objects.filter(pk=old["b"].pk).update(seen_at=F("seen_at") - timedelta(days=181))  # type: ignore[union-attr]  # asserted just above
        Session.objects.filter(pk=old["c"].pk).update(expire_date=F("expire_date") - timedelta(days=400))  # type: ignore[union-attr]  # asserted just above
    tasks.forget_expired(timestamp=0)
    counts = LoginFailure.objects.count(), KnownDevice.objects.count(), Session.objects.count()
    assert counts == (1, 1, 1)


def test_an_invitation_withdrawn_before_its_mail_sends_none() -> None:
    with acting(two_structures().first) as actor:
        invited = invite(actor=actor, email="zoe@lys.example", at=clock.now(), site="http://testserver")
        withdraw_invitation(actor=actor, uid=invited.uid, at=clock.now())
    with as_owner():
        tasks.mail_invitation(
            account_id=actor.account_id, organisation_id=actor.organisation_id, invitation=str(invited.uid),
            site="http://testserver",
        )  # fmt: skip
    assert outbox.outbox == []
