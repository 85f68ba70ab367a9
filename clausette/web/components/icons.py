"""Where the drawings are: one sprite of our own, cached by the browser."""

from django.templatetags.static import static


def icon_href(name: str) -> str:
    """Address of one symbol of the sprite, for ``<use href>``."""
    return f"{static('clausette/icons.svg')}#{name}"
