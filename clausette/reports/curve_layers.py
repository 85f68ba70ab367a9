"""The layers of the curve as a Vega-Lite description: plain dictionaries, nothing typed by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clausette.kernel.french import format_hours
from clausette.kernel.months import add_months, months_between
from clausette.reports.fonts import FAMILY

ACCENT = "#0b5d62"
INK = "#16202c"
SOFT = "#586474"
GRID = "#e3e8eb"
STACK = f"{FAMILY}, system-ui, sans-serif"
SURE = 700  # weight of the one label and dot that count: the validated hours
_GAP = 15.0  # pixels between two labels at least
_HALO = {"color": "#ffffff", "stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}
_NARROW = 480  # pixels under which words are shortened


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Cumulated hours at the end of `month` (its first day). None: no such figure for that month (yet).

    `declared` holds the validated hours and those that wait for validation: it is never under `validated`.
    """

    month: date
    due: Decimal | None = None
    validated: Decimal | None = None
    declared: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    width: int
    height: int
    start: date
    end: date
    top: float

    def x(self, day: date) -> float:
        return (day - self.start).days / max(1, (self.end - self.start).days) * self.width

    def y(self, hours: Decimal | float) -> float:
        return self.height * (1 - float(hours) / self.top)


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    day: date
    hours: Decimal
    colour: str
    weight: int


def after(month: date) -> date:
    """The day a month's total is known: the first of the next."""
    return add_months(month.replace(day=1), 1)


def spec(
    points: Sequence[CurvePoint],
    frame: Frame,
    labels: Sequence[Label],
    *,
    today: date,
    firm_due: Decimal | None,
    opening: Decimal,
    day_word: str = "aujourd’hui",
) -> dict[str, Any]:
    known = (
        bool(points) and points[0].validated is not None
    )  # else the line begins with the balance taken over
    origin = {
        "day": (points[0].month.replace(day=1) if points else frame.start).isoformat(),
        "due": 0.0,
        "validated": float(opening) if known else None,
        "declared": float(opening) if known else None,
    }
    rows = [origin, *(_row(point) for point in points)] if points else []
    layers = [
        _area(rows),
        _line(rows, "due", SOFT, {"strokeDash": [5, 4], "strokeWidth": 1.6}),
        _line(rows, "declared", ACCENT, {"strokeDash": [1, 4], "strokeWidth": 2.4, "strokeCap": "round"}),
        _line(rows, "validated", ACCENT, {"strokeWidth": 2.6, "strokeJoin": "round", "strokeCap": "round"}),
        *(_end(label) for label in labels),
        *_today(today, frame, day_word),
        *(_firm(firm_due, frame) if firm_due is not None else []),
        *_texts(labels, frame),
    ]
    return {
        "width": frame.width,
        "height": frame.height,
        "background": None,
        "padding": {"left": 2, "right": 8, "top": 6, "bottom": 2},
        "layer": layers,
        "encoding": _axes(frame),
        "config": {
            "font": STACK,
            "aria": False,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 11, "labelColor": SOFT, "labelFont": STACK},
            "text": {"font": STACK, "fontSize": 11},
        },
    }


def _axes(frame: Frame) -> dict[str, Any]:
    x = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "domain": [_instant(frame.start), _instant(frame.end)], "nice": False},
        "axis": {
            "format": "%b %y",
            "values": _ticks(frame),
            "grid": False,
            "tickSize": 4,
            "domainColor": GRID,
            "tickColor": GRID,
        },
    }
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, frame.top], "nice": False},
        "axis": {
            "tickCount": 4,
            "labelExpr": "format(datum.value, ',') + '\u00a0h'",
            "gridColor": GRID,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
    }
    return {"x": x, "y": y}


def _row(point: CurvePoint) -> dict[str, Any]:
    figures = {"due": point.due, "validated": point.validated, "declared": point.declared}
    row: dict[str, Any] = {"day": after(point.month).isoformat()}
    row.update({name: None if value is None else float(value) for name, value in figures.items()})
    return row


def _ticks(frame: Frame) -> list[dict[str, Any]]:
    """First days of months, as many as can be read side by side."""
    room = 54 if frame.width < _NARROW else 66  # pixels
    months = months_between(frame.start, frame.end)
    step = next((n for n in (1, 2, 3, 6, 12, 24) if len(months) / n * room <= frame.width), 60)
    chosen = [month for month in months if (month.year * 12 + month.month - 1) % step == 0]
    return [{"year": month.year, "month": month.month, "date": 1, "utc": True} for month in chosen]


def _instant(day: date) -> dict[str, Any]:
    return {"expr": f"utc({day.year}, {day.month - 1}, {day.day})"}


def _line(rows: list[dict[str, Any]], field: str, colour: str, look: dict[str, Any]) -> dict[str, Any]:
    kept = [row for row in rows if row[field] is not None]
    mark = {"type": "line", "color": colour, "clip": False, **look}
    return {
        "data": {"values": kept if len(kept) > 1 else []},
        "mark": mark,
        "encoding": {"y": {"field": field}},
    }


def _area(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The hours that wait for validation: between declared and validated, carried on when validated stops."""
    values, validated = [], 0.0
    for row in rows:
        validated = validated if row["validated"] is None else row["validated"]
        if row["declared"] is not None:
            values.append(
                {"day": row["day"], "low": min(validated, row["declared"]), "high": row["declared"]}
            )
    return {
        "data": {"values": values},
        "mark": {"type": "area", "color": ACCENT, "opacity": 0.13},
        "encoding": {"y": {"field": "low"}, "y2": {"field": "high"}},
    }


def _end(label: Label) -> dict[str, Any]:
    """A dot where the last figure stands: full for a sure one, hollow otherwise."""
    fill = label.colour if label.weight == SURE else "#ffffff"
    return {
        "data": {"values": [{"day": label.day.isoformat(), "at": float(label.hours)}]},
        "mark": {
            "type": "point",
            "shape": "circle",
            "size": 34,
            "fill": fill,
            "stroke": label.colour,
            "opacity": 1,
        },
        "encoding": {"y": {"field": "at"}},
    }


def _today(today: date, frame: Frame, word: str) -> list[dict[str, Any]]:
    data = {"values": [{"day": today.isoformat()}]}
    left = frame.x(today) > frame.width / 2
    side = {"align": "right", "dx": -5} if left else {"align": "left", "dx": 5}
    words = {"type": "text", "text": word, "color": INK, "baseline": "top", **side}
    no_y: dict[str, Any] = {"y": None}
    return [
        {"data": data, "mark": {"type": "rule", "color": INK, "strokeWidth": 1}, "encoding": no_y},
        {"data": data, "mark": words, "encoding": {"y": {"value": 0}}},
    ]


def _firm(firm_due: Decimal, frame: Frame) -> list[dict[str, Any]]:
    data = {"values": [{"due": float(firm_due)}]}
    words = {
        "type": "text",
        "text": f"{format_hours(firm_due)} {'au terme' if frame.width < _NARROW else 'dues fermes au terme'}",
        "color": SOFT,
        "align": "left",
        "baseline": "bottom",
        "dx": 2,
        "dy": -4,
    }
    place = {"x": {"value": 0}, "y": {"field": "due"}}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": SOFT, "strokeWidth": 0.8},
            "encoding": {"x": None, "y": {"field": "due"}},
        },
        {"data": data, "mark": {**words, **_HALO}, "encoding": place},
        {"data": data, "mark": words, "encoding": place},
    ]


def _texts(labels: Sequence[Label], frame: Frame) -> list[dict[str, Any]]:
    """Direct labels right of the last figure, moved apart when they would touch, each on a white halo."""
    x = max((frame.x(label.day) for label in labels), default=0.0) + 8
    placed: list[tuple[Label, float]] = []
    for label in sorted(labels, key=lambda one: (frame.y(one.hours), one.text)):
        lowest = placed[-1][1] + _GAP if placed else 0.0
        placed.append((label, max(frame.y(label.hours), lowest)))
    over = placed[-1][1] - (frame.height - 8) if placed else 0.0
    placed = [(label, y - max(0.0, over)) for label, y in placed]
    return [layer for label, y in placed for layer in _text(label, x, y)]


def _text(label: Label, x: float, y: float) -> list[dict[str, Any]]:
    words = {
        "type": "text",
        "text": label.text,
        "align": "left",
        "baseline": "middle",
        "fontWeight": label.weight,
    }
    place = {"x": {"value": x}, "y": {"value": y}}
    one: dict[str, Any] = {"values": [{}]}
    return [
        {"data": one, "mark": {**words, **_HALO}, "encoding": place},
        {"data": one, "mark": {**words, "color": label.colour}, "encoding": place},
    ]
