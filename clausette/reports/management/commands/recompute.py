"""`manage recompute [NUMBER…] [--engagement ID --as-of D] [--json]`: the journal and the dated rules alone."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from clausette.kernel import clock
from clausette.reports.queries.recomputed import Recomputed, penalty_told, recompute_all


class Command(BaseCommand):
    """Compute attestations again from the journal, compare them byte for byte with those issued."""

    help = "Recalcule les attestations depuis le journal et les règles datées, et compare à l'octet près."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("numbers", nargs="*", metavar="NUMÉRO", help="numéro d'attestation (toutes sans numéro)")
        parser.add_argument("--engagement", type=UUID, metavar="ID", help="ses heures non réalisées")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="D", help="au jour D (aujourd'hui)")
        parser.add_argument("--json", action="store_true", help="une ligne de JSON par attestation")

    def handle(self, *args: object, **options: Any) -> None:
        if options["engagement"]:
            self._penalty(options["engagement"], options["as_of"] or clock.today(), json_lines=options["json"])
            return
        asked, done, wrong = set(options["numbers"]), set(), 0
        try:
            for one in recompute_all(numbers=options["numbers"]):
                done.add(one.number)
                wrong += not one.ok
                said = json.dumps({"ok": one.ok, **asdict(one)}, ensure_ascii=False, default=str)
                self.stdout.write(said if options["json"] else _sentence(one))
        except LookupError as missing:
            raise CommandError(f"Le journal ne suffit pas : {missing}.") from missing
        if unknown := sorted(asked - done):
            raise CommandError(f"Attestation inconnue : {', '.join(unknown)}.")
        if wrong:
            raise CommandError(f"{wrong} attestation(s) sur {len(done)} ne se recalculent pas à l'identique.")

    def _penalty(self, engagement: UUID, as_of: date, *, json_lines: bool) -> None:
        try:
            told = penalty_told(engagement=engagement, as_of=as_of, until=clock.now())
        except LookupError as missing:
            raise CommandError(f"Le journal ne suffit pas : {missing}.") from missing
        said = json.dumps(asdict(told), ensure_ascii=False, default=str)
        self.stdout.write(said if json_lines else told.refusal or told.sentence)


def _sentence(one: Recomputed) -> str:
    if one.ok:
        return f"{one.number} : identique à l'octet près ({one.events} événements relus)."
    told = [f"{name} : {given} au lieu de {found}" for name, given, found in one.differs]
    return "\n  ".join([f"{one.number} : DIFFÉRENTE", *told, *one.broken])
