"""`manage calibrate`: JSON lines in, JSON lines out."""

import sys
from io import TextIOWrapper

from django.core.management.base import BaseCommand

from clausette.advice.lines import answer_calibration
from clausette.kernel import clock
from clausette.kernel.jsonlines import answers


class Command(BaseCommand):
    """Answer each line of the standard input with a calculation of hours."""

    help = "Calcule des heures d'insertion : une question par ligne de JSON, une réponse par ligne."

    def handle(self, *args: object, **options: object) -> None:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        for line in answers(sys.stdin, answer_calibration, today=clock.today()):
            self.stdout.write(line)
