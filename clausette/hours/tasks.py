"""The progress of engagements, read again by the worker when something it rests on was written, and every new day."""

from procrastinate.contrib.django import app

from clausette.access.rights import named_rights
from clausette.hours.operations.keeping import keep_progress, structures_to_read
from clausette.kernel import clock


@app.periodic(cron="* * * * *")
@app.task(name="hours.keep_progress", lock="hours.keep_progress", queueing_lock="hours.keep_progress")
def keep_every_progress(timestamp: int) -> None:
    """Keep the readings of every structure, one transaction each."""
    for account, organisation in structures_to_read():
        with named_rights(account, organisation) as actor:
            keep_progress(actor=actor, as_of=clock.today())
