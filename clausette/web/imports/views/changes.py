"""What publications changed of the contracts followed: the whole list, and saying that one is dealt with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.imports.operations import close_change
from clausette.imports.queries import ChangedContract, waiting_changes
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import plural
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import PAGE_SIZE, Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.imports.views.common import READERS, href

COLUMNS: tuple[Column[ChangedContract], ...] = (
    Column("Marché", lambda row: row.name),
    Column("Ce qui change", lambda row: " ; ".join(one.told for one in row.changes)),
    Column("Dit par", lambda row: " ; ".join(dict.fromkeys(one.source for one in row.changes))),
    Column("Vu le", lambda row: row.since, "date"),
)
WHY = (
    "Quand un fichier officiel plus récent change le titulaire, le montant ou la durée d'un marché que vous suivez, ou "
    "déclare un sous-traitant, le marché vient ici et sur « Ma journée » jusqu'à ce que vous disiez que c'est traité."
)


@page(*READERS)
def changes(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The contracts with changes that wait, the oldest first."""
    rows = waiting_changes(actor=actor)
    paging = Pagination(len(rows), page_number(request), "marchés", request.GET)
    shown = rows[paging.offset : paging.offset + PAGE_SIZE]
    context = {
        "table": Table(
            "Marchés changés par une publication", COLUMNS, shown,
            row_href=lambda row: f"{href(actor, 'contracts:show', uid=row.uid)}#publications",
            empty=EmptyState("Aucun changement à traiter", WHY, icon="file"),
        ),
        "pagination": paging if rows else "",
        "lead": plural(len(rows), "marché"),
        "crumbs": Breadcrumb((Crumb("Imports", href(actor, "imports:list")),)),
    }  # fmt: skip
    part = "#results" if request.headers.get("HX-Request") else ""
    return TemplateResponse(request, f"imports/waiting.html{part}", context)


@action("facilitator")
def close(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say that a change is dealt with, and come back to its contract."""
    contract = close_change(actor=actor, uid=uid, on=clock.today(), note=request.POST.get("note", ""))
    messages.success(request, "C'est noté : ce changement n'attend plus.")
    return HttpResponseRedirect(href(actor, "contracts:show", uid=contract))
