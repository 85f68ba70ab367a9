"""Hours worked by the titulaire, declared by period by itself or by the facilitator."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments import operations
from clausette.commitments.permissions import can_declare_base
from clausette.commitments.queries import BaseLine, BaseSheet, base_line, base_sheet
from clausette.files.enums import Purpose
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import Decision, demand
from clausette.kernel.french import format_date
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.contracts.forms.engagement_life import BaseForm, ReasonForm, asked
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.doing import done, kept, sent
from clausette.web.contracts.views.engagement_life import answer, crumbs_of
from clausette.web.doors import action
from clausette.web.transfers import limited_upload

WHO = ("facilitator", "buyer", "contractor")


def _may(actor: Actor, sheet: BaseSheet) -> Decision:
    return can_declare_base(
        actor, lead_org_id=sheet.lead_org_id, owner_org_id=sheet.contract.owner_org_id,
        contractor_id=sheet.contractor_id, kind=sheet.kind, closed_on=sheet.closed_on,
    )  # fmt: skip


def _table(actor: Actor, sheet: BaseSheet, reason: str) -> Table:
    def state(row: BaseLine) -> object:
        if row.withdrawn_on is not None:
            return f"Retirées le {format_date(row.withdrawn_on)} : {row.withdrawn_reason}"
        address = href(actor, "contracts:withdraw_base", uid=row.uid)
        about = f"les heures du {format_date(row.starts_on)} au {format_date(row.ends_on)}"
        return LinkButton("Retirer", address, "quiet", reason, about=about)

    columns: list[Column[BaseLine]] = [
        Column("Du", lambda row: row.starts_on, "date"),
        Column("Au", lambda row: row.ends_on, "date"),
        Column("Heures travaillées", lambda row: row.hours, "hours"),
        Column("Déclarées par", lambda row: row.declarant_name),
        Column("État", state),
    ]
    empty = EmptyState("Aucune période déclarée", "Les heures dues reposent encore sur l'estimation.", icon="clock")
    return Table("Périodes déclarées", columns, sheet.periods, empty=empty)


@limited_upload(Purpose.EVIDENCE)
@action(*WHO, methods=("GET", "POST"))
def bases(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The periods declared, and the form of the next one for those who may."""
    sheet = base_sheet(actor=actor, uid=uid, as_of=clock.today())
    may = _may(actor, sheet)
    if request.method == "POST":
        demand(may)
    form = BaseForm(**sent(request))

    def write() -> None:
        operations.declare_base(
            actor=actor, commitment_uid=uid, starts_on=asked(form, "starts_on"), ends_on=asked(form, "ends_on"),
            hours=form.cleaned_data["hours"], on=clock.today(), document_uid=kept(actor, sheet.contract.id, form),
        )  # fmt: skip

    if done(request, form, write, "Les heures travaillées sont enregistrées."):
        return HttpResponseRedirect(href(actor, "contracts:bases", uid=uid))
    context = {
        "form": form if may else None,
        "refused": may.reason,
        "sheet": sheet,
        "crumbs": crumbs_of(actor, sheet),
        "table": _table(actor, sheet, may.reason),
        "cancel": href(actor, "contracts:commitment", uid=uid),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/bases.html", context, status=status)


@action("facilitator", "contractor", methods=("GET", "POST"))
def withdraw_base(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take back a declaration."""
    line = base_line(actor=actor, uid=uid)
    sheet = base_sheet(actor=actor, uid=line.commitment_uid, as_of=clock.today())
    demand(_may(actor, sheet))
    form = ReasonForm(**sent(request))

    def write() -> None:
        operations.withdraw_base(actor=actor, uid=uid, on=clock.today(), reason=form.cleaned_data["reason"])

    return answer(
        request, actor, sheet, form, write, told="La déclaration est retirée.", title="Retirer des heures travaillées",
        verb="Retirer", intro="Les heures dues reposeront de nouveau sur l'estimation pour ces jours.",
    )  # fmt: skip
