"""Care of the keys, and of what may no longer be kept, at night."""

from procrastinate.contrib.django import app

from clausette.access.queries import is_demonstration
from clausette.kernel import clock
from clausette.privacy.purging import purge
from clausette.privacy.sweeping import finish_erasures, sweep_keys


@app.periodic(cron="23 4 * * *")
@app.task(name="privacy.sweep_keys", queueing_lock="privacy.sweep_keys")
def sweep_rolled_back_keys(timestamp: int) -> None:
    """Take away the keys that open nothing any more."""
    finish_erasures()
    sweep_keys()


@app.periodic(cron="37 4 * * *")
@app.task(name="privacy.purge", queueing_lock="privacy.purge")
def purge_at_night(timestamp: int) -> None:
    """Take away what the durations end today; a demonstration stays as it was told."""
    if not is_demonstration():
        today = clock.today()
        for _ in purge(as_of=today, on=today, dry=False):
            pass
