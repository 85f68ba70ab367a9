"""What the house says to the person: messages, empty lists, confirmations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from clausette.web.components.base import Component
from clausette.web.components.buttons import Button, LinkButton, PostButton

FlashKind = Literal["success", "info", "warning", "error"]
FLASH_SHAPES = {
    "success": "shape-check",
    "info": "shape-info",
    "warning": "shape-triangle",
    "error": "shape-cross",
}


@dataclass(frozen=True, slots=True)
class Flash(Component):
    """A message after an act. Errors and warnings interrupt the screen reader, the others wait their turn."""

    template: ClassVar[str] = "flash"
    text: str
    kind: FlashKind = "info"

    @property
    def role(self) -> str:
        return "alert" if self.kind in ("warning", "error") else "status"

    @property
    def shape(self) -> str:
        return FLASH_SHAPES[self.kind]


@dataclass(frozen=True, slots=True)
class EmptyState(Component):
    """A list with nothing in it, which teaches: what will be here, why it is useful, and the next button."""

    template: ClassVar[str] = "empty_state"
    what: str
    why: str = ""
    action: Button | LinkButton | PostButton | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Confirm(Component):
    """A page that asks before an act that cannot be undone. Used by the template ``layout/confirm.html``.

    ``consequences`` are sentences said before the button; ``verb`` is the label of the button, never « OK ».
    """

    template: ClassVar[str] = "confirm"
    question: str
    verb: str
    cancel_href: str
    consequences: Sequence[str] = ()
    danger: bool = False

    @property
    def button(self) -> Button:
        return Button(self.verb, style="danger" if self.danger else "primary")

    @property
    def cancel(self) -> LinkButton:
        return LinkButton("Annuler", self.cancel_href, style="quiet")
