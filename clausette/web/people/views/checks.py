"""The check of eligibility: decide, withdraw."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date
from clausette.participants import operations
from clausette.participants.queries import ParticipantSheet, participant_sheet
from clausette.procurement.queries import list_contracts
from clausette.reference.queries import categories, months_of, parameters_on
from clausette.web.components.lists import Crumb
from clausette.web.doors import action
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.checks import CheckForm, ReasonForm
from clausette.web.people.sheet import papers
from clausette.web.refusals import add_refusal


def _form(request: HttpRequest, actor: Actor) -> CheckForm:
    contracts = list_contracts(actor=actor, size=500).rows
    return CheckForm(
        request.POST or None,
        publics=categories(),
        contracts=[(str(row.uid), f"{row.common_name} · {row.buyer_name}") for row in contracts],
    )


def _decide(actor: Actor, sheet: ParticipantSheet, form: CheckForm) -> None:
    today = clock.today()
    on = form.cleaned_data["decided_on"] or today
    if on > today:
        raise Refusal("Cette date est à venir : une décision se constate.", field="decided_on")
    operations.decide_eligibility(
        actor=actor,
        participant_uid=sheet.uid,
        contract_uid=form.contract_uid,
        categories=form.entries(),
        eligible=form.eligible,
        on=on,
        reason=form.cleaned_data["reason"],
    )


@action("facilitator", methods=("GET", "POST"))
def check(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Decide today whether a person is eligible."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    form, back = _form(request, actor), href(actor, "people:show", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(actor, sheet, form)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La décision est enregistrée.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "sheet": sheet,
        "crumbs": crumbs(actor, Crumb(sheet.name, back)),
        "cancel": back,
        "papers": papers(categories()),
        "hire_months": months_of(parameters_on(clock.today()), "hire_before_months"),
        "today": format_date(clock.today()),
    }
    return form_page(request, "people/check.html", form, context)


@action("facilitator", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID, check: UUID) -> HttpResponse:
    """Withdraw a decision made by mistake."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    form, back = ReasonForm(request.POST or None), href(actor, "people:show", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_check(actor=actor, uid=check, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La décision est retirée.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "crumbs": crumbs(actor, Crumb(sheet.name, back)), "cancel": back, "known": "",
        "title": "Retirer la décision", "verb": "Retirer",
        "lead": f"{sheet.name}. Les embauches qui s'appuient sur elle seront signalées dans les relevés d'heures.",
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)
