"""`manage routes [--json]`: every address, its methods and who may enter."""

import json

from django.core.management.base import BaseCommand, CommandParser

from clausette.web.routes import all_routes


class Command(BaseCommand):
    """Print the addresses of the whole site with their access class."""

    help = "Liste les adresses du site, leurs méthodes et leur classe d'accès."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: object) -> None:
        routes = all_routes()
        if options["json"]:
            lines = [
                {
                    "pattern": route.pattern,
                    "name": route.name,
                    "methods": list(route.methods),
                    "access": route.access,
                    "capabilities": list(route.capabilities),
                }
                for route in routes
            ]
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))
            return
        for route in routes:
            who = f"{route.access} {', '.join(route.capabilities)}".strip()
            self.stdout.write(f"{'/'.join(route.methods):18} {route.pattern:70} {who}")
