"""How long 10,000 points take to find their district, among the districts that are loaded."""

import os
import platform
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import median
from time import perf_counter

from django.db import connection

from clausette.kernel import clock
from clausette.kernel.french import format_date
from clausette.reference.enums import DistrictGeneration
from clausette.reference.geometry import Point
from clausette.reference.queries import districts_at, edge_near
from config.world.bench import served

MOST_MS = 2_000
POINTS = 10_000
SECTION = re.compile(r"## Districts\n.*?(?=\n## |\Z)", re.DOTALL)
BOXES = """SELECT district_id, low[0], low[1], high[0], high[1]
             FROM (SELECT id, district_id, (box(line))[1] AS low, (box(line))[0] AS high
                     FROM reference_districtring) ring ORDER BY id"""


@dataclass(frozen=True, slots=True)
class PointTime:
    """Milliseconds (median): all the points in one question, one point alone, the distance of one to an edge."""

    districts: int
    outlines: int
    inside: int
    together: float
    alone: float
    edge: float


def point_time(*, times: int) -> PointTime:
    """Ask for points drawn by chance in the boxes of the districts, as the web does. Raises ValueError without any."""
    with served():
        with connection.cursor() as cursor:
            cursor.execute(BOXES)
            boxes = cursor.fetchall()
        if not boxes:
            raise ValueError("Aucun contour n'est chargé : manage load-qpv.")
        points = _points([row[1:] for row in boxes])
        inside = sum(bool(one) for one in districts_at(points))
        together = median(_timed(partial(districts_at, points)) for _ in range(times))
        alone = median(_timed(partial(districts_at, [one])) for one in points[:200])
        edge = median(_timed(partial(edge_near, one, DistrictGeneration.OF_2024)) for one in points[:200])
    return PointTime(len({row[0] for row in boxes}), len(boxes), inside, together, alone, edge)


def _points(boxes: list[tuple[float, ...]]) -> list[Point]:
    chance = Random(1)  # noqa: S311 - the same points each time, not a secret
    chosen = [chance.choice(boxes) for _ in range(POINTS)]
    return [(chance.uniform(west, east), chance.uniform(south, north)) for west, south, east, north in chosen]


def _timed(ask: Callable[[], object]) -> float:
    start = perf_counter()
    ask()
    return (perf_counter() - start) * 1000


def section(found: PointTime) -> str:
    """The measure as a section of the page; beyond the goal in bold."""
    seconds = f"{found.together / 1000:.2f} s"
    whole = f"**{seconds}**" if found.together > MOST_MS else seconds
    day, load = format_date(clock.today()).capitalize(), os.getloadavg()[0]
    return f"""## Districts

{POINTS:,} points drawn in the boxes of the {found.outlines:,} outlines of {found.districts:,} districts, in one
question: {whole} (goal {MOST_MS // 1000} s); {found.inside:,} fall in a district. One point alone:
{found.alone:.1f} ms; its distance to the nearest edge: {found.edge:.1f} ms. `manage load-qpv FILE`, then
`manage bench --qpv --write`. {day}.
Machine: {platform.machine()}, {os.cpu_count()} cores, load average {load:.1f}, Python {platform.python_version()}.
Connected as the web is."""


def with_section(page: str, found: PointTime) -> str:
    """The page with this section in place of the one it had, or at its end."""
    return f"{SECTION.sub('', page).rstrip()}\n\n{section(found)}\n"
