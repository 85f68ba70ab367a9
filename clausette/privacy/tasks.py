"""Care of the keys, at night."""

from procrastinate.contrib.django import app

from clausette.privacy.sweeping import sweep_keys


@app.periodic(cron="23 4 * * *")
@app.task(name="privacy.sweep_keys", queueing_lock="privacy.sweep_keys")
def sweep_rolled_back_keys(timestamp: int) -> None:
    """Take away the keys that no person has, once thirty days old."""
    sweep_keys()
