"""The first page: the template to download, a workbook to send, those already sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.files.enums import Purpose
from clausette.imports import permissions
from clausette.imports.enums_takeover import TakeoverState
from clausette.imports.errors import AlreadyImported
from clausette.imports.operations.takeover import take_in_workbook
from clausette.imports.queries.takeover import TakeoverLineOfList, list_takeovers, takeover_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.web.components.buttons import LinkButton
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.takeover.common import BEING_READ, READERS, crumbs, href, persons_crumbs, state_badge
from clausette.web.takeover.forms import WorkbookForm
from clausette.web.transfers import limited_upload, refuse_cut

COLUMNS: tuple[Column[TakeoverLineOfList], ...] = (
    Column("Classeur", lambda row: row.file_name),
    Column("Envoyé le", lambda row: row.brought_at.astimezone(clock.PARIS).date(), "date"),
    Column("Par", lambda row: row.brought_by),
    Column("Lignes", lambda row: row.lines, "int"),
    Column("À corriger", lambda row: row.to_correct, "int"),
    Column("Heures", lambda row: row.hours, "hours"),
    Column("État", lambda row: state_badge(row.state)),
)


@limited_upload(Purpose.WORKBOOK)
@action(*READERS, methods=("GET", "POST"))
def start(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send a workbook: it is read and compared, nothing is written to the marchés."""
    return _sent(request, actor, "start")


@limited_upload(Purpose.WORKBOOK)
@action(*READERS, methods=("GET", "POST"))
def persons(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send a list of persons: the same way, with its own words and its own template."""
    return _sent(request, actor, "persons")


def _sent(request: HttpRequest, actor: Actor, door: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, actor, WorkbookForm(), door)
    form = WorkbookForm(request.POST, request.FILES)
    if refuse_cut(request, form):
        return _page(request, actor, form, door, status=413)
    if not form.is_valid():
        return _page(request, actor, form, door, status=400)
    sent = form.cleaned_data["file"]
    try:
        uid = take_in_workbook(
            actor=actor,
            name=sent.name,
            data=sent.read(),
            sender=form.cleaned_data["sender"],
            on=clock.today(),
        )
    except NotAllowed:
        raise
    except AlreadyImported as refusal:
        form.add_error("file", refusal.message)
        known = LinkButton("Ouvrir cette reprise", href(actor, "show", uid=refusal.batch_uid))
        return _page(request, actor, form, door, status=400, known=known)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, actor, form, door, status=400)
    state = takeover_sheet(actor=actor, uid=uid).state
    if state is TakeoverState.READING:
        messages.success(request, BEING_READ)
    else:
        messages.success(request, "Le classeur est lu. Rien n'est encore écrit.")
    return HttpResponseRedirect(href(actor, "columns" if state is TakeoverState.COLUMNS else "show", uid=uid))


def _page(
    request: HttpRequest,
    actor: Actor,
    form: WorkbookForm,
    door: str,
    *,
    status: int = 200,
    known: LinkButton | None = None,
) -> HttpResponse:
    rows = list_takeovers(actor=actor)
    decision = permissions.can_import(actor)
    template = "persons_template" if door == "persons" else "template"
    context: dict[str, Any] = {
        "form": form,
        "known": known or "",
        "template": LinkButton(
            "Télécharger le modèle", href(actor, template), "secondary", decision.reason
        ),
        "crumbs": persons_crumbs(actor) if door == "persons" else crumbs(actor),
        "rows": len(rows),
        "table": Table(
            "Classeurs envoyés",
            COLUMNS,
            rows,
            row_href=lambda row: href(actor, "show", uid=row.uid),
            narrow="scroll",
        ),
    }
    return TemplateResponse(request, f"takeover/{door}.html", context, status=status)
