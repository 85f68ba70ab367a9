"""The page of the benchmarks: one table by world, each kept while the other is measured again."""

import os
import platform
import re
from dataclasses import dataclass

from clausette.kernel import clock
from clausette.kernel.french import format_date
from config.world.bench import Measure
from config.world.bench_districts import SECTION as DISTRICTS
from config.world.bench_hours import KEPT as HOURS
from config.world.bench_paper import PAGES, PaperTime
from config.world.bench_persons import MOST_SEARCH
from config.world.bench_screening import ScreeningTime
from config.world.bench_takeover import TakeoverTime
from config.world.plans import LARGE

MOST_MS, MOST_QUERIES, LARGEST, MOST_SQL, MOST_PORTFOLIO = 60, 15, 200_000, 30, 100
MOST_PAPER = 3_000
MOST_SCREENING = 3_000
MOST_TAKEOVER = 5_000
OTHER_CONTENT = 3
"""Queries that one object asks and another does not (lots, a share); one query per row would be many more."""
TITLES = (
    "Page | Server, ms | of which Python, ms | Queries | Queries, fewer rows | SQL of the page, ms | SQL alone, ms"
    " | Tax | Ratio | HTML, kB | First load, kB"
)
SECTION = re.compile(r"## World (?P<scale>S|M|persons)\n.*?(?=\n## |\Z)", re.DOTALL)
OFFICIAL = """A national extract: 200,000 official records, 258 MB (`manage make-decp FILE`), read as it comes, compared
and listed by `manage import-decp FILE --sort` beside world S, 500 records kept: 13.6 s, 144 MiB at most
(`/usr/bin/time -v`, goals 60 s and 500 MiB), of which the glance at all the records 4.9 s. 27 novembre 2026, x86_64,
2 cores, load average 4. Measured by hand: the file takes longer to write than to read. Without sorting (what the page
does, 100 MB and 20,000 records at most), a file of 90 MB, 19,000 records of 21 avenants, is parsed within 628 MiB."""
INTRO = f"""# Benchmarks

Written by `manage bench --write`; measured, not promised. Goals: server time ≤ {MOST_MS} ms, ≤ {MOST_QUERIES} queries
whatever the number of rows, SQL of a list page ≤ {MOST_SQL} ms, first load ≤ {LARGEST // 1000} kB, progress of 3,000
engagements ≤ {MOST_PORTFOLIO} ms, a bilan of {PAGES} pages ≤ {MOST_PAPER // 1000} s, 5,000 lines of a purchase
programme screened ≤ {MOST_SCREENING // 1000} s, a takeover workbook of 10,000 lines read and compared
≤ {MOST_TAKEOVER // 1000} s, a person among 1,000,000 found within {MOST_SEARCH} ms (p95), no table of more than
{LARGE:,} rows read from end to end. Beyond: in bold.

- *Server*: from the request to the last byte of the answer. *of which Python*: processor time of the process.
- *Queries*: SELECTs of one request; opening the transaction and the rights (4 statements) is not counted.
- *Fewer rows*: the same pages for another structure, which follows fewer contracts; another
  engagement and another contract may ask two or three queries less because they say less.
- *SQL of the page*: what the page waits for its SELECTs, under the role of the web and its policies.
- *SQL alone*: the same SELECTs, run one after the other by the owner of the tables (no policy, no Django).
- *Tax*: the first divided by the second, what row-level security costs. *Ratio*: server time ÷ SQL alone.
- *A bilan*: of the buyer to whom the most is owed, since the start; its engagements are written again until its PDF
  has {PAGES} pages. One request reads its facts, then sets it.
- *Purchases screened*: by the rules alone, from lines already read (`manage screen` does both).
- *A takeover workbook*: 100 contracts, 300 people, 10,000 lines of hours; taken in, read in its own process, compared
  with what the structure holds, then given up (`manage bench-takeover --apply` also takes it over and undoes it).
- *First load*: the compressed page with the compressed styles and scripts that it links, and its font.

{OFFICIAL}
"""
WORLDS = {
    "S": "The demonstration: 25 contracts, 60 people, 18 months (`manage world --scale S`).",
    "M": "302,000 hour lines, 3,000 contracts, of which one structure follows 400 (`manage world --scale M`, 72 s, "
    "goal 3 min).",
}


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The progress of many engagements at once."""

    engagements: int
    milliseconds: float


def table(
    measures: list[Measure], fewer: dict[str, int], portfolio: Portfolio | None, paper: PaperTime,
    screening: ScreeningTime, takeover: TakeoverTime,
) -> str:  # fmt: skip
    """The measures as a Markdown table; what is beyond its goal is in bold. Then the whole readings."""
    lines = [f"| {TITLES} |", f"|{'---|' * (TITLES.count('|') + 1)}"]
    for one in measures:
        cells = [
            one.name, _beyond(one.wall, MOST_MS, f"{one.wall:.0f}"), f"{one.cpu:.0f}",
            _beyond(one.queries, MOST_QUERIES, str(one.queries)),
            _beyond(one.queries - fewer[one.name], OTHER_CONTENT, str(fewer[one.name])),
            _beyond(one.sql, MOST_SQL, f"{one.sql:.1f}"), f"{one.alone:.1f}", f"× {one.tax:.1f}",
            f"× {one.ratio:.1f}", f"{one.html / 1000:.0f} ({one.packed / 1000:.0f} compressed)",
            _beyond(one.first_load, LARGEST, f"{one.first_load / 1000:.0f}"),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    if portfolio:
        told = _beyond(portfolio.milliseconds, MOST_PORTFOLIO, f"{portfolio.milliseconds:.0f} ms")
        lines += ["", f"Progress of {portfolio.engagements} engagements: {told}."]
    seconds = _beyond(paper.whole, MOST_PAPER, f"{paper.whole / 1000:.2f} s")
    parts = f"{paper.facts:.0f} ms to read, {paper.pdf:.0f} ms to set"
    lines += ["", f"A bilan of {paper.pages} pages: {seconds} ({parts})."]
    seconds = _beyond(screening.screened, MOST_SCREENING, f"{screening.screened / 1000:.2f} s")
    lines += ["", f"{screening.lines:,} purchases screened: {seconds} ({screening.read:.0f} ms more to read the CSV)."]
    seconds = _beyond(takeover.whole, MOST_TAKEOVER, f"{takeover.whole / 1000:.1f} s")
    lines += ["", f"A takeover workbook of {takeover.lines:,} lines read and compared: {seconds}."]
    whole = [f"- {one.name} : {reading}" for one in measures for reading in one.whole]
    return "\n".join([*lines, "", *(whole or [f"No table of more than {LARGE:,} rows is read from end to end."])])


def _beyond(value: float, most: float, told: str) -> str:
    return f"**{told}**" if value > most else told


def page(
    scale: str, measures: list[Measure], fewer: dict[str, int], portfolio: Portfolio | None, paper: PaperTime,
    screening: ScreeningTime, takeover: TakeoverTime, times: int, *, known: str,
) -> str:  # fmt: skip
    """The whole reference page; the sections of the other worlds are taken from the page known."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    machine = (
        f"{platform.machine()}, {cores} cores, load average {load:.1f}, Python {platform.python_version()}"
    )
    section = f"""## World {scale}

{WORLDS[scale]} {format_date(clock.today()).capitalize()}.
Machine: {machine}. Median of {times} requests after three for nothing, in one process, connected as the web is; the
load average tells how much of the machine was free.

{table(measures, fewer, portfolio, paper, screening, takeover)}"""
    return with_world(known, scale, section)


def with_world(known: str, scale: str, section: str) -> str:
    """The page known, with the section of one world written again and the others as they are."""
    sections = {found["scale"]: found[0].rstrip() for found in SECTION.finditer(known)} | {scale: section}
    aside = [found[0].rstrip() + "\n" for one in (DISTRICTS, HOURS) for found in one.finditer(known)]
    worlds = [sections[name] + "\n" for name in ("S", "M", "persons") if name in sections]
    return "\n".join([INTRO, *worlds, *aside])
