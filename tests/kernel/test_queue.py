"""The queue belongs to the transaction of the write."""

import json

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.operation import isolated, writing
from clausette.kernel.queue import enqueue
from tests.hats import acting, as_owner
from tests.world import two_structures

pytestmark = pytest.mark.django_db


@app.task(name="tests.nothing")
def nothing(**_: int | str) -> None:
    """Never runs."""


def queued() -> list[tuple[object, ...]]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def enqueue_and_refuse(actor: Actor) -> None:
    with isolated(), writing("test"):
        enqueue("tests.nothing", actor=actor, statement_id=3)
        raise Refusal("non")


def test_a_job_carries_identifiers_only_and_is_undone_with_the_write() -> None:
    with acting(two_structures().first) as actor:
        with pytest.raises(Refusal):
            enqueue_and_refuse(actor)
        assert queued() == []
        with writing("test"):
            enqueue("tests.nothing", actor=actor, statement_id=4)
    [(name, arguments)] = queued()
    assert name == "tests.nothing"
    values = arguments if isinstance(arguments, dict) else json.loads(str(arguments))
    assert values == {
        "account_id": actor.account_id,
        "organisation_id": actor.organisation_id,
        "statement_id": 4,
    }
