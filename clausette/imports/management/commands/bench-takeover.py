"""`manage bench-takeover [--contracts N] [--people N] [--lines N] [--out FILE] [--structure SLUG] [--apply]`."""

import os
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clausette.access.queries import facilitator_seats
from clausette.access.rights import named_rights
from clausette.imports.operations.takeover import read_takeover, take_in_workbook, take_over, undo_takeover
from clausette.imports.queries.takeover import reconciliation_of
from clausette.imports.takeover.writing.sample import Size, sample_rows, sample_workbook
from clausette.kernel import clock
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_number


class Command(BaseCommand):
    """Make a workbook of any size, take it in, and measure; with --apply, take it over, reconcile, undo."""

    help = "Fait un classeur d'essai, le lit et le compare ; avec --apply, le reprend, rapproche et défait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contracts", type=int, default=100)
        parser.add_argument("--people", type=int, default=300)
        parser.add_argument("--lines", type=int, default=10_000)
        parser.add_argument(
            "--out", type=Path, default=None, metavar="FICHIER", help="écrit le classeur, et s'arrête"
        )
        parser.add_argument("--structure", default="", metavar="SLUG", help="structure facilitatrice")
        parser.add_argument("--apply", action="store_true", help="reprend, rapproche, puis défait")

    def handle(self, *args: object, **options: Any) -> None:
        on = clock.today()
        rows = sample_rows(Size(options["contracts"], options["people"], options["lines"]), on=on)
        data = sample_workbook(rows, on=on)
        if options["out"]:
            options["out"].write_bytes(data)
            self.stdout.write(f"{options['out']} : {format_number(len(data) // 1024)} Kio.")
            return
        seats = facilitator_seats(slug=options["structure"])
        if not seats:
            raise CommandError("Aucune structure facilitatrice de ce nom.")
        try:
            self._measure(seats[0].account_id, seats[0].organisation_id, data, apply=options["apply"])
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def _measure(self, account: int, organisation: int, data: bytes, *, apply: bool) -> None:
        on = clock.today()
        with named_rights(account, organisation) as actor:
            began = _now()
            uid = take_in_workbook(actor=actor, name="essai.xlsx", data=data, on=on)
            read_takeover(actor=actor, batch_uid=uid, on=on)
            self._say("lu et comparé", began)
        if not apply:
            return
        with named_rights(account, organisation) as actor:
            began = _now()
            done = take_over(actor=actor, batch_uid=uid, at=clock.now(), on=on)
            self._say(f"repris ({done.written} lignes, {done.refused} refusées)", began)
        with named_rights(account, organisation, read_only=True) as actor:
            began = _now()
            found = reconciliation_of(actor=actor, batch_uid=uid)
            self._say("rapproché, à l'heure près" if found.exact else "rapproché, avec des écarts", began)
        with named_rights(account, organisation) as actor:
            began = _now()
            undo_takeover(actor=actor, batch_uid=uid, at=clock.now())
            self._say("défait", began)

    def _say(self, what: str, began: tuple[float, float]) -> None:
        now = _now()
        clock_, work = now[0] - began[0], now[1] - began[1]
        self.stdout.write(f"{what} : {clock_:.1f} s d'horloge, dont {work:.1f} s de calcul en Python")


def _now() -> tuple[float, float]:
    """The clock, and the time of calculation of this process and of the one that reads workbooks."""
    spent = os.times()
    return time.perf_counter(), spent.user + spent.system + spent.children_user + spent.children_system
