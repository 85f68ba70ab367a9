"""A validated month reopened: the request, what it moves, the decision of a second person, the request taken back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.errors import AlreadyDone
from clausette.hours.notices import instant
from clausette.hours.operations import (
    Asked,
    accept_reopening,
    ask_reopening,
    cancel_reopening,
    decline_reopening,
)
from clausette.hours.queries import (
    StatementSheet,
    deciders,
    may_reopen,
    moved_by_reopening,
    reopening,
    reopening_hours,
    statement_sheet,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Conflict, NotAllowed, Refusal
from clausette.kernel.french import HARD, format_hours, format_month, plural
from clausette.web.doors import action
from clausette.web.hours.forms.reopening import ReopeningDecision, ReopeningRequest
from clausette.web.hours.views.common import contract_crumbs, href
from clausette.web.hours.views.reopened import day_of, documents_counting, named
from clausette.web.hours.views.statement import version_of
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted

LINES = (
    "Les corrections faites depuis la validation rejoignent leur ligne. Les heures non retenues le restent, une "
    "réserve est gardée."
)


@action("facilitator", methods=("GET", "POST"))
def ask(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask that a validated month be reopened, with a reason."""
    on = clock.today()
    sheet = statement_sheet(actor=actor, uid=uid, on=on)
    form = ReopeningRequest(posted(request))
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_reopening(
                actor=actor, uid=uid, version=version_of(request), reason=form.cleaned_data["reason"], at=clock.now(),
                on=on,
            )  # fmt: skip
        except Refusal as refusal:
            status = 409 if isinstance(refusal, Conflict) else 400
            add_refusal(form, refusal)
        else:
            messages.success(request, _kept(asked))
            return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))
    may = may_reopen(actor=actor, uid=uid, on=on)
    context = {
        "title": "Rouvrir un mois validé",
        "who": _who(deciders(actor=actor, on=on), reopening_hours(on)) if may else "",
        "refused": may.reason,
        "version": sheet.version,
        "verb": "Demander la réouverture",
        **_what(actor, sheet),
    }
    return TemplateResponse(request, "hours/reopen.html", context | {"form": form}, status=status)


def _kept(asked: Asked) -> str:
    kept = "La demande était déjà enregistrée." if asked.already else "La demande est enregistrée."
    if asked.effective_at:
        return f"{kept} Le mois sera rouvert le {instant(asked.effective_at)} ; vous pouvez la retirer d'ici là."
    return f"{kept} Une autre personne de votre structure en décide."


def _who(others: int, hours: int) -> str:
    """Who decides, said before it is asked."""
    if others:
        who = "Votre collègue" if others == 1 else "Un de vos collègues"
        return f"{who} accepte ou refuse : la demande arrive dans « Ma journée » et dans « Relevés à valider »."
    return (
        "Personne d'autre ne peut en décider dans votre structure : le mois sera rouvert "
        f"{plural(hours, 'heure')} après votre demande. L'administrateur est prévenu tout de suite par courriel ; "
        "la demande peut être retirée d'ici là."
    )


def _what(actor: Actor, sheet: StatementSheet) -> dict[str, object]:
    """What is common to who asks and who decides: which month, what leaves the validated hours, which documents."""
    month = f"{format_month(sheet.month).capitalize()}, {sheet.declarant_name}"
    moved = [
        f"{format_hours(one.hours)} ne seront plus validées pour l'engagement de {one.contractor_name}, mais « à "
        "valider » : avancement, bilans et tableaux suivent tout de suite."
        for one in moved_by_reopening(actor=actor, statement_id=sheet.id)
    ]
    return {
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "lead": f"{month}{HARD}: {format_hours(sheet.total)}. {sheet.part.name}.",
        "moved": [*moved, LINES],
        "documents": named(actor, documents_counting(actor, sheet, clock.today())),
        "back": href(actor, "hours:statement", uid=sheet.uid),
    }


@action("facilitator", methods=("GET", "POST"))
def decide(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Accept or decline the request of a colleague."""
    found = reopening(actor=actor, uid=uid)
    form = ReopeningDecision(posted(request))
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _decided(actor, uid, form))
        except AlreadyDone as done:
            messages.info(request, done.message)
        except Refusal as refusal:
            add_refusal(form, refusal)
        if not form.errors:
            return HttpResponseRedirect(href(actor, "hours:statement", uid=found.statement_uid))
    sheet = statement_sheet(actor=actor, uid=found.statement_uid, on=clock.today())
    context = {
        "title": "Décider d'une réouverture",
        "asked": f"{found.asked_by}, le {day_of(found.asked_at)}{HARD}: «{HARD}{found.reason}{HARD}»",
        "refused": "" if found.asks_me else _why_not(found.waits, lone=found.effective_at is not None)
        or found.may_decide.reason,
        "verb": "Enregistrer ma décision",
        **_what(actor, sheet),
    }
    return TemplateResponse(request, "hours/reopen.html", context | {"form": form}, status=status)


def _why_not(waits: bool, *, lone: bool) -> str:
    if not waits:
        return "Cette demande est close."
    return "Cette réouverture prend effet d'elle-même : elle peut seulement être retirée." if lone else ""


def _decided(actor: Actor, uid: UUID, form: ReopeningDecision) -> str:
    """Do what was chosen; return what is said of it."""
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["outcome"] == "accept":
        done = accept_reopening(actor=actor, uid=uid, reason=reason, at=clock.now(), on=clock.today())
        return "Ce mois était déjà rouvert." if done.already else "Le mois est rouvert : ses heures sont à valider."
    decline_reopening(actor=actor, uid=uid, reason=reason, at=clock.now())
    return "La réouverture est refusée : le mois reste validé."


@action("facilitator")
def cancel(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take back a request that waits."""
    found = reopening(actor=actor, uid=uid)
    tell: Callable[[HttpRequest, str], None] = messages.success
    told = "La demande de réouverture est retirée : le mois reste validé."
    try:
        cancel_reopening(actor=actor, uid=uid, at=clock.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        tell, told = messages.info, refusal.message
    tell(request, told)
    return HttpResponseRedirect(href(actor, "hours:statement", uid=found.statement_uid))
