"""The large official lists, loaded by the owner of the database: no actor, no journal, public facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from clausette.kernel.operation import isolated
from clausette.kernel.writing import writing
from clausette.reference.communes import CommuneRecord
from clausette.reference.districts import DistrictRecord, Outline
from clausette.reference.enums import DistrictGeneration
from clausette.reference.models import District, DistrictRing

_COMMUNES = """
INSERT INTO reference_commune (uid, code, name, postcodes, sort_key, population)
SELECT uid, code, name, string_to_array(postcodes, ' '), sort_key, population
  FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[])
       AS told (uid, code, name, postcodes, sort_key, population)
    ON CONFLICT (code) DO UPDATE
   SET name = excluded.name, postcodes = excluded.postcodes, sort_key = excluded.sort_key,
       population = excluded.population
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did: districts written, outlines, and those of before that the file no longer has (kept)."""

    districts: int
    outlines: int
    absent: int


def load_districts(records: Sequence[DistrictRecord], *, source: str) -> Loaded:
    """Write the districts of a file in one transaction: named again, their outlines replaced when the file has some.

    A code that the file no longer has stays: persons were checked with it.
    """
    codes = {one.code for one in records}
    generations = {one.generation for one in records}
    with isolated(), writing("reference.load_districts"):
        absent = District.objects.filter(generation__in=generations).exclude(code__in=codes).count()
        District.objects.bulk_create(
            [
                District(
                    code=one.code, name=one.name, generation=one.generation, communes=list(one.communes), source=source
                )
                for one in records
            ],
            update_conflicts=True, unique_fields=["code"], update_fields=["name", "communes", "source"],
        )  # fmt: skip
        known = dict(District.objects.filter(code__in=codes).values_list("code", "id"))
        drawn = [one for one in records if one.outlines]
        DistrictRing.objects.filter(district_id__in=[known[one.code] for one in drawn]).delete()
        rings = [
            DistrictRing(district_id=known[one.code], is_hole=outline.is_hole, line=_written(outline))
            for one in drawn
            for outline in one.outlines
        ]
        DistrictRing.objects.bulk_create(rings, batch_size=500)
    with writing("reference.load_districts"), connection.cursor() as cursor:
        cursor.execute("ANALYZE reference_district, reference_districtring")
    return Loaded(len(records), len(rings), absent)


def load_communes(records: Sequence[CommuneRecord]) -> int:
    """Write the communes of the list in one transaction, renamed where they were known; return how many.

    One statement for all: a first start waits for it, and 35,000 rows one by one take ten times longer.
    """
    columns = (
        [str(uuid4()) for _ in records], [one.code for one in records], [one.name for one in records],
        [" ".join(one.postcodes) for one in records], [one.sort_key for one in records],
        [one.population for one in records],
    )  # fmt: skip
    with isolated(), writing("reference.load_communes"), connection.cursor() as cursor:
        cursor.execute(_COMMUNES, columns)
    return len(records)


def generations_loaded() -> set[DistrictGeneration]:
    """Return the generations of which at least one district is known."""
    found = District.objects.order_by().values_list("generation", flat=True).distinct()
    return {DistrictGeneration(one) for one in found}


def _written(outline: Outline) -> str:
    return "(" + ",".join(f"({longitude},{latitude})" for longitude, latitude in outline.line) + ")"
