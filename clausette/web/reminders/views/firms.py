"""« À relancer aujourd'hui »: the late firms, and what a facilitator does with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.agenda.enums import ChaseGroup
from clausette.agenda.operations import note_call, postpone, remind_now
from clausette.agenda.queries import LateFirm, late_firm, late_firms
from clausette.agenda.rules.texts import masked
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date, plural
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, NextAction, NextActions
from clausette.web.components.paging import Pagination, page_number
from clausette.web.contracts.views.doing import done, sent
from clausette.web.doors import action, page
from clausette.web.reminders.forms import CallForm, PutOffForm
from clausette.web.reminders.words import (
    href,
    last_told,
    late_told,
    months_told,
    no_address,
    step_told,
    then_told,
    why_told,
)

SEVEN = 7
_HINTS = {
    ChaseGroup.TODAY: "les courriels n'ont pas suffi, ou n'arrivent pas",
    ChaseGroup.AUTOMATIC: "rien à faire : la prochaine étape part seule",
    ChaseGroup.PUT_OFF: "elles reviennent au jour dit",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A late firm as it is shown: its lines, whom to call, and the three gestures."""

    firm: LateFirm
    contracts: Sequence[tuple[str, str, str]]
    late: str
    facts: Sequence[str]
    why: str
    now: str
    now_refused: str
    called: str
    put_off: str
    members: str
    """Where it is written to without a contact: its accounts, masked."""


def _card(actor: Actor, firm: LateFirm, on: date) -> Card:
    facts = [step_told(firm), last_told(firm.last), then_told(firm)]
    if firm.called_on:
        facts.append(f"Appelée le {format_date(firm.called_on)}")
    if firm.put_off_until:
        facts.append(f"Reportée au {format_date(firm.put_off_until)} : {firm.put_off_because}")
    today = firm.last is not None and firm.last.on == on
    refused = "Un courriel est déjà parti aujourd'hui." if today else ""
    return Card(
        firm,
        [(name, href(actor, "hours:grid", uid=uid), months_told(months)) for uid, name, months in firm.contracts],
        late_told(firm, on), [fact for fact in facts if fact], why_told(firm),
        href(actor, "reminders:now", uid=firm.firm_uid),
        refused or no_address(firm),
        href(actor, "reminders:called", uid=firm.firm_uid), href(actor, "reminders:put_off", uid=firm.firm_uid),
        masked(firm.email) if firm.to_members else "",
    )  # fmt: skip


def _crumbs(actor: Actor, *more: Crumb) -> Breadcrumb:
    return Breadcrumb((Crumb("Ma journée", href(actor, "desk:day")), *more))


@page("facilitator")
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The late firms: those of a person first, then those of the reminders, then those put off; fifty a page."""
    on = clock.today()
    order = list(ChaseGroup)
    firms = sorted(late_firms(actor=actor, on=on), key=lambda one: order.index(one.group))
    pages = Pagination(len(firms), page_number(request), "entreprises", request.GET)
    shown = firms[pages.offset : pages.offset + pages.size]
    groups = [
        (group.label, _HINTS[group], len([one for one in firms if one.group == group]), cards)
        for group in order
        if (cards := [_card(actor, one, on) for one in shown if one.group == group])
    ]
    context = {
        "crumbs": _crumbs(actor), "groups": groups, "pagination": pages,
        "ladder_href": href(actor, "reminders:ladder"), "letters_href": href(actor, "reminders:letters"),
    }  # fmt: skip
    return TemplateResponse(request, "reminders/today.html", context)


def chase_block(actor: Actor, on: date) -> NextActions:
    """The block of « Ma journée »: the firms that a person chases today, seven at most."""
    firms = [one for one in late_firms(actor=actor, on=on) if one.group == ChaseGroup.TODAY]
    where = href(actor, "reminders:today")
    rows = [
        NextAction(
            one.firm_name, ", ".join(months_told(months) for _, _, months in one.contracts[:1]), late_told(one, on),
            " · ".join(part for part in (why_told(one) or step_told(one), _phone(one)) if part), where,
            late=on > one.due, action=LinkButton("Relancer", f"{where}#e-{one.firm_uid}", about=one.firm_name),
        )
        for one in firms[:SEVEN]
    ]  # fmt: skip
    more = where if len(firms) > SEVEN else ""
    return NextActions(ChaseGroup.TODAY.label, rows, _HINTS[ChaseGroup.TODAY], len(firms), more)


def _phone(firm: LateFirm) -> str:
    return f"{firm.contact.name}, {firm.contact.phone}" if firm.contact and firm.contact.phone else ""


@action("facilitator")
def now(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Write to a firm about all that it is late with; or say why not."""
    try:
        remind_now(actor=actor, firm_uid=uid, on=clock.today())
        messages.success(request, "Le courriel part dans la minute ; il est gardé dans les envois.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(href(actor, "reminders:today"))


@action("facilitator", methods=("GET", "POST"))
def called(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """« J'ai appelé », with a note if one wants."""
    firm, on = late_firm(actor=actor, uid=uid, on=clock.today()), clock.today()
    form = CallForm(**sent(request))

    def write() -> None:
        note_call(actor=actor, firm_uid=uid, note=form.cleaned_data["note"], on=on)

    if done(request, form, write, "L'appel est noté sur chaque marché en retard."):
        return HttpResponseRedirect(href(actor, "reminders:today"))
    return _form(request, actor, form, firm, "J'ai appelé", "Noter l'appel", _to_call(firm))


def _to_call(firm: LateFirm) -> str:
    who = firm.contact
    told = f"{who.name}{f', {who.function}' if who.function else ''} : {who.phone or who.email}" if who else ""
    return told or "Aucun contact n'est noté sur ces marchés."


@action("facilitator", methods=("GET", "POST"))
def put_off(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Put the reminders of a firm off to a day."""
    firm, on = late_firm(actor=actor, uid=uid, on=clock.today()), clock.today()
    form = PutOffForm(**sent(request))

    def write() -> None:
        said = form.cleaned_data
        postpone(actor=actor, firm_uid=uid, until=said["until"], reason=said["reason"], on=on)

    if done(request, form, write, "Les relances de cette entreprise sont reportées."):
        return HttpResponseRedirect(href(actor, "reminders:today"))
    intro = "Aucun courriel ne partira avant ce jour : ni à l'entreprise, ni au maître d'ouvrage."
    return _form(request, actor, form, firm, "Reporter les relances", "Reporter", intro)


def _form(
    request: HttpRequest, actor: Actor, form: CallForm | PutOffForm, firm: LateFirm, title: str, verb: str, intro: str
) -> HttpResponse:
    waited = plural(len(firm.months), "relevé en retard", "relevés en retard")
    context = {
        "form": form, "title": title, "verb": verb, "intro": intro, "lead": f"{firm.firm_name}, {waited}",
        "crumbs": _crumbs(actor, Crumb("Relances", href(actor, "reminders:today"))),
        "cancel": href(actor, "reminders:today"),
    }  # fmt: skip
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "reminders/form.html", context, status=status)
