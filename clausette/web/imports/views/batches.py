"""The list of imports, and the sending of a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.files.enums import Purpose
from clausette.files.rules import LIMITS
from clausette.imports import permissions
from clausette.imports.enums import RowFate
from clausette.imports.errors import AlreadyImported
from clausette.imports.operations import READ_IN_REQUEST, hand_in_decp, take_in_decp
from clausette.imports.queries import BatchLine, list_batches
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.kernel.french import plural
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.imports.forms import UploadForm
from clausette.web.imports.views.common import BEING_READ, READERS, WORDS, href, show_href, state_badge
from clausette.web.transfers import limited_upload, refuse_cut

COLUMNS: tuple[Column[BatchLine], ...] = (
    Column("Fichier", lambda row: row.file_name),
    Column("Apporté le", lambda row: row.brought_at.astimezone(clock.PARIS).date(), "date"),
    Column("Par", lambda row: row.brought_by),
    Column("Enregistrements", lambda row: row.records, "int"),
    Column("À rapprocher", lambda row: row.fates.get(RowFate.AMBIGUOUS, 0), "int"),
    Column("À corriger", lambda row: row.fates.get(RowFate.REFUSED, 0), "int"),
    Column("Marchés repris", lambda row: row.made, "int"),
    Column("État", lambda row: state_badge(row.state)),
)


@page(*READERS)
def batches(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The imports of the structure, the latest first."""
    number = page_number(request)
    rows, total = list_batches(actor=actor, offset=(number - 1) * 50)
    paging = Pagination(total, number, "imports", request.GET)
    if number > paging.pages:
        rows, _ = list_batches(actor=actor, offset=paging.offset)
    decision = permissions.can_import(actor)
    context = {
        "table": Table(
            "Imports", COLUMNS, rows, row_href=lambda row: show_href(actor, row.uid), links=_links(actor),
            empty=_empty(actor),
        ),
        "pagination": paging if total else "",
        "lead": plural(total, "import"),
        "matches": LinkButton("Publications à rapprocher", href(actor, "imports:matches"), "quiet"),
        "clauses": LinkButton("Marchés clausés non suivis", href(actor, "imports:clauses"), "quiet"),
        "start": LinkButton(
            "Démarrer avec des marchés en cours", href(actor, "imports:takeover:start"), "secondary", decision.reason
        ),
        "create": LinkButton("Importer un fichier", href(actor, "imports:create"), "primary", decision.reason),
    }  # fmt: skip
    part = "#results" if request.headers.get("HX-Request") else ""
    return TemplateResponse(request, f"imports/list.html{part}", context)


@limited_upload(Purpose.OFFICIAL)
@action("facilitator", methods=("GET", "POST"))
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send a file: it is read and compared, nothing is written to the contracts."""
    if request.method != "POST":
        return _upload_page(request, actor, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if refuse_cut(request, form):
        return _upload_page(request, actor, form, status=413)
    if not form.is_valid():
        return _upload_page(request, actor, form, status=400)
    sent = form.cleaned_data["file"]
    try:
        large, data = sent.size > READ_IN_REQUEST, sent.read()
        uid = (
            hand_in_decp(actor=actor, name=sent.name, data=data)
            if large
            else take_in_decp(actor=actor, name=sent.name, data=data, on=clock.today())
        )
    except NotAllowed:
        raise
    except AlreadyImported as refusal:
        form.add_error("file", refusal.message)
        known = LinkButton("Ouvrir cet import", show_href(actor, refusal.batch_uid))
        return _upload_page(request, actor, form, status=400, known=known)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _upload_page(request, actor, form, status=400)
    messages.success(
        request, BEING_READ if large else "Le fichier est lu. Rien n'est encore écrit dans vos marchés."
    )
    return HttpResponseRedirect(show_href(actor, uid))


def _upload_page(
    request: HttpRequest,
    actor: Actor,
    form: UploadForm,
    *,
    status: int = 200,
    known: LinkButton | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "known": known or "",
        "back": href(actor, "imports:list"),
        "crumbs": Breadcrumb((Crumb("Imports", href(actor, "imports:list")),)),
        "limit": LIMITS[Purpose.OFFICIAL].size,
    }
    return TemplateResponse(request, "imports/create.html", context, status=status)


def _links(actor: Actor) -> dict[str, Any]:
    """Each number opens on the records behind it."""

    def to(fate: RowFate) -> Any:
        return lambda row: show_href(actor, row.uid, tab=WORDS[fate]) if row.fates.get(fate) else ""

    return {
        "Enregistrements": lambda row: show_href(actor, row.uid),
        "À rapprocher": to(RowFate.AMBIGUOUS),
        "À corriger": to(RowFate.REFUSED),
        "Marchés repris": lambda row: show_href(actor, row.uid, tab="repris") if row.made else "",
    }


def _empty(actor: Actor) -> EmptyState:
    why = (
        "Les acheteurs publient leurs marchés (données essentielles). Importez leur fichier : Clausette reconnaît "
        "ceux que vous suivez déjà, et vous décidez pour les autres."
    )
    button = LinkButton("Importer un fichier", href(actor, "imports:create"), "primary")
    return EmptyState("Aucun import", why, button, icon="file")
