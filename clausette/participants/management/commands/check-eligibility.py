"""`manage check-eligibility`: JSON lines in, JSON lines out."""

import sys
from io import TextIOWrapper

from django.core.management.base import BaseCommand

from clausette.kernel import clock
from clausette.kernel.jsonlines import answers
from clausette.participants.lines import answer_situation


class Command(BaseCommand):
    """Answer each line of the standard input with the publics that a situation opens."""

    help = "Dit quels publics une situation ouvre à une date : une question par ligne de JSON, une réponse par ligne."

    def handle(self, *args: object, **options: object) -> None:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        for line in answers(sys.stdin, answer_situation, today=clock.today()):
            self.stdout.write(line)
