"""The reminders of the morning, on worked days, and the letters that wait."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clausette.access.queries import facilitator_seats
from clausette.agenda.reminding import send_letters, write_letters
from clausette.kernel import clock

AGAIN = RetryStrategy(max_attempts=4, exponential_wait=4)
SENDING = "agenda.send_letters"


@app.periodic(cron="17 6 * * 1-5")
@app.task(name="agenda.remind", lock=SENDING, queueing_lock="agenda.remind")
def remind_in_the_morning(timestamp: int) -> None:
    """Write the letters of the day and send them; on a public holiday nothing is written."""
    today = clock.today()
    for _ in write_letters(on=today, dry=False):
        pass
    send_letters(at=clock.now(), on=today)


@app.periodic(cron="*/20 7-17 * * 1-5")
@app.task(name="agenda.send_letters", lock=SENDING, queueing_lock=SENDING)
def send_what_waits(timestamp: int) -> None:
    """Send again what could not leave."""
    send_letters(at=clock.now(), on=clock.today())


@app.task(name="agenda.send_letters_of", lock=SENDING, retry=AGAIN)
def send_letters_of(*, account_id: int, organisation_id: int) -> None:
    """Send at once what a facilitator has just written."""
    slugs = [seat.slug for seat in facilitator_seats() if seat.organisation_id == organisation_id]
    if slugs:
        send_letters(at=clock.now(), on=clock.today(), slug=slugs[0])
