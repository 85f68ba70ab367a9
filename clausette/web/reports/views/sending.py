"""A document sent to the contacts of the maître d'ouvrage: to whom, what they will read, one button."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, NotAllowed, Refusal
from clausette.kernel.french import plural
from clausette.reports.notices import subject_of, text_of
from clausette.reports.operations import send_report
from clausette.reports.queries import ReportSheet, recipients_of, report_sheet
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.doors import action
from clausette.web.refusals import add_refusal
from clausette.web.reports.common import href
from clausette.web.reports.forms import SendForm


def sent_words(count: int) -> str:
    """« Le document part par courriel à 2 contacts. »."""
    return f"Le document part par courriel à {plural(count, 'contact')}. L'historique du marché le garde."


@action("facilitator", methods=("GET", "POST"))
def send(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Choose among the contacts of the maître d'ouvrage, read the mail, send."""
    sheet = report_sheet(actor=actor, uid=uid)
    demand(sheet.can_send)
    people = recipients_of(actor=actor, contract_id=sheet.contract_id)
    form = SendForm(request.POST if request.method == "POST" else None, people)
    if form.is_bound and form.is_valid():
        try:
            count = send_report(actor=actor, report_uid=uid, contact_uids=form.cleaned_data["contacts"])
        except (NotAllowed, Conflict):
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, sent_words(count))
            return HttpResponseRedirect(href(actor, "reports:show", uid=uid))
    back = href(actor, "reports:show", uid=uid)
    line = sheet.line
    context = {
        "crumbs": Breadcrumb((Crumb("Documents", href(actor, "reports:list")), Crumb(line.number, back))),
        "form": form,
        "lead": f"{line.kind_label} {line.number}, {line.subject}",
        "nobody": None if people else nobody(actor, line.contract_uid),
        "mail": (subject_of(line.kind), _text(sheet)),
        "back": back,
    }
    return TemplateResponse(request, "reports/send.html", context, status=400 if form.is_bound else 200)


def _text(sheet: ReportSheet) -> str:
    line = sheet.line
    return text_of(
        kind_label=line.kind_label, number=line.number, subject=line.contract_name, owner_name=line.owner_name
    )


def nobody(actor: Actor, contract_uid: UUID | None) -> EmptyState:
    """What is shown when no contact has an address."""
    add = LinkButton("Ajouter un contact", href(actor, "contracts:add_contact", uid=contract_uid), "secondary")
    why = "Ajoutez une personne chez le maître d'ouvrage et son adresse : le document pourra lui être envoyé."
    return EmptyState("Aucun contact n'a d'adresse électronique", why, add, icon="mail")
