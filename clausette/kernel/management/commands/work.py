"""`manage work`: do the jobs of the queue until asked to stop, two at a time, urgent ones in a lane of their own."""

import asyncio
from contextlib import suppress

from django.core.management import BaseCommand
from procrastinate import App
from procrastinate.contrib.django import app, django_connector

from clausette.kernel.queue import PROMPT, URGENT

AT_ONCE = 2


class Command(BaseCommand):
    """The process of tasks: `run.py` keeps one alive beside the web server."""

    help = "Exécute les tâches en attente (courriels…), jusqu'à ce qu'on l'arrête."

    def handle(self, *args: object, **options: object) -> None:
        connector = app.connector
        if not isinstance(connector, django_connector.DjangoConnector):
            raise TypeError("procrastinate")  # the settings say otherwise: a fault of the program
        with app.replace_connector(connector.get_worker_connector()) as workers:
            asyncio.run(_lanes(workers))


async def _lanes(workers: App) -> None:
    """Both lanes; the ordinary one hears the signal to stop, and the urgent one ends with it."""
    look = PROMPT.total_seconds()
    async with workers.open_async():
        urgent = asyncio.create_task(
            workers.run_worker_async(
                queues=[URGENT], name=URGENT, fetch_job_polling_interval=look, install_signal_handlers=False
            )
        )
        try:
            await workers.run_worker_async(concurrency=AT_ONCE, fetch_job_polling_interval=look)
        finally:
            urgent.cancel()
            with suppress(asyncio.CancelledError):
                await urgent
