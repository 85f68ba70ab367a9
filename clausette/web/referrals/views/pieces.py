"""The pieces of a referral: joined, taken away, opened."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.participants import operations, rules
from clausette.participants.enums import ReferralState
from clausette.participants.queries import participant_behind, piece_content, referral_sheet
from clausette.web.components.lists import Crumb
from clausette.web.doors import action, page
from clausette.web.referrals.common import crumbs, href
from clausette.web.referrals.pieces import HEALTH_TOLD, PieceForm
from clausette.web.refusals import answered, form_page


@action("prescriber", methods=("GET", "POST"))
def join(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Join one piece to a candidate that is not answered."""
    sheet = referral_sheet(actor=actor, uid=uid)
    demand(sheet.can_carry)
    rules.check_referral(sheet.line.state, ReferralState.WITHDRAWN)  # open as long as it may be withdrawn
    form = PieceForm(request.POST, request.FILES) if request.method == "POST" else PieceForm()
    back = href(actor, "referrals:show", uid=uid)
    answer = answered(
        request, form,
        lambda: [
            operations.join_piece(actor=actor, referral_uid=uid, paper=paper, on=clock.today())
            for paper in form.papers()
        ],
        "La pièce est jointe.",
        lambda _: back,
    )  # fmt: skip
    if answer and form.health_left:
        messages.info(request, HEALTH_TOLD)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context: dict[str, object] = {
        "title": "Joindre une pièce", "cancel": back, "lead": sheet.name,
        "crumbs": crumbs(actor, Crumb(sheet.name, back), made=True),
    }  # fmt: skip
    return answer or form_page(request, "referrals/piece.html", form, context)


@action("prescriber")
def remove(request: HttpRequest, actor: Actor, *, uid: UUID, piece: UUID) -> HttpResponse:
    """Take a piece away: its content is destroyed."""
    operations.remove_piece(actor=actor, referral_uid=uid, uid=piece, on=clock.today())
    messages.success(request, "La pièce est retirée, son contenu est détruit.")
    return HttpResponseRedirect(href(actor, "referrals:show", uid=uid))


@page("facilitator", "prescriber")
def read(request: HttpRequest, actor: Actor, *, uid: UUID, piece: UUID) -> HttpResponse:
    """Give a piece as a download, never shown by the site; its reading is that of a reason."""
    content = piece_content(actor=actor, referral_uid=uid, uid=piece)
    person = participant_behind(actor=actor, referral_uid=uid)
    note_reading(request, ReadingKind.REASONS, [one for one in (uid, person) if one])
    response = HttpResponse(content.data, content_type=content.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(content.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
