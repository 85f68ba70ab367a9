"""Where the drawings are: one sprite of our own, cached by the browser."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SVG = '<svg class="c-icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>'


def icon_href(name: str) -> str:
    """Address of one symbol of the sprite, for ``<use href>``."""
    return f"{static('clausette/icons.svg')}#{name}"


@lru_cache(maxsize=256)  # the address of a drawing does not change while the process lives
def icon_svg(name: str) -> SafeString:
    """A small drawing that only accompanies words."""
    return format_html(SVG, icon_href(name))
