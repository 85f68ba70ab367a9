"""`manage controls [--json] [--on D]`: every control of hours, with its rule, its values of the day and its source."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clausette.hours.rules.controls import CONTROLS, Control
from clausette.kernel import clock
from clausette.kernel.jsonlines import Said
from clausette.kernel.parsing import parse_date
from clausette.reference.queries import parameters_on


class Command(BaseCommand):
    """Print the registry of the controls."""

    help = "Imprime les contrôles des heures : code, poids, règle, valeurs, dates, source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="une ligne de JSON par contrôle")
        parser.add_argument("--on", default="", metavar="JOUR", help="valeurs à la date du ; aujourd'hui par défaut")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            on = parse_date(options["on"]) if options["on"] else clock.today()
        except ValueError as error:
            raise CommandError(str(error)) from error
        values = parameters_on(on=on)
        for one in CONTROLS:
            if options["json"]:
                told = {code: str(values[code]) for code in one.parameters}
                self.stdout.write(json.dumps(_said(one, told), ensure_ascii=False))
            else:
                self.stdout.write(f"{one.code} {one.title} : {one.rule} {one.fix}")


def _said(one: Control, values: dict[str, str]) -> Said:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "family": one.family.label,
        "scope": one.scope.label,
        "title": one.title,
        "rule": one.rule,
        "fix": one.fix,
        "parameters": values,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "source": one.source,
        "reliability": one.reliability.label,
        "may_be_off": one.may_be_off,
    }
