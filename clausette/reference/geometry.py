"""Closed lines on the ground: metres to an edge, a place for a label, a frame to draw in. Pure.

Degrees WGS 84 become metres on a plane around the place (a degree of latitude is 111,195 m, one of longitude shrinks
with the cosine): over the few kilometres of a commune the error is far below the 11 m of the official outlines.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clausette.reference.districts import Line

Point = tuple[float, float]
"""(longitude, latitude), degrees WGS 84."""
DEGREE = 111_195.0
"""Metres of a degree of latitude (Earth of 6,371 km)."""
CLOSE = 20
"""Metres under which the side of an edge is not sure: twice the rounding of the official outlines (about 11 m)."""


def metres_to_line(point: Point, line: Line) -> float:
    """Return the metres from a point to the nearest edge of a closed line (its last point joined to its first)."""
    x, y = point
    east = DEGREE * math.cos(math.radians(y))
    flat = [((one - x) * east, (other - y) * DEGREE) for one, other in line]
    return min(_metres_to_edge(*edge) for edge in pairwise((*flat, flat[0])))


def _metres_to_edge(start: Point, end: Point) -> float:
    """Metres from the origin to a segment."""
    (ax, ay), (bx, by) = start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else min(1.0, max(0.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + along * dx, ay + along * dy)


def label_point(lines: Sequence[Line]) -> Point:
    """Return a point inside the area for its label: the middle of its widest stretch, half-way up its largest line."""
    largest = max(lines, key=_area)
    heights = [y for _, y in largest]
    level = (min(heights) + max(heights)) / 2
    level += (max(heights) - min(heights)) * 1e-6  # off the corners
    cuts = sorted(
        x1 + (level - y1) / (y2 - y1) * (x2 - x1)
        for line in lines
        for (x1, y1), (x2, y2) in pairwise((*line, line[0]))
        if (y1 > level) != (y2 > level)
    )
    stretches = list(zip(cuts[::2], cuts[1::2], strict=False)) or [largest[0]]
    left, right = max(stretches, key=lambda one: one[1] - one[0])
    return (left + right) / 2, level


def _area(line: Line) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise((*line, line[0]))))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing shows: its north-west corner, degrees of one unit to the east and to the south, its size."""

    west: float
    north: float
    east_step: float
    south_step: float
    width: int
    height: int

    def place(self, point: Point) -> Point:
        """Return where a point falls in the drawing."""
        return (point[0] - self.west) / self.east_step, (self.north - point[1]) / self.south_step

    @property
    def metre(self) -> float:
        """Units of one metre."""
        return 1 / (self.south_step * DEGREE)


def frame_of(points: Iterable[Point], *, width: int = 640, tallest: int = 560, margin: float = 0.12) -> Frame:
    """Return the frame that holds the points with a margin, at least 400 m across. Raises ValueError without point."""
    known = list(points)
    west, east = min(x for x, _ in known), max(x for x, _ in known)
    south, north = min(y for _, y in known), max(y for _, y in known)
    shrink = math.cos(math.radians((south + north) / 2))
    across = max((east - west) * shrink, 400 / DEGREE) * (1 + 2 * margin)
    tall = max(north - south, 240 / DEGREE) * (1 + 2 * margin)
    step = max(across / width, tall / tallest)  # degrees of latitude of one unit
    height = max(round(tall / step), width // 2)
    middle = (west + east) / 2, (south + north) / 2
    return Frame(
        middle[0] - width / 2 * step / shrink, middle[1] + height / 2 * step, step / shrink, step, width, height
    )


def round_metres(most: float) -> int:
    """Return the longest of 10, 20, 50, 100, 200, 500… metres that fits: the length of a scale bar."""
    power = 10 ** math.floor(math.log10(max(most, 10)))
    return int(next(power * one for one in (5, 2, 1) if power * one <= max(most, 10)))
