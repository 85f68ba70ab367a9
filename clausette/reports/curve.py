"""The curve of an engagement: hours due, validated and declared, month after month, as one SVG picture.

Pure: points in, bytes out. The picture has a title and a description, no script, no style sheet, no outside
reference; it is made to be written straight into the page, where the typeface of the page applies.
"""

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import vl_convert

from clausette.kernel.french import MONTHS, format_date, format_hours
from clausette.kernel.months import add_months
from clausette.reports.curve_layers import ACCENT, SOFT, SURE, CurvePoint, Frame, Label, after, spec
from clausette.reports.fonts import font_folder

__all__ = ["CurvePoint", "progress_curve", "svg_picture"]

_SVG = "http://www.w3.org/2000/svg"
_LETTER = 6.1  # mean width in pixels of a letter at 11 px, to leave room for the labels
_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_DAYS = ("dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
_TIME = {
    "dateTime": "%A %e %B %Y à %X",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["", ""],
    "days": list(_DAYS),
    "shortDays": [day[:3] for day in _DAYS],
    "months": list(MONTHS),
    "shortMonths": list(_SHORT),
}
_NUMBERS = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"]}


def progress_curve(
    points: Sequence[CurvePoint],
    today: date,
    firm_due: Decimal | None,
    *,
    width: int = 640,
    height: int = 250,
    opening: Decimal = Decimal(0),
    due_to_date: Decimal | None = None,
    day_word: str = "aujourd’hui",
) -> bytes:
    """Return the SVG (UTF-8): hours due (grey dashes), validated (solid line), declared and pending (dots).

    `firm_due`: hours due firm at term, None for a suivi sans objectif chiffré. `opening`: hours already
    counted when the first month starts. `due_to_date`: hours due today, written beside the grey line.
    `width`, `height`: pixels of the plot at scale 1; take 640 for a desk and 290 × 210 for a phone of 360 px,
    so that letters keep their size. No point gives an empty frame with today's line, on which `day_word` is written.
    """
    ordered = sorted(points, key=lambda point: point.month)
    labels = _labels(ordered, today, due_to_date)
    frame = _frame(ordered, today, firm_due, labels, width=width, height=height)
    described = spec(
        ordered, frame, labels, today=today, firm_due=firm_due, opening=opening, day_word=day_word
    )
    _fonts()
    drawn = vl_convert.vegalite_to_svg(
        described, time_format_locale=_TIME, format_locale=_NUMBERS, allowed_base_urls=[]
    )
    return _accessible(drawn, _description(labels, today, firm_due))


def svg_picture(drawn: bytes, *, scale: float = 2.5) -> bytes:
    """Return the PNG of a curve already drawn, for formats that take no SVG."""
    _fonts()
    return bytes(vl_convert.svg_to_png(_sized(drawn), scale=scale))


def _sized(drawn: bytes) -> str:
    """A picture of « 100 % » has no size of its own: give it that of its view, on white paper."""
    root = ET.fromstring(drawn)  # noqa: S314  # drawn by our own engine
    _, _, width, height = root.attrib["viewBox"].split()
    root.attrib.update({"width": width, "height": height})
    root.insert(0, ET.Element(f"{{{_SVG}}}rect", {"width": width, "height": height, "fill": "#ffffff"}))
    return ET.tostring(root, encoding="unicode")


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(font_folder()))


def _labels(points: Sequence[CurvePoint], today: date, due_to_date: Decimal | None) -> list[Label]:
    found: list[Label] = []
    validated = [point for point in points if point.validated is not None]
    declared = [point for point in points if point.declared is not None]
    if declared and declared[-1].declared is not None and _pending(declared[-1], validated):
        text = f"déclarées {format_hours(declared[-1].declared)}"
        found.append(Label(text, after(declared[-1].month), declared[-1].declared, ACCENT, 500))
    if validated and validated[-1].validated is not None:
        text = f"validées {format_hours(validated[-1].validated)}"
        found.append(Label(text, after(validated[-1].month), validated[-1].validated, ACCENT, SURE))
    if due_to_date is not None:
        found.append(Label(f"dues {format_hours(due_to_date)}", today, due_to_date, SOFT, 500))
    return found


def _pending(last: CurvePoint, validated: Sequence[CurvePoint]) -> bool:
    counted = validated[-1].validated if validated else None
    return last.declared is not None and last.declared > (counted or Decimal(0))


def _frame(
    points: Sequence[CurvePoint],
    today: date,
    firm_due: Decimal | None,
    labels: Sequence[Label],
    *,
    width: int,
    height: int,
) -> Frame:
    start = min([today.replace(day=1), *(point.month.replace(day=1) for point in points)])
    last = max([today, *(after(point.month) for point in points)])
    hours = [h for point in points for h in (point.due, point.validated, point.declared) if h is not None]
    top = max([Decimal(10), firm_due or Decimal(0), *hours])
    room = max((len(label.text) for label in labels), default=0) * _LETTER + 14
    anchor = max((label.day for label in labels), default=start)
    days = (anchor - start).days * width / max(1.0, width - room)  # labels stand right of the last figure
    end = max(last, start + timedelta(days=round(days)), add_months(start, 1))
    return Frame(width, height, start, end, float(top) * 1.14)


def _description(labels: Sequence[Label], today: date, firm_due: Decimal | None) -> str:
    figures = [label.text for label in labels]
    if firm_due is not None:
        figures.append(f"dues fermes au terme {format_hours(firm_due)}")
    said = ", ".join(figures) or "aucune heure connue"
    return f"Heures cumulées au {format_date(today)} : {said}."


def _accessible(drawn: str, description: str) -> bytes:
    """Give the picture its title and description, ids that clash with no other picture, no fixed size."""
    ET.register_namespace("", _SVG)
    mark = "c" + hashlib.sha256(drawn.encode()).hexdigest()[:8]
    root = ET.fromstring(drawn)  # noqa: S314  # drawn by our own engine
    for node in root.iter():
        for name in ("style", "class", "role", "aria-roledescription", "aria-hidden"):
            node.attrib.pop(name, None)
        for name, value in list(node.attrib.items()):
            if name == "id":
                node.set(name, mark + value)
            elif value.startswith("url(#"):
                node.set(name, value.replace("url(#", f"url(#{mark}"))
    title, desc = (
        ET.Element(f"{{{_SVG}}}title", id=f"{mark}-t"),
        ET.Element(f"{{{_SVG}}}desc", id=f"{mark}-d"),
    )
    title.text, desc.text = "Courbe des heures d’insertion", description
    root[:0] = [title, desc]
    root.attrib.update(
        {"role": "img", "aria-labelledby": f"{mark}-t {mark}-d", "preserveAspectRatio": "xMidYMid meet"}
    )
    root.set("width", "100%")
    root.attrib.pop("height", None)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return written
