"""`manage replay-erasures [--json]`: after a restore, erase again whom the ledger names. Run before the site opens."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser

from clausette.kernel.operation import isolated, writing
from clausette.privacy.replaying import replay_erasures


class Command(BaseCommand):
    """Bring the base and the ledger of erasures together; safe to run twice."""

    help = "Rejoue le registre des effacements : après une restauration, avant d'ouvrir le site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: object) -> None:
        with isolated(), writing("privacy.replay"):
            done = replay_erasures()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done)))
            return
        self.stdout.write(
            f"Personnes effacées à nouveau : {done.erased_again}. Ajoutées au registre : {done.added_to_ledger}."
        )
