"""`manage generate-hours --lines N --faults K --seed S --out FILE --key KEY.json [--on DAY]`: faults known ahead."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clausette.imports.generated.plan import TooManyFaults, generate
from clausette.imports.generated.writing import write_book, write_key
from clausette.imports.queries.takeover.files import known_publics
from clausette.kernel.french import format_number
from clausette.reference.queries import parameters_on

DAY = date(2026, 6, 30)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"« {text} » n'est pas un jour (AAAA-MM-JJ).") from error


class Command(BaseCommand):
    """Write an hours workbook whose faults are known, and the key of what must be found."""

    help = "Écrit un classeur d'heures dont les fautes sont connues, et la liste de ce qui doit être vu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much, by which chance, and where."""
        parser.add_argument("--lines", type=int, required=True, help="lignes de la feuille « Heures »")
        parser.add_argument("--faults", type=int, required=True, help="fautes semées, tous codes E et W tour à tour")
        parser.add_argument("--seed", type=int, default=1, help="la même graine donne le même classeur")
        parser.add_argument("--out", type=Path, required=True, metavar="FICHIER.xlsx")
        parser.add_argument("--key", type=Path, required=True, metavar="CLE.json")
        parser.add_argument("--on", type=_day, default=DAY, help="jour du contrôle, écrit dans le classeur")

    def handle(self, *args: object, **options: Any) -> None:
        """Make, write, and say how many near misses there are."""
        lines, faults, on = options["lines"], options["faults"], options["on"]
        try:
            made = generate(lines, faults, options["seed"], on, parameters_on(on), sorted(known_publics()))
            write_book(made, options["out"])
            write_key(made, options["key"])
        except TooManyFaults as error:
            raise CommandError(f"{faults} fautes ne tiennent pas dans {lines} lignes.") from error
        except KeyError as error:
            raise CommandError(f"Le paramètre « {error.args[0]} » n'est pas connu au {on:%d/%m/%Y}.") from error
        except OSError as error:
            raise CommandError(f"Le fichier « {error.filename} » ne peut pas être écrit.") from error
        close = sum(made.near_misses.values())
        self.stdout.write(
            f"{format_number(lines)} lignes, {format_number(faults)} fautes de {len({code for code, _ in made.faults})}"
            f" codes, {format_number(close)} lignes juste dans la règle ({close * 100 // max(lines, 1)} %)."
        )
        for code, count in sorted(made.near_misses.items()):
            self.stdout.write(f"  tout près de {code} : {format_number(count)}")
