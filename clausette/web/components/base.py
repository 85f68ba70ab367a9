"""What every component has: a template, and a text form that is its rendering."""

from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Component:
    """A frozen dataclass that renders itself with its own template, where it is called ``c``."""

    __slots__ = ()
    template: ClassVar[str]

    def render(self) -> SafeString:
        """The HTML of the component."""
        return render_to_string(f"components/{self.template}.html", {"c": self})

    def __str__(self) -> str:
        return self.render()

    def __html__(self) -> str:
        return self.render()
