"""One person: entry, correction, sheet, compartment of reasons."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.access.queries import find_organisations
from clausette.hours.queries import limits_of
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.french import format_date
from clausette.outcomes.queries import path_of
from clausette.participants import operations, permissions
from clausette.participants.errors import AlreadyKnown, LikelyTwins, Twin
from clausette.participants.queries import (
    frozen_of,
    kept_instead,
    notes_of,
    participant_sheet,
    pieces_of_persons,
    reasons_of,
)
from clausette.placements.queries import work_contracts_of
from clausette.web.components.lists import Crumb
from clausette.web.doors import action, page
from clausette.web.people.answer import frozen_facts, opinion_facts, together
from clausette.web.people.common import READERS, crumbs, form_page, href
from clausette.web.people.forms.persons import NewPersonForm, PersonForm
from clausette.web.people.market import market_of
from clausette.web.people.pieces import piece_facts
from clausette.web.people.sheet import reason_facts, sheet_context
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


def _new_form(request: HttpRequest, actor: Actor) -> NewPersonForm:
    cards = find_organisations(actor=actor, capability="prescriber", limit=500)
    prescribers = [(str(card.uid), card.name) for card in cards]
    return NewPersonForm(posted(request), prescribers=prescribers)


@action("facilitator", methods=("GET", "POST"))
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Register a person, then go straight to the check."""
    demand(permissions.can_create_participant(actor))
    form, known = _new_form(request, actor), ""
    alike: list[Alike] = []
    if request.method == "POST" and form.is_valid():
        try:
            uid = operations.create_participant(actor=actor, **form.everything(), on=clock.today())
        except AlreadyKnown as refusal:
            add_refusal(form, refusal)
            known = href(actor, "people:show", uid=refusal.uid)
        except LikelyTwins as refusal:
            alike = _ask_about(request, actor, form, refusal)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La personne est enregistrée. Vérifiez maintenant son éligibilité.")
            return HttpResponseRedirect(href(actor, "people:check", uid=uid))
    context = {"crumbs": crumbs(actor), "cancel": href(actor, "people:list"), "known": known, "alike": alike}
    return form_page(request, "people/create.html", form, context)


@action("facilitator", methods=("GET", "POST"))
def change(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Correct an identity."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    names = ("last_name", "first_name", "birth_date", "sex", "commune_name", "phone", "email")
    form = PersonForm(posted(request), initial={name: getattr(sheet, name) for name in names})
    known, back = "", href(actor, "people:show", uid=uid)
    alike: list[Alike] = []
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_participant(actor=actor, uid=uid, **form.identity(), on=clock.today())
        except AlreadyKnown as refusal:
            add_refusal(form, refusal)
            known = href(actor, "people:show", uid=refusal.uid)
        except LikelyTwins as refusal:
            alike = _ask_about(request, actor, form, refusal)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L'identité est corrigée.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    context = {
        "crumbs": crumbs(actor, Crumb(sheet.name, back)), "cancel": back, "known": known,
        "title": "Corriger l'identité", "verb": "Enregistrer", "lead": "", "alike": alike,
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)


Alike = tuple[Twin, str, str]
"""A likely twin, the address of their page, how they are told."""


def _ask_about(request: HttpRequest, actor: Actor, form: PersonForm, refusal: LikelyTwins) -> list[Alike]:
    """Ask whether these are the same person; reading their identity is noted."""
    add_refusal(form, refusal)
    note_reading(request, ReadingKind.IDENTITY, [twin.uid for twin in refusal.twins])
    return [
        (twin, href(actor, "people:show", uid=twin.uid), f"{twin.name}, né(e) le {format_date(twin.birth_date)}")
        for twin in refusal.twins
    ]


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """What is known of a person, in the measure of who reads; a record reunited with another sends to it."""
    today = clock.today()
    try:
        sheet = participant_sheet(actor=actor, uid=uid, on=today)
    except Absent:
        kept = kept_instead(actor=actor, uid=uid)
        if kept is None:
            raise
        messages.info(request, "La fiche demandée a été réunie à celle-ci.")
        return HttpResponseRedirect(href(actor, "people:show", uid=kept))
    works = work_contracts_of(actor=actor, participant_uid=uid)
    limits = limits_of(actor=actor, participant_ids=[sheet.id], on=today)[sheet.id]
    note_reading(request, ReadingKind.IDENTITY, [uid])
    path = path_of(actor=actor, sheet=sheet, works=works, limits=limits, on=today)
    context = sheet_context(actor, sheet, works, limits, path, today)
    if "marche" in request.GET and sheet.can_follow:
        market = market_of(actor, sheet, request.GET["marche"])
        note_reading(request, ReadingKind.REASONS, [uid] if market.facts else [])
        context["market"] = market
    return TemplateResponse(request, "people/show.html", context)


@page("facilitator", "prescriber", "contractor", "employer")
def reasons(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Why a person is eligible: the structure in charge and the prescriber; each reading is noted."""
    found = reasons_of(actor=actor, uid=uid)
    frozen, notes = frozen_of(actor=actor, participant_uid=uid), notes_of(actor=actor, uid=uid)
    pieces = pieces_of_persons(actor=actor, participant_uids=[uid])
    note_reading(request, ReadingKind.REASONS, [uid])
    back = href(actor, "people:show", uid=uid)
    context = {
        "person": found,
        "blocks": [
            (
                check.title,
                check.seen_on,
                together(
                    reason_facts(check),
                    *(opinion_facts(note) for note in notes if note.check_uid == check.check_uid),
                    *([frozen_facts(frozen[check.check_uid])] if check.check_uid in frozen else []),
                    piece_facts(actor, [one for one in pieces if one.check_uid == check.check_uid]),
                ),
            )
            for check in found.checks
        ],
        "crumbs": crumbs(actor, Crumb(found.name, back)),
        "back": back,
    }
    return TemplateResponse(request, "people/reasons.html", context)
