"""`manage load-communes [FILE] [--if-empty]`: the list of communes that a home is chosen from."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clausette.kernel.french import plural
from clausette.reference.communes import read_communes
from clausette.reference.districts import UnknownShape
from clausette.reference.operations import load_communes
from clausette.reference.queries import communes_known

BUILT = Path(__file__).resolve().parents[4] / "build" / "reference" / "communes.json"


class Command(BaseCommand):
    """Load the file copied at build from the package `@etalab/decoupage-administratif`, or another of the same form."""

    help = "Charge la liste des communes (paquet decoupage-administratif, Licence Ouverte)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path, nargs="?")
        parser.add_argument("--if-empty", action="store_true", help="ne fait rien quand des communes sont déjà là")

    def handle(self, *args: object, **options: Any) -> None:
        if options["if_empty"] and communes_known():
            return
        path: Path = options["file"] or BUILT
        try:
            records = read_communes(path.read_bytes())
        except OSError as error:
            raise CommandError(f"Le fichier {path.name} ne se lit pas : {error.strerror}.") from error
        except UnknownShape as error:
            raise CommandError(str(error)) from error
        told = f"{plural(load_communes(records), 'commune')}."
        if options["verbosity"]:
            self.stdout.write(told)
