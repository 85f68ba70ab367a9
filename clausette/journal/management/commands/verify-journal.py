"""`manage verify-journal [--json]`: does the journal hold what it promises?"""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clausette.journal.queries import check_journal


class Command(BaseCommand):
    """Count events and readings, check the rights on both tables, the authors and the verbs."""

    help = "Vérifie le journal : droits d'ajout seul, auteurs, verbes connus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: object) -> None:
        check = check_journal()
        if options["json"]:
            self.stdout.write(json.dumps({"ok": not check.faults, **asdict(check)}, ensure_ascii=False))
        else:
            self.stdout.write(f"{check.events} événements, {check.readings} lectures.")
        if check.faults:
            raise CommandError("; ".join(check.faults))
