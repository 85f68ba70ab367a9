"""Which structure reports the hours of an engagement that several structures share."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.operations import change_reporting
from clausette.hours.queries import ReportingLine, ReportingSheet, reporting_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.months import first_day
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.hours.forms.reporting import ReportingForm
from clausette.web.hours.views.common import href
from clausette.web.refusals import add_refusal


@action("facilitator", methods=("GET", "POST"))
def reported_by(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show who reports, and let the structure référente decide of another."""
    on = clock.today()
    sheet = reporting_sheet(actor=actor, commitment_uid=uid, on=on)
    structures = [(str(one.uid), one.name) for one in sheet.structures]
    bound = request.method == "POST"
    if bound:
        demand(sheet.may_change)
    form = (
        ReportingForm(request.POST, structures=structures) if bound else ReportingForm(structures=structures)
    )
    if bound and form.is_valid():
        try:
            change_reporting(
                actor=actor, commitment_uid=uid, structure_uid=UUID(form.cleaned_data["structure"]),
                from_month=form.cleaned_data["from_month"], reason=form.cleaned_data["reason"], on=on,
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, "La structure déclarante est enregistrée : ces heures ne comptent que chez elle."
            )
            return HttpResponseRedirect(href(actor, "hours:reporting", uid=uid))
    return TemplateResponse(
        request, "hours/reporting.html", _context(actor, sheet, form), status=400 if bound else 200
    )


def _context(actor: Actor, sheet: ReportingSheet, form: ReportingForm) -> dict[str, object]:
    owed, on = sheet.commitment, clock.today()
    back = href(actor, "contracts:commitment", uid=owed.uid)
    contract = Crumb(owed.contract.common_name, href(actor, "contracts:show", uid=owed.contract.uid))
    return {
        "crumbs": Breadcrumb((contract, Crumb(owed.contractor_name, back))),
        "form": form if sheet.may_change else None,
        "refusal": sheet.may_change.reason,
        "facts": Facts(
            [
                Fact("Structure référente", sheet.name_of(sheet.lead_org_id)),
                Fact("Structure déclarante ce mois-ci", sheet.name_of(sheet.reports(first_day(on)))),
            ]
        ),
        "table": _table(sheet),
        "back": back,
    }


def _table(sheet: ReportingSheet) -> Table:
    columns: list[Column[ReportingLine]] = [
        Column("À partir de", lambda row: row.from_month, "month"),
        Column("Structure déclarante", lambda row: row.reporter.name),
        Column("Motif", lambda row: row.reason),
        Column("Décidé le", lambda row: row.decided_on, "date"),
        Column("Par", lambda row: row.decided_by),
    ]
    empty = EmptyState(
        "Aucun changement",
        "La structure référente déclare toutes les heures de l'engagement tant que rien n'est décidé.",
    )  # fmt: skip
    return Table("Décisions, la dernière d'abord", columns, sheet.changes, empty=empty, narrow="cards")
