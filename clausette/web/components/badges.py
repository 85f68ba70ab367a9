"""A state said three times: by a word, by a shape and by a colour."""

from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from clausette.web.components.base import Component
from clausette.web.components.icons import icon_svg
from clausette.web.components.markup import safe

Tone = Literal["neutral", "info", "ok", "wait", "warn", "danger"]

# One shape per tone (names of the symbols in icons.svg): readable without colour, in print and in grey.
SHAPES: dict[Tone, str] = {
    "neutral": "shape-ring",
    "info": "shape-info",
    "ok": "shape-check",
    "wait": "shape-clock",
    "warn": "shape-triangle",
    "danger": "shape-cross",
}


@dataclass(frozen=True, slots=True)
class Badge(Component):
    """A state: ``word`` is what is read, ``tone`` gives shape and colour."""

    word: str
    tone: Tone = "neutral"

    def render(self) -> SafeString:
        """Written here and not in a template: lists have one a line."""
        icon = icon_svg(SHAPES[self.tone])
        return SafeString(f'<span class="c-badge c-badge--{self.tone}">{icon}{safe(self.word)}</span>')
