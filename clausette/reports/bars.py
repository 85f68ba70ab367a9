"""Shares by year as bars beside a target: one SVG picture, without engine. Pure: figures in, bytes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from clausette.kernel.french import format_percent
from clausette.reports.curve_layers import ACCENT, SOFT

TOP, BOTTOM, LEFT = 24, 28, 40
BAR = 0.32
NUMBER, AMOUNT, LINE = ACCENT, SOFT, "#8a2b0d"


@dataclass(frozen=True, slots=True)
class Bar:
    """A year and its two shares (0–1), None when not known."""

    label: str
    by_number: Decimal | None
    by_amount: Decimal | None


def share_bars(bars: Sequence[Bar], target: Decimal, *, width: int = 640, height: int = 250) -> bytes:
    """Return the SVG (UTF-8): two bars a year, in number (full) and in amount (hatched), and the line of the target."""
    plot, room = height - TOP - BOTTOM, (width - LEFT - 8) / max(1, len(bars))
    most = max([target, Decimal("0.1"), *(share for bar in bars for share in (bar.by_number, bar.by_amount) if share)])

    def top(share: Decimal) -> float:
        return TOP + plot * (1 - float(share / most) / 1.1)

    drawn = []
    for place, bar in enumerate(bars):
        left = LEFT + place * room + room * (0.5 - BAR)
        drawn.append(_text(LEFT + (place + 0.5) * room, height - 8, bar.label, "middle"))
        for side, (share, fill) in enumerate(((bar.by_number, NUMBER), (bar.by_amount, "url(#h)"))):
            if share is None:
                continue
            x, y = left + side * room * BAR, top(share)
            drawn.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{room * BAR - 2:.1f}" height="{TOP + plot - y:.1f}" '
                f'fill="{fill}" stroke="{NUMBER}"/>'
            )
            drawn.append(_text(x + room * BAR / 2, y - 4, format_percent(share, places=0), "middle"))
    line = top(target)
    drawn.append(
        f'<line x1="{LEFT}" x2="{width}" y1="{line:.1f}" y2="{line:.1f}" stroke="{LINE}" stroke-width="1.5" '
        'stroke-dasharray="5 4"/>'
    )
    drawn.append(_text(2, line + 4, format_percent(target, places=0), "start"))
    return _picture(drawn, _told(bars, target), width, height)


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _told(bars: Sequence[Bar], target: Decimal) -> str:
    told = [
        f"{bar.label} : {_percent(bar.by_number)} en nombre, {_percent(bar.by_amount)} en montant" for bar in bars
    ]
    return f"{'. '.join(told)}. Objectif : {_percent(target)}."


def _percent(share: Decimal | None) -> str:
    return format_percent(share) if share is not None else "inconnu"


def _picture(drawn: Sequence[str], description: str, width: int, height: int) -> bytes:
    hatch = (
        '<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="#ffffff"/><line y2="5" stroke="{NUMBER}" stroke-width="3"/></pattern></defs>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="11" role="img" aria-labelledby="t d">'
        '<title id="t">Part des marchés avec une considération sociale</title>'
        f'<desc id="d">{escape(description)}</desc>{hatch}{"".join(drawn)}</svg>'
    ).encode()
