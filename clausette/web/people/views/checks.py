"""The check of eligibility: decide, withdraw."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from clausette.commitments.queries import publics_admitted
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.french import format_date
from clausette.participants import operations
from clausette.participants.enums import CheckState, Funding, NoteKind, PieceState
from clausette.participants.queries import (
    ParticipantSheet,
    SituationKnown,
    admitted_options,
    answer_of,
    kept_evidence,
    notes_of,
    participant_sheet,
    pieces_of_persons,
    situation_of,
)
from clausette.participants.rules import Answer
from clausette.procurement.queries import list_contracts
from clausette.reference.queries import categories, months_of, parameters_on
from clausette.web.components.lists import Crumb
from clausette.web.doors import action
from clausette.web.people.answer import answer_context, kept_with_decision, missing_papers
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.people.forms.checks import CheckForm, ReasonForm
from clausette.web.people.pieces import HANDED, pieces_table
from clausette.web.people.sheet import papers
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


def _form(request: HttpRequest, actor: Actor, known: SituationKnown) -> CheckForm:
    contracts = list_contracts(actor=actor, size=500).rows
    return CheckForm(
        posted(request),
        initial={
            "registered_on": known.registered_on,
            "level": known.level,
            "others": list(known.told),
        },
        publics=categories(),
        contracts=[(str(row.uid), f"{row.common_name} · {row.buyer_name}") for row in contracts],
    )


def _admitted(actor: Actor, form: CheckForm) -> frozenset[str] | None:
    """Publics that the engagements of the contract chosen admit."""
    return publics_admitted(actor=actor, contract_uid=form.contract_uid) if form.contract_uid else None


def _answer(actor: Actor, sheet: ParticipantSheet, form: CheckForm) -> Answer:
    """What the rules say of what is written."""
    said = form.situation(
        sheet.birth_date, clock.today(), options=admitted_options(actor), admitted=_admitted(actor, form)
    )
    return answer_of(said)


def _awaited(actor: Actor, sheet: ParticipantSheet) -> list[str]:
    """What the check in wait lacks, one line each."""
    if sheet.standing.state != CheckState.INCOMPLETE:
        return []
    notes = notes_of(actor=actor, uid=sheet.uid, kinds=[NoteKind.AWAITED])
    return notes[0].text.splitlines() if notes else []


def _decide(actor: Actor, sheet: ParticipantSheet, form: CheckForm, known: SituationKnown) -> str:
    """Decide, or put in wait; return what to say."""
    today = clock.today()
    if form.cleaned_data["decision"] == "prendre":
        operations.take_check(actor=actor, participant_uid=sheet.uid, on=today)
        return "La vérification est commencée : la personne est « en vérification »."
    on = form.cleaned_data["decided_on"] or today
    if on > today:
        raise Refusal("Cette date est à venir : une décision se constate.", field="decided_on")
    if form.cleaned_data["decision"] == "attente":
        papers = missing_papers(_answer(actor, sheet, form))
        operations.hold_check(
            actor=actor, participant_uid=sheet.uid, missing=[form.cleaned_data["missing"], *papers], on=today
        )
        return "Ce qui manque est noté. La personne reste à vérifier."
    operations.decide_eligibility(
        actor=actor,
        participant_uid=sheet.uid,
        contract_uid=form.contract_uid,
        categories=form.entries(),
        eligible=form.eligible,
        on=on,
        reason=form.cleaned_data["reason"] or form.cleaned_data["employed_reason"],
        facts=form.facts(known.home),
        opinion=form.opinion() if form.eligible else None,
        admitted=_admitted(actor, form),
    )
    return "La décision est enregistrée."


def _pieces(actor: Actor, uid: UUID) -> dict[str, object]:
    """What came with the referral and waits for this decision, what becomes of it; nothing when nothing came."""
    found = pieces_of_persons(actor=actor, participant_uids=[uid])
    pieces = [one for one in found if one.readable or one.unseen or one.state == PieceState.SEEN]
    kinds = {one.kind for one in pieces if one.state == PieceState.HANDED and one.readable}
    kept = kept_evidence(actor=actor)
    fse = {kind for kind, funding in kept if funding == Funding.FSE} & kinds
    return {
        "pieces": pieces_table(actor, pieces, why="") if pieces else "",
        "pieces_wait": HANDED if kinds else "",
        "asks_funding": bool(fse - {kind for kind, funding in kept if funding == Funding.ORDINARY}),
    }


@action("facilitator", methods=("GET", "POST"))
def check(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Decide today whether a person is eligible."""
    sheet = participant_sheet(actor=actor, uid=uid, on=clock.today())
    demand(sheet.can_follow)
    known = situation_of(actor=actor, participant_id=sheet.id)
    form, back = _form(request, actor, known), href(actor, "people:show", uid=uid)
    answer: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["decision"] == "voir":
            answer = answer_context(_answer(actor, sheet, form))
        else:
            try:
                told = _decide(actor, sheet, form, known)
            except Refusal as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, told)
                return HttpResponseRedirect(back)
    awaited = _awaited(actor, sheet)
    reasons = bool(awaited) or known != SituationKnown()
    pieces = _pieces(actor, uid)
    reasons = reasons or bool(pieces["pieces"])
    note_reading(request, ReadingKind.REASONS if reasons else ReadingKind.IDENTITY, [uid])
    context = {
        **answer,
        **pieces,
        "awaited": awaited,
        "kept": kept_with_decision(sheet.birth_date, known, clock.today()),
        "home_href": href(actor, "people:home", uid=uid),
        "sheet": sheet,
        "crumbs": crumbs(actor, Crumb(sheet.name, back)),
        "cancel": back,
        "may_take": not sheet.standing.opens and sheet.standing.state != CheckState.IN_REVIEW,
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
    if check not in {line.uid for line in sheet.checks}:
        raise Absent("participants.EligibilityCheck")
    form, back = ReasonForm(posted(request)), href(actor, "people:show", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_check(
                actor=actor, participant_uid=uid, uid=check, reason=form.cleaned_data["reason"]
            )
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
