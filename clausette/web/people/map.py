"""A small map of the districts of a commune, drawn here: no tile, no outside request."""

from collections.abc import Sequence
from dataclasses import dataclass

from clausette.kernel.french import format_number
from clausette.reference.districts import Line
from clausette.reference.enums import DistrictGeneration
from clausette.reference.geometry import Frame, Point, frame_of, label_point, round_metres
from clausette.reference.queries import DistrictFound, outlines_of

NAMED = 8
"""Up to as many districts, their names are written on the map; the list under it says them all."""
REACH = 0.06
"""Degrees beyond the districts of the commune up to which the map is stretched to show the point."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A district: its number on the map, what to call it, its path, where its number stands (units of the drawing)."""

    number: int
    code: str
    name: str
    list_told: str
    is_old: bool
    path: str
    x: str
    y: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing ready for its template: numbers are already written."""

    width: int
    height: int
    corner: tuple[str, str]
    steps: tuple[str, str]
    shapes: tuple[Shape, ...]
    is_named: bool
    scale: int
    scale_told: str
    point: tuple[str, str] | None

    @property
    def middle(self) -> tuple[str, str]:
        """The centre of the drawing."""
        return f"{self.width / 2:.1f}", f"{self.height / 2:.1f}"


def draw(candidates: Sequence[DistrictFound], point: Point | None, around: str = "") -> Map | None:
    """Draw the districts whose outlines are known, those of 2024 first; None when there are none.

    `around`: code of the district that fills the frame.
    """
    known = outlines_of(one.code for one in candidates)
    drawn = [one for one in candidates if one.code in known]
    if not drawn:
        return None
    framed = [around] if around in known else list(known)
    corners = [corner for code in framed for line in known[code] for corner in line]
    frame = frame_of([*corners, *([point] if point and _is_near(point, corners) else [])])
    length = round_metres(frame.width / 4 / frame.metre)
    shapes = tuple(_shape(rank, one, known[one.code], frame) for rank, one in enumerate(drawn, 1))
    inside = _inside(frame, point)
    return Map(
        frame.width, frame.height, (f"{frame.west:.7f}", f"{frame.north:.7f}"),
        (f"{frame.east_step:.10f}", f"{frame.south_step:.10f}"), shapes, len(shapes) <= NAMED,
        round(length * frame.metre),
        f"{format_number(length // 1000)} km" if length >= 1000 else f"{length} m", inside,
    )  # fmt: skip


def _is_near(point: Point, corners: Sequence[Point]) -> bool:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) - REACH < point[0] < max(xs) + REACH and min(ys) - REACH < point[1] < max(ys) + REACH


def _inside(frame: Frame, point: Point | None) -> tuple[str, str] | None:
    if point is None:
        return None
    x, y = frame.place(point)
    return (f"{x:.1f}", f"{y:.1f}") if 0 <= x <= frame.width and 0 <= y <= frame.height else None


def _shape(number: int, one: DistrictFound, lines: Sequence[Line], frame: Frame) -> Shape:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(frame.place, line)) + "Z" for line in lines)
    x, y = frame.place(label_point(lines))
    old = one.generation == DistrictGeneration.OF_2015
    return Shape(
        number, one.code, one.name, f"liste de {one.generation.value}", old, path, f"{x:.1f}", f"{y:.1f}",
        f"{y + 36:.1f}",
    )  # fmt: skip
