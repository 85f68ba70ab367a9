"""Metres to an edge, a place for a label, a frame that holds what it shows."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausette.reference.districts import Line
from clausette.reference.geometry import DEGREE, frame_of, label_point, metres_to_line, round_metres

SQUARE: Line = ((3.0, 44.0), (3.01, 44.0), (3.01, 44.01), (3.0, 44.01))
HOLE: Line = ((3.002, 44.002), (3.008, 44.002), (3.008, 44.008), (3.002, 44.008))
degrees = st.floats(-0.02, 0.02)


def test_metres_to_an_edge_are_those_of_the_ground() -> None:
    assert metres_to_line((3.005, 43.9999), SQUARE) == pytest.approx(11.12, abs=0.01)  # to the north
    assert metres_to_line((2.9999, 44.005), SQUARE) == pytest.approx(8.0, abs=0.01)  # to the east, shorter
    assert metres_to_line((3.0, 44.005), SQUARE) == 0
    assert metres_to_line((2.9999, 43.9999), SQUARE) == pytest.approx(math.hypot(8.0, 11.12), abs=0.01)  # a corner


@given(degrees, degrees)
def test_the_edge_is_never_further_than_many_points_of_it(x: float, y: float) -> None:
    point = (3.0 + x, 44.0 + y)
    east = DEGREE * math.cos(math.radians(point[1]))
    sampled = min(
        math.hypot((point[0] - (ax + (bx - ax) * t / 50)) * east, (point[1] - (ay + (by - ay) * t / 50)) * DEGREE)
        for (ax, ay), (bx, by) in zip(SQUARE, (*SQUARE[1:], SQUARE[0]), strict=True)
        for t in range(51)
    )
    assert sampled - 12 <= metres_to_line(point, SQUARE) <= sampled + 1e-6


def test_a_label_stands_inside_and_out_of_the_hole() -> None:
    x, y = label_point((SQUARE, HOLE))
    assert 3.0 < x < 3.002 or 3.008 < x < 3.01
    assert 44.0 < y < 44.01


@given(st.lists(st.tuples(degrees, degrees), min_size=1, max_size=9))
def test_a_frame_holds_its_points_at_one_scale(points: list[tuple[float, float]]) -> None:
    frame = frame_of([(3 + x, 44 + y) for x, y in points])
    for x, y in points:
        left, down = frame.place((3 + x, 44 + y))
        assert 0 <= left <= frame.width
        assert 0 <= down <= frame.height
    assert frame.height <= 560


def test_a_frame_has_one_scale_both_ways() -> None:
    frame = frame_of([SQUARE[0], SQUARE[2]])
    (left, down), (right, up) = frame.place(SQUARE[0]), frame.place(SQUARE[2])
    assert down - up == pytest.approx(0.01 * DEGREE * frame.metre)
    assert right - left == pytest.approx(0.01 * DEGREE * math.cos(math.radians(44.005)) * frame.metre)


@pytest.mark.parametrize(("most", "told"), [(3, 10), (99, 50), (100, 100), (1999, 1000), (5200, 5000)])
def test_a_scale_is_a_round_length(most: float, told: int) -> None:
    assert round_metres(most) == told
