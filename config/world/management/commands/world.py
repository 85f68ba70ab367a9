"""`manage world --scale S --seed N [--out FILE] [--as-of DATE] [--if-absent]`: the demonstration world.

`--scale M` pours a department over it, in SQL, whether world S is already there or not; `--scale persons` a million
persons.
"""

import gc
import json
from datetime import date
from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from clausette.access.queries import demonstration_as_of
from clausette.kernel import clock
from config.world.growth import SIZES, NotGrown, grow
from config.world.manifest import manifest
from config.world.persons import pour_persons
from config.world.script import exists, make_world

PERSONS = "persons"


class Command(BaseCommand):
    """Write the demonstration world through the operations of the rooms."""

    help = "Charge le monde de démonstration (une seule fois, sur une base vide)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", default="S", choices=["S", *SIZES, PERSONS], help="taille du monde")
        parser.add_argument("--seed", type=int, default=1, help="graine du hasard")
        parser.add_argument("--out", type=Path, help="fichier où écrire l'inventaire (JSON)")
        parser.add_argument("--as-of", type=date.fromisoformat, help="dernier jour du monde (aujourd'hui)")
        parser.add_argument("--if-absent", action="store_true", help="ne rien faire si le monde est déjà là")

    def handle(self, *args: object, **options: object) -> None:
        scale = str(options["scale"])
        if exists() and scale != "S":
            self._grow(scale, monotonic())
            return
        if exists():
            if options["if_absent"]:
                self.stdout.write("Le monde de démonstration est déjà là.")
                return
            raise CommandError("Le monde de démonstration est déjà là.")
        start, as_of, seed = monotonic(), options["as_of"], options["seed"]
        day = as_of if isinstance(as_of, date) else clock.today()
        if day > clock.today():
            raise CommandError("Le monde ne peut pas finir dans le futur.")

        def say(what: str) -> None:
            self.stderr.write(f"{monotonic() - start:5.1f} s  {what}")

        gc.disable()  # a short process that makes millions of small objects: a fifth of its time
        world = make_world(seed=int(str(seed)), as_of=day, say=say)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner must not believe that the tables are still empty
        out = options["out"]
        if isinstance(out, Path):
            told = manifest(world, scale=scale, seed=int(str(seed)), as_of=day)
            out.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        if scale != "S":
            self._grow(scale, start)
        say("terminé")

    def _grow(self, scale: str, start: float) -> None:
        """World S is here: pour the larger one over it."""

        def say(what: str) -> None:
            self.stderr.write(f"{monotonic() - start:5.1f} s  {what}")

        day = demonstration_as_of()
        try:
            if scale == PERSONS:
                written = f"{pour_persons(as_of=day or clock.today(), say=say)} personnes de plus"
            else:
                written = f"{grow(SIZES[scale], as_of=day or clock.today(), say=say)} lignes d'heures de plus"
        except NotGrown:
            raise CommandError(f"Le monde {scale} est déjà là.") from None
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        say(written)
