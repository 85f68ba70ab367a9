"""Buttons and links that look like buttons. A forbidden one stays visible, with its reason."""

from dataclasses import dataclass, field
from hashlib import blake2s
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from clausette.web.components.base import Component
from clausette.web.components.markup import safe

ButtonStyle = Literal["primary", "secondary", "danger", "quiet"]


def _reason_id(label: str, reason: str) -> str:
    """A stable id for the reason of a disabled button, so that a page swapped by parts stays coherent."""
    return "raison-" + blake2s(f"{label}|{reason}".encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Button(Component):
    """A button of a form.

    ``disabled`` is the reason (a French sentence) why the act is not possible now; empty when it is.
    ``name``/``value`` are sent with the form. ``about`` completes the label for screen readers
    (« Valider » + « le relevé d'octobre de Bâti Ouche »).
    """

    template: ClassVar[str] = "button"
    label: str
    style: ButtonStyle = "primary"
    disabled: str = ""
    name: str = ""
    value: str = ""
    about: str = ""
    form: str = ""
    wide: bool = False

    @property
    def reason_id(self) -> str:
        return _reason_id(self.label + self.about + self.value, self.disabled)


@dataclass(frozen=True, slots=True)
class LinkButton(Component):
    """A link that looks like a button. With ``disabled`` (the reason) it leads nowhere and says why."""

    label: str
    href: str
    style: ButtonStyle = "secondary"
    disabled: str = ""
    about: str = ""
    wide: bool = False

    @property
    def reason_id(self) -> str:
        return _reason_id(self.label + self.about + self.href, self.disabled)

    def render(self) -> SafeString:
        """Written here and not in a template: lists have one a line."""
        css = f"btn c-btn c-btn--{self.style}"
        about = f'<span class="visually-hidden"> {safe(self.about)}</span>' if self.about else ""
        inside = f"{safe(self.label)}{about}"
        if self.disabled:
            off = f'role="link" aria-disabled="true" aria-describedby="{self.reason_id}" tabindex="0"'
            reason = f'<span class="c-reason" id="{self.reason_id}">{safe(self.disabled)}</span>'
            link = f'<a {off} class="{css} is-off">{inside}</a>{reason}'
        else:
            link = f'<a class="{css}" href="{safe(self.href)}">{inside}</a>'
        return SafeString(f'<span class="c-act{" c-act--wide" if self.wide else ""}">{link}</span>')


@dataclass(frozen=True, slots=True)
class PostButton(Component):
    """A button that is a whole form: one act, one POST, no other field than ``fields``.

    Needs the request for the CSRF token: use the tag ``{% post_button … %}`` or ``with_token``.
    """

    template: ClassVar[str] = "post_button"
    label: str
    action: str
    style: ButtonStyle = "primary"
    disabled: str = ""
    about: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def button(self) -> Button:
        return Button(
            self.label, style=self.style, disabled=self.disabled, about=self.about, value=self.action
        )
