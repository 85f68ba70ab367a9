"""After validation: correction of a line, a person forgotten."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.errors import AlreadyDone
from clausette.hours.operations import add_line, correct_line, settle_reserve
from clausette.hours.permissions import can_validate
from clausette.hours.queries import SheetLine, StatementSheet, forgotten, line_sheet, statement_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, Refusal
from clausette.kernel.french import format_hours, of_month
from clausette.web.components.buttons import LinkButton
from clausette.web.doors import action
from clausette.web.hours.forms.answers import SettleForm
from clausette.web.hours.forms.cells import as_text
from clausette.web.hours.forms.choices import Correction, Forgotten
from clausette.web.hours.views.common import contract_crumbs, href
from clausette.web.refusals import add_refusal


@action("facilitator", methods=("GET", "POST"))
def correct(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask what the line should have been and why, then write the line that corrects it."""
    sheet, line = line_sheet(actor=actor, uid=uid, on=clock.today())
    demand(can_validate(sheet.part))
    if request.method != "POST":
        return _page(request, actor, sheet, line, _begun(line))
    form = Correction(request.POST)
    if not form.is_valid():
        return _page(request, actor, sheet, line, form, status=400)
    try:
        correct_line(
            actor=actor, line_uid=uid, new_hours=form.cleaned_data["hours"], reason=form.cleaned_data["reason"],
            at=clock.now(), on=clock.today(), seen=form.cleaned_data["vu"],
        )  # fmt: skip
    except AlreadyDone as done:
        return _already(request, actor, sheet, done)
    except Conflict as refusal:
        # what was typed stays; what is on screen from now on is what was written meanwhile
        again = Correction({**request.POST.dict(), "vu": as_text(line.current)})
        again.is_valid()
        add_refusal(again, refusal)
        return _page(request, actor, sheet, line, again, status=409)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, actor, sheet, line, form, status=400)
    messages.success(request, "La correction est enregistrée. La ligne d'origine reste visible.")
    return HttpResponseRedirect(href(actor, "hours:statement", uid=sheet.uid))


def _begun(line: SheetLine) -> Correction:
    return Correction(initial={"hours": as_text(line.current), "vu": as_text(line.current)})


def _already(request: HttpRequest, actor: Actor, sheet: StatementSheet, done: AlreadyDone) -> HttpResponse:
    """Sent twice: said, never a fault."""
    messages.info(request, done.message)
    return HttpResponseRedirect(href(actor, "hours:statement", uid=sheet.uid))


def _page(
    request: HttpRequest,
    actor: Actor,
    sheet: StatementSheet,
    line: SheetLine,
    form: Correction,
    status: int = 200,
) -> HttpResponse:
    context = {
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "sheet": sheet,
        "line": line,
        "form": form,
        "back": href(actor, "hours:statement", uid=sheet.uid),
    }
    return TemplateResponse(request, "hours/correct.html", context, status=status)


@action("facilitator", methods=("GET", "POST"))
def add(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Add a person forgotten in a validated statement."""
    sheet = statement_sheet(actor=actor, uid=uid, on=clock.today())
    demand(can_validate(sheet.part))
    people = forgotten(actor=actor, sheet=sheet)
    form = Forgotten(people, request.POST) if request.method == "POST" else Forgotten(people)
    if form.is_bound and form.is_valid():
        try:
            add_line(
                actor=actor, statement_uid=uid, entry=form.entry(), reason=form.cleaned_data["reason"], at=clock.now(),
                on=clock.today(),
            )  # fmt: skip
        except AlreadyDone as done:
            return _already(request, actor, sheet, done)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La ligne est ajoutée et validée, avec son motif.")
            return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))
    back = href(actor, "hours:statement", uid=sheet.uid)
    context = {
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "sheet": sheet,
        "people": people,
        "form": form,
        "back": back,
        "back_button": LinkButton("Revenir au relevé", back),
    }
    return TemplateResponse(request, "hours/add.html", context, status=400 if form.is_bound else 200)


@action("facilitator", methods=("GET", "POST"))
def settle(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """End the reserve of a line: its piece came, or its hours are not retained."""
    sheet, line = line_sheet(actor=actor, uid=uid, on=clock.today())
    demand(can_validate(sheet.part))
    form = SettleForm(request.POST) if request.method == "POST" else SettleForm()
    if form.is_bound and form.is_valid():
        kept = form.cleaned_data["outcome"] == "kept"
        try:
            settle_reserve(
                actor=actor, line_uid=uid, kept=kept, reason=form.cleaned_data["reason"], on=clock.today()
            )
        except AlreadyDone as done:
            return _already(request, actor, sheet, done)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            told = "La réserve est levée." if kept else "Les heures ne sont pas retenues."
            messages.success(request, told)
            return HttpResponseRedirect(href(actor, "hours:statement", uid=sheet.uid))
    context = {
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "title": "Heures retenues sous réserve",
        "lead": f"{line.person}, {format_hours(line.hours)} {of_month(sheet.month)}.",
        "form": form,
        "verb": "Enregistrer la décision",
        "back": href(actor, "hours:statement", uid=sheet.uid),
    }
    return TemplateResponse(request, "hours/plain_form.html", context, status=400 if form.is_bound else 200)
