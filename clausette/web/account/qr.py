"""A square to scan, drawn in the page: no image to fetch, nothing sent to anybody."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from qrcode.main import QRCode

QUIET = 4  # modules of white around, as the standard asks


def square(text: str) -> SafeString:
    """Return the drawing of a text, black on white whatever the colours of the page."""
    drawn: Any = QRCode(border=QUIET)  # the library carries no types
    drawn.add_data(text)
    rows = drawn.get_matrix()
    side = len(rows)
    black = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, filled in enumerate(row) if filled
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" width="220" height="220" role="img" '
        'aria-label="Carré à photographier avec votre application" shape-rendering="crispEdges">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{1}"/></svg>',
        side,
        mark_safe(black),  # noqa: S308 - figures and letters made just above
    )
