"""A large workbook is read by the worker: left, found again with its progress, read once, given up."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from clausette.imports import tasks
from clausette.imports.enums_takeover import LineFate, LineKind, TakeoverState
from clausette.imports.operations.takeover import READ_IN_REQUEST, read_takeover
from clausette.imports.queries.takeover import TakeoverSheet, list_lines, takeover_sheet
from clausette.kernel import progress
from clausette.kernel.actor import Actor
from clausette.participants.operations import create_participant
from tests.hats import TODAY, acting, as_owner
from tests.imports.takeover.books import CONTRACT, CONTRACT_HEAD, PERSON_HEAD, WORK, WORK_HEAD, hours, xlsx
from tests.procurement.builders import Cast
from tests.web.imports_helpers import address, browser, scene, text
from tests.web.test_account_own import jobs
from tests.web.test_takeover_pages import UNSURE, send, sent

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.imports_urls")]
JAN = date(2026, 1, 1)
HEAD = ("Nom", "Prénom", "N° du marché", "Mois", "Heures")
NAMES = [("Lefranc", "Ines"), ("Mercier", "Paul"), ("Diop", "Awa")]


def large(head: tuple[object, ...] = HEAD) -> bytes:
    """One marché, three people, a work contract, hours repeated until the workbook is too long for a request."""
    people = [(last, first, date(1994, 5, 17)) for last, first in NAMES]
    lines = [hours(JAN, 98.5)] * (READ_IN_REQUEST + 10)
    return xlsx({"Marchés": (CONTRACT_HEAD, CONTRACT), "Personnes": (PERSON_HEAD, *people),
                 "Contrats de travail": (WORK_HEAD, WORK), "Heures": (head, *lines)})  # fmt: skip


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)


@pytest.fixture
def people() -> Cast:
    return scene()


def asked() -> list[dict[str, Any]]:
    """The readings in the queue."""
    return [dict(values) for name, values in jobs() if name == "imports.read_takeover"]


def work() -> None:
    """What the worker does; the role of tests may not open rights by number."""
    with as_owner():
        tasks.read_handed_over(**asked()[-1])


def found(who: Actor, uid: UUID) -> TakeoverSheet:
    with acting(who) as actor:
        return takeover_sheet(actor=actor, uid=uid)


def test_it_is_left_and_found_again(people: Cast) -> None:
    uid = sent(people.pilot, large())
    client, place = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    page = text(client.get(place))
    assert "Lecture en cours" in page
    assert "Rien n'est encore écrit" in page.replace("&#x27;", "'")
    assert "Lecture en cours" in text(client.get(address(people.pilot, "reprise/")))
    for path, status in (("lignes/", 302), ("colonnes/", 403), ("reprendre/", 403), ("abandonner/", 200)):
        assert client.get(place + path).status_code == status, path
    progress.say(uid, 500, 1015)
    assert "500\u00a0lignes sur 1\u202f015" in text(
        client.get(f"{place}avancement/", headers={"HX-Request": "true"})
    )
    work()
    over: Any = client.get(f"{place}avancement/", headers={"HX-Request": "true"})
    assert over.headers["HX-Redirect"] == place
    assert "98,5\u00a0h" in text(client.get(place))
    assert progress.heard(uid) is None


def test_it_is_read_as_a_small_one_and_only_once(people: Cast) -> None:
    uid = sent(people.pilot, large())
    told: list[tuple[int, int]] = []
    with acting(people.pilot) as actor:
        read_takeover(
            actor=actor, batch_uid=uid, on=TODAY, heard=lambda done, total: told.append((done, total))
        )
    sheet = found(people.pilot, uid)
    assert (sheet.state, sheet.count(LineFate.NEW), sheet.count(LineFate.SAME)) == (
        TakeoverState.READ, 6, READ_IN_REQUEST + 9,
    )  # fmt: skip
    assert told[0] == (1, sheet.size)
    assert told[-1][0] > READ_IN_REQUEST - 500
    work()
    assert found(people.pilot, uid) == sheet


def test_given_up_meanwhile_it_stays_so(people: Cast) -> None:
    uid = sent(people.pilot, large())
    client, place = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    assert client.post(f"{place}abandonner/").status_code == 302
    work()
    assert found(people.pilot, uid).state is TakeoverState.CANCELLED


def test_a_reading_that_stopped_is_asked_again(people: Cast) -> None:
    uid = sent(people.pilot, large())
    client, place = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    assert client.post(f"{place}relire/").status_code == 302
    assert len(asked()) == 2
    work()
    assert client.post(f"{place}relire/").status_code == 302  # « Comparer de nouveau »
    assert found(people.pilot, uid).state is TakeoverState.READING
    work()
    assert found(people.pilot, uid).state is TakeoverState.READ


def test_unsure_columns_are_asked_then_read_by_the_worker(people: Cast) -> None:
    uid = sent(people.pilot, large(("Nom", "Prénom", "Machin", "Mois", "Heures")))
    client, place = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    work()
    assert found(people.pilot, uid).state is TakeoverState.COLUMNS
    page = client.get(place)
    assert page["Location"].endswith("/colonnes/")
    assert client.post(f"{place}colonnes/", {"colonne-3-2": "contract_number"}).status_code == 302
    assert found(people.pilot, uid).state is TakeoverState.READING
    work()
    sheet = found(people.pilot, uid)
    assert (sheet.state, sheet.count(LineFate.NEW, LineKind.HOURS)) == (TakeoverState.READ, 1)


def test_persons_of_the_same_name_are_decided_one_after_the_other_then_read_again(people: Cast) -> None:
    with acting(people.pilot) as actor:
        for last, first in NAMES[:2]:
            create_participant(
                actor=actor, first_name=first, last_name=last, birth_date=date(1980, 1, 1), on=TODAY
            )
    uid = sent(people.pilot, large())
    work()
    client, place = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    for left in (2, 1):
        with acting(people.pilot) as actor:
            waiting, count = list_lines(actor=actor, batch_uid=uid, fate="ask")
        assert count == left
        assert client.post(f"{place}lignes/{waiting[0].uid}/", {"answer": "new"}).status_code == 302
    assert found(people.pilot, uid).state is TakeoverState.READING
    work()
    sheet = found(people.pilot, uid)
    assert (sheet.state, sheet.count(LineFate.ASK), sheet.count(LineFate.NEW, LineKind.PERSON)) == (
        TakeoverState.READ, 0, 3,
    )  # fmt: skip


def test_a_large_workbook_with_little_to_write_is_written_by_the_worker(people: Cast) -> None:
    uid = sent(people.pilot, large())
    work()
    client, place = browser(people.pilot), address(people.pilot, f"reprise/{uid}/")
    assert client.post(f"{place}reprendre/").status_code == 302
    assert found(people.pilot, uid).state is TakeoverState.APPLYING


def test_a_small_workbook_is_read_at_once(people: Cast) -> None:
    assert send(people.pilot, UNSURE).status_code == 302
    assert asked() == []
