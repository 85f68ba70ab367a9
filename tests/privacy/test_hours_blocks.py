"""Lines of files of hours in blocks: erased with the person, beside somebody else's that stay; purged with the file."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command

from clausette.imports.models import HoursFileBlock
from clausette.imports.queries.hours_files import list_hours_lines
from clausette.privacy.enums import ErasureReason
from clausette.privacy.operations import erase_person
from tests.hats import TODAY, acting, as_owner
from tests.hours.builders import World, made, worker, world
from tests.imports.hours_files.books import book, row
from tests.imports.hours_files.test_operations import take

pytestmark = pytest.mark.django_db
BEGAN, ENDED = date(2026, 7, 1), date(2026, 9, 30)


@pytest.fixture
def w() -> World:
    return world()


def sent(w: World) -> tuple[UUID, UUID, UUID]:
    """A file that speaks of two people of one name, and of the first on a marché that nobody follows; it, and who."""
    placed = [
        worker(w.pilot, w.commitment, name, "Moreau", host=w.firm, employer=w.etti, start=BEGAN, end=ENDED)
        for name in ("Aline", "Bea")
    ]
    own = w.etti.organisation_id
    made(
        "imports.HoursFileChoice", owner_org_id=own, declarant_id=own, person_key="|aline moreau|1990-05-04",
        place_key="||autre sarl|",
    )  # fmt: skip
    uid = take(w.etti, book(
        row("Moreau", "Aline", 31, month="07/2026"), row("Moreau", "Bea", 32, month="07/2026"),
        row("Moreau", "Aline", 33, client="Autre SARL", month="07/2026"),
    ))  # fmt: skip
    with as_owner():
        people = apps.get_model("participants.Participant").objects
        aline, bea = (people.get(pk=one.participant_id).uid for one in placed)
        assert HoursFileBlock.objects.get().lines == 3
    return uid, aline, bea


def erase(w: World, person: UUID) -> None:
    with acting(w.pilot) as actor:
        erase_person(actor=actor, participant_uid=person, reason=ErasureReason.REQUEST, on=TODAY)


def shown(w: World, uid: UUID) -> list[tuple[Any, ...]]:
    with acting(w.etti) as actor:
        rows, total = list_hours_lines(actor=actor, batch_uid=uid)
    assert total == len(rows)
    return [(one.fate, one.name, one.place, one.hours, bool(one.findings)) for one in rows]


def words() -> str:
    with as_owner():
        block = HoursFileBlock.objects.get()
    told = [block.people, block.places, block.findings, block.cells]
    return json.dumps(told, ensure_ascii=False)


def test_a_quiet_line_goes_with_the_person_and_that_of_somebody_else_stays(w: World) -> None:
    uid, aline, bea = sent(w)
    assert shown(w, uid) == [
        ("new", "Moreau Aline", "Bâti Ouche", 31, True), ("new", "Moreau Bea", "Bâti Ouche", 32, True),
        ("left", "Moreau Aline", "Autre SARL", 33, False),
    ]  # fmt: skip
    assert "31\u00a0h en juillet 2026" in words()
    erase(w, aline)
    nobody = "Personne non écrite"
    assert shown(w, uid) == [
        ("new", nobody, "", 31, False), ("new", "Moreau Bea", "Bâti Ouche", 32, True), ("left", nobody, "", 33, False),
    ]  # fmt: skip
    left = words().casefold()
    assert [one for one in ("aline", "autre sarl", "31\u00a0h en juillet") if one in left] == []
    assert "32\u00a0h en juillet 2026" in left
    erase(w, bea)
    left = words().casefold()
    assert [one for one in ("moreau", "bâti", "juillet") if one in left] == []


def test_the_words_of_a_block_go_with_the_file(w: World) -> None:
    uid, *_ = sent(w)
    after = TODAY + timedelta(days=60)
    with as_owner():
        call_command("purge", "--json", "--future", "--as-of", after.isoformat(), skip_checks=True)
    assert [(name, place, hours, said) for _, name, place, hours, said in shown(w, uid)] == [
        ("Personne non écrite", "", hours, False) for hours in (31, 32, 33)
    ]
    left = words().casefold()
    assert [one for one in ("moreau", "aline", "bea", "bâti", "autre", "juillet") if one in left] == []
