"""Hours declared by another employer: the titulaire confirms or contests, the structure in charge decides."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import ConfirmationState, ContestReason, StatementState
from clausette.hours.errors import AlreadyDone
from clausette.hours.operations import Answer, AnswersKept, answer_hours, decide_confirmation
from clausette.hours.permissions import can_validate
from clausette.hours.queries import (
    ConfirmationSheet,
    StatementSheet,
    ToConfirm,
    answers_kept,
    confirmation_days,
    confirmations_of,
    confirmations_waiting,
    disagreement,
    disagreements,
)
from clausette.hours.rules.confirming import Standing
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from clausette.kernel.french import format_date, format_hours, format_month, plural
from clausette.kernel.parsing import parse_hours
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.tables import Table, Under
from clausette.web.doors import action
from clausette.web.hours.forms.answers import DecideForm, by_line
from clausette.web.hours.forms.cells import as_text
from clausette.web.hours.views.common import href
from clausette.web.refusals import add_refusal

TONES: dict[Standing, Tone] = {
    Standing.WAITING: "wait",
    Standing.SILENT: "warn",
    Standing.CONTESTED: "danger",
    Standing.CONFIRMED: "ok",
    Standing.SETTLED: "info",
}
UNKNOWN = "Personne d'un autre employeur"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line on the page of the titulaire, with what was typed for it and its refusal."""

    line: ToConfirm
    seen: str
    hours: str
    reason: str
    error: str


@action("contractor", methods=("GET", "POST"))
def confirm(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show the hours that wait for the answer of the titulaire, or keep its answers on one month."""
    if request.method != "POST":
        return _page(request, actor)
    try:
        kept = answer_hours(actor=actor, answers=_answers(request), at=clock.now())
    except NotAllowed:
        raise
    except Invalid as refusal:
        return _page(request, actor, errors=refusal.errors, status=400)
    except Refusal as refusal:
        return _page(request, actor, general=refusal.message, status=409 if isinstance(refusal, Conflict) else 400)
    messages.success(request, _kept_told(kept))
    return HttpResponseRedirect(href(actor, "hours:confirm"))


def _kept_told(kept: AnswersKept) -> str:
    told = []
    if kept.confirmed:
        told.append(plural(kept.confirmed, "ligne confirmée", "lignes confirmées"))
    if kept.contested:
        told.append(plural(kept.contested, "ligne contestée", "lignes contestées"))
    if kept.already:
        told.append(f"{plural(kept.already, 'réponse')} déjà {'envoyée' if kept.already == 1 else 'envoyées'}")
    return f"{', '.join(told)}. Merci."


def _answers(request: HttpRequest) -> list[Answer]:
    """What was sent: a figure or a reason makes a contestation, nothing a confirmation. Raises Invalid, by line."""
    seen, hours, reasons = (by_line(request, prefix) for prefix in ("vu-", "heures-", "raison-"))
    answers, refused = [], {}
    for uid, text in seen.items():
        code = next((one for one in ContestReason if one.value == reasons.get(uid)), None)
        try:
            figure = parse_hours(hours[uid]) if uid in hours else None
            answers.append(Answer(uid, uid in hours or uid in reasons, figure, code, _seen(text)))
        except ValueError as error:
            refused[str(uid)] = str(error)
    if refused:
        raise Invalid(refused)
    return answers


def _seen(text: str) -> Decimal | None:
    try:
        return parse_hours(text)
    except ValueError:
        return None


def _page(
    request: HttpRequest, actor: Actor, *, errors: dict[str, str] | None = None, general: str = "", status: int = 200
) -> HttpResponse:
    on = clock.today()
    waiting = confirmations_waiting(actor=actor, on=on)
    told = disagreements(actor=actor, on=on)
    note_reading(request, ReadingKind.IDENTITY, _people(waiting) | _people(told))
    context = {
        "crumbs": Breadcrumb((Crumb("Heures", href(actor, "hours:list")),)),
        "sheets": [(sheet, [_asked(request, line, errors or {}) for line in sheet.lines]) for sheet in waiting],
        "reasons": ContestReason.choices,
        "told": _told_table(told) if told else None,
        "days": confirmation_days(on),
        "errors": len(errors or {}),
        "general": general,
    }
    return TemplateResponse(request, "hours/confirm.html", context, status=status)


def _people(sheets: tuple[ConfirmationSheet, ...]) -> set[UUID]:
    return {line.participant_uid for sheet in sheets for line in sheet.lines if line.participant_uid}


def _asked(request: HttpRequest, line: ToConfirm, errors: dict[str, str]) -> AskedLine:
    uid = str(line.line_uid)
    typed, reason = request.POST.get(f"heures-{uid}", ""), request.POST.get(f"raison-{uid}", "")
    return AskedLine(line, as_text(line.hours), typed, reason, errors.get(uid, ""))


def _told_table(sheets: tuple[ConfirmationSheet, ...]) -> Table:
    rows = [(sheet, line) for sheet in sheets for line in sheet.lines]
    columns: list[Column[tuple[ConfirmationSheet, ToConfirm]]] = [
        Column("Personne", lambda row: row[1].person or UNKNOWN),
        Column("Mois", lambda row: format_month(row[0].month)),
        Column("Déclarées", lambda row: row[1].declared, "hours"),
        Column("Les vôtres", lambda row: row[1].theirs, "hours"),
        Column("Décision", lambda row: _badge(row[1])),
    ]
    return Table(
        "Désaccords", columns, rows,
        under={
            "Personne": Under("Déclarant", lambda row: row[0].declarant_name),
            "Décision": Under("Motif", lambda row: row[1].decision_reason),
        },
    )  # fmt: skip


def _badge(line: ToConfirm) -> Badge:
    settled = line.state in (ConfirmationState.UPHELD, ConfirmationState.FOLLOWED, ConfirmationState.UNCONTESTED)
    if line.state and (settled or line.standing in (Standing.CONTESTED, Standing.CONFIRMED)):
        tone: Tone = "info" if settled else TONES[line.standing]
        return Badge(line.state.label, tone)
    return Badge(line.standing.value, TONES[line.standing])


def confirmation_table(actor: Actor, sheet: StatementSheet) -> tuple[Table, str] | None:
    """Return the answers of the titulaire on a statement, and what is said above; None where none is asked."""
    waiting, on = sheet.state == StatementState.SUBMITTED, clock.today()
    if waiting:
        lines = confirmations_of(actor=actor, statement_ids=[sheet.id], on=on).get(sheet.id, ())
    else:
        lines = answers_kept(actor=actor, statement_id=sheet.id, on=on)
    if not lines:
        return None
    columns: list[Column[ToConfirm]] = [
        Column("Personne", lambda line: line.person or UNKNOWN),
        Column("Déclarées", lambda line: line.declared, "hours"),
        Column("Selon l'entreprise", lambda line: line.theirs, "hours"),
        Column("Réponse", _badge),
    ]
    under = {"Selon l'entreprise": Under("Raison", lambda line: str(line.reason.label) if line.reason else "")}
    if waiting and can_validate(sheet.part):
        under["Réponse"] = Under("Décision", lambda line: _decide_button(actor, line) or line.decision_reason)
    else:
        under["Réponse"] = Under("Motif", lambda line: line.decision_reason)
    table = Table("Réponses de l'entreprise titulaire", columns, lines, under=under)
    return table, _above(lines) if waiting else ""


def _above(lines: tuple[ToConfirm, ...]) -> str:
    silent = [line for line in lines if line.standing == Standing.SILENT]
    if silent:
        return (
            f"{lines[0].contractor_name} n'a pas répondu à temps sur {plural(len(silent), 'ligne')} : validées, ces "
            "heures seront dites « non contestées »."
        )
    waits = [line for line in lines if line.standing == Standing.WAITING and line.silent_on]
    if waits and waits[0].silent_on:
        return f"Sans réponse, vous pourrez valider à partir du {format_date(waits[0].silent_on)}."
    return f"Par {lines[0].contractor_name}."


def _decide_button(actor: Actor, line: ToConfirm) -> LinkButton | None:
    if line.standing != Standing.CONTESTED or line.answer_uid is None:
        return None
    return LinkButton("Trancher", href(actor, "hours:decide", uid=line.answer_uid), about=line.person)


@action("facilitator", methods=("GET", "POST"))
def decide(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say which of the two figures is retained, and why."""
    found = disagreement(actor=actor, uid=uid)
    form = DecideForm(request.POST) if request.method == "POST" else DecideForm()
    form.say(
        f"{format_hours(found.declared)}, déclarées par {found.declarant_name}",
        f"{format_hours(found.theirs)}, selon {found.contractor_name}",
    )
    back = HttpResponseRedirect(href(actor, "hours:statement", uid=found.statement_uid))
    if form.is_bound and form.is_valid():
        try:
            decide_confirmation(
                actor=actor, uid=uid, followed=form.cleaned_data["outcome"] == "theirs",
                reason=form.cleaned_data["reason"], at=clock.now(),
            )  # fmt: skip
        except AlreadyDone as done:
            messages.info(request, done.message)
            return back
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le désaccord est tranché. L'entreprise et l'employeur lisent votre décision.")
            return back
    context = {
        "crumbs": Breadcrumb((Crumb("Heures", href(actor, "hours:list")),)),
        "title": "Trancher un désaccord",
        "lead": f"{found.person or UNKNOWN}, {format_month(found.month)}. {found.reason.label}.",
        "form": form,
        "verb": "Enregistrer la décision",
        "back": back.url,
    }
    return TemplateResponse(request, "hours/plain_form.html", context, status=400 if form.is_bound else 200)
