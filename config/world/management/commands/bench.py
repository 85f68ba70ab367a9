"""`manage bench [--times N] [--write] [--json]`: server time of the main pages, on the world that is there (S or M);
on the world of persons, of what is asked of a million of them.

`--hours-file [LINES]`: only a file of hours.
`--qpv`: only how long points take to find their district, among those that are loaded.
Exit code 1 when a page reads a table of more than 10,000 rows from end to end.
"""

import json
from dataclasses import asdict
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.models import F
from django.urls import reverse

from clausette.access.queries import Seat
from clausette.access.rights import named_rights
from clausette.commitments.queries import commitments_visible_to
from clausette.hours.operations.keeping import keep_progress, structures_to_read
from clausette.hours.queries import progress_of
from clausette.kernel import clock
from config.settings.base import ROOT
from config.world.bench import Measure, measure, served_as_worker
from config.world.bench_districts import point_time, section, with_section
from config.world.bench_hours import FAULT_EVERY, LINES, hours_section, hours_time, with_hours, workbook
from config.world.bench_page import Portfolio, page, table, with_world
from config.world.bench_paper import PaperTime, paper_time
from config.world.bench_persons import persons_section, persons_time
from config.world.bench_screening import ScreeningTime, screening_time
from config.world.bench_takeover import TakeoverTime, takeover_time
from config.world.cast import PEOPLE
from config.world.dense import pour_dense
from config.world.growth import is_grown, seat_of
from config.world.persons import is_poured
from config.world.script import exists
from config.world.stage import Member

BUYER = """SELECT m.account_id, m.organisation_id FROM access_membership m
             JOIN access_account a ON a.id = m.account_id WHERE a.email = %s"""
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"


class Command(BaseCommand):
    """Measure; with --write, publish in docs/reference/benchmarks.md, beside the other world."""

    help = "Mesure les pages principales sur le monde chargé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=15, help="mesures par page")
        parser.add_argument("--qpv", action="store_true", help="seulement : quartier de 10 000 points")
        parser.add_argument(
            "--hours-file", type=int, nargs="?", const=LINES, metavar="LIGNES",
            help="seulement : un fichier d'heures (100 000 lignes), dans un monde à lui",
        )
        parser.add_argument("--write", action="store_true", help="écrire docs/reference/benchmarks.md")
        parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")

    def handle(self, *args: object, **options: Any) -> None:
        if options["qpv"]:
            self._districts(times=min(int(options["times"]), 5), write=bool(options["write"]))
            return
        if options["hours_file"]:
            self._hours(int(options["hours_file"]), options)
            return
        if not exists():
            raise CommandError("Chargez d'abord le monde : manage world --scale S (ou M).")
        if is_poured():
            self._persons(int(options["times"]), options)
            return
        times, scale = int(options["times"]), "M" if is_grown() else "S"
        _keep()
        big, small = seat_of("plie"), seat_of("mde")
        measures = [measure(name, address, _member(big), times=times) for name, address in _pages(big)]
        fewer = {
            name: measure(name, address, _member(small), times=1).queries for name, address in _pages(small)
        }
        portfolio = _portfolio(times) if scale == "M" else None
        paper, screening = paper_time(big, times=min(times, 5)), screening_time(times=min(times, 5))
        takeover = takeover_time(big)
        if options["json"]:
            told = _told(scale, measures, fewer, portfolio, paper, screening, takeover)
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(table(measures, fewer, portfolio, paper, screening, takeover))
        if options["write"]:
            known = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
            written = page(
                scale, measures, fewer, portfolio, paper, screening, takeover, times, known=known
            )
            PAGE.write_text(written, encoding="utf-8")
        if any(one.whole for one in measures):
            raise CommandError("Une page lit une grande table en entier.")

    def _persons(self, times: int, options: dict[str, Any]) -> None:
        found = persons_time(seat_of("plie"), times=times)
        told = [asdict(one) | {"ratio": one.ratio} for one in found]
        section = persons_section(found, times)
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) if options["json"] else section)
        if options["write"]:
            PAGE.write_text(with_world(PAGE.read_text(encoding="utf-8"), "persons", section), encoding="utf-8")
        if any(one.whole for one in found):
            raise CommandError("Une recherche lit une grande table en entier.")

    def _hours(self, lines: int, options: dict[str, Any]) -> None:
        if not exists():
            raise CommandError("Chargez d'abord le monde : manage world --scale S.")
        dense = pour_dense(lines=lines, as_of=clock.today())
        found = hours_time(dense, workbook(dense, wrong=lambda number: number % FAULT_EVERY == FAULT_EVERY - 1))
        section = hours_section(found)
        told = json.dumps(asdict(found), ensure_ascii=False, indent=1)
        self.stdout.write(told if options["json"] else section)
        if options["write"]:
            PAGE.write_text(with_hours(PAGE.read_text(encoding="utf-8"), section), encoding="utf-8")

    def _districts(self, *, times: int, write: bool) -> None:
        try:
            found = point_time(times=times)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(section(found))
        if write:
            PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


def _keep() -> None:
    """The worker keeps the progress of engagements each minute; here nobody else does."""
    with served_as_worker():
        for account, organisation in structures_to_read():
            with named_rights(account, organisation) as actor:
                keep_progress(actor=actor, as_of=clock.today())


def _member(seat: Seat) -> Member:
    return Member(seat.account_id, seat.organisation_id)


def _told(
    scale: str, measures: list[Measure], fewer: dict[str, int], portfolio: Portfolio | None, paper: PaperTime,
    screening: ScreeningTime, takeover: TakeoverTime,
) -> dict[str, Any]:  # fmt: skip
    pages = [
        asdict(one) | {"ratio": one.ratio, "tax": one.tax, "queries_small": fewer[one.name]}
        for one in measures
    ]
    whole = asdict(portfolio) if portfolio else None
    return {"scale": scale, "pages": pages, "portfolio": whole, "paper": asdict(paper),
            "screening": asdict(screening), "takeover": asdict(takeover)}  # fmt: skip


def _portfolio(times: int) -> Portfolio:
    """The progress of all the engagements of the maître d'ouvrage that leads the groupements de commandes."""
    with connection.cursor() as cursor:
        cursor.execute(BUYER, [next(person.email for person in PEOPLE if person.body == "metropole")])
        account, organisation = cursor.fetchone()
    taken: list[float] = []
    found = 0
    with served_as_worker(), named_rights(account, organisation, read_only=True) as actor:
        for _ in range(times + 2):
            start = perf_counter()
            found = len(progress_of(actor=actor, as_of=clock.today()))
            taken.append((perf_counter() - start) * 1000)
    return Portfolio(found, sorted(taken[2:])[times // 2])


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
