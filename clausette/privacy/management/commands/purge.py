"""`manage purge --as-of D [--structure SLUG] [--dry-run] --json`: what the durations end, a line by category."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clausette.access.queries import is_demonstration
from clausette.kernel import clock
from clausette.kernel.jsonlines import Said
from clausette.kernel.parsing import parse_date
from clausette.privacy.purging import HELD_WITH_PERSONS, NOT_DONE, purge


class Command(BaseCommand):
    """Count, or take away, what may no longer be kept."""

    help = "Efface ce dont la durée de conservation est finie ; --dry-run compte sans rien effacer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", default="", metavar="JOUR", help="à la date du ; aujourd'hui par défaut")
        parser.add_argument("--structure", default="", metavar="SLUG", help="une seule structure")
        parser.add_argument("--dry-run", action="store_true", help="compte sans effacer")
        parser.add_argument("--future", action="store_true", help="efface à une date à venir, en connaissance de cause")
        parser.add_argument("--json", action="store_true", help="une ligne de JSON par catégorie")

    def handle(self, *args: object, **options: Any) -> None:
        today = clock.today()
        try:
            as_of = parse_date(options["as_of"]) if options["as_of"] else today
        except ValueError as error:
            raise CommandError(str(error)) from error
        if as_of > today and not (options["dry_run"] or options["future"] or is_demonstration()):
            raise CommandError("Cette date est à venir : --dry-run compte sans effacer ; --future efface quand même.")
        for said in purge(as_of=as_of, on=today, dry=options["dry_run"], slug=options["structure"]):
            self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else _sentence(said))


def _sentence(said: Said) -> str:
    if said["category"] == NOT_DONE:
        return "Reste à faire : " + " ; ".join(f"{slug} : {why}" for slug, why in said["structures"].items())
    told = f"{said['label']} : {said['due']} à effacer, {said['gone']} effacé(s), {said['announced']} annoncé(s)"
    held = ", ".join(f"{one['count']} {_until(one['until'])}" for one in said["held"])
    return f"{told}{f', conservés : {held}' if held else ''}."


def _until(day: str | None) -> str:
    if day == HELD_WITH_PERSONS:
        return "tant que les données d'une personne qui y figure sont conservées"
    return f"jusqu'au {day}" if day else "tant que le dernier paiement de l'opération FSE+ n'est pas noté"
