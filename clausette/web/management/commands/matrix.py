"""`manage matrix [--json]`: roles × actions, roles × personal fields."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser

from clausette.web.fields import field_matrix
from clausette.web.roles import read_roles


class Command(BaseCommand):
    """Print who may do what, and read which personal field, from docs/reference/roles.toml and fields.toml."""

    help = "Imprime qui peut faire quoi, par rôle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: object) -> None:
        roles = read_roles()
        if options["json"]:
            told = asdict(roles) | {"fields": list(field_matrix())}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for action in roles.actions:
            allowed = [
                f"{roles.labels[role]} ({answer})" for role, answer in action.who.items() if answer != "no"
            ]
            self.stdout.write(f"{action.label} : {', '.join(allowed)}")
        for field in field_matrix():
            readers = [roles.labels[role] for role, answer in field["who"].items() if answer != "no"]
            self.stdout.write(f"{field['field']} : {', '.join(readers) or 'personne'}")
