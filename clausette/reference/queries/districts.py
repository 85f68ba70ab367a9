"""Where a point or a commune falls among the « quartiers prioritaires ». No rights needed: public facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from clausette.reference.enums import DistrictGeneration
from clausette.reference.models import District

Point = tuple[float, float]
"""(longitude, latitude), degrees WGS 84."""

# in one outline at least, and in no hole of it; the box comes first because only it has an index
_LOCATE = """
SELECT point.rank, district.code, district.name, district.generation
  FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS point(x, y, rank)
  JOIN LATERAL (
    SELECT ring.district_id
      FROM reference_districtring ring
     WHERE box(ring.line) @> box(point(point.x, point.y), point(point.x, point.y))
       AND ring.line @> point(point.x, point.y)
     GROUP BY ring.district_id
    HAVING bool_or(NOT ring.is_hole) AND NOT bool_or(ring.is_hole)
  ) inside ON true
  JOIN reference_district district ON district.id = inside.district_id
 ORDER BY point.rank, district.generation DESC, district.code
"""


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
    """Return the districts of a commune (Insee code), the newest list first, by name: the candidates of an address."""
    rows = District.objects.filter(communes__contains=[commune]).order_by("-generation", "name", "code")
    return tuple(DistrictFound(row.code, row.name, DistrictGeneration(row.generation)) for row in rows)


def district(code: str) -> DistrictFound | None:
    """Return the district of a code of either list, None when it is not known."""
    row = District.objects.filter(code=code.strip().upper()).order_by("id").first()
    return None if row is None else DistrictFound(row.code, row.name, DistrictGeneration(row.generation))
