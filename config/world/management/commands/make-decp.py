"""`manage make-decp FILE [--records N] [--bodies SIRET,…]`: a large official file of ours, to measure the reading."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.world.large_decp import known_buyers, write_large


class Command(BaseCommand):
    """Write it, record by record; tell its size."""

    help = "Écrit un gros fichier DECP inventé (JSON 2.0.3), pour mesurer sa lecture."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--records", type=int, default=200_000, help="enregistrements")
        parser.add_argument("--bodies", default="", help="SIRET d'acheteurs (ceux du monde sinon)")

    def handle(self, *args: object, **options: Any) -> None:
        bodies = tuple(siret for siret in options["bodies"].split(",") if siret) or known_buyers()
        with options["file"].open("wb") as stream:
            size = write_large(stream, records=options["records"], bodies=bodies)
        self.stdout.write(f"{options['records']} enregistrements, {size / 1_000_000:.0f} Mo.")
