"""« Programmes d'achats »: the list, and the file of a buyer brought."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.advice.queries import ProgrammeLine, list_programmes, programme_sheet
from clausette.files.enums import Purpose
from clausette.imports.errors import AlreadyImported
from clausette.imports.operations.programmes import take_in_programme
from clausette.imports.programmes.plans import is_sure, plans_from
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import known_organisations
from clausette.web.advice.programme_forms import BringForm
from clausette.web.advice.views.common import href, tabs
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.refusals import add_refusal
from clausette.web.transfers import limited_upload, refuse_cut


def _waiting(row: ProgrammeLine) -> Badge | None:
    return None if row.opened else Badge("à confirmer", "wait")


COLUMNS: tuple[Column[ProgrammeLine], ...] = (
    Column("Programme", lambda row: row.title),
    Column("Maître d'ouvrage", lambda row: row.buyer_name),
    Column("Reçu le", lambda row: row.brought_on, "date"),
    Column("Lignes", lambda row: row.opened, "int"),
    Column("À étudier", lambda row: row.to_study, "int"),
    Column("En étude", lambda row: row.under_study, "int"),
    Column("Reste à faire", _waiting),
)


@page("facilitator")
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The programmes of the structure, the latest first."""
    number = page_number(request)
    rows, total = list_programmes(actor=actor, page=number)
    new = LinkButton("Apporter un programme", href(actor, "advice:bring_programme"), "primary")
    why = (
        "Un acheteur vous donne le tableau de ses achats à venir : Clausette dit, ligne par ligne, si la clause "
        "sociale est obligatoire, si l'achat s'y prête et combien d'heures il porterait. Vous triez, puis vous le lui "
        "rendez."
    )
    table = Table(
        "Programmes d'achats", COLUMNS, rows, row_href=lambda row: href(actor, "advice:programme", uid=row.uid),
        narrow="cards", empty=EmptyState("Aucun programme d'achats pour l'instant", why, new, icon="advice"),
    )  # fmt: skip
    context = {
        "tabs": tabs(actor, "advice:programmes"),
        "table": table,
        "new": new if rows else None,
        "pagination": Pagination(total, number, "programmes", request.GET),
    }
    return TemplateResponse(request, "advice/programmes.html", context)


@limited_upload(Purpose.WORKBOOK)
@action("facilitator", methods=("GET", "POST"))
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Bring a file: it is read, nothing is opened."""
    known = known_organisations(actor=actor, role=PartyRole.BUYER)
    if request.method != "POST":
        return _page(request, actor, BringForm(known=known))
    form = BringForm(request.POST, request.FILES, known=known)
    if refuse_cut(request, form):
        return _page(request, actor, form, status=413)
    if not form.is_valid():
        return _page(request, actor, form, status=400)
    sent = form.cleaned_data["file"]
    try:
        uid = take_in_programme(
            actor=actor, name=sent.name, data=sent.read(), buyer=form.chosen(actor), title=form.cleaned_data["title"],
            on=clock.today(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except AlreadyImported as refusal:
        form.add_error("file", refusal.message)
        known_one = LinkButton("Ouvrir ce programme", href(actor, "advice:programme", uid=refusal.batch_uid))
        return _page(request, actor, form, status=400, already=known_one)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, actor, form, status=400)
    plans = plans_from(programme_sheet(actor=actor, uid=uid).columns.get("sheets", ()))
    messages.success(request, "Le fichier est lu. Aucune étude n'est encore ouverte.")
    name = "advice:programme" if not plans or is_sure(plans) else "advice:programme_columns"
    return HttpResponseRedirect(href(actor, name, uid=uid))


def _page(
    request: HttpRequest, actor: Actor, form: BringForm, *, status: int = 200, already: LinkButton | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "already": already or "",
        "crumbs": crumbs(actor),
        "cancel": href(actor, "advice:programmes"),
    }
    return TemplateResponse(request, "advice/programme_form.html", context, status=status)


def crumbs(actor: Actor) -> Breadcrumb:
    """The way back to the list."""
    return Breadcrumb((Crumb("Programmes d'achats", href(actor, "advice:programmes")),))
