"""What was sent: the list, one letter, its return."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.agenda.enums import LetterState
from clausette.agenda.operations import clear_address, note_failure
from clausette.agenda.queries import LetterLine, letter_line, letters_page
from clausette.agenda.rules.texts import ADDRESS
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.columns import Column
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_date
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts, Tab, Tabs
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.contracts.views.doing import done, sent
from clausette.web.contracts.views.reminded import letter_badge
from clausette.web.doors import action, page
from clausette.web.reminders.forms import FailedForm
from clausette.web.reminders.words import IN_ITS_PLACE, by_whom, href

EMPTIED = "Le texte et l'adresse sont effacés : leur durée de conservation est finie."


def _crumbs(actor: Actor, *more: Crumb) -> Breadcrumb:
    return Breadcrumb((Crumb("Relances", href(actor, "reminders:today")), *more))


@page("facilitator")
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The letters, the last first; those in error apart with `?etat=erreur`."""
    failed, here = request.GET.get("etat") == "erreur", href(actor, "reminders:letters")
    number = page_number(request)
    rows, total = letters_page(actor=actor, failed=failed, offset=Pagination(10**6, number, "", request.GET).offset)
    columns: list[Column[LetterLine]] = [
        Column("Destinataire", lambda row: row.organisation_name),
        Column("Jour", lambda row: row.on, "date"),
        Column("Objet", lambda row: row.subject),
        Column("Adresse", lambda row: row.email or None),
        Column("Par", by_whom),
        Column("État", lambda row: letter_badge(row.state)),
    ]
    context = {
        "crumbs": _crumbs(actor),
        "tabs": Tabs([Tab("Tous", here, not failed), Tab("En erreur", f"{here}?etat=erreur", failed)], "Envois"),
        "table": Table("Courriels de relance", columns, rows,
                       row_href=lambda row: href(actor, "reminders:letter", uid=row.uid)) if rows else "",
        "failed": failed,
        "pagination": Pagination(total, number, "courriels", request.GET),
    }  # fmt: skip
    return TemplateResponse(request, "reminders/letters.html", context)


@page("facilitator")
def letter(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """One letter as it was sent, and its return if there was one."""
    line = letter_line(actor=actor, uid=uid)
    at = line.sent_at.astimezone(PARIS) if line.sent_at else None
    facts = [
        Fact("État", letter_badge(line.state)),
        Fact("À", f"{line.organisation_name} ({line.told.label.lower()})"),
        Fact("Adresse", line.email or None),
        Fact("Écrit le", format_date(line.on), help=by_whom(line)),
        Fact("Envoyé le", f"{format_date(at.date())}, {at.hour} h {at.minute:02d}" if at else None),
    ]
    if line.failed_on:
        facts.append(Fact("En erreur le", format_date(line.failed_on), help=line.failure))
    if line.cleared_on:
        facts.append(Fact("Remise en service le", format_date(line.cleared_on)))
    context = {
        "crumbs": _crumbs(actor, Crumb("Envois", href(actor, "reminders:letters"))),
        "line": line,
        "facts": Facts(facts),
        "body": line.body.replace(ADDRESS, IN_ITS_PLACE) or EMPTIED,
        "failed_href": href(actor, "reminders:failed", uid=uid) if line.failed_on is None and line.email else "",
        "cleared_href": href(actor, "reminders:cleared", uid=uid)
        if line.state == LetterState.FAILED and line.cleared_on is None
        else "",
    }
    return TemplateResponse(request, "reminders/letter.html", context)


@action("facilitator", methods=("GET", "POST"))
def failed(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Note that a letter came back."""
    line = letter_line(actor=actor, uid=uid)
    form = FailedForm(**sent(request))
    here = href(actor, "reminders:letter", uid=uid)

    def write() -> None:
        note_failure(actor=actor, uid=uid, on=clock.today(), reason=form.cleaned_data["reason"])

    if done(request, form, write, "L'adresse est notée en erreur : plus rien n'y part."):
        return HttpResponseRedirect(here)
    context = {
        "form": form, "title": "Noter un retour", "verb": "Noter l'adresse en erreur", "cancel": here,
        "lead": f"{line.organisation_name}, {line.email}",
        "intro": "Aucun courriel ne partira plus à cette adresse, jusqu'à ce que vous la remettiez en service. "
        "L'entreprise vient dans « À relancer aujourd'hui ».",
        "crumbs": _crumbs(actor, Crumb("Envois", href(actor, "reminders:letters")), Crumb(line.subject, here)),
    }  # fmt: skip
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "reminders/form.html", context, status=status)


@action("facilitator")
def cleared(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Put an address back in use."""
    try:
        clear_address(actor=actor, uid=uid, on=clock.today())
        messages.success(request, "L'adresse est remise en service.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(href(actor, "reminders:letter", uid=uid))
