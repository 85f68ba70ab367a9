"""What the views of this area share: the person, the way back, a form that does one gesture."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.participants.queries import ParticipantSheet, participant_sheet
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.people.common import crumbs, href
from clausette.web.refusals import answered, form_page


def followed(actor: Actor, uid: UUID) -> ParticipantSheet:
    """Return the sheet of a person that the structure follows. Raises Absent, NotAllowed."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    return sheet


def path_crumbs(actor: Actor, sheet: ParticipantSheet, *steps: Crumb) -> Breadcrumb:
    """The list, the person, then the steps."""
    return crumbs(actor, Crumb(sheet.name, href(actor, "people:show", uid=sheet.uid)), *steps)


def gesture(
    request: HttpRequest,
    actor: Actor,
    sheet: ParticipantSheet,
    form: forms.Form,
    act: Callable[[], Any],
    *,
    title: str,
    verb: str,
    done: str,
    lead: str = "",
    back: str = "",
) -> HttpResponse:
    """Show a form about a person; sent and accepted, do the gesture and go back to the path."""
    back = back or href(actor, "outcomes:path", uid=sheet.uid)
    answer = answered(request, form, act, done, lambda _: back)
    if answer is not None:
        return answer
    note_reading(request, ReadingKind.IDENTITY, [sheet.uid])
    context = {
        "title": title, "verb": verb, "lead": f"{sheet.name}. {lead}".strip(), "cancel": back, "known": "",
        "crumbs": path_crumbs(actor, sheet, Crumb("Parcours", href(actor, "outcomes:path", uid=sheet.uid))),
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)
