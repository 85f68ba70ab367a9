"""Entries of persons in FSE+ operations: entering, questionnaires, leaving."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.french import format_date
from clausette.outcomes import operations
from clausette.outcomes.queries import EntryLine, entry_line, funded_operations
from clausette.outcomes.rules import EntrySaid, ExitSaid, SensitiveSaid
from clausette.participants.queries import ParticipantSheet
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Crumb, Fact, Facts
from clausette.web.doors import action, page
from clausette.web.outcomes.common import followed, gesture, path_crumbs
from clausette.web.outcomes.forms.fse import EnterForm, LeavingForm, QuestionnaireForm
from clausette.web.outcomes.fse import entry_badge, exit_badge, missing_words, said_column
from clausette.web.people.common import form_page, href
from clausette.web.people.forms.checks import ReasonForm
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted


@action("facilitator", methods=("GET", "POST"))
def enter(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """A person enters an operation; then comes the questionnaire."""
    sheet, today = followed(actor, uid), clock.today()
    rows = [row for row in funded_operations(actor=actor) if row.assists_people]
    choices = [(str(row.uid), f"{row.name} ({row.code})") for row in rows]
    form = EnterForm(posted(request), operations=choices, initial={"entered_on": today})
    lead = "Revenir dans la même opération fait une seconde entrée."
    if not choices:
        lead = "Enregistrez d'abord une opération d'assistance aux personnes : Participants, « FSE+ »."
    return gesture(
        request, actor, sheet, form,
        lambda: operations.enter(actor=actor, participant_uid=uid, on=today, **form.values()),
        title="Entrer dans une opération FSE+", verb="Enregistrer l'entrée",
        done="L'entrée est enregistrée. Remplissez maintenant son questionnaire.", lead=lead,
    )  # fmt: skip


def _crumbs(actor: Actor, line: EntryLine, sheet: ParticipantSheet) -> Any:
    return path_crumbs(
        actor, sheet, Crumb("Parcours", href(actor, "outcomes:path", uid=sheet.uid)),
        Crumb(line.operation.name, href(actor, "outcomes:operation", uid=line.operation.uid)),
    )  # fmt: skip


def _said(part: str, kind: type[Any], line: EntryLine) -> Facts:
    names = [one.name for one in fields(kind)]
    columns = [said_column(part, name) for name in names]
    return Facts([Fact(column.label, _word(column.value(line))) for column in columns])


def _word(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """One entry with its answers; sensitive ones are shown, hence the reading is that of reasons."""
    line, today = entry_line(actor=actor, uid=uid, on=clock.today()), clock.today()
    sheet = followed(actor, line.participant_uid)
    note_reading(request, ReadingKind.REASONS, [line.participant_uid])
    signed = f"signé le {format_date(line.signed_on)}, version {line.version}" if line.signed_on else "pas encore signé"
    verb = "Corriger le questionnaire" if line.signed_on else "Remplir le questionnaire"
    context = {
        "title": f"Entrée FSE+ de {sheet.name}",
        "crumbs": _crumbs(actor, line, sheet),
        "facts": Facts(
            [
                Fact("Opération", line.operation.name, href(actor, "outcomes:operation", uid=line.operation.uid)),
                Fact("Entrée", f"n° {line.rank}, le {format_date(line.entered_on)}"),
                Fact("Questionnaire d'entrée", entry_badge(line), help=f"{signed[:1].upper()}{signed[1:]}."),
                Fact("Information remise le", format_date(line.notice_on) if line.notice_on else None),
                Fact("Sortie", format_date(line.left_on) if line.left_on else "en cours"),
                Fact("Questionnaire de sortie", exit_badge(line, today)),
            ]
        ),
        "missing": missing_words((*line.missing_entry, *line.missing_exit)),
        "said": _said("said", EntrySaid, line),
        "sensitive": _said("sensitive", SensitiveSaid, line),
        "at_exit": _said("at_exit", ExitSaid, line) if line.left_on else None,
        "fill": LinkButton(
            verb, href(actor, "outcomes:questionnaire", uid=uid), "secondary" if line.signed_on else "primary"
        ),
        "leave": LinkButton(
            "Corriger la sortie" if line.left_on else "Noter la sortie", href(actor, "outcomes:leave", uid=uid),
            "primary" if line.exit_waits else "secondary",
        ),
        "away": LinkButton("Retirer l'entrée", href(actor, "outcomes:withdraw_entry", uid=uid), "quiet"),
    }  # fmt: skip
    return TemplateResponse(request, "outcomes/entry.html", context)


def _known(line: EntryLine, sheet: ParticipantSheet) -> dict[str, Any]:
    """What the form begins with: the last answers, else the commune of the person."""
    known: dict[str, Any] = {"commune": sheet.commune_name}
    for said in (line.said, line.sensitive):
        if said is not None:
            known |= {one.name: getattr(said, one.name) for one in fields(said)}
    return known | {"notice_on": line.notice_on, "signed_on": line.signed_on}


@action("facilitator", methods=("GET", "POST"))
def questionnaire(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The questionnaire at entry: a draft until it is signed, a new version afterwards."""
    line, today = entry_line(actor=actor, uid=uid, on=clock.today()), clock.today()
    sheet, back = followed(actor, line.participant_uid), href(actor, "outcomes:entry", uid=uid)
    signed = line.signed_on is not None
    form = QuestionnaireForm(posted(request), initial=_known(line, sheet), signed=signed)
    if request.method == "POST" and form.is_valid():
        try:
            operations.fill_entry(
                actor=actor, entry_uid=uid, said=form.said(), sensitive=form.sensitive(), signature=form.signed(),
                reason=form.cleaned_data.get("correction", ""), on=today,
            )  # fmt: skip
        except Invalid as refusal:
            told = {"correction" if name == "reason" else name: why for name, why in refusal.errors.items()}
            add_refusal(form, Invalid(told))
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le questionnaire est enregistré.")
            return HttpResponseRedirect(back)
    note_reading(request, ReadingKind.REASONS, [line.participant_uid])
    context = {
        "title": "Questionnaire d'entrée FSE+",
        "lead": f"{sheet.name}, {line.operation.name}, entrée le {format_date(line.entered_on)}.",
        "crumbs": _crumbs(actor, line, sheet),
        "cancel": back,
        "signed": signed,
    }
    return form_page(request, "outcomes/questionnaire.html", form, context)


@action("facilitator", methods=("GET", "POST"))
def leave(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The exit of an operation, with its questionnaire."""
    line, today = entry_line(actor=actor, uid=uid, on=clock.today()), clock.today()
    sheet = followed(actor, line.participant_uid)
    known: dict[str, Any] = {"left_on": line.left_on}
    if line.at_exit is not None:
        known |= {one.name: getattr(line.at_exit, one.name) for one in fields(line.at_exit)}
    form = LeavingForm(posted(request), initial=known)
    return gesture(
        request, actor, sheet, form,
        lambda: operations.leave(
            actor=actor, entry_uid=uid, left_on=form.cleaned_data["left_on"], said=form.said(), on=today
        ),
        title="Sortie de l'opération FSE+", verb="Enregistrer la sortie", done="La sortie est enregistrée.",
        lead=f"{line.operation.name}, entrée le {format_date(line.entered_on)}. Le questionnaire se remplit dans les "
        "quatre semaines.", back=href(actor, "outcomes:entry", uid=uid),
    )  # fmt: skip


@action("facilitator", methods=("GET", "POST"))
def withdraw(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Withdraw an entry typed by mistake."""
    line = entry_line(actor=actor, uid=uid, on=clock.today())
    sheet, form = followed(actor, line.participant_uid), ReasonForm(posted(request))
    return gesture(
        request, actor, sheet, form,
        lambda: operations.withdraw_entry(actor=actor, uid=uid, reason=form.cleaned_data["reason"], at=clock.now()),
        title="Retirer l'entrée FSE+", verb="Retirer", done="L'entrée est retirée.",
        lead=f"{line.operation.name}, entrée le {format_date(line.entered_on)}.",
    )  # fmt: skip
