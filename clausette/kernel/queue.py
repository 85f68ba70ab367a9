"""Jobs, in PostgreSQL: put in the queue by the write itself, done by the worker after it."""

from datetime import datetime, timedelta

from procrastinate.contrib.django import app

from clausette.kernel.actor import Actor
from clausette.kernel.operation import writing

URGENT = "urgent"
"""The queue that has a lane of its own: long tasks never hold it up."""
PROMPT = timedelta(seconds=5)
"""How often a lane looks at its queue, should the database not have told it."""


def latest_start(asked_at: datetime) -> datetime:
    """Return the last moment at which an urgent job begins: the lane does nothing else, and looks every PROMPT."""
    return asked_at + PROMPT


def enqueue(task: str, *, actor: Actor | None = None, **values: int | str) -> None:
    """Ask for a task by its name, in the present transaction: rolled back with it, seen by the worker after it.

    `values` are identifiers only (the queue is readable): the task looks the rest up, under the rights of the actor
    as they are when it runs.
    """
    who = {} if actor is None else {"account_id": actor.account_id, "organisation_id": actor.organisation_id}
    with writing("kernel.job"):
        app.configure_task(name=task, allow_unknown=False).defer(**who, **values)
