"""The first page: a file of hours to send, those already sent."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.files.enums import Purpose
from clausette.imports.enums_hours import HoursFileState
from clausette.imports.errors import AlreadyImported
from clausette.imports.operations.hours_files import take_in_hours_file
from clausette.imports.queries.hours_files import (
    HoursFileOfList,
    declarants_of,
    hours_file_sheet,
    list_hours_files,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.web.components.buttons import LinkButton
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.hourfiles.common import BEING_READ, BOTH, READERS, crumbs, href, state_badge
from clausette.web.hourfiles.forms import HoursFileForm
from clausette.web.refusals import add_refusal
from clausette.web.transfers import limited_upload, refuse_cut

COLUMNS: tuple[Column[HoursFileOfList], ...] = (
    Column("Fichier", lambda row: row.file_name),
    Column("Envoyé le", lambda row: row.brought_at.astimezone(clock.PARIS).date(), "date"),
    Column("Par", lambda row: f"{row.brought_by}, par mandat ({row.by})" if row.by else row.brought_by),
    Column("Lignes", lambda row: row.lines, "int"),
    Column("Heures", lambda row: row.hours, "hours"),
    Column("À regarder", lambda row: row.to_look_at, "int"),
    Column("État", lambda row: state_badge(row.state)),
)
DECLARANT: Column[HoursFileOfList] = Column("Heures de", lambda row: row.declarant)


@limited_upload(Purpose.WORKBOOK)
@action(*READERS, mandate=True, methods=BOTH)
def start(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send a file of hours: it is read and compared, no statement changes."""
    if request.method != "POST":
        return _page(request, actor, _form(actor, None))
    form = _form(actor, request)
    if refuse_cut(request, form):
        return _page(request, actor, form, status=413)
    if not form.is_valid():
        return _page(request, actor, form, status=400)
    sent, declarant = form.cleaned_data["file"], form.cleaned_data.get("declarant")
    try:
        uid = take_in_hours_file(
            actor=actor, name=sent.name, data=sent.read(), declarant_uid=UUID(declarant) if declarant else None,
            on=clock.today(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except AlreadyImported as refusal:
        form.add_error("file", refusal.message)
        known = LinkButton("Ouvrir ce fichier", href(actor, "show", uid=refusal.batch_uid))
        return _page(request, actor, form, status=400, known=known)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, actor, form, status=400)
    state = hours_file_sheet(actor=actor, uid=uid).state
    reading = state is HoursFileState.READING
    messages.success(request, BEING_READ if reading else "Le fichier est lu. Rien n'est encore écrit.")
    return HttpResponseRedirect(href(actor, "columns" if state is HoursFileState.COLUMNS else "show", uid=uid))


def _form(actor: Actor, request: HttpRequest | None) -> HoursFileForm:
    form = HoursFileForm(request.POST, request.FILES) if request else HoursFileForm()
    form.among(declarants_of(actor=actor) if actor.can("facilitator") else None)
    return form


def _page(
    request: HttpRequest, actor: Actor, form: HoursFileForm, *, status: int = 200, known: LinkButton | None = None
) -> HttpResponse:
    rows = list_hours_files(actor=actor)
    pilot = actor.can("facilitator")
    columns = (COLUMNS[0], DECLARANT, *COLUMNS[1:]) if pilot else COLUMNS
    context: dict[str, Any] = {
        "form": form,
        "known": known or "",
        "crumbs": crumbs(actor),
        "pilot": pilot,
        "firm": actor.organisation_name if actor.mandate else "",
        "mandate": actor.mandate,
        "rows": len(rows),
        "table": sent_files(actor, rows, "Fichiers envoyés", columns),
    }
    return TemplateResponse(request, "hourfiles/start.html", context, status=status)


def sent_files(
    actor: Actor, rows: Sequence[HoursFileOfList], title: str,
    columns: Sequence[Column[HoursFileOfList]] = COLUMNS,
) -> Table:  # fmt: skip
    """Files sent, each with its page."""
    return Table(title, columns, rows, row_href=lambda row: href(actor, "show", uid=row.uid), narrow="cards")
