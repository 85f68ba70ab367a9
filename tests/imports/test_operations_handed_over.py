"""A large import is written by the worker: « en cours » meanwhile, once, given back when it is stale."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from clausette.access.models import Organisation
from clausette.imports import tasks
from clausette.imports.enums import BatchState, RowChoice, RowFate
from clausette.imports.models import ImportBatch
from clausette.imports.operations import apply_batch, cancel_batch, choose_all, hand_over
from clausette.imports.operations.applying import STALE
from clausette.journal.models import Event
from clausette.kernel import clock, progress
from clausette.kernel.errors import Absent, NotAllowed
from clausette.procurement.models import Contract
from clausette.procurement.operations import create_contract
from tests.hats import TODAY, acting, as_owner
from tests.imports.decp_builders import BUYER, record, take
from tests.procurement.builders import Cast, cast
from tests.web.test_account_own import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def work() -> None:
    """What the worker does; the role of tests may not open rights by number."""
    for name, values in jobs():
        if name == "imports.apply_batch":
            with as_owner():
                tasks.apply_handed_over(**values)  # type: ignore[arg-type]  # read back from JSON


def batch_of(uid: UUID) -> ImportBatch:
    with as_owner():
        return ImportBatch.objects.get(uid=uid)


def handed(people: Cast) -> UUID:
    uid = take(people.pilot, record("2026-01"), record("2026-02"))
    with acting(people.pilot) as actor:
        hand_over(actor=actor, batch_uid=uid)
    return uid


def test_nothing_changes_while_it_is_under_way(people: Cast) -> None:
    uid = handed(people)
    assert batch_of(uid).state == BatchState.APPLYING
    with acting(people.pilot) as actor:
        with pytest.raises(NotAllowed, match="en cours"):
            cancel_batch(actor=actor, batch_uid=uid)
        with pytest.raises(NotAllowed, match="en cours"):
            choose_all(actor=actor, batch_uid=uid, fate=RowFate.ADDED, choice=RowChoice.SKIP, accept=False)
    with as_owner():
        assert Event.objects.filter(verb="imports.batch.handed_over").count() == 1


def test_the_worker_writes_it_once_even_when_asked_twice(people: Cast) -> None:
    uid = handed(people)
    with acting(people.pilot) as actor:
        hand_over(actor=actor, batch_uid=uid)
    work()
    work()
    with as_owner():
        assert Contract.objects.filter(source="decp").count() == 2
    done = batch_of(uid)
    assert (done.state, done.applied_by_id) == (BatchState.APPLIED, people.pilot.account_id)


def test_each_record_is_told_outside_the_transaction_and_forgotten_at_the_end(
    people: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    uid = handed(people)
    told: list[progress.Progress | None] = []

    def say(job: UUID, done: int, total: int) -> None:
        real(job, done, total)
        told.append(progress.heard(job))

    real = progress.say
    monkeypatch.setattr(progress, "say", say)
    work()
    assert [(one.done, one.total) for one in told if one] == [(0, 2), (1, 2), (2, 2)]
    assert progress.heard(uid) is None


def test_what_became_stale_is_given_back(people: Cast) -> None:
    uid = handed(people)
    with as_owner():
        buyer = Organisation.objects.get(siret=BUYER)
    with acting(people.pilot) as actor:
        create_contract(
            actor=actor, common_name="Saisi entre-temps", buyer_uid=buyer.uid, official_id="2026-01", on=TODAY
        )
    work()
    back = batch_of(uid)
    assert (back.state, back.notices) == (BatchState.READ, [STALE])


def test_strangers_and_finished_imports(people: Cast) -> None:
    uid = take(people.pilot, record())
    with acting(people.stranger) as actor, pytest.raises(Absent):
        hand_over(actor=actor, batch_uid=uid)
    with acting(people.pilot) as actor:
        apply_batch(actor=actor, batch_uid=uid, at=clock.now(), on=TODAY)
        with pytest.raises(NotAllowed):
            hand_over(actor=actor, batch_uid=uid)
