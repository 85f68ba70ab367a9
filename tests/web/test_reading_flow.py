"""The flow of readings at the doors: a code again, a stop, alerts; and the page « Lectures »."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from clausette.access.models import Account
from clausette.access.queries import alert_recipients
from clausette.access.second_factor import code_at, enrol, new_secret, readable
from clausette.journal.models import Reading, ReadingAlert
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.operation import writing
from clausette.kernel.queue import URGENT, latest_start
from tests.hats import TODAY, as_owner, noon, sign_in
from tests.placements.builders import People, people, person, put_to_work, site
from tests.procurement.builders import organisation_uid
from tests.web.people_helpers import address, signed_in, text

pytestmark = pytest.mark.django_db


def already(who: Actor, count: int, kind: str = "identity") -> list[UUID]:
    """This account opened as many persons just now."""
    uids = [uuid4() for _ in range(count)]
    with as_owner():
        Reading.objects.bulk_create(
            Reading(account_id=who.account_id, organisation_id=who.organisation_id, kind=kind, subject_uid=uid)
            for uid in uids
        )
    return uids


def jobs() -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'access.mail_reading_alert'")
        return int((cursor.fetchone() or (0,))[0])


def referred() -> tuple[People, str]:
    cast = people()
    uid = person(cast.pilot, referred_by_uid=organisation_uid(cast.prescriber))
    put_to_work(cast, uid, site(cast))
    return cast, str(uid)


def test_an_alert_leaves_within_a_minute_whatever_the_long_tasks_do() -> None:
    cast, uid = referred()
    already(cast.firm, 119)
    signed_in(cast.firm).get(address(cast.firm, "participants", uid))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT queue_name, lock, scheduled_at FROM procrastinate_jobs"
            " WHERE task_name = 'access.mail_reading_alert'"
        )
        assert cursor.fetchall() == [(URGENT, None, None)]  # at once, behind nobody, in the lane of urgent jobs
    # beside it in that lane, one mail each: somebody waits for a code of ten minutes, a director has a day to answer
    short = {"access.mail_deposit_code", "hours.mail_reopening"}
    assert {name for name, task in app.tasks.items() if task.queue == URGENT} == {"access.mail_reading_alert"} | short
    asked = noon(TODAY)
    assert latest_start(asked) - asked <= timedelta(seconds=60)


def test_pieces_and_files_are_no_persons() -> None:
    cast, uid = referred()
    read = already(cast.prescriber, 149)
    for kind in ("evidence", "file"):
        already(cast.prescriber, 30, kind)
    where = address(cast.prescriber, "participants", uid)
    assert signed_in(cast.prescriber).get(where).status_code == 200  # the 150th person
    assert (len(read), {level for level, _ in alerts()}) == (149, set())


def alerts() -> list[tuple[str, int]]:
    with as_owner():
        return sorted(ReadingAlert.objects.values_list("level", "told_org"))


def test_beyond_the_hour_a_prescriber_waits_and_the_two_structures_are_told_once() -> None:
    cast, uid = referred()
    client, where = signed_in(cast.prescriber), address(cast.prescriber, "participants", uid)
    already(cast.prescriber, 149)
    assert client.get(where).status_code == 200  # the 150th
    already(cast.prescriber, 1)
    assert client.get(where).status_code == 200  # the same again
    other = person(cast.pilot, "Autre", "Visage", referred_by_uid=organisation_uid(cast.prescriber))
    told = []
    for _ in range(2):
        answer = client.get(address(cast.prescriber, "participants", other))
        assert answer.status_code == 429
        assert "Visage" not in text(answer.content)
        assert "reprenez à partir de" in text(answer.content)
        told.append(jobs())
    assert told == [2, 2]
    assert alerts() == sorted(
        ("check", actor.organisation_id) for actor in (cast.prescriber, cast.pilot)
    )
    with as_owner():
        assert not Reading.objects.filter(subject_uid=other, account_id=cast.prescriber.account_id).exists()
        uids = ReadingAlert.objects.values_list("uid", flat=True)
        found = sorted(alert_recipients(alert=uid) for uid in uids)
    assert [[row[0] for row in rows] for rows in found] == [["ana@lys.example"], ["mia@mission.example"]]


def test_a_firm_is_warned_at_four_fifths() -> None:
    cast, uid = referred()
    already(cast.firm, 119)
    client, where = signed_in(cast.firm), address(cast.firm, "participants", uid)
    assert client.get(where).status_code == 200
    assert ("warn", cast.firm.organisation_id) in alerts()
    again = text(client.get(where).content)
    assert "la lecture s'arrêtera un moment" in again
    assert "un code vous sera redemandé" not in again  # no telephone: nothing to type


def test_a_facilitator_is_never_stopped_and_the_structure_chooses_its_threshold() -> None:
    cast, uid = referred()
    client = signed_in(cast.pilot)
    page = address(cast.pilot, "structure", "lectures")
    assert client.post(page, {"threshold": "3"}).status_code == 400
    assert client.post(page, {"threshold": "20"}).status_code == 302
    already(cast.pilot, 20)
    assert client.get(address(cast.pilot, "participants", uid)).status_code == 200
    assert ("warn", cast.pilot.organisation_id) in alerts()
    already(cast.pilot, 900)
    assert client.get(address(cast.pilot, "participants", uid)).status_code == 200


def test_the_administrator_reads_who_opened_whom_by_initials() -> None:
    cast, uid = referred()
    assert signed_in(cast.firm).get(address(cast.firm, "participants", uid)).status_code == 200
    page = text(signed_in(cast.pilot).get(address(cast.pilot, "structure", "lectures") + "?qui=autres").content)
    assert "Bâti Ouche" in page
    assert "M. A." in page
    assert "Moreau" not in page
    assert uid in page
    firm = text(signed_in(cast.firm).get(address(cast.firm, "structure", "lectures")).content)
    assert "PLIE du Lys" not in firm


def test_with_a_telephone_the_code_given_again_opens_the_hour_anew() -> None:
    cast, uid = referred()
    secret, account = new_secret(), Account.objects.get(pk=cast.prescriber.account_id)
    where = address(cast.prescriber, "participants", uid)
    with clock.pretending(datetime.now(clock.PARIS)):  # the hour is that of the database
        now = int(clock.now().timestamp()) // 30
        with writing("test"):
            enrol(account, secret=secret, code=code_at(readable(secret), now - 1), at=clock.now())
        client = Client()
        sign_in(client, account.pk)
        already(cast.prescriber, 150)
        with as_owner():
            Reading.objects.filter(account_id=account.pk).update(at=clock.now() - timedelta(minutes=5))
        asked = client.get(where)
        assert (asked.status_code, asked["Location"].split("?")[0]) == (302, "/compte/verification/")
        assert client.post(asked["Location"], {"code": "000000"}).status_code == 400
        assert client.get(where).status_code == 302
        done = client.post(asked["Location"], {"code": code_at(readable(secret), now)})
        assert (done.status_code, done["Location"]) == (302, where)
        assert client.get(where).status_code == 200
        already(cast.prescriber, 500)
        person_ = person(cast.pilot, "Autre", "Visage", referred_by_uid=organisation_uid(cast.prescriber))
        stopped = client.get(address(cast.prescriber, "participants", person_))
    assert stopped.status_code == 429
    assert "reprenez demain" in text(stopped.content)
