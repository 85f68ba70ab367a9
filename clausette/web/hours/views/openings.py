"""« Reprise au … » of an engagement: what was taken over, typing it with its document, withdrawing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.commitments.queries import CommitmentSheet, commitment_sheet
from clausette.files.enums import Purpose
from clausette.files.operations import store_file
from clausette.hours.operations import record_opening_balance, withdraw_opening_balance
from clausette.hours.permissions import can_take_over
from clausette.hours.queries import Opening, contract_part, opening_commitment, openings_of
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid, Refusal
from clausette.kernel.french import format_date, format_hours
from clausette.kernel.operation import isolated
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.hours.forms.balances import OpeningForm, WithdrawForm, years_before
from clausette.web.hours.views.common import href
from clausette.web.refusals import add_refusal
from clausette.web.transfers import limited_upload, refuse_cut


def _crumbs(actor: Actor, sheet: CommitmentSheet) -> Breadcrumb:
    return Breadcrumb(
        (
            Crumb(sheet.contract.common_name, href(actor, "contracts:show", uid=sheet.contract.uid)),
            Crumb(sheet.contractor_name, href(actor, "contracts:commitment", uid=sheet.uid)),
        )
    )


@limited_upload(Purpose.EVIDENCE)
@action("facilitator", methods=("GET", "POST"))
def taken_over(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The balances of an engagement, and the form of a new one while none is in force."""
    sheet = commitment_sheet(actor=actor, uid=uid, as_of=clock.today())
    demand(can_take_over(contract_part(actor, sheet.contract.uid)))
    years = years_before(clock.today(), sheet.starts_on)
    bound = request.method == "POST"
    form = OpeningForm(request.POST, request.FILES, years=years) if bound else OpeningForm(years=years)
    cut = bound and refuse_cut(request, form, "evidence")
    if bound and not cut and form.is_valid():
        try:
            _record(actor, sheet, form)
        except Refusal as refusal:
            add_refusal(form, _at_year(refusal, form))
        else:
            messages.success(request, "La reprise est enregistrée : ses heures comptent dans l'engagement.")
            return HttpResponseRedirect(href(actor, "contracts:commitment", uid=uid))
    rows = openings_of(actor=actor, commitment_id=sheet.id)
    context = {
        "crumbs": _crumbs(actor, sheet),
        "sheet": sheet,
        "table": _table(actor, rows),
        "form": None if any(row.withdrawn_at is None for row in rows) and not bound else form,
        "back": href(actor, "contracts:commitment", uid=uid),
    }
    return TemplateResponse(request, "hours/openings.html", context, status=413 if cut else 400 if bound else 200)


def _record(actor: Actor, sheet: CommitmentSheet, form: OpeningForm) -> None:
    held = form.cleaned_data["evidence"]
    with isolated():  # the document and the balance, or neither
        document = store_file(
            actor=actor, name=held.name or "", data=held.read(), purpose=Purpose.EVIDENCE,
            contract_id=sheet.contract.id,
        )  # fmt: skip
        record_opening_balance(
            actor=actor, commitment_uid=sheet.uid, as_of=form.cleaned_data["as_of"],
            hours=form.cleaned_data["hours"], by_year=form.by_year(), document_uid=document, on=clock.today(),
        )  # fmt: skip


def _at_year(refusal: Refusal, form: OpeningForm) -> Refusal:
    """What is refused of the detail is said at a field of the page."""
    first_year = f"year_{form.years[0]}"
    if isinstance(refusal, Invalid):
        return Invalid({first_year if name == "by_year" else name: s for name, s in refusal.errors.items()})
    return refusal


def _table(actor: Actor, rows: tuple[Opening, ...]) -> Table:
    def state(row: Opening) -> str:
        if row.withdrawn_at is None:
            return "en vigueur"
        day = format_date(row.withdrawn_at.astimezone(clock.PARIS).date())
        return f"retirée le {day} : {row.withdrawn_reason}"

    def withdraw(row: Opening) -> LinkButton | None:
        if row.withdrawn_at is not None:
            return None
        about = f"la reprise au {format_date(row.as_of)}"
        return LinkButton("Retirer", href(actor, "hours:withdraw_opening", uid=row.uid), "quiet", about=about)

    columns: list[Column[Opening]] = [
        Column("Reprise au", lambda row: row.as_of, "date"),
        Column("Heures", lambda row: row.hours, "hours"),
        Column("Par année", _detail),
        Column("Document", lambda row: row.document_name),
        Column("Saisie par", lambda row: row.entered_by),
        Column("État", state),
        Column("Geste", withdraw),
    ]

    def piece(row: Opening) -> str:
        return href(actor, "hours:evidence", uid=row.document_uid) if row.document_uid else ""

    empty = EmptyState(
        "Aucune reprise",
        "Saisissez les heures validées avant votre arrivée : elles comptent dans l'avancement de l'engagement.",
    )
    return Table("Reprises de l'engagement", columns, rows, links={"Document": piece}, empty=empty, narrow="cards")


def _detail(row: Opening) -> str:
    return ", ".join(f"{year} : {format_hours(hours)}" for year, hours in row.by_year) or "non détaillée"


@action("facilitator", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw a balance typed wrong, with the reason."""
    opening, sheet = _opening(actor, uid)
    demand(can_take_over(contract_part(actor, sheet.contract.uid)))
    form = WithdrawForm(request.POST) if request.method == "POST" else WithdrawForm()
    if form.is_bound and form.is_valid():
        try:
            withdraw_opening_balance(actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La reprise est retirée : ses heures ne comptent plus.")
            return HttpResponseRedirect(href(actor, "hours:openings", uid=sheet.uid))
    context = {
        "crumbs": _crumbs(actor, sheet),
        "title": f"Retirer la reprise au {format_date(opening.as_of)}",
        "lead": f"{format_hours(opening.hours)}, {sheet.contractor_name}. Elle reste dans l'historique.",
        "form": form,
        "verb": "Retirer la reprise",
        "back": href(actor, "hours:openings", uid=sheet.uid),
    }
    return TemplateResponse(request, "hours/plain_form.html", context, status=400 if form.is_bound else 200)


def _opening(actor: Actor, uid: UUID) -> tuple[Opening, CommitmentSheet]:
    owed = opening_commitment(actor=actor, uid=uid)
    sheet = commitment_sheet(actor=actor, uid=owed, as_of=clock.today())
    for row in openings_of(actor=actor, commitment_id=sheet.id):
        if row.uid == uid:
            return row, sheet
    raise Absent("hours.OpeningBalance")
