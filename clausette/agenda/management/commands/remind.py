"""`manage remind [--as-of D] [--structure SLUG] [--dry-run] --json`: the reminders of a day, a line by letter."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clausette.access.queries import is_demonstration
from clausette.agenda.reminding import send_letters, write_letters
from clausette.kernel import clock
from clausette.kernel.jsonlines import Said
from clausette.kernel.parsing import parse_date


class Command(BaseCommand):
    """Write and send the reminders of a day, or say which they would be."""

    help = "Écrit et envoie les relances du jour ; --dry-run les annonce sans rien écrire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", default="", metavar="JOUR", help="à la date du ; aujourd'hui par défaut")
        parser.add_argument("--structure", default="", metavar="SLUG", help="une seule structure")
        parser.add_argument("--dry-run", action="store_true", help="annonce sans écrire ni envoyer")
        parser.add_argument("--json", action="store_true", help="une ligne de JSON par courriel")

    def handle(self, *args: object, **options: Any) -> None:
        today, dry = clock.today(), bool(options["dry_run"])
        try:
            on = parse_date(options["as_of"]) if options["as_of"] else today
        except ValueError as error:
            raise CommandError(str(error)) from error
        if on != today and not dry and not is_demonstration():
            raise CommandError("Un courriel part le jour même : pour une autre date, --dry-run l'annonce.")
        count = 0
        for said in write_letters(on=on, dry=dry, slug=options["structure"]):
            count += 1
            self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else _sentence(said))
        sent = 0 if dry else send_letters(at=clock.now(), on=on, slug=options["structure"])
        if not options["json"]:
            self.stdout.write(f"{count} courriel(s) prévu(s), {sent} envoyé(s).")


def _sentence(said: Said) -> str:
    months = ", ".join(f"{one['firm']} {one['month']} ({one['step']})" for one in said["months"])
    outcome = said["refused"] or ("écrit" if said["written"] else "à écrire")
    address = said["address"] or "aucune adresse"
    return f"{said['structure']} → {said['organisation']} ({address}) : {months} : {outcome}"
