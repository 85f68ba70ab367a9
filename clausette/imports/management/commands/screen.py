"""`manage screen FILE`: each line of a purchase programme as one JSON object. Nothing is written."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clausette.advice.enums import BuyerKind
from clausette.advice.queries import ground_on
from clausette.advice.rules import screen
from clausette.files.enums import Purpose
from clausette.files.rules import LIMITS
from clausette.imports.programmes.plans import refusals
from clausette.imports.programmes.reading import NO_TITLE, read_programme
from clausette.imports.programmes.results import ProgrammeFile
from clausette.imports.programmes.telling import tell_line, tell_refusal
from clausette.imports.queries.programmes import lines_to_screen
from clausette.kernel import clock
from clausette.kernel.parsing import parse_date


class Command(BaseCommand):
    """Screen the lines of a file: test of the condition, score with its reasons, device, hours by rate."""

    help = "Repère les achats d'un programme (XLSX, ODS, CSV, avis eForms, DECP) : une réponse par ligne, en JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, who buys, and the day of the screening."""
        parser.add_argument("file", help="fichier à lire, « - » pour l'entrée standard")
        parser.add_argument("--json", action="store_true", help="un objet JSON par ligne (c'est la seule forme)")
        parser.add_argument(
            "--buyer-kind", choices=BuyerKind.values, default=BuyerKind.LOCAL.value, help="qui achète (local)"
        )
        parser.add_argument("--on", default="", help="jour du repérage, 2026-11-27 (aujourd'hui)")

    def handle(self, *args: object, **options: Any) -> None:
        """Write one object a line on the standard output; a file that cannot be read gives one refusal."""
        on = _day(options["on"])
        read = read_programme(_bytes(options["file"]))
        if read.plans and refusals(read.plans):
            read = ProgrammeFile(refusal=NO_TITLE)
        if read.refusal:
            self._say(tell_refusal(read.refusal))
            sys.exit(1)
        for notice in read.notices:
            self.stderr.write(notice)
        kind = BuyerKind(options["buyer_kind"])
        lots = any("lot" in one.values for one in read.lines)
        found = screen(lines_to_screen(read.lines, kind, lots=lots), ground_on(on))
        for line, one in zip(read.lines, found, strict=True):
            self._say(tell_line(line, one))

    def _say(self, said: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(said, ensure_ascii=False))


def _day(text: str) -> date:
    try:
        return parse_date(text) if text else clock.today()
    except ValueError as refused:
        raise CommandError(str(refused)) from refused


def _bytes(name: str) -> bytes:
    most = max(LIMITS[Purpose.WORKBOOK].most_bytes, LIMITS[Purpose.OFFICIAL].most_bytes)
    try:
        if name == "-":
            data = sys.stdin.buffer.read(most + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(most + 1)
    except OSError as refused:
        raise CommandError(f"« {name} » ne peut pas être lu : {refused.strerror}.") from refused
    if len(data) > most:
        raise CommandError(f"« {name} » est trop lourd.")
    return data
