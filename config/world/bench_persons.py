"""How long a shared base of a million persons takes: a search, a likely twin at entry, the count of a purge, points."""

import os
import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.db import connection

from clausette.access.queries import Seat
from clausette.access.rights import named_rights
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_short_date
from clausette.participants.queries import look_alikes
from clausette.placements.queries import PeopleFilters, people_list
from clausette.privacy.purging import purge
from config.world.bench import Seen, served_as_worker
from config.world.bench_districts import POINTS, point_time
from config.world.plans import LARGE, WholeReading, whole_readings

MOST_SEARCH, MOST_TWINS, MOST_PURGE, MOST_POINTS = 50, 100, 60_000, 2_000
NAMES = ("barret emilie", "Diarra Hawa", "Émilie Carlier", "NGUYEN MARIE", "delorme-haddouche", "xyz")
PARTS = ("barret", "bel mar", "tour", "ngu", "ma", "é")
BORN = (date(1985, 3, 12), date(1990, 12, 1), date(1977, 2, 28), date(2001, 7, 7), date(1964, 2, 29))
ENTERED = (("Barret-Delorme", "Hawa"), ("Nguyen", "Émilie"), ("Marchetti", "Kévin"), ("De La Fontaine", "Océane"))
PHONE = "06 11 22 33 44"
Ask = Callable[[Actor], Any]


@dataclass(frozen=True, slots=True)
class PersonsTime:
    """One line: milliseconds of the clock (95th percentile, median), processor of both sides, the goal of the p95."""

    name: str
    p95: float
    middle: float
    processor: float
    queries: int
    goal: int
    whole: tuple[WholeReading, ...] = ()

    @property
    def ratio(self) -> float:
        """The p95 for one millisecond of the goal: at most 1 when it is reached."""
        return self.p95 / self.goal


def _burnt(pid: int) -> float:
    """Milliseconds of processor of this process and of a back end of this machine."""
    path = Path(f"/proc/{pid}/schedstat")
    theirs = int(path.read_text(encoding="ascii").split()[0]) / 1e6 if path.exists() else 0.0
    return process_time() * 1000 + theirs


def _timed(actor: Actor, name: str, calls: list[Ask], goal: int, times: int, planned: set[str]) -> PersonsTime:
    """Ask each call in turn, `times` rounds of them, after one round for nothing; what is not `planned` is."""
    seen = Seen()
    with connection.execute_wrapper(seen):
        for call in calls:
            call(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = int(cursor.fetchone()[0])
    walls: list[float] = []
    before = _burnt(pid)
    for call in islice(cycle(calls), len(calls) * times):
        start = perf_counter()
        call(actor)
        walls.append((perf_counter() - start) * 1000)
    processor = (_burnt(pid) - before) / len(walls)
    whole = whole_readings(sorted({sql for sql, _ in seen.business} - planned))
    planned |= {sql for sql, _ in seen.business}
    p95 = sorted(walls)[int(len(walls) * 0.95)]
    return PersonsTime(
        name, p95, median(walls), processor, len(seen.business) // len(calls), goal, tuple(whole)
    )  # fmt: skip


def persons_time(seat: Seat, *, times: int) -> tuple[PersonsTime, ...]:
    """Measure all, connected as the worker with the rights of a facilitator and the settings of the web."""
    today = clock.today()

    def searching(words: str) -> Ask:
        return lambda actor: people_list(actor=actor, filters=PeopleFilters(words=words), on=today)

    def entering(last: str, first: str, born: date) -> Ask:
        return lambda actor: look_alikes(actor=actor, last_name=last, first_name=first, birth_date=born, phone=PHONE)

    lines = {
        "Search by name and first name": ([searching(one) for one in NAMES], MOST_SEARCH),
        "Search by a part of a name": ([searching(one) for one in PARTS], MOST_SEARCH),
        "Search by date of birth": ([searching(format_short_date(one)) for one in BORN], MOST_SEARCH),
        "Likely twins at entry": (
            [entering(*one, born) for one, born in zip(ENTERED, BORN, strict=False)], MOST_TWINS,
        ),
    }  # fmt: skip
    planned: set[str] = set()
    with served_as_worker(), named_rights(seat.account_id, seat.organisation_id, read_only=True) as actor:
        found = [_timed(actor, name, calls, goal, times, planned) for name, (calls, goal) in lines.items()]
    return (*found, _purge(today), *_points())


def _purge(today: date) -> PersonsTime:
    """The purge of all structures, counted only, once."""
    with served_as_worker():
        start, before = perf_counter(), process_time()
        due = sum(int(str(said.get("due", 0))) for said in purge(as_of=today, on=today, dry=True))
        wall, spent = (perf_counter() - start) * 1000, (process_time() - before) * 1000
    return PersonsTime(f"Purge, dry run: {due:,} pieces due", wall, wall, spent, 0, MOST_PURGE)


def _points() -> tuple[PersonsTime, ...]:
    """Points to districts, when outlines are loaded."""
    with suppress(ValueError):
        found = point_time(times=3)
        return (PersonsTime(f"District of {POINTS:,} points", found.together, found.together, 0, 1, MOST_POINTS),)
    return ()


def persons_section(found: tuple[PersonsTime, ...], times: int) -> str:
    """The section of the page; beyond the goal in bold."""
    rows = [
        f"| {one.name} | {_bold(one)} | {one.middle:.0f} | {f'{one.processor:.0f}' if one.processor else '-'} |"
        f" {one.queries or '-'} | {one.goal:,} | × {one.ratio:.2f} |"
        for one in found
    ]
    whole = [f"- {one.name} : {reading}" for one in found for reading in one.whole]
    day, load = format_date(clock.today()).capitalize(), os.getloadavg()[0]
    return "\n".join([
        "## World persons", "",
        "A million persons in 50 structures, strewn over the table, 20,000 of them visible to who asks",
        f"(`manage world --scale persons`, then `manage bench --write`). {day}. Machine: {platform.machine()},",
        f"{os.cpu_count()} cores, load average {load:.1f}, Python {platform.python_version()}. {times} rounds of",
        "different words, after one for nothing, with the role, the policies and the rights of a facilitator. *p95*,",
        "*median*: of the clock, which suffers from whoever else uses the machine; *processor*: Python and PostgreSQL",
        "together, which does not (of the purge, Python alone). A search is the whole list: names, total, page,",
        "eligibility, work. *Ratio*: p95 ÷ goal. The purge is counted once; points: the median of three.", "",
        "| What | p95, ms | Median, ms | Processor, ms | Queries | Goal, ms | Ratio |",
        "|---|---|---|---|---|---|---|", *rows, "",
        *(whole or [f"No table of more than {LARGE:,} rows is read from end to end by a search."]),
    ])  # fmt: skip


def _bold(one: PersonsTime) -> str:
    return f"**{one.p95:,.0f}**" if one.p95 > one.goal else f"{one.p95:,.0f}"
