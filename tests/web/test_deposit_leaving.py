"""What ends by itself: a deposit left without a gesture, the names of who does not declare any more."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from clausette.access.models import Account, Deposit, Session
from clausette.procurement.models import DepositContract, Mandate
from tests.agenda.test_reminders import contact
from tests.hats import TODAY, as_owner, noon
from tests.hours.builders import World, made, world
from tests.privacy.test_purge_files import told
from tests.web.browsing import signed_in
from tests.web.test_deposit import EMAIL, entered, month, opened
from tests.world import demonstration

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    w = world()
    contact(w, w.contract, w.firm.organisation_id, EMAIL)
    return w


def seen(minutes: int) -> None:
    with as_owner():
        Session.objects.update(seen_at=timezone.now() - timedelta(minutes=minutes))


def test_half_an_hour_without_a_gesture_ends_a_deposit_and_not_a_session(w: World) -> None:
    client = entered(w, opened(w))
    seen(29)
    assert client.get(month(w)).status_code == 200
    seen(31)
    for answer in (client.get(month(w)), client.post(month(w), {"acte": "aucune"})):
        assert (answer.status_code, answer.headers["Location"][:18]) == (302, "/compte/connexion/")
    demonstration()
    member = signed_in(w.firm)
    seen(31)
    assert member.get(month(w)).status_code == 200


def held() -> tuple[str, str, str]:
    with as_owner():
        deposit, account = Deposit.objects.get(), Account.objects.get(full_name="Zoé Martin, sans compte")
        return deposit.email, deposit.full_name, account.full_name


def test_names_go_six_months_after_the_end_and_acts_keep_theirs(w: World) -> None:
    opened(w)
    kept = {"organisation_id": w.firm.organisation_id, "given_by_id": w.firm.account_id, "starts_on": TODAY}
    for email, end in (("lou@compta.example", date(2027, 1, 31)), ("max@compta.example", date(2027, 9, 30))):
        made("procurement.Mandate", **kept, email=email, full_name="Lou", token_hash=email, ends_on=end)
    with as_owner():
        DepositContract.objects.update(revoked_at=noon(date(2027, 1, 31)))
        Account.objects.filter(full_name="Zoé Martin, sans compte").update(last_login=noon(date(2027, 1, 20)))
    assert told(date(2027, 7, 31))["account"]["gone"] == 0
    assert held() == (EMAIL, "Zoé Martin", "Zoé Martin, sans compte")
    assert told(date(2027, 8, 1), "--dry-run")["account"]["due"] >= 2
    told(date(2027, 8, 1))
    email, name, account = held()
    assert (email.endswith("@sans-compte.invalid"), name, account) == (True, "", "Zoé Martin, sans compte")
    with as_owner():
        mandates = list(Mandate.objects.order_by("id").values_list("email", "full_name"))
    assert mandates[0][0].startswith("mandat-")
    assert (mandates[0][1], mandates[1]) == ("", ("max@compta.example", "Lou"))
    due = told(date(2027, 8, 2), "--dry-run")["account"]["due"]
    assert due == 0, "nothing twice"


