"""Care of the keys, of what may no longer be kept, at night; of pieces that wait for the antivirus, all day."""

from procrastinate.contrib.django import app

from clausette.access.queries import is_demonstration
from clausette.files.scanning import scan_waiting
from clausette.kernel import clock
from clausette.privacy.purging import purge
from clausette.privacy.queries.retention import rows_on
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


@app.periodic(cron="*/5 * * * *")
@app.task(name="privacy.scan_quarantine", lock="privacy.scan_quarantine", queueing_lock="privacy.scan_quarantine")
def scan_quarantine(timestamp: int) -> None:
    """Show the pieces in quarantine to the antivirus again; destroy what waited too long."""
    today = clock.today()
    scan_waiting(at=clock.now(), on=today, days=rows_on(today)["quarantine"].days)
