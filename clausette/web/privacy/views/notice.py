"""The information notice: the text to hand over, and the note that it was."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.access.queries import own_organisation
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.privacy.enums import NoticeMeans
from clausette.privacy.notice import WORDING, NoticeFacts, notice_paper
from clausette.privacy.operations import give_notice
from clausette.privacy.permissions import can_hold
from clausette.privacy.queries.holds import notices_of
from clausette.reports.paper import Paper
from clausette.reports.rendering.pdf import pdf_of
from clausette.reports.rendering.word import word_of
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Crumb
from clausette.web.doors import action, page
from clausette.web.privacy.common import attached, crumbs, form_page, href, person_of
from clausette.web.privacy.forms import NoticeForm
from clausette.web.privacy.words import notice_told
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@action("facilitator", methods=("GET", "POST"))
def give(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Print the notice, then say when it was handed over."""
    person, today = person_of(actor, uid), clock.today()
    demand(can_hold(actor, owner_org_id=person.owner_org_id))
    form = NoticeForm(posted(request), initial={"given_on": today.isoformat()})
    back = href(actor, "privacy:held", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            give_notice(
                actor=actor, participant_uid=uid, means=NoticeMeans(form.cleaned_data["means"]), wording=WORDING,
                given_on=form.cleaned_data["given_on"], on=today,
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La remise de la notice est notée.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "crumbs": crumbs(actor, person, Crumb("Données", back)),
        "cancel": back,
        "person": person,
        "given": [notice_told(one) for one in notices_of(actor=actor, participant_id=person.id)],
        "files": [
            LinkButton("La notice en PDF", href(actor, "privacy:notice_pdf", uid=uid)),
            LinkButton("La notice en DOCX", href(actor, "privacy:notice_word", uid=uid)),
        ],
    }
    return form_page(request, "privacy/notice.html", form, context)


def _paper(request: HttpRequest, actor: Actor, uid: UUID) -> Paper:
    person = person_of(actor, uid)
    demand(can_hold(actor, owner_org_id=person.owner_org_id))
    note_reading(request, ReadingKind.IDENTITY, [uid])
    card = own_organisation(actor=actor)
    return notice_paper(NoticeFacts(card.name, card.commune_name, card.body_kind, person.name, clock.today()))


@page("facilitator")
def pdf(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The notice, to be printed."""
    return attached(pdf_of(_paper(request, actor, uid)), "application/pdf", "notice-information.pdf")


@page("facilitator")
def word(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The notice, to be completed."""
    return attached(word_of(_paper(request, actor, uid)), DOCX, "notice-information.docx")
