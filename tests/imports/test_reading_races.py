"""Two readers of the same large file at the same instant, each on a connection of their own."""

from uuid import UUID

import pytest

from clausette.hours.models import HoursLine
from clausette.imports.enums import BatchState
from clausette.imports.errors import AlreadyImported
from clausette.imports.models import ImportBatch, ImportRow
from clausette.imports.operations import hand_in_decp, read_batch
from clausette.imports.operations.hours_files import HoursApplied, apply_hours_file, take_in_hours_file
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from tests.hats import TODAY, acting, as_owner, noon
from tests.hours.builders import world
from tests.hours.test_races import together
from tests.imports.decp_builders import official_file, record
from tests.imports.hours_files.books import book, row
from tests.procurement.builders import cast

pytestmark = pytest.mark.django_db(transaction=True)
FILE = official_file(*(record(f"2026-{number:03d}") for number in range(40)))


def _hand_in(who: Actor) -> UUID:
    with acting(who) as actor:
        return hand_in_decp(actor=actor, name="decp.json", data=FILE)


def _read(who: Actor, uid: UUID) -> UUID:
    with acting(who) as actor:
        return read_batch(actor=actor, batch_uid=uid, on=TODAY)


def test_two_workers_read_a_file_once() -> None:
    pilot = cast().pilot
    uid = _hand_in(pilot)
    assert together(*[lambda: _read(pilot, uid)] * 2) == [uid, uid]
    with as_owner():
        assert ImportBatch.objects.get(uid=uid).state == BatchState.READ
        assert ImportRow.objects.count() == 40


def test_the_same_file_sent_twice_at_once_is_kept_once() -> None:
    pilot = cast().pilot
    found = together(*[lambda: _hand_in(pilot)] * 2)
    refused = [one for one in found if not isinstance(one, UUID)]
    assert len(refused) == 1
    assert isinstance(refused[0], AlreadyImported | Refusal), refused
    with as_owner():
        assert ImportBatch.objects.count() == 1


def test_the_same_hours_sent_then_confirmed_five_times_at_once_are_written_once() -> None:
    small = world()
    data = book(row("Diallo", "Salif", 120.5))

    def send() -> object:
        with acting(small.etti) as actor:
            return take_in_hours_file(actor=actor, name="paie.xlsx", data=data, on=TODAY)

    sent = together(*[send] * 5)
    kept = [one for one in sent if isinstance(one, UUID)]
    assert len(kept) == 1
    assert all(isinstance(one, AlreadyImported | Refusal) for one in sent if one is not kept[0]), sent

    def confirm() -> object:
        with acting(small.etti) as actor:
            return apply_hours_file(actor=actor, batch_uid=kept[0], submit=True, at=noon(TODAY), on=TODAY)

    done = together(*[confirm] * 5)
    assert [one.written for one in done if isinstance(one, HoursApplied)] == [1]
    assert sum(isinstance(one, Refusal) for one in done) == 4, done
    with as_owner():
        assert HoursLine.objects.count() == 1
