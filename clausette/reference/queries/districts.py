"""Where a point or a commune falls among the « quartiers prioritaires ». No rights needed: public facts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from clausette.reference.districts import DEMONSTRATION, NOWHERE, Line
from clausette.reference.enums import DistrictGeneration
from clausette.reference.facts.departments import city_of
from clausette.reference.geometry import Point, metres_to_line
from clausette.reference.models import District, DistrictRing

# In more outlines than holes: an island in a hole counts, and so does each polygon of several. What is on a line
# is inside, the line of a hole too; the box comes first because only it has an index.
_LOCATE = """
SELECT point.rank, district.code, district.name, district.generation
  FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS point(x, y, rank)
  JOIN LATERAL (
    SELECT ring.district_id
      FROM reference_districtring ring
     WHERE box(ring.line) @> box(point(point.x, point.y), point(point.x, point.y))
       AND ring.line @> point(point.x, point.y)
     GROUP BY ring.district_id
    HAVING count(*) FILTER (WHERE NOT ring.is_hole)
         > count(*) FILTER (WHERE ring.is_hole AND path(ring.line) <-> point(point.x, point.y) > 0.000001)
  ) inside ON true
  JOIN reference_district district ON district.id = inside.district_id
 ORDER BY point.rank, district.generation DESC, district.code
"""
_NEAR = """
SELECT district.code, district.name, district.generation, ring.line::text
  FROM reference_districtring ring JOIN reference_district district ON district.id = ring.district_id
 WHERE box(ring.line) && box(point(%s, %s), point(%s, %s)) AND district.generation = %s
"""
_NUMBERS = re.compile(r"[-+.\deE]+")
AROUND = 0.03
"""Degrees in which an edge is sought around a point: 3.3 km to the north, 2 km to the east at the latitude of Lille."""


@dataclass(frozen=True, slots=True)
class DistrictFound:
    """A district: code, name, list it belongs to."""

    code: str
    name: str
    generation: DistrictGeneration


def districts_at(points: Sequence[Point]) -> list[tuple[DistrictFound, ...]]:
    """Return for each point the districts it is in, the newest list first; () outside all of them. One query.

    Raises ValueError for a longitude outside −180..180 or a latitude outside −90..90.
    """
    for longitude, latitude in points:
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise ValueError("Une longitude va de -180 à 180 et une latitude de -90 à 90, en degrés.")
    found: list[tuple[DistrictFound, ...]] = [()] * len(points)
    if points:
        with connection.cursor() as cursor:
            cursor.execute(_LOCATE, [[point[0] for point in points], [point[1] for point in points]])
            for rank, code, name, generation in cursor.fetchall():
                found[rank - 1] += (DistrictFound(code, name, DistrictGeneration(generation)),)
    return found


def districts_of_commune(commune: str) -> tuple[DistrictFound, ...]:
    """Return the districts of a commune (Insee code), the newest list first, by name: the candidates of an address.

    Those of the whole city for an arrondissement: the official file names the city alone.
    """
    rows = District.objects.filter(communes__overlap=[commune, city_of(commune)])
    rows = rows.order_by("-generation", "name", "code")
    return tuple(DistrictFound(row.code, row.name, DistrictGeneration(row.generation)) for row in rows)


def district(code: str) -> DistrictFound | None:
    """Return the district of a code of either list, None when it is not known."""
    row = District.objects.filter(code=code.strip().upper()).order_by("id").first()
    return None if row is None else DistrictFound(row.code, row.name, DistrictGeneration(row.generation))


def edge_near(point: Point, generation: DistrictGeneration) -> tuple[float, DistrictFound] | None:
    """Return how many metres the nearest edge of a district of that list is from a point, and whose it is.

    None when there is none within about 2 km.
    """
    x, y = point
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [x - AROUND, y - AROUND, x + AROUND, y + AROUND, generation])
        near = [
            (metres_to_line(point, _read(line)), DistrictFound(code, name, DistrictGeneration(number)))
            for code, name, number, line in cursor.fetchall()
        ]
    return min(near, key=lambda one: (one[0], one[1].code), default=None)


def outlines_of(codes: Iterable[str]) -> dict[str, tuple[Line, ...]]:
    """Return the closed lines of districts, holes among them: a point in an odd number of them is inside."""
    rows = DistrictRing.objects.filter(district__code__in=list(codes)).order_by("id")
    found: dict[str, tuple[Line, ...]] = {}
    for code, line in rows.values_list("district__code", "line"):
        found[code] = (*found.get(code, ()), _read(line))
    return found


def outlines_cover(commune: str) -> bool:
    """Return whether a point of this commune in no outline is « hors quartier prioritaire » for sure.

    True when the outlines of 2024 were loaded from the official file; those of the demonstration only say it for its
    own communes, of a département that does not exist.
    """
    official = DistrictRing.objects.filter(district__generation=DistrictGeneration.OF_2024)
    return commune.startswith(NOWHERE) or official.exclude(district__source=DEMONSTRATION).exists()


def _read(line: str) -> Line:
    numbers = [float(one) for one in _NUMBERS.findall(line)]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
