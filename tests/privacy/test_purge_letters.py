"""Mails of reminders: a year after, their text and address go; the day, the step and the outcome stay."""

from datetime import date, timedelta

import pytest

from clausette.agenda.models import Letter, Reminder
from clausette.agenda.operations import note_failure
from clausette.agenda.queries.letters import dead_addresses, letters_page, reminders_of
from clausette.kernel.months import add_months
from clausette.privacy.models import PurgeBatch
from tests.agenda.test_reminders import CHASE, contact, morning
from tests.hats import acting, as_owner, noon
from tests.hours.builders import World, world
from tests.privacy.test_purge_files import told
from tests.web.browsing import html
from tests.web.test_advice_pages import plain
from tests.world import demonstration

pytestmark = pytest.mark.django_db
LAST = add_months(CHASE, 12)


@pytest.fixture
def w() -> World:
    demonstration()
    w = world()
    contact(w, w.contract, w.firm.organisation_id, "zoe@bati.example")
    morning()
    return w


def held() -> tuple[str, str, date]:
    with as_owner():
        row = Letter.objects.get()
        return row.email, row.body, row.on


def test_text_and_address_go_after_a_year_and_the_rest_stays(w: World) -> None:
    address, body, _ = held()
    assert (address, bool(body)) == ("zoe@bati.example", True)
    assert told(LAST)["letter"]["due"] == 0
    after = LAST + timedelta(days=1)
    assert told(after, "--dry-run")["letter"]["due"] == 1
    assert held()[1] == body
    assert told(after)["letter"]["gone"] == 1
    assert held() == ("", "", CHASE)
    assert told(after)["letter"]["due"] == 0
    with as_owner():
        assert PurgeBatch.objects.get().category == "letter"
        assert Reminder.objects.filter(letter__sent_at__isnull=False).exists()
    with acting(w.pilot) as pilot:
        (line,), _ = letters_page(actor=pilot)
        told_of = reminders_of(actor=pilot, contract_id=w.contract.pk)
        assert {one.address for one in told_of} == {"z…@bati.example"}
    page = plain(html(w.pilot, f"relances/envois/{line.uid}/"))
    assert "leur durée de conservation est finie" in page


def test_an_address_in_error_is_kept_until_it_is_put_back_in_use(w: World) -> None:
    with acting(w.pilot) as pilot:
        (line,), _ = letters_page(actor=pilot)
        note_failure(actor=pilot, uid=line.uid, on=CHASE, reason="Boîte pleine")
    after = LAST + timedelta(days=1)
    assert told(after)["letter"]["gone"] == 1
    assert held() == ("zoe@bati.example", "", CHASE)
    with acting(w.pilot) as pilot:
        assert dead_addresses(actor=pilot) == {"zoe@bati.example"}
    assert told(after)["letter"]["due"] == 0
    with as_owner():
        Letter.objects.update(cleared_on=noon(CHASE).date())
    assert told(after)["letter"]["gone"] == 1
    assert held()[0] == ""
