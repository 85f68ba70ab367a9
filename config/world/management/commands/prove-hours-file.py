"""`manage prove-hours-file [--kills N] [--lines N] [--seed N]`: files of hours survive kills of the worker."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.world.proof_hours import NotProved, prove
from config.world.script import exists


class Command(BaseCommand):
    """Kill the worker again and again during imports; say what was found. Only on a demonstration."""

    help = "Tue le processus des tâches pendant des imports d'heures : tout ou rien, puis tout, une seule fois."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kills", type=int, default=40, help="coupures (SIGKILL)")
        parser.add_argument("--lines", type=int, default=2001, help="lignes de chaque fichier")
        parser.add_argument("--seed", type=int, default=1, help="graine des moments")

    def handle(self, *args: object, **options: Any) -> None:
        if not exists():
            raise CommandError("Seulement sur une démonstration : manage world --scale S.")
        try:
            proved = prove(
                kills=options["kills"], lines=options["lines"], seed=options["seed"], say=self.stderr.write
            )
        except NotProved as fault:
            raise CommandError(f"Pas prouvé : {fault}") from fault
        self.stdout.write(json.dumps(asdict(proved), ensure_ascii=False))
