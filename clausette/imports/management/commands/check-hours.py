"""`manage check-hours FILE --json [--returned OUT.xlsx]`: an hours workbook through all the controls, kept nowhere."""

import gc
import sys
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from clausette.imports.hours_book.checking import Checked, Outside, check_book
from clausette.imports.hours_book.returned import returned_book
from clausette.imports.hours_book.telling import tell, tell_refusal, tell_summary
from clausette.imports.queries.takeover.files import known_publics
from clausette.kernel import clock
from clausette.reference.queries import parameters_on

UNREADABLE = 2
SLICE = 5_000


class Command(BaseCommand):
    """Control the lines of hours of a file with what the file says of their surroundings."""

    help = "Contrôle les heures d'un classeur (XLSX, ODS) qui dit tout : un objet JSON par constat, puis un résumé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and where to write it back with what is to be corrected."""
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--json", action="store_true", help="un objet JSON par constat (c'est la seule forme)")
        parser.add_argument(
            "--returned", default=None, metavar="SORTIE.xlsx", type=Path, help="écrit le classeur annoté"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Exit code 0 when the file was read, whatever is found; 2 when it cannot be."""
        gc.disable()  # nothing here makes cycles, and a hundred thousand lines are walked through for nothing
        try:
            checked = self._checked(options["file"], given_back=options["returned"] is not None)
            said = tell(checked)
            while lines := list(islice(said, SLICE)):
                self.stdout.write("\n".join(lines))
            if options["returned"]:
                self._give_back(checked, options["returned"])
            self.stdout.write(tell_summary(checked))
        finally:
            gc.enable()

    def _checked(self, path: Path, *, given_back: bool) -> Checked:
        try:
            data = path.read_bytes()
        except OSError as error:
            self._stop(f"Le fichier « {path} » ne peut pas être lu : {error.strerror}.")
        outside = Outside(clock.today(), parameters_on, known_publics())
        checked = check_book(data, outside, given_back=given_back)
        if checked.refusal:
            self._stop(checked.refusal)
        return checked

    def _give_back(self, checked: Checked, path: Path) -> None:
        try:
            with checked.step("returned"):
                path.write_bytes(returned_book(checked))
        except OSError as error:
            self._stop(f"Le fichier « {path} » ne peut pas être écrit : {error.strerror}.")

    def _stop(self, refusal: str) -> Any:
        self.stdout.write(tell_refusal(refusal))
        sys.exit(UNREADABLE)
