"""`manage bench [--times N] [--write] [--json]`: server time of the main pages on the demonstration world."""

import json
import os
import platform
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F
from django.urls import reverse

from clausette.access.queries import Seat, facilitator_seats
from clausette.access.rights import named_rights
from clausette.commitments.queries import commitments_visible_to
from clausette.kernel import clock
from clausette.kernel.french import format_date
from config.settings.base import ROOT
from config.world.bench import Measure, measure
from config.world.cast import PERSON, VOICE
from config.world.script import exists
from config.world.stage import Member

PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
MOST_MS, MOST_QUERIES, LARGEST = 60, 15, 200_000
OTHER_CONTENT = 3
"""Queries that one object asks and another does not (lots, a share); one query per row would be many more."""


class Command(BaseCommand):
    """Measure; with --write, publish in docs/reference/benchmarks.md."""

    help = "Mesure les pages principales sur le monde de démonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=15, help="mesures par page")
        parser.add_argument("--write", action="store_true", help="écrire docs/reference/benchmarks.md")
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: Any) -> None:
        if not exists():
            raise CommandError("Chargez d'abord le monde : manage world --scale S.")
        big, small = _seat("plie"), _seat("mde")
        measures = [
            measure(name, address, Member(big.account_id, big.organisation_id), times=options["times"])
            for name, address in _pages(big)
        ]
        fewer = {
            name: measure(name, address, Member(small.account_id, small.organisation_id), times=1).queries
            for name, address in _pages(small)
        }
        if options["json"]:
            lines = [asdict(one) | {"ratio": one.ratio, "queries_small": fewer[one.name]} for one in measures]
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(table(measures, fewer))
        if options["write"]:
            PAGE.write_text(page(measures, fewer, options["times"]), encoding="utf-8")


def _seat(structure: str) -> Seat:
    seats = facilitator_seats(email=PERSON[VOICE[structure]].email)
    if not seats:
        raise CommandError("Ce monde n'est pas celui de `manage world`.")
    return seats[0]


def _pages(seat: Seat) -> list[tuple[str, str]]:
    """The desk, the board, and the contract and the engagement with the most to say: the first one recorded."""
    with named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
        rows = commitments_visible_to(actor).filter(contract__owner_org_id=actor.organisation_id)
        commitment, contract = rows.order_by(F("lot_id").asc(nulls_last=True), "id").values_list(
            "uid", "contract__uid"
        )[0]
    return [
        ("Ma journée", reverse("desk:day", args=[seat.slug])),
        ("Tableau de suivi", reverse("desk:board", args=[seat.slug])),
        ("Un engagement", reverse("contracts:commitment", args=[seat.slug, commitment])),
        ("Un marché", reverse("contracts:show", args=[seat.slug, contract])),
    ]


def table(measures: list[Measure], fewer: dict[str, int]) -> str:
    """The measures as a Markdown table; what is beyond its goal is in bold."""
    titles = (
        "Page | Server, ms | of which Python, ms | Queries | Queries, 3 × fewer rows | SQL alone, ms | Ratio"
    )
    head = f"| {titles} | HTML, kB | First load, kB |"
    lines = [head, "|---|---|---|---|---|---|---|---|---|"]
    for one in measures:
        cells = [
            one.name, _beyond(one.wall, MOST_MS, f"{one.wall:.0f}"), f"{one.cpu:.0f}",
            _beyond(one.queries, MOST_QUERIES, str(one.queries)),
            _beyond(one.queries - fewer[one.name], OTHER_CONTENT, str(fewer[one.name])),
            f"{one.alone:.1f}", f"× {one.ratio:.1f}", f"{one.html / 1000:.0f} ({one.packed / 1000:.0f} compressed)",
            _beyond(one.first_load, LARGEST, f"{one.first_load / 1000:.0f}"),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _beyond(value: float, most: float, told: str) -> str:
    return f"**{told}**" if value > most else told


def page(measures: list[Measure], fewer: dict[str, int], times: int) -> str:
    """The whole reference page."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    machine = (
        f"{platform.machine()}, {cores} cores, load average {load:.1f}, Python {platform.python_version()}"
    )
    return f"""# Benchmarks

Written by `manage bench --write`; measured, not promised. Demonstration world S, {format_date(clock.today())}.
Machine: {machine}. Median of {times} requests after three for nothing,
in one process, under the role of the web, with its policies; the load average tells how much of the machine was free.

Goals: server time ≤ {MOST_MS} ms, ≤ {MOST_QUERIES} queries whatever the number of rows, first load
≤ {LARGEST // 1000} kB. Beyond: in bold.

{table(measures, fewer)}

- *Server*: from the request to the last byte of the answer. *of which Python*: processor time of the process.
- *Queries*: SELECTs of one request; opening the transaction and the rights (4 statements) is not counted.
- *3 × fewer rows*: the same pages for the other structure, which follows three times fewer contracts; another
  engagement and another contract may ask two or three queries less because they say less.
- *SQL alone*: the same SELECTs, run one after the other by the owner of the tables (no policy, no Django).
- *First load*: the compressed page with the compressed styles and scripts that it links, and its font.
"""
