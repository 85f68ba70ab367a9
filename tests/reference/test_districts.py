"""Quartiers prioritaires: files read, points located, communes listed."""

import gzip
import json
from fractions import Fraction
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from clausette.reference.districts import UnknownShape, read_districts
from clausette.reference.enums import DistrictGeneration
from clausette.reference.operations import load_districts
from clausette.reference.queries import (
    district,
    districts_at,
    districts_of_commune,
    edge_near,
    outlines_cover,
)
from tests.hats import as_owner

# a square with a hole in its middle, then a second square of the same district, one degree away
SQUARE = [[0.0, 45.0], [0.1, 45.0], [0.1, 45.1], [0.0, 45.1], [0.0, 45.0]]
HOLE = [[0.04, 45.04], [0.06, 45.04], [0.06, 45.06], [0.04, 45.06], [0.04, 45.04]]
AWAY = [[1.0, 45.0], [1.1, 45.0], [1.1, 45.1], [1.0, 45.1], [1.0, 45.0]]
OTHER = [[0.05, 45.0], [0.2, 45.0], [0.2, 45.02], [0.05, 45.02], [0.05, 45.0]]
COMPACT: dict[str, Any] = {
    "qpvs": [
        {"code": "QN00101M", "label": "Les Tilleuls", "insee": ["01053"], "g": [[SQUARE, HOLE], [AWAY]]},
        {"code": "QN00102N", "label": "La Plaine", "insee": ["01053", "01004"], "g": [[OTHER]]},
    ]
}
GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {
            "properties": {"code_qp": "QN00101M", "lib_qp": "Les Tilleuls", "insee_com": "01053"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [AWAY]]},
        },
        {
            "properties": {"code_qp": "QN00102N", "lib_qp": "La Plaine", "insee_com": "01053, 01004"},
            "geometry": {"type": "Polygon", "coordinates": [OTHER]},
        },
    ],
}
OF_2015 = "code_qp;libelle;communes_insee\nQP001001;Tilleuls Nord;01053\n"


def written(said: object) -> bytes:
    """As a file."""
    return json.dumps(said).encode()


def inside(line: list[list[float]], x: float, y: float) -> bool:
    """Ray casting, told apart from PostgreSQL's."""
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise(line):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


@pytest.fixture
def loaded(db: None) -> None:
    """The two districts of 2024 and one of 2015."""
    for data in (written(COMPACT), OF_2015.encode()):
        records, left = read_districts(data)
        assert left == []
        with as_owner():
            load_districts(records, source="essai")


def test_the_shapes_of_the_file_say_the_same() -> None:
    compact, geojson = read_districts(gzip.compress(written(COMPACT))), read_districts(written(GEOJSON))
    assert compact == geojson
    assert [one.generation for one in compact[0]] == [DistrictGeneration.OF_2024] * 2
    assert [outline.is_hole for outline in compact[0][0].outlines] == [False, True, False]


def test_a_record_that_cannot_be_read_is_told_and_stops_nothing() -> None:
    said = {"qpvs": [{"code": "XX1", "label": "?", "g": []}, *COMPACT["qpvs"], COMPACT["qpvs"][0]]}
    records, left = read_districts(written(said))
    assert [one.code for one in records] == ["QN00101M", "QN00102N"]
    assert left == [
        "Enregistrement 1 : « XX1 » n'est pas un code de quartier prioritaire.",
        "Enregistrement 4 : QN00101M est déjà dans le fichier.",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b'{"a": 1}', "quartiers prioritaires"), (b'{"qpvs": [', "avant la fin"), (b"a;b\n1;2\n", "code_qp"),
     (b"\x1f\x8bxx", "GeoJSON"), (b"\xff\xfe\xff", "UTF-8")],
)  # fmt: skip
def test_another_file_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnknownShape, match=words):
        read_districts(data)


@pytest.mark.usefixtures("loaded")
def test_outlines_holes_and_overlaps() -> None:
    points = [(0.02, 45.05), (0.05, 45.05), (1.05, 45.05), (0.07, 45.01), (3.0, 45.0)]
    assert [[one.code for one in found] for found in districts_at(points)] == [
        ["QN00101M"], [], ["QN00101M"], ["QN00101M", "QN00102N"], [],
    ]  # fmt: skip


def on_edge(line: list[list[float]], x: Fraction, y: Fraction) -> bool:
    """Exactly, in fractions."""
    for start, end in pairwise(line):
        (x1, y1), (x2, y2) = (tuple(Fraction(str(one)) for one in point) for point in (start, end))
        flat = (x2 - x1) * (y - y1) == (y2 - y1) * (x - x1)
        if flat and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return True
    return False


def exactly(line: list[list[float]], x: Fraction, y: Fraction) -> bool:
    """Strictly inside a closed line, in fractions."""
    crossings = 0
    for start, end in pairwise(line):
        (x1, y1), (x2, y2) = (tuple(Fraction(str(one)) for one in point) for point in (start, end))
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


# a slanted outline, a hole in it, an island in the hole, and a second polygon that shares a corner
SLANTED = [[2.0, 45.0], [2.08, 44.98], [2.12, 45.06], [2.05, 45.1], [1.98, 45.06], [2.0, 45.0]]
INNER = [[2.02, 45.02], [2.08, 45.01], [2.08, 45.06], [2.02, 45.06], [2.02, 45.02]]
ISLAND = [[2.04, 45.03], [2.06, 45.03], [2.05, 45.05], [2.04, 45.03]]
BESIDE = [[2.12, 45.06], [2.16, 45.06], [2.14, 45.1], [2.12, 45.06]]


def test_lines_corners_holes_and_islands_to_the_exact_point(db: None) -> None:
    drawn = [[SLANTED, INNER], [ISLAND], [BESIDE]]
    said = {"qpvs": [{"code": "QN00105I", "label": "Pré", "insee": ["01053"], "g": drawn}]}
    with as_owner():
        load_districts(read_districts(written(said))[0], source="essai")
    lines = [line for polygon in drawn for line in polygon]

    def belongs(x: Fraction, y: Fraction) -> bool:
        if any(on_edge(line, x, y) for line in lines):
            return True
        return (exactly(SLANTED, x, y) and not exactly(INNER, x, y)) or exactly(ISLAND, x, y) or exactly(BESIDE, x, y)

    corners = [[(Fraction(str(x)), Fraction(str(y))) for x, y in line] for line in lines]
    halves = [((x1 + x2) / 2, (y1 + y2) / 2) for line in corners for (x1, y1), (x2, y2) in pairwise(line)]
    grid = [(2 + Fraction(x, 200), 45 + Fraction(y, 200)) for x in range(-6, 36) for y in range(-6, 22)]
    points = [*(point for line in corners for point in line), *halves, *grid]
    found = districts_at([(float(x), float(y)) for x, y in points])
    wrong = [point for point, one in zip(points, found, strict=True) if bool(one) != belongs(*point)]
    assert wrong == []


@pytest.mark.usefixtures("loaded")
def test_the_nearest_edge_is_told_in_metres() -> None:
    metres, whose = edge_near((0.05, 45.0399), DistrictGeneration.OF_2024) or pytest.fail("an edge is there")
    assert (round(metres, 1), whose.code) == (11.1, "QN00101M")  # the line of its hole
    assert edge_near((0.05, 45.0399), DistrictGeneration.OF_2015) is None
    assert edge_near((0.5, 45.0), DistrictGeneration.OF_2024) is None
    assert outlines_cover("01053")


def test_an_arrondissement_has_the_districts_of_its_city(db: None) -> None:
    cities = {"QN01301M": "13055", "QN07501N": "75056", "QN06901M": "69123"}
    said = {"qpvs": [{"code": code, "label": code, "insee": [city], "g": []} for code, city in cities.items()]}
    with as_owner():
        load_districts(read_districts(written(said))[0], source="essai")
    wanted = {"13202": "QN01301M", "75120": "QN07501N", "69385": "QN06901M", "13217": "", "13055": "QN01301M"}
    found = {one: "".join(two.code for two in districts_of_commune(one)) for one in wanted}
    assert found == wanted


def test_outlines_of_the_demonstration_say_nothing_of_a_real_commune(db: None) -> None:
    with as_owner():
        load_districts(read_districts(written(COMPACT))[0], source="Démonstration")
    assert (outlines_cover("01053"), outlines_cover("00001")) == (False, True)


@pytest.mark.usefixtures("loaded")
def test_any_point_is_where_another_way_of_counting_says() -> None:
    @given(st.lists(st.tuples(st.integers(-50, 1250), st.integers(-50, 150)), min_size=1, max_size=40))
    def holds(places: list[tuple[int, int]]) -> None:
        # half a step off the lines, where both ways agree
        points = [(x / 1000 + 0.0005, 45 + y / 1000 + 0.0005) for x, y in places]
        for (x, y), found in zip(points, districts_at(points), strict=True):
            first = (inside(SQUARE, x, y) and not inside(HOLE, x, y)) or inside(AWAY, x, y)
            wanted = [code for code, is_in in (("QN00101M", first), ("QN00102N", inside(OTHER, x, y))) if is_in]
            assert [one.code for one in found] == wanted

    holds()


def test_a_point_off_the_globe_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="longitude"):
        districts_at([(181.0, 0.0)])


@pytest.mark.usefixtures("loaded")
def test_both_lists_of_a_commune_the_newest_first() -> None:
    assert [one.code for one in districts_of_commune("01053")] == ["QN00102N", "QN00101M", "QP001001"]
    assert districts_of_commune("75056") == ()
    known = district(" qp001001 ")
    assert known is not None
    assert known.generation == DistrictGeneration.OF_2015
    assert district("QN99999X") is None


@pytest.mark.usefixtures("loaded")
def test_loaded_again_outlines_are_replaced_and_a_code_gone_is_kept() -> None:
    records, _ = read_districts(written({"qpvs": [{**COMPACT["qpvs"][0], "label": "Tilleuls", "g": [[AWAY]]}]}))
    with as_owner():
        done = load_districts(records, source="essai 2")
    assert (done.districts, done.outlines, done.absent) == (1, 1, 1)
    assert [[one.name for one in found] for found in districts_at([(0.02, 45.05), (1.05, 45.05)])] == [[], ["Tilleuls"]]
    assert district("QN00102N") is not None


@pytest.mark.usefixtures("loaded")
def test_the_command_answers_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        '{"id": "a", "longitude": 0.02, "latitude": 45.05}', "", "non",
        '{"id": 3, "longitude": 900, "latitude": 1}', '{"id": 4, "longitude": 3, "latitude": 45}',
    ]  # fmt: skip
    monkeypatch.setattr("sys.stdin", StringIO("\n".join(lines)))
    out = StringIO()
    call_command("locate-qpv", stdout=out, skip_checks=True)
    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(one.get("id"), one["ok"], one.get("code")) for one in said] == [
        ("a", True, "QN00101M"), (None, False, None), (3, False, None), (4, True, None),
    ]  # fmt: skip
    assert "longitude" in said[2]["sentence"]


def test_without_outlines_the_command_says_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO('{"longitude": 0.02, "latitude": 45.05}'))
    out = StringIO()
    call_command("locate-qpv", stdout=out, skip_checks=True)
    assert json.loads(out.getvalue()) == {"ok": False, "sentence": "Aucun contour n'est chargé : manage load-qpv."}


def test_the_loading_command_tells_what_it_did(db: None, tmp_path: Path) -> None:
    file, out = tmp_path / "qpv.json", StringIO()
    file.write_bytes(written(COMPACT))
    with as_owner():
        call_command("load-qpv", str(file), stdout=out, skip_checks=True)
    assert out.getvalue().strip() == "2\xa0quartiers, 4\xa0contours."
    file.write_bytes(b"rien")
    with pytest.raises(CommandError, match="code_qp"):
        call_command("load-qpv", str(file), skip_checks=True)
