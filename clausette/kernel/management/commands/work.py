"""`manage work`: do the jobs of the queue, two at a time, until asked to stop."""

from django.core.management import BaseCommand, call_command

AT_ONCE = "2"


class Command(BaseCommand):
    """The process of tasks: `run.py` keeps one alive beside the web server."""

    help = "Exécute les tâches en attente (courriels…), jusqu'à ce qu'on l'arrête."

    def handle(self, *args: object, **options: object) -> None:
        call_command("procrastinate", "worker", "--concurrency", AT_ONCE)
