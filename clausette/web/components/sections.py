"""A titled part of a page."""

from dataclasses import dataclass
from hashlib import blake2s
from typing import ClassVar

from django.utils.safestring import SafeString

from clausette.web.components.base import Component


@dataclass(frozen=True, slots=True)
class Section(Component):
    """A title, how many things, a hint, and the content in a card (or without one when ``plain``)."""

    template: ClassVar[str] = "section"
    title: str
    content: SafeString
    count: int | None = None
    hint: str = ""
    plain: bool = False

    @property
    def uid(self) -> str:
        return "partie-" + blake2s(self.title.encode(), digest_size=4).hexdigest()
