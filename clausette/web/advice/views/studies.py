"""« Études »: the purchases on which a buyer asked for an opinion, and the calculations kept."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse

from clausette.advice.enums import StudyState
from clausette.advice.operations import keep_calibration, move_study
from clausette.advice.queries import (
    KeptCalibration,
    LotLine,
    PurchaseSheet,
    StudyLine,
    list_studies,
    study_sheet,
)
from clausette.advice.rules import complete, next_study_states
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.french import format_short_date, plural
from clausette.web.advice.forms import MoveForm
from clausette.web.advice.views.advised import advised_context
from clausette.web.advice.views.calculate import form_of, proposal_of
from clausette.web.advice.views.common import href, state_badge, tabs, uid_in
from clausette.web.advice.views.following import follow_context
from clausette.web.advice.views.purchase import purchase_context
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.refusals import add_refusal


def _late(days: int) -> Badge | None:
    return Badge(f"{plural(days, 'jour')} de retard", "danger") if days else None


@page("facilitator")
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The studies of the structure, the answers due soonest first."""
    number, on = page_number(request), clock.today()
    rows, total = list_studies(actor=actor, page=number)
    new = LinkButton("Nouvelle étude", href(actor, "advice:create_study"), "primary")
    columns: list[Column[StudyLine]] = [
        Column("Objet", lambda row: row.title),
        Column("Maître d'ouvrage", lambda row: row.buyer_name),
        Column("Demandée le", lambda row: row.asked_on, "date"),
        Column("Avis attendu le", lambda row: row.answer_due_on, "date"),
        Column("État", lambda row: state_badge(row.state)),
    ]
    if any(row.late(on) for row in rows):
        columns.append(Column("Retard", lambda row: _late(row.late(on))))
    why = "Une étude garde la demande d'un maître d'ouvrage, ses lots, et chaque calcul que vous lui proposez."
    table = Table(
        "Études", columns, rows, row_href=lambda row: href(actor, "advice:study", uid=row.uid), narrow="cards",
        empty=EmptyState("Aucune étude pour l'instant", why, new, icon="advice"),
    )  # fmt: skip
    context = {
        "tabs": tabs(actor, "advice:studies"),
        "table": table,
        "new": new if rows else None,
        "pagination": Pagination(total, number, "études", request.GET),
    }
    return TemplateResponse(request, "advice/studies.html", context)


def _crumbs(actor: Actor) -> Breadcrumb:
    return Breadcrumb((Crumb("Études", href(actor, "advice:studies")),))


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """A study: its lots, the calculations kept, what may become of it."""
    return _study_page(request, actor, uid, None)


def _study_page(request: HttpRequest, actor: Actor, uid: UUID, form: MoveForm | None) -> HttpResponse:
    sheet = study_sheet(actor=actor, uid=uid)
    line = sheet.line
    states = next_study_states(line.state)
    context = {
        **purchase_context(actor, uid),
        **follow_context(actor, uid),
        "study": line,
        "badge": state_badge(line.state),
        "crumbs": _crumbs(actor),
        "facts": _facts(line),
        "kept": _kept(sheet.kept),
        "form": form or MoveForm(states=states),
        "move_href": href(actor, "advice:move_study", uid=uid),
        **advised_context(actor, uid),
    }
    purchase = cast(PurchaseSheet, context["purchase"])
    context["lots"] = _lots(actor, purchase, sheet.lots)
    context["calculate"] = LinkButton("Calculer", _calculation(actor, purchase, sheet.lots), "primary")
    return TemplateResponse(request, "advice/study.html", context, status=400 if form else 200)


def _facts(line: StudyLine) -> Facts:
    facts = [
        Fact("Demandée le", format_short_date(line.asked_on)),
        Fact("Avis attendu le", format_short_date(line.answer_due_on)),
    ]
    if line.reason:
        facts.append(Fact("Motif du refus", line.reason))
    return Facts(facts)


def _calculation(actor: Actor, purchase: PurchaseSheet, lots: tuple[LotLine, ...], lot: LotLine | None = None) -> str:
    """The page of calculation with what is known of a lot, or of a purchase in a single lot."""
    of: LotLine | PurchaseSheet | None = lot or (None if lots else purchase)
    amount = of.amount_ht if of else None
    query = {
        "etude": purchase.uid,
        "lot": lot.uid if lot else "",
        "montant": "" if amount is None else f"{amount.normalize():f}",
        "cpv": of.cpv if of else "",
        "duree": purchase.duration_months or "",
    }
    return href(actor, "advice:calculate", query={name: value for name, value in query.items() if value})


def _lots(actor: Actor, purchase: PurchaseSheet, lots: tuple[LotLine, ...]) -> Table:
    def calculate(lot: LotLine) -> LinkButton:
        target = _calculation(actor, purchase, lots, lot)
        return LinkButton("Calculer", target, "quiet", about=f"le lot {lot.number}")

    columns: list[Column[LotLine]] = [
        Column("Lot", lambda lot: lot.number),
        Column("Intitulé", lambda lot: lot.title),
        Column("Montant HT", lambda lot: lot.amount_ht, "euros"),
        Column("CPV", lambda lot: lot.cpv),
        Column("Geste", calculate),
    ]
    empty = EmptyState("Aucun lot", "Cet achat est étudié en un seul lot.")
    return Table("Lots de l'achat", columns, lots, narrow="cards", empty=empty)


def _kept(kept: tuple[KeptCalibration, ...]) -> Table:
    def when(one: KeptCalibration) -> str:
        return f"{format_short_date(one.kept_at.astimezone(clock.PARIS).date())}, {one.kept_by}"

    columns: list[Column[KeptCalibration]] = [
        Column("Lot", lambda one: one.lot_number or "tout l'achat"),
        Column("Heures", lambda one: one.hours, "hours"),
        Column("Calcul", lambda one: one.arithmetic),
        Column("Règles", lambda one: one.rule_version),
        Column("Gardé", when),
    ]
    empty = EmptyState("Aucun calcul gardé", "Calculez, comparez, puis gardez le scénario que vous proposez.")
    return Table("Calculs gardés", columns, kept, narrow="cards", empty=empty)


@action("facilitator")
def move(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Move the study along its life."""
    state = study_sheet(actor=actor, uid=uid).line.state
    form = MoveForm(request.POST, states=next_study_states(state))
    if form.is_valid():
        wanted = StudyState(form.cleaned_data["state"])
        try:
            move_study(
                actor=actor, study_uid=uid, state=wanted, reason=form.cleaned_data["reason"] or "", on=clock.today()
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"L'étude est « {wanted.label} ».")
            return HttpResponseRedirect(href(actor, "advice:study", uid=uid))
    return _study_page(request, actor, uid, form)


@action("facilitator")
def keep(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Keep a scenario: what was typed is calculated again, the result sent by the browser is not believed."""
    on = clock.today()
    said = QueryDict(request.POST.get("saisie", "")).dict()
    form, number = form_of(said, on), request.POST.get("scenario", "")
    if not form.is_valid() or number not in ("1", "2", "3"):
        raise Invalid({"": "Ce calcul ne peut plus être gardé : refaites-le."})
    completed = complete(form.ask(int(number)), proposal_of(actor, form, on))
    keep_calibration(actor=actor, study_uid=uid, completed=completed, on=on, lot_uid=uid_in(said.get("lot", "")))
    messages.success(request, "Le calcul est gardé dans l'étude.")
    return HttpResponseRedirect(href(actor, "advice:study", uid=uid))
