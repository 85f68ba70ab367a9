"""A form sent: do what it asks and go on, or say in it what was refused."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.kernel.errors import Invalid, NotAllowed, Refusal


def add_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Write what an operation refused at the field it names, or on top when the form has no such field.

    A « file » refused is the one that the form sends, whatever it calls it. What this person may never do is no fault
    of the form: NotAllowed is raised again, for the door (403).
    """
    if isinstance(refusal, NotAllowed):
        raise refusal
    errors = refusal.errors if isinstance(refusal, Invalid) else {refusal.field: refusal.message}
    for name, sentence in errors.items():
        form.add_error(_field(form, name), sentence)


def _field(form: BaseForm, name: str) -> str | None:
    if name in form.fields:
        return name
    sent = (one for one, field in form.fields.items() if isinstance(field, forms.FileField))
    return next(sent, None) if name == "file" else None


def answered(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], told: str, then: Callable[[Any], str]
) -> HttpResponse | None:
    """Do it, say it is done and go on; None: the form says why not, or is not sent yet. `then`: from what was done."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        done = act()
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    messages.success(request, told)
    return HttpResponseRedirect(then(done))


def form_page(request: HttpRequest, template: str, form: BaseForm, context: Mapping[str, Any]) -> HttpResponse:
    """Show a form; refused, with status 400 and all that was typed."""
    refused = bool(form.is_bound and form.errors)
    return TemplateResponse(request, template, {"form": form, **context}, status=400 if refused else 200)
