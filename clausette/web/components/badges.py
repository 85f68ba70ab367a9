"""A state said three times: by a word, by a shape and by a colour."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from clausette.web.components.base import Component

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

    template: ClassVar[str] = "badge"
    word: str
    tone: Tone = "neutral"

    @property
    def shape(self) -> str:
        return SHAPES[self.tone]
