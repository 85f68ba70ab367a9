"""`manage matrix [--json]`: roles × actions."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser

from clausette.web.roles import read_roles


class Command(BaseCommand):
    """Print who may do what, from docs/reference/roles.toml."""

    help = "Imprime qui peut faire quoi, par rôle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: object) -> None:
        roles = read_roles()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(roles), ensure_ascii=False, indent=1))
            return
        for action in roles.actions:
            allowed = [
                f"{roles.labels[role]} ({answer})" for role, answer in action.who.items() if answer != "no"
            ]
            self.stdout.write(f"{action.label} : {', '.join(allowed)}")
