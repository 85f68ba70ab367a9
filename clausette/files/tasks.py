"""Care of the disk, at night."""

from datetime import timedelta

from procrastinate.contrib.django import app

from clausette.files.sweeping import sweep
from clausette.kernel import clock

KEPT = timedelta(hours=24)


@app.periodic(cron="11 4 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep_rolled_back(timestamp: int) -> None:
    """Take off the disk the bytes that no row points to, once a day old."""
    sweep(before=clock.now() - KEPT)
