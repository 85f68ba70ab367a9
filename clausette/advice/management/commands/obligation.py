"""`manage obligation`: JSON lines in, JSON lines out."""

import sys
from io import TextIOWrapper

from django.core.management.base import BaseCommand

from clausette.advice.lines import answer_obligation
from clausette.kernel import clock
from clausette.kernel.jsonlines import answers


class Command(BaseCommand):
    """Answer each line of the standard input with the test of the social condition."""

    help = "Dit si une clause sociale est obligatoire : une question par ligne de JSON, une réponse par ligne."

    def handle(self, *args: object, **options: object) -> None:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        for line in answers(sys.stdin, answer_obligation, today=clock.today()):
            self.stdout.write(line)
