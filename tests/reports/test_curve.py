"""The curve: a picture that speaks French, says itself, and asks nothing from outside."""

import re
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal

import pytest

from clausette.reports.curve import CurvePoint, progress_curve
from clausette.reports.curve_layers import Frame, spec

TODAY = date(2026, 11, 22)


def points() -> list[CurvePoint]:
    found = []
    for n in range(22):
        month = date(2025 + (4 + n) // 12, (4 + n) % 12 + 1, 1)
        validated = Decimal(50 * n) if n <= 14 else None
        declared = validated if n <= 14 else Decimal("921.5") if n == 15 else None
        found.append(CurvePoint(month, Decimal(833 * (n + 1)) / 22, validated, declared))
    return found


def draw(*, width: int = 640, height: int = 250) -> str:
    return progress_curve(
        points(), TODAY, Decimal(833), due_to_date=Decimal("736.4"), width=width, height=height
    ).decode()


def words(svg: str) -> list[str]:
    return [
        re.sub(r"\s", " ", "".join(node.itertext()))
        for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "validées 700 h",
        "déclarées 921,5 h",
        "dues 736,4 h",
        "833 h dues fermes au terme",
        "aujourd’hui",
        "janv. 26",
    ],
)
def test_the_picture_says(said: str) -> None:
    assert said in words(draw())


def test_thousands_and_months_are_french() -> None:
    big = [
        CurvePoint(date(2026, 8, 1), Decimal(1000), Decimal("1234.5")),
        CurvePoint(date(2026, 9, 1), Decimal(4000)),
    ]
    svg = progress_curve(big, TODAY, Decimal(4000)).decode()
    assert "1\u202f000\u00a0h" in svg
    assert "validées 1\u202f234,5\u00a0h" in svg
    assert any(word in words(svg) for word in ("août 26", "sept. 26", "oct. 26"))


def test_it_says_itself_to_those_who_do_not_see_it() -> None:
    root = ET.fromstring(draw())
    title, desc = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert "22\u00a0novembre 2026" in (desc.text or "")
    assert "validées 700\u00a0h" in (desc.text or "")


def test_nothing_from_outside_no_script_no_style() -> None:
    svg = draw()
    assert re.findall(r"https?://[^\"']+", svg) == ["http://www.w3.org/2000/svg"]
    for never in ("<script", "<style", "style=", "xlink", "<image", "@font-face", " on"):
        assert never not in svg.lower().replace(" one", ""), never


def test_two_pictures_share_no_id() -> None:
    first, second = (set(re.findall(r'\bid="([^"]+)"', draw(width=width))) for width in (640, 290))
    assert first
    assert not first & second


def test_phone_labels_are_short_and_fit() -> None:
    svg = draw(width=290, height=210)
    assert "833 h au terme" in words(svg)
    assert float(ET.fromstring(svg).get("viewBox", "").split()[2]) < 365
    assert len(svg) < 20_000


def test_it_takes_the_width_it_is_given() -> None:
    root = ET.fromstring(draw())
    assert root.get("width") == "100%"
    assert root.get("height") is None


def test_no_target_no_line_of_hours_due() -> None:
    svg = progress_curve([CurvePoint(date(2026, 9, 1), None, Decimal(12))], TODAY, None).decode()
    assert not any("dues" in word for word in words(svg))


@pytest.mark.parametrize("due", [None, Decimal(0), Decimal(833)])
def test_nothing_known_yet(due: Decimal | None) -> None:
    assert "aujourd’hui" in words(progress_curve([], TODAY, due).decode())


def test_one_month_only() -> None:
    one = [CurvePoint(date(2026, 11, 1), Decimal(10), Decimal(0), Decimal(0))]
    assert "validées 0 h" in words(progress_curve(one, TODAY, Decimal(833)).decode())


def test_the_same_points_give_the_same_picture() -> None:
    assert draw() == draw()


def test_the_line_begins_with_the_balance_taken_over_and_not_before() -> None:
    sure = [CurvePoint(date(2026, n, 1), Decimal(20), Decimal(420)) for n in (9, 10)]
    known = [CurvePoint(date(2026, 8, 1), Decimal(10)), *sure]
    frame = Frame(640, 250, date(2026, 8, 1), date(2026, 12, 1), 500.0)
    for shown, first in ((known, "2026-10-01"), (sure, "2026-09-01")):
        told = spec(shown, frame, [], today=TODAY, firm_due=None, opening=Decimal(400))
        validated = told["layer"][3]["data"]["values"]
        assert min(row["day"] for row in validated) == first
