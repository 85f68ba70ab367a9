"""The prescriber's desk: candidates proposed, one more, completed, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.french import format_short_date, plural
from clausette.participants import operations, rules
from clausette.participants.enums import PieceState, ReferralState
from clausette.participants.queries import (
    ReferralLine,
    answer_times_of,
    list_needs,
    list_referrals,
    pieces_of,
    referral_sheet,
    structures_to_refer,
)
from clausette.reference.queries import categories, parameter
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Crumb
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.referrals.common import NOBODY, crumbs, href, state_badge, times_facts
from clausette.web.referrals.forms import CandidateForm, ProposeForm, WithdrawForm, as_typed
from clausette.web.referrals.pieces import HEALTH_TOLD, WITHOUT, PiecesForm
from clausette.web.refusals import answered, form_page

COLUMNS: tuple[Column[ReferralLine], ...] = (
    Column("Personne", lambda row: row.name),
    Column("Réponse", lambda row: state_badge(row.state)),
    Column("Proposée le", lambda row: row.asked_on, "date"),
    Column("Répondue le", lambda row: row.answered_on, "date"),
    Column("Structure", lambda row: row.structure),
    Column("Pour", lambda row: row.need or "en général"),
)


@page("prescriber")
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The candidates proposed, the last first, with the answers."""
    today, number = clock.today(), page_number(request)
    rows, total = list_referrals(actor=actor, received=False, page=number)
    tied = structures_to_refer(actor=actor, on=today)
    note_reading(request, ReadingKind.IDENTITY, [row.uid for row in rows])
    why = "Proposez une personne avec son accord : vous suivez ici la réponse." if tied else NOBODY
    table = Table(
        "Candidats proposés", COLUMNS, rows, row_href=lambda row: href(actor, "referrals:show", uid=row.uid),
        empty=EmptyState("Aucun candidat proposé", why, icon="people"),
    )  # fmt: skip
    context = {
        "table": table,
        "total": total,
        "pagination": Pagination(total, number, "candidats", request.GET),
        "times": times_facts(
            answer_times_of(actor=actor, received=False, on=today), parameter(code="referral_answer_days", on=today)
        ),
        "propose": LinkButton(
            "Proposer un candidat", href(actor, "referrals:propose"), "primary", disabled="" if tied else NOBODY
        ),
        "needs": LinkButton("Besoins ouverts", href(actor, "referrals:needs"), "secondary"),
    }
    return TemplateResponse(request, "referrals/mine.html", context)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent, files too; nothing before."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _without(request: HttpRequest) -> bool:
    return request.POST.get("acte") == WITHOUT


def _say_health(request: HttpRequest, answer: HttpResponse | None, form: PiecesForm) -> None:
    if answer is not None and form.health_left:
        messages.info(request, HEALTH_TOLD)


@action("prescriber", methods=("GET", "POST"))
def propose(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Propose somebody, for a need or in general."""
    today = clock.today()
    tied = structures_to_refer(actor=actor, on=today)
    needs = list_needs(actor=actor, own=False, on=today)
    chosen = next((one for one in needs if str(one.uid) == request.GET.get("besoin")), None)
    initial: dict[str, object] = {"consent_on": today}
    if chosen:
        initial |= {"need": str(chosen.uid), "structure": str(chosen.structure_uid)}
    form = ProposeForm(
        *_sent(request), without=_without(request), publics=categories(), initial=initial,
        structures=[(str(one.uid), one.name) for one in tied],
        needs=[
            (str(one.uid), f"{one.title}, {plural(one.people, 'personne')}, avant le {format_short_date(one.ends_on)}")
            for one in needs
        ],
        told_by={str(one.uid): str(one.structure_uid) for one in needs},
    )  # fmt: skip
    answer = answered(
        request, form,
        lambda: operations.propose_referral(
            actor=actor, structure_uid=form.structure_uid, need_uid=form.need_uid, candidate=form.candidate,
            papers=form.papers(), on=today,
        ),
        "La personne est proposée. Vous lirez ici la réponse.",
        lambda uid: href(actor, "referrals:show", uid=uid),
    )  # fmt: skip
    _say_health(request, answer, form)
    context: dict[str, object] = {
        "title": "Proposer un candidat", "verb": "Proposer ce candidat", "cancel": href(actor, "referrals:list"),
        "crumbs": crumbs(actor, made=True), "nobody": "" if tied else NOBODY, "new": True, "answer": "",
    }  # fmt: skip
    return answer or form_page(request, "referrals/candidate.html", form, context)


@action("prescriber", methods=("GET", "POST"))
def complete(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Complete a candidate sent back, and send again."""
    sheet = referral_sheet(actor=actor, uid=uid)
    demand(sheet.can_carry)
    rules.check_referral(sheet.line.state, ReferralState.PROPOSED)
    form = CandidateForm(
        *_sent(request), without=_without(request), publics=categories(), initial=as_typed(sheet)
    )
    back = href(actor, "referrals:show", uid=uid)
    answer = answered(
        request, form,
        lambda: operations.complete_referral(
            actor=actor, uid=uid, candidate=form.candidate, papers=form.papers(), on=clock.today()
        ),
        "La proposition est complétée et renvoyée à la structure.",
        lambda _: back,
    )  # fmt: skip
    _say_health(request, answer, form)
    note_reading(request, ReadingKind.IDENTITY, [uid])
    note_reading(request, ReadingKind.REASONS, [uid])
    context: dict[str, object] = {
        "title": "Compléter la proposition", "verb": "Renvoyer à la structure", "cancel": back, "nobody": "",
        "crumbs": crumbs(actor, Crumb(sheet.name, back), made=True), "new": False, "answer": sheet.answer,
        "joined": len([one for one in pieces_of(actor=actor, referral_uid=uid) if one.state != PieceState.DESTROYED]),
        "shown": back,
    }  # fmt: skip
    return answer or form_page(request, "referrals/candidate.html", form, context)


@action("prescriber", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw a candidate not answered yet; with the person's agreement gone, what tells of them is emptied."""
    sheet = referral_sheet(actor=actor, uid=uid)
    demand(sheet.can_carry)
    rules.check_referral(sheet.line.state, ReferralState.WITHDRAWN)
    form, back = WithdrawForm(request.POST if request.method == "POST" else None), href(actor, "referrals:list")
    answer = answered(
        request, form,
        lambda: operations.withdraw_referral(
            actor=actor, uid=uid, consent_withdrawn=form.cleaned_data["consent"], on=clock.today()
        ),
        "La proposition est retirée.",
        lambda _: back,
    )  # fmt: skip
    note_reading(request, ReadingKind.IDENTITY, [uid])
    shown = href(actor, "referrals:show", uid=uid)
    context: dict[str, object] = {
        "title": "Retirer cette proposition", "verb": "Retirer", "cancel": shown,
        "crumbs": crumbs(actor, Crumb(sheet.name, shown), made=True), "lead": sheet.name,
    }  # fmt: skip
    return answer or form_page(request, "referrals/form.html", form, context)
