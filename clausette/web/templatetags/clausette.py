"""Components as tags. Each tag only builds its dataclass: the markup is in the component's template."""

from decimal import Decimal
from typing import Any, cast

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from clausette.kernel import french
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import Button, ButtonStyle, LinkButton, PostButton
from clausette.web.components.fields import Field, FormErrors
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.filters import FilterBar
from clausette.web.components.icons import icon_svg
from clausette.web.components.notices import EmptyState, Flash, FlashKind
from clausette.web.components.sections import Section
from clausette.web.layout.frame import Frame, frame_of

register = template.Library()


@register.simple_tag
def button(
    label: str,
    style: ButtonStyle = "primary",
    *,
    disabled: str = "",
    name: str = "",
    value: str = "",
    about: str = "",
    form: str = "",
    wide: bool = False,
) -> Button:
    """``{% button "Valider" disabled=reason %}``: a submit button; disabled when there is a reason."""
    return Button(label, style, disabled, name, value, about, form, wide=wide)


@register.simple_tag
def link_button(
    label: str,
    href: str,
    style: ButtonStyle = "secondary",
    *,
    disabled: str = "",
    about: str = "",
    wide: bool = False,
) -> LinkButton:
    """``{% link_button "Nouveau marché" href "primary" %}``."""
    return LinkButton(label, href, style, disabled, about, wide=wide)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: str,
    action: str,
    style: ButtonStyle = "primary",
    disabled: str = "",
    about: str = "",
    **fields: str,
) -> PostButton:
    """``{% post_button "Valider" url about="octobre" version=3 %}``: one act, one form with its token."""
    request = cast(HttpRequest, context["request"])
    hidden = {name: str(value) for name, value in fields.items()}
    return PostButton(label, action, style, disabled, about, hidden, get_token(request))


@register.simple_tag
def badge(word: str, tone: Tone = "neutral") -> Badge:
    """``{% badge "à valider" "wait" %}``: neutral, info, ok, wait, warn, danger."""
    return Badge(word, tone)


@register.simple_tag
def field(bound: BoundField, *, hint: str = "", unit: str = "", compact: bool = False) -> Field:
    """``{% field form.hours unit="h" %}``: label, input, help and error tied together."""
    return Field(bound, hint, unit, compact=compact)


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """``{% fields form %}``: hidden fields and every visible field, in order."""
    parts = [str(bound) if bound.is_hidden else Field(bound).render() for bound in form]
    return mark_safe("".join(parts))  # noqa: S308  # each part is the rendering of a template


@register.simple_tag
def form_errors(form: forms.BaseForm, *, focus: bool = True) -> FormErrors | str:
    """``{% form_errors form %}`` at the head of a form: nothing when it is not refused."""
    return FormErrors(form, focus=focus) if form.is_bound and form.errors else ""


@register.simple_tag
def figure(
    value: str,
    label: str,
    equivalent: str = "",
    href: str = "",
    definition: str = "",
    gauge: Gauge | None = None,
) -> Figure:
    """``{% figure "31 480 h" "validées" equivalent=… href=… %}``."""
    return Figure(value, label, equivalent, href, definition, gauge)


@register.simple_tag
def gauge(
    due: Decimal,
    validated: Decimal,
    declared: Decimal = Decimal(0),
    elapsed: Decimal | None = None,
    *,
    compact: bool = False,
) -> Gauge:
    """``{% gauge due validated declared elapsed compact=True %}``: hours, and a share 0–1 of the time."""
    return Gauge(due, validated, declared, elapsed, compact=compact)


@register.simple_tag(takes_context=True)
def filters(
    context: Context, form: forms.Form, target: str = "", label: str = "Filtrer la liste"
) -> FilterBar:
    """``{% filters form target="#resultats" %}``: a GET form, enhanced by htmx when a target is given."""
    return FilterBar(form, context["request"].path, target, label)


@register.simple_tag
def flash(text: str, kind: FlashKind = "info") -> Flash:
    """``{% flash "Le relevé est enregistré." "success" %}``: success, info, warning, error."""
    return Flash(text, kind)


@register.simple_tag
def empty_state(
    what: str, why: str = "", action: Button | LinkButton | PostButton | None = None, icon: str = ""
) -> EmptyState:
    """``{% empty_state "Aucun marché" "pourquoi" action %}``."""
    return EmptyState(what, why, action, icon)


@register.simple_block_tag
def section(
    content: str, title: str, *, count: int | None = None, hint: str = "", plain: bool = False
) -> Section:
    """``{% section "À valider" count=3 %}…{% endsection %}``: a titled card; ``plain`` without the card."""
    return Section(title, SafeString(content), count, hint, plain=plain)


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "market" %}``: a small drawing that only accompanies words."""
    return icon_svg(name)


@register.simple_tag(takes_context=True)
def page_frame(context: Context) -> Frame:
    """What surrounds a page (actor, navigation, organisations…); only the layouts use it."""
    return frame_of(context.get("request"))


@register.filter
def hours(value: Decimal | None) -> str:
    """« 1 234,5 h »; a dash when unknown."""
    return "–" if value is None else french.format_hours(value)


@register.filter
def change(value: Decimal | None) -> str:
    """« +12,5 h », « −8 h », « = »; a dash when unknown."""
    return "–" if value is None else french.format_change(value)


@register.filter
def euros(value: Decimal | None) -> str:
    """« 12,02 € »; a dash when unknown."""
    return "–" if value is None else french.format_euros(value)


@register.filter
def percent(value: Decimal | None) -> str:
    """« 84 % » from 0.84; a dash when unknown."""
    return "–" if value is None else french.format_percent(value)


@register.filter
def day(value: Any) -> str:
    """« 3 mars 2026 »; a dash when unknown."""
    return "–" if value is None else french.format_date(value)


@register.filter
def month(value: Any) -> str:
    """« octobre 2026 »; a dash when unknown."""
    return "–" if value is None else french.format_month(value)


@register.filter
def people(value: Decimal | None) -> str:
    """« ≈ 1 personne pendant 5,5 mois »; nothing when unknown."""
    return "" if value is None else french.equivalent(value)
