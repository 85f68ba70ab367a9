"""Workbook beside Clausette, marché by marché: on the screen, on paper, in a workbook."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from clausette.imports.enums_takeover import TakeoverState
from clausette.imports.queries.takeover import Reconciled, TakeoverSheet, reconciliation_of, takeover_sheet
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_hours
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.tables import Table
from clausette.web.desk.sheets import as_xlsx
from clausette.web.doors import page
from clausette.web.layout.navigation import optional_reverse
from clausette.web.takeover.common import READERS, crumbs, facts, href, state_badge, tabs

FIGURES: tuple[Column[Reconciled], ...] = (
    Column("Marché", lambda row: row.name),
    Column("Classeur : heures", lambda row: row.workbook, "hours"),
    Column("Classeur : solde", lambda row: row.opening_said, "hours"),
    Column("Classeur : total", lambda row: row.said, "hours"),
    Column("Clausette : heures", lambda row: row.total, "hours"),
    Column("Clausette : solde", lambda row: row.opening, "hours"),
    Column("Clausette : total", lambda row: row.held, "hours"),
    Column("Écart", lambda row: row.difference, "hours"),
)
ON_PAPER: tuple[Column[Reconciled], ...] = (
    *FIGURES,
    Column("Explication", lambda row: row.explanation or "Aucun écart"),
)
ON_SCREEN: tuple[Column[Reconciled], ...] = (
    *FIGURES,
    Column("Explication", lambda row: row.explanation or Badge("à l'heure près", "ok")),
)


@page(*READERS)
def reconciliation(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The two totals of each marché, and why they differ."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    found = reconciliation_of(actor=actor, batch_uid=uid)
    totals = {column.label: column.value(found.whole) for column in FIGURES if column.kind == "hours"}

    def to(row: Reconciled) -> str:
        if row.contract_uid is None:
            return ""
        return reverse("contracts:show", kwargs={"slug": actor.slug, "uid": row.contract_uid})

    context = {
        "sheet": sheet,
        "state": state_badge(sheet.state),
        "crumbs": crumbs(actor, sheet),
        "tabs": tabs(actor, sheet, "rapprochement"),
        "facts": facts(actor, sheet),
        "table": Table(
            "Rapprochement par marché", ON_SCREEN, found.rows, row_href=to, totals=totals, narrow="cards"
        ),
        "exact": found.exact,
        "applied": sheet.state is TakeoverState.APPLIED,
        "said": format_hours(found.whole.said),
        "held": format_hours(found.whole.held),
        "day": optional_reverse("desk:day", actor.slug),
        "bodies": optional_reverse("directory:list", actor.slug),
        "xlsx": LinkButton("Télécharger (XLSX)", href(actor, "reconciliation_xlsx", uid=uid)),
    }
    return TemplateResponse(request, "takeover/reconciliation.html", context)


@page(*READERS)
def reconciliation_xlsx(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The same, as a workbook."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    found = reconciliation_of(actor=actor, batch_uid=uid)
    totals = {column.label: column.value(found.whole) for column in FIGURES if column.kind == "hours"}
    name = f"Rapprochement - {sheet.file_name.rpartition('.')[0] or 'classeur'}.xlsx"
    return as_xlsx(
        name, "Rapprochement", ON_PAPER, found.rows, totals={"Marché": "Total", **totals}, note=_note(sheet)
    )


def _note(sheet: TakeoverSheet) -> str:
    return f"Classeur « {sheet.file_name} ». Heures validées de Clausette, soldes de reprise compris."
