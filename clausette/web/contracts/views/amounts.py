"""« Commandes et factures » of a contract: the same page for the structure, the buyer and the firm."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.files.enums import Purpose
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import Decision, demand
from clausette.kernel.french import format_euros, format_short_date
from clausette.procurement import operations, permissions
from clausette.procurement.enums import AmountKind, ContractKind
from clausette.procurement.queries import (
    AmountRow,
    ContractSheet,
    FirmTotal,
    acts_for_buyer,
    amount_row,
    amounts_page,
    billing_firms,
    contract_sheet,
)
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table, Under
from clausette.web.contracts.forms.amounts import AmountsForm, WithdrawForm
from clausette.web.contracts.views.common import READERS, href
from clausette.web.contracts.views.contract import crumbs
from clausette.web.contracts.views.doing import done, form_page, kept, sent
from clausette.web.doors import action
from clausette.web.transfers import limited_upload


@limited_upload(Purpose.EVIDENCE)
@action(*READERS, methods=("GET", "POST"))
def amounts(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Orders and invoices of a contract: their list, their totals by firm, and the form to add some."""
    sheet = contract_sheet(actor=actor, uid=uid)
    decision = _may_enter(actor, sheet)
    firms = billing_firms(actor=actor, contract_id=sheet.id)
    form = AmountsForm(**sent(request), firms=firms, lots=sheet.lots)
    if request.method == "POST":
        demand(decision)
        if done(request, form, lambda: _enter(actor, sheet, form), "Les montants sont enregistrés."):
            return HttpResponseRedirect(href(actor, "contracts:amounts", uid=uid))
    found = amounts_page(actor=actor, contract_id=sheet.id)
    context = {
        "sheet": sheet,
        "crumbs": crumbs(actor, sheet),
        "form": form if decision and firms else None,
        "lines_open": bool(form["lines"].value() or form["lines"].errors),
        "why_not": decision.reason or ("" if firms else "Attribuez d'abord le marché à une entreprise."),
        "table": _table(actor, sheet, found.rows),
        "totals": _totals(found.totals) if found.totals else None,
        "facts": _facts(sheet, found.ordered),
        "count": len(found.rows),
        "cancel": href(actor, "contracts:show", uid=uid),
    }
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "contracts/amounts.html", context, status=status)


def _may_enter(actor: Actor, sheet: ContractSheet) -> Decision:
    return permissions.can_enter_amounts(
        actor,
        owner_org_id=sheet.owner_org_id,
        state=sheet.state,
        for_buyer=acts_for_buyer(actor=actor, contract_id=sheet.id),
    )


def _enter(actor: Actor, sheet: ContractSheet, form: AmountsForm) -> None:
    operations.enter_amounts(
        actor=actor,
        contract_uid=sheet.uid,
        kind=AmountKind(form.cleaned_data["kind"]),
        lines=form.cleaned_data["entries"],
        today=clock.today(),
        document_uid=kept(actor, sheet.id, form),
    )


def _facts(sheet: ContractSheet, ordered: Decimal) -> Facts | None:
    """What a maximum says; nothing for an ordinary contract."""
    if sheet.amount_ht is None or not (sheet.amount_is_maximum or sheet.kind == ContractKind.FRAMEWORK):
        return None
    return Facts(
        [
            Fact("Maximum HT", format_euros(sheet.amount_ht), help="Une commande au-delà est refusée."),
            Fact("Commandé ici HT", format_euros(ordered)),
        ]
    )


def _table(actor: Actor, sheet: ContractSheet, rows: Sequence[AmountRow]) -> Table:
    def state(row: AmountRow) -> object:
        if row.withdrawn_at is not None:
            return Badge(f"Retirée : {row.withdrawn_reason}", "neutral")
        may = permissions.can_withdraw_amount(
            actor, owner_org_id=sheet.owner_org_id, state=sheet.state, entered_org_id=row.entered_org_id
        )
        address = href(actor, "contracts:withdraw_amount", uid=row.uid)
        return LinkButton("Retirer", address, "quiet", about=row.reference) if may else None

    def paper(row: AmountRow) -> str:
        return href(actor, "hours:evidence", uid=row.document_uid) if row.document_uid else ""

    def told(row: AmountRow) -> str:
        lot = f"lot {row.lot_number}" if row.lot_number else ""
        return ", ".join(part for part in (AmountKind(row.kind).label, lot) if part)

    columns: list[Column[AmountRow]] = [
        Column("Numéro", lambda row: row.reference),
        Column("Date", lambda row: format_short_date(row.on)),
        Column("Entreprise", lambda row: row.contractor_name),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("Saisie par", lambda row: row.entered_by),
        Column("État", state),
    ]
    why = "Les montants commandés ou facturés servent quand les heures dues dépendent des montants."
    empty = EmptyState("Aucune commande ni facture", why, icon="market")
    below = {"Numéro": Under("Nature", told), "Saisie par": Under("Organisme", lambda row: row.entered_org)}
    return Table("Commandes et factures", columns, rows, row_href=paper, under=below, empty=empty)


def _totals(rows: Sequence[FirmTotal]) -> Table:
    columns: list[Column[FirmTotal]] = [
        Column("Entreprise", lambda row: row.name),
        Column("Commandé HT", lambda row: row.ordered, "euros"),
        Column("Facturé HT", lambda row: row.invoiced, "euros"),
        Column("Lignes", lambda row: row.entries, "int"),
    ]
    totals: dict[str, object] = {}
    if len(rows) > 1:
        totals = {
            "Commandé HT": sum(row.ordered for row in rows),
            "Facturé HT": sum(row.invoiced for row in rows),
            "Lignes": sum(row.entries for row in rows),
        }
    return Table("Totaux par entreprise", columns, rows, totals=totals)


@action(*READERS, methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw a line typed by mistake, with its reason."""
    row, contract_uid = amount_row(actor=actor, uid=uid)
    sheet = contract_sheet(actor=actor, uid=contract_uid)
    demand(
        permissions.can_withdraw_amount(
            actor, owner_org_id=sheet.owner_org_id, state=sheet.state, entered_org_id=row.entered_org_id
        )
    )
    form = WithdrawForm(**sent(request))
    back = href(actor, "contracts:amounts", uid=sheet.uid)

    def write() -> None:
        operations.withdraw_amount(actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now())

    if done(request, form, write, f"{row.reference} est retirée des totaux."):
        return HttpResponseRedirect(back)
    intro = f"{row.reference}, {format_euros(row.amount_ht)} HT, {row.contractor_name}. La ligne reste visible."
    return form_page(
        request, actor, sheet, form, title="Retirer une ligne", verb="Retirer cette ligne", intro=intro, back=back
    )
