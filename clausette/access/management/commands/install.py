"""`manage install --structure NAME --admin E-MAIL`: the first structure of a real installation."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clausette.access.install import install
from clausette.kernel import clock
from clausette.kernel.errors import Refusal
from clausette.kernel.mails import site


class Command(BaseCommand):
    """Write the structure and print the address of its administrator's invitation."""

    help = "Crée la première structure et imprime l'invitation de son administrateur."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--structure", required=True, help="nom de la structure")
        parser.add_argument("--admin", required=True, help="adresse électronique de l'administrateur")
        parser.add_argument("--name", default="", help="prénom et nom de l'administrateur")
        parser.add_argument("--siret", default="", help="SIRET de la structure")

    def handle(self, *args: object, **options: str) -> None:
        try:
            invited = install(
                structure=options["structure"],
                email=options["admin"],
                full_name=options["name"],
                siret=options["siret"],
                at=clock.now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(
            f"« {options['structure']} » est prête. Invitation de {options['admin']}, valable 7 jours :"
        )
        self.stdout.write(f"{site()}/compte/invitation/{invited.secret}/")
