"""`manage docs`: write the produced references, or check that they still tell the truth."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.handbook.pages import PAGES


class Command(BaseCommand):
    help = "Écrit les références produites par le code ; --check dit celles qui ne sont plus à jour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="ne rien écrire, échouer si une page a vieilli")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.ROOT / "docs" / "reference"
        old = []
        for name, page in PAGES.items():
            path, text = folder / name, page()
            if options["check"]:
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    old.append(name)
            else:
                path.write_text(text, encoding="utf-8")
        if old:
            raise CommandError(f"Pages à refaire par « python3 run.py manage docs » : {', '.join(old)}.")
        self.stdout.write(f"{len(PAGES)} pages de référence.")
