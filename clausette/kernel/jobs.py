"""Tasks are put in the queue in the transaction of the write: undone with it, seen by workers after it."""

from procrastinate.contrib.django import app

from clausette.kernel.actor import Actor


def enqueue(task: str, *, actor: Actor, **values: int | str) -> int:
    """Put a task in the queue with the identifiers of who asks for it; return its number.

    Arguments are identifiers only: the queue has no policy. The task opens the rights again when it runs
    (`access.rights.named_rights`), so that a member taken out meanwhile does nothing.
    """
    job = app.configure_task(name=task, allow_unknown=True)
    return job.defer(account_id=actor.account_id, organisation_id=actor.organisation_id, **values)
