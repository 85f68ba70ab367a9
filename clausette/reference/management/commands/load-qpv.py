"""`manage load-qpv FILE [--source TEXT] [--json]`: the official list of the « quartiers prioritaires »."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clausette.kernel.french import plural
from clausette.reference.districts import UnknownShape, read_districts
from clausette.reference.operations import load_districts


class Command(BaseCommand):
    """Load outlines (GeoJSON or compact JSON, perhaps compressed) or a plain list (CSV)."""

    help = "Charge les quartiers prioritaires : contours (GeoJSON, JSON) ou liste (CSV) publiés par l'ANCT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--source", default="", metavar="TEXTE", help="origine du fichier, gardée avec les codes")
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: Any) -> None:
        path: Path = options["file"]
        try:
            records, left = read_districts(path.read_bytes())
        except OSError as error:
            raise CommandError(f"Le fichier {path.name} ne se lit pas : {error.strerror}.") from error
        except UnknownShape as error:
            raise CommandError(str(error)) from error
        if not records:
            raise CommandError("Aucun quartier prioritaire dans ce fichier.")
        done = load_districts(records, source=options["source"] or path.name)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": True, **asdict(done), "left": left}, ensure_ascii=False))
            return
        for sentence in left:
            self.stderr.write(sentence)
        kept = plural(done.absent, "code connu absent du fichier, gardé", "codes connus absents du fichier, gardés")
        gone = f" {kept}." if done.absent else ""
        self.stdout.write(f"{plural(done.districts, 'quartier')}, {plural(done.outlines, 'contour')}.{gone}")
