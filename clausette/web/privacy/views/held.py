"""« Données de la personne »: what is held, the answer to the right of access, what keeps it longer."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.errors import Refusal
from clausette.outcomes.queries import funding_of
from clausette.privacy.enums import HoldReason
from clausette.privacy.operations import lift_hold, review_hold, set_hold
from clausette.privacy.permissions import can_hold
from clausette.privacy.queries.export import HeldSection, Holding, as_json, everything_held
from clausette.privacy.queries.holds import HoldLine, all_holds_of, hold_of, notices_of
from clausette.privacy.telling import holding_paper
from clausette.reports.rendering.pdf import pdf_of
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import Crumb
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.privacy.common import attached, crumbs, form_page, href, person_of
from clausette.web.privacy.forms import HoldForm
from clausette.web.privacy.words import funding_told, hold_state, notice_told
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


def _told(request: HttpRequest, actor: Actor, uid: UUID) -> Holding:
    """Everything, its reading noted as an export and as a reading of reasons."""
    found = everything_held(actor=actor, uid=uid, on=clock.today())
    note_reading(request, ReadingKind.EXPORT, [uid])
    note_reading(request, ReadingKind.REASONS, [uid])
    return found


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """What is held of a person, table by table, in numbers; the files that say it whole."""
    found = everything_held(actor=actor, uid=uid, on=clock.today())
    note_reading(request, ReadingKind.IDENTITY, [uid])
    holds = all_holds_of(actor=actor, participant_id=found.person.id)
    columns: list[Column[HeldSection]] = [
        Column("Ce qui est détenu", lambda row: row.title),
        Column("Lignes", lambda row: len(row.rows), "int"),
    ]
    context = {
        "crumbs": crumbs(actor, found.person, Crumb("Données")),
        "person": found.person,
        "table": Table("Ce qui est détenu", columns, found.filled, narrow="plain"),
        "empty": ", ".join(one[:1].lower() + one[1:] for one in found.empty),
        "files": [
            LinkButton("Télécharger en PDF", href(actor, "privacy:held_pdf", uid=uid), "primary"),
            LinkButton("Télécharger en JSON", href(actor, "privacy:held_json", uid=uid)),
        ],
        "holds": _holds(request, actor, holds) if holds else None,
        "funding": [funding_told(one) for one in funding_of(actor=actor, person=found.person.id)],
        "hold": LinkButton("Prolonger la conservation", href(actor, "privacy:hold", uid=uid)),
        "notices": [notice_told(one) for one in notices_of(actor=actor, participant_id=found.person.id)],
        "notice": LinkButton("Notice d'information", href(actor, "privacy:notice", uid=uid)),
    }
    return TemplateResponse(request, "privacy/held.html", context)


def _holds(request: HttpRequest, actor: Actor, holds: tuple[HoldLine, ...]) -> Table:
    token, today = get_token(request), clock.today()

    def lift(line: HoldLine) -> PostButton | None:
        if not line.open_on(today):
            return None
        address = href(actor, "privacy:lift_hold", uid=line.uid)
        about = f"la conservation, motif : {line.reason.label}"
        return PostButton("Lever", address, "secondary", disabled=line.can_lift.reason, about=about, token=token)

    columns: list[Column[HoldLine]] = [
        Column("Motif", lambda line: line.reason.label),
        Column("Jusqu'au", lambda line: line.until, "date"),
        Column("À revoir le", lambda line: line.review_on, "date"),
        Column("Posée par", lambda line: line.set_by),
        Column("État", lambda line: hold_state(line, today)),
        Column("Geste", lift),
    ]
    return Table("Conservations prolongées", columns, holds, narrow="cards")


@page("facilitator")
def pdf(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The answer as a document to hand over."""
    found = _told(request, actor, uid)
    return attached(pdf_of(holding_paper(found)), "application/pdf", f"donnees-{found.on:%Y-%m-%d}.pdf")


@page("facilitator")
def data(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The same for another program."""
    found = _told(request, actor, uid)
    told = json.dumps(as_json(found), ensure_ascii=False, indent=1).encode()
    return attached(told, "application/json", f"donnees-{found.on:%Y-%m-%d}.json")


@action("facilitator", methods=("GET", "POST"))
def hold(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Keep the data of a person longer, with a reason and an end."""
    person = person_of(actor, uid)
    demand(can_hold(actor, owner_org_id=person.owner_org_id))
    form, back = HoldForm(posted(request)), href(actor, "privacy:held", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            set_hold(
                actor=actor, participant_uid=uid, reason=HoldReason(form.cleaned_data["reason"]),
                until=form.cleaned_data["until"], on=clock.today(),
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La conservation est prolongée : rien n'est effacé avant sa fin.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {"crumbs": crumbs(actor, person, Crumb("Données", back)), "cancel": back, "person": person}
    return form_page(request, "privacy/hold.html", form, context)


@action("facilitator")
def review(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say that a hold is still needed."""
    review_hold(actor=actor, uid=uid, on=clock.today())
    messages.success(request, "C'est noté : cette conservation sera à revoir dans un an.")
    return HttpResponseRedirect(href(actor, "privacy:retention"))


@action("facilitator")
def lift(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """End a hold before its day."""
    line = hold_of(actor=actor, uid=uid)
    lift_hold(actor=actor, uid=uid, on=clock.today())
    messages.success(request, "La conservation prolongée est levée : la durée ordinaire s'applique de nouveau.")
    return HttpResponseRedirect(href(actor, "privacy:held", uid=line.participant_uid))
