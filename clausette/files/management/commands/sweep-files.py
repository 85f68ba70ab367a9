"""`manage sweep-files`: take off the disk the bytes that no row points to, as the worker does each night."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError

from clausette.files.sweeping import sweep
from clausette.kernel import clock
from clausette.kernel.french import plural

STRANGER = (
    "Aucun fichier du disque n'est connu de cette base : rien n'est effacé. "
    "Vérifiez que le dossier des données et la base vont ensemble."
)


class Command(BaseCommand):
    """Count or delete files of transactions rolled back."""

    help = "Efface du disque les fichiers qu'aucune ligne de la base ne désigne (envoi annulé avant la fin)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--older-than", type=int, default=24, metavar="HEURES", help="24 heures par défaut")
        parser.add_argument("--dry-run", action="store_true", help="compte sans effacer")

    def handle(self, *args: object, **options: Any) -> None:
        if options["older_than"] < 1:
            raise CommandError("--older-than demande au moins une heure : un envoi en cours n'est pas touché.")
        before = clock.now() - timedelta(hours=options["older_than"])
        found = sweep(before=before, pretend=options["dry_run"])
        if found.stranger:
            raise CommandError(STRANGER)
        done = "à effacer" if options["dry_run"] else "effacés"
        files = f"{plural(found.orphans, 'fichier')} sans ligne, {plural(found.drafts, 'brouillon')}"
        self.stdout.write(f"{files} {done} : {found.size} octets.")
