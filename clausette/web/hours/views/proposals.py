"""A correction proposed by who declared a validated line: proposed, taken back, accepted or declined."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import LineState
from clausette.hours.errors import AlreadyDone
from clausette.hours.operations import (
    accept_proposal,
    accept_proposals,
    decline_proposal,
    propose_correction,
    withdraw_proposal,
)
from clausette.hours.permissions import can_propose_correction, can_validate
from clausette.hours.queries import (
    CollectiveLine,
    ProposalEffect,
    ProposalLine,
    SheetLine,
    StatementSheet,
    collective_line,
    effect_of,
    line_sheet,
    own_proposal,
    place_of,
    proposal,
    proposals_of,
    statement_sheet,
)
from clausette.hours.rules.proposals import ProposableFacts, refusal_to_propose
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, NotAllowed, Refusal
from clausette.kernel.french import HARD, format_change, format_hours, format_month, of_month, plural
from clausette.web.doors import action
from clausette.web.hours.forms.cells import as_text
from clausette.web.hours.forms.proposals import Proposal, ProposalAnswer
from clausette.web.hours.views.common import contract_crumbs, href
from clausette.web.hours.views.proposed import UNKNOWN, WHOLE, badge_of, who
from clausette.web.hours.views.reopened import day_of, documents_counting, named
from clausette.web.hours.views.waiting import TOLD, uids_typed
from clausette.web.refusals import add_refusal

SENT = "La correction est proposée. Les heures validées ne changent pas avant la réponse du facilitateur."
WAITS = "Une correction est déjà proposée pour cette ligne : retirez-la pour en proposer une autre."


@action("contractor", "employer", methods=("GET", "POST"), deposit=True)
def propose(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say what a validated line, or hours without names, should be, and why."""
    sheet, line = _asked_line(actor, uid)
    demand(can_propose_correction(actor, sheet.part, sheet.declarant_id))
    if isinstance(line, SheetLine):
        note_reading(request, ReadingKind.IDENTITY, {line.participant_uid} if line.participant_uid else set())
    if request.method != "POST":
        shown = as_text(line.current)
        return _page(request, actor, sheet, line, Proposal(initial={"hours": shown, "vu": shown}))
    form = Proposal(request.POST)
    if not form.is_valid():
        return _page(request, actor, sheet, line, form, status=400)
    try:
        kept = propose_correction(
            actor=actor, line_uid=uid, hours=form.cleaned_data["hours"], reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["vu"], at=clock.now(), on=clock.today(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except Conflict as refusal:
        # what was typed stays; what is on screen from now on is what was written meanwhile
        again = Proposal({**request.POST.dict(), "vu": as_text(line.current)})
        again.is_valid()
        add_refusal(again, refusal)
        return _page(request, actor, sheet, line, again, status=409)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, actor, sheet, line, form, status=400)
    messages.success(request, "Cette correction était déjà proposée." if kept.already else SENT)
    return HttpResponseRedirect(href(actor, "hours:month", uid=sheet.part.uid, month=sheet.month))


def _asked_line(actor: Actor, uid: UUID) -> tuple[StatementSheet, SheetLine | CollectiveLine]:
    """The line of an address, or the hours without names, with their statement. Raises Absent."""
    try:
        return line_sheet(actor=actor, uid=uid, on=clock.today())
    except Absent:
        owner, whole = collective_line(actor=actor, uid=uid)
        return statement_sheet(actor=actor, uid=owner, on=clock.today()), whole


def _page(
    request: HttpRequest, actor: Actor, sheet: StatementSheet, line: SheetLine | CollectiveLine, form: Proposal,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    if not isinstance(line, SheetLine):
        form.fields["hours"].help_text = "En tout, pour ces personnes ; 0 si personne n'a travaillé ce mois-ci."
    facts = ProposableFacts(sheet.state, LineState(line.state), is_correction=line.corrects is not None)
    refused = refusal_to_propose(facts) or _waits(actor, sheet, line)
    context = {
        "title": "Proposer une correction",
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "lead": f"{_of(line)}, {format_month(sheet.month)}{HARD}: {format_hours(line.current)} validées. "
        f"{sheet.part.name}.",
        "form": form,
        "refused": "" if form.is_bound else refused,
        "back": href(actor, "hours:month", uid=sheet.part.uid, month=sheet.month),
    }
    return TemplateResponse(request, "hours/propose.html", context, status=status)


def _of(line: SheetLine | CollectiveLine) -> str:
    if isinstance(line, SheetLine):
        return line.person or UNKNOWN
    return f"{WHOLE} ({plural(line.people, 'personne')})"


def _waits(actor: Actor, sheet: StatementSheet, line: SheetLine | CollectiveLine) -> str:
    held = proposals_of(actor=actor, statement_id=sheet.id)
    return WAITS if any(one.waits and one.line_uid == line.uid for one in held) else ""


@action("contractor", "employer", deposit=True)
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Take a proposal back."""
    found = own_proposal(actor=actor, uid=uid)
    tell: Callable[[HttpRequest, str], None] = messages.success
    told = "La proposition est retirée : la ligne reste comme elle est."
    try:
        withdraw_proposal(actor=actor, uid=uid, at=clock.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        tell, told = messages.info, refusal.message
    tell(request, told)
    contract, month = place_of(actor=actor, uid=found.statement_uid)
    return HttpResponseRedirect(href(actor, "hours:month", uid=contract, month=month))


@action("facilitator", methods=("GET", "POST"))
def answer(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Accept or decline what a declarant proposes."""
    found = proposal(actor=actor, uid=uid)
    note_reading(request, ReadingKind.IDENTITY, {found.participant_uid} if found.participant_uid else set())
    form = ProposalAnswer(request.POST if request.method == "POST" else None)
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _answered(actor, uid, form))
        except AlreadyDone as done:
            messages.info(request, done.message)
        except NotAllowed:
            raise
        except Refusal as refusal:
            status = 409 if isinstance(refusal, Conflict) else 400
            _refuse(form, refusal)
        if not form.errors:
            return HttpResponseRedirect(href(actor, "hours:statement", uid=found.statement_uid))
        found = proposal(actor=actor, uid=uid)
    on = clock.today()
    sheet = statement_sheet(actor=actor, uid=found.statement_uid, on=on)
    may = can_validate(sheet.part)
    context = {
        "title": "Répondre à une correction proposée",
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "lead": f"{who(found)}, {format_month(found.month)}, {found.declarant_name}. "
        f"{found.contract_name}.",
        "line": found,
        "badge": badge_of(found),
        "asked": _asked(found),
        "moved": _moved(found, effect_of(actor=actor, line=found, on=on)) if found.waits else (),
        "documents": named(actor, documents_counting(actor, sheet, on)) if found.waits else (),
        "form": form,
        "refused": "" if found.waits and may else may.reason or "Cette proposition est close.",
        "back": href(actor, "hours:statement", uid=sheet.uid),
    }
    return TemplateResponse(request, "hours/answer_proposal.html", context, status=status)


@action("facilitator")
def accept_all(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Accept at once the proposals that were on screen; tell what a control refuses."""
    done = accept_proposals(
        actor=actor, statement_uid=uid, uids=uids_typed(request.POST.get("propositions", "")), at=clock.now(),
        on=clock.today(),
    )  # fmt: skip
    if done.accepted:
        words = ("correction acceptée et enregistrée", "corrections acceptées et enregistrées")
        messages.success(request, f"{plural(done.accepted, *words)}.")
    if done.left:
        words = ("correction reste à traiter", "corrections restent à traiter")
        messages.warning(request, f"{plural(len(done.left), *words)}. {' '.join(dict.fromkeys(done.left[:TOLD]))}")
    if not done.accepted and not done.left:
        messages.info(request, "Ces corrections avaient déjà une réponse.")
    return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))


def _refuse(form: ProposalAnswer, refusal: Refusal) -> None:
    """A control that refuses the correction is said at the head: its figure is not typed here."""
    if refusal.field == "reason":
        add_refusal(form, refusal)
    else:
        form.add_error(None, refusal.message)


def _asked(line: ProposalLine) -> str:
    by = line.proposed_by or "le déclarant"
    if line.mandated_name:
        by = f"{by}, par mandat de déclaration tenu par {line.mandated_name}"
    why = line.reason.rstrip(". ")
    return f"Proposée le {day_of(line.proposed_at)} par {by}{HARD}: «{HARD}{why}{HARD}»."


def _moved(line: ProposalLine, effect: ProposalEffect) -> list[str]:
    """What an acceptance changes: the month, the engagement, the year that reports it."""
    whole = (
        f"Le relevé {of_month(line.month)} passe de {format_hours(effect.month_before)} à "
        f"{format_hours(effect.month_before + line.change)}. La ligne validée reste, une nouvelle porte l'écart "
        f"({format_change(line.change)}) et la cite."
    )
    said = [whole]
    if line.moved:
        now = format_hours(line.worth) if line.worth is not None else "0\u00a0h"
        said.insert(0, f"Cette ligne vaut maintenant {now} et non plus {format_hours(line.validated)}{HARD}: refusez "
                    "la proposition, ou corrigez la ligne vous-même.")  # fmt: skip
    if effect.validated_before is not None:
        owed = f" sur {format_hours(effect.due)} dues" if effect.due else ""
        said.append(
            f"L'engagement de {effect.contractor_name} passe de {format_hours(effect.validated_before)} validées à "
            f"{format_hours(effect.validated_before + line.change)}{owed}."
        )
    if effect.reported.catch_up:
        said.append(
            f"L'année {line.month.year} est arrêtée{HARD}: l'écart est compté dans les rattrapages de "
            f"{effect.reported.year}."
        )
    return said


def _answered(actor: Actor, uid: UUID, form: ProposalAnswer) -> str:
    """Do what was chosen; return what is said of it."""
    if form.cleaned_data["outcome"] == "accept":
        accept_proposal(actor=actor, uid=uid, at=clock.now(), on=clock.today())
        return "La correction est acceptée et enregistrée. La ligne d'origine reste visible."
    decline_proposal(actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now())
    return "La correction est refusée : la ligne ne change pas, l'entreprise lit votre motif."
