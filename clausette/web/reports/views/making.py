"""A new document: kind, subject, period; its figures before it is issued; then its issue. Works without JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, NotAllowed, Refusal
from clausette.kernel.french import format_date, plural
from clausette.kernel.operation import isolated
from clausette.reports.enums import FileFormat, ReportKind
from clausette.reports.operations import issue_follow_up, send_report
from clausette.reports.queries import (
    Asked,
    FollowUpDraft,
    ReportLine,
    draft_follow_up,
    first_start,
    recipients_of,
    report_sheet,
    subject_choices,
)
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.doors import action
from clausette.web.refusals import add_refusal
from clausette.web.reports.asked import MakeForm, asked_of, with_reason
from clausette.web.reports.common import href
from clausette.web.reports.forms import SendForm
from clausette.web.reports.papers import on_screen
from clausette.web.reports.views.sending import sent_words

SEND = "envoyer"
NOBODY = "Pour l'envoyer d'ici, enregistrez un contact du maître d'ouvrage, avec son adresse, sur la page du marché."


@action("facilitator", methods=("GET", "POST"))
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose, see the figures, issue."""
    on, data = clock.today(), request.POST if request.method == "POST" else request.GET
    old = _replaced(actor, data.get("remplace", ""))
    shaped: type[MakeForm] = with_reason() if old else MakeForm
    form = shaped(data if "nature" in data else None, subjects=subject_choices(actor=actor), today=on)
    asked = _asked(actor, form)
    if request.method == "POST" and asked is not None:
        answer = _issue(request, actor, form, asked, old)
        if answer is not None:
            return answer
    draft = draft_follow_up(actor=actor, asked=asked, on=on) if asked is not None else None
    if draft is not None:
        demand(draft.can_issue)
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "reports/new.html", _context(actor, form, draft, old), status=status)


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _replaced(actor: Actor, raw: str) -> ReportLine | None:
    uid = _uid(raw)
    return report_sheet(actor=actor, uid=uid).line if uid else None


def _asked(actor: Actor, form: MakeForm) -> Asked | None:
    """What is asked, None as long as the form does not say it."""
    if not form.is_bound or not form.is_valid():
        return None
    target = form.target()
    start = first_start(actor=actor, target=target, on=clock.today())
    return asked_of(actor, form, target, start)


def _issue(
    request: HttpRequest, actor: Actor, form: MakeForm, asked: Asked, old: ReportLine | None
) -> HttpResponse | None:
    """Issue it, and send it when that is asked; None when it is refused, the reason being in the form."""
    chosen = [found for text in request.POST.getlist("contacts") if (found := _uid(text))]
    try:
        with isolated():
            uid = issue_follow_up(
                actor=actor, asked=asked, formats=[FileFormat(one) for one in form.cleaned_data["formats"]],
                replaces_uid=old.uid if old else None, reason=form.cleaned_data.get("reason", ""), on=clock.today(),
            )  # fmt: skip
            if request.POST.get("acte") == SEND:
                send_report(actor=actor, report_uid=uid, contact_uids=chosen)
    except (NotAllowed, Conflict):
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    if request.POST.get("acte") == SEND:
        messages.success(request, f"Établi. {sent_words(len(chosen))}")
        return HttpResponseRedirect(href(actor, "reports:show", uid=uid))
    if asked.kind == ReportKind.UPDATE:  # one page, to be read and sent at once
        return HttpResponseRedirect(href(actor, "reports:pdf", uid=uid))
    messages.success(request, "Le document est établi. Il ne changera plus.")
    return HttpResponseRedirect(href(actor, "reports:show", uid=uid))


def _context(
    actor: Actor, form: MakeForm, draft: FollowUpDraft | None, old: ReportLine | None
) -> dict[str, Any]:
    back = href(actor, "reports:list")
    context: dict[str, Any] = {
        "form": form,
        "send": None,
        "nobody": "",
        "replaced": old,
        "crumbs": Breadcrumb((Crumb("Documents", back),)),
        "back": LinkButton("Annuler", back, "quiet"),
        "kept": form.kept() if draft is not None else [],
        "ready": draft is not None,
        "address": href(actor, "reports:new"),
    }
    if draft is None:
        return context
    return context | on_screen(draft.facts) | {
        "name": draft.facts.subject.name,
        "as_of": f"chiffres arrêtés au {format_date(draft.facts.as_of)}",
        "warnings": _warnings(draft),
        "contradictions": draft.contradictions,
        "refused": _refused(draft),
        **_sending(actor, form, draft),
    }  # fmt: skip


def _sending(actor: Actor, form: MakeForm, draft: FollowUpDraft) -> dict[str, object]:
    """To whom a point d'étape may be sent at once: the contacts of the maître d'ouvrage, all ticked."""
    if draft.asked.kind != ReportKind.UPDATE:
        return {"send": None, "nobody": ""}
    people = recipients_of(actor=actor, contract_id=draft.contract_id)
    typed = form.data if form.data.get("acte") == SEND else None
    return {"send": SendForm(typed, people) if people else None, "nobody": "" if people else NOBODY}


def _refused(draft: FollowUpDraft) -> str:
    if draft.contradictions:
        return "Les chiffres se contredisent : corrigez d'abord."
    if not draft.facts.engagements and not draft.facts.asides:
        return "Aucun engagement n'est en cours sur cette période."
    return ""


def _warnings(draft: FollowUpDraft) -> list[str]:
    """What the reader of the document will notice: said before, never hidden."""
    told = []
    if draft.missing:
        told.append(f"{plural(draft.missing, 'mois sans relevé', 'mois sans relevé')} : le document le dira.")
    if draft.pending:
        told.append(
            f"{plural(draft.pending, 'mois à valider', 'mois à valider')} : ces heures n'y seront pas comptées."
        )
    if draft.facts.totals.in_period == 0:
        told.append("Aucune heure n'est validée sur cette période.")
    return told
