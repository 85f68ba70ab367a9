"""What every component has: a template, and a text form that is its rendering."""

from functools import cache
from typing import Any, ClassVar

from django.template.loader import get_template
from django.utils.safestring import SafeString


@cache
def _template(name: str) -> Any:
    """Found once: a page renders dozens of components."""
    return get_template(f"components/{name}.html")


class Component:
    """A frozen dataclass that renders itself with its own template, where it is called ``c``."""

    __slots__ = ()
    template: ClassVar[str]

    def render(self) -> SafeString:
        """The HTML of the component."""
        written: SafeString = _template(self.template).render({"c": self})
        return written

    def __str__(self) -> str:
        return self.render()

    def __html__(self) -> str:
        return self.render()
