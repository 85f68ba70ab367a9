"""The ladder of a structure and its texts, each with a preview; ours come back in one click."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.agenda.enums import LetterText, ReminderStep
from clausette.agenda.operations import set_ladder, set_text, withdraw_text
from clausette.agenda.queries import TextSheet, ladder_of, texts_of
from clausette.agenda.rules import Rung, Waited, day_of, next_step
from clausette.agenda.rules.texts import (
    ADDRESS,
    FIELDS,
    AnswerLine,
    Line,
    Part,
    Wording,
    answers_told,
    check_wording,
    compose,
)
from clausette.commitments.enums import Periodicity
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Invalid, Refusal
from clausette.kernel.french import format_date, format_month
from clausette.kernel.months import add_months, first_day
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import Button
from clausette.web.components.lists import Breadcrumb, Crumb
from clausette.web.components.tables import Table
from clausette.web.contracts.views.doing import done, sent
from clausette.web.doors import action
from clausette.web.refusals import add_refusal
from clausette.web.reminders.forms import LadderForm, TextForm
from clausette.web.reminders.words import IN_ITS_PLACE, href

USUAL_DAY = 10
"""Due day of the example: that of an engagement that says nothing else."""
PREVIEW = "apercu"


def _crumbs(actor: Actor, *more: Crumb) -> Breadcrumb:
    return Breadcrumb((Crumb("Relances", href(actor, "reminders:today")), *more))


def _example(on: date) -> Waited:
    return Waited(add_months(first_day(on), -1), Periodicity.MONTHLY, USUAL_DAY)


def _calendar(ladder: Sequence[Rung], waited: Waited) -> list[str]:
    """What the ladder gives for last month: « Ouverture du mois : 2 novembre 2026 »."""
    return [f"{rung.step.label} : {format_date(day_of(rung, waited))}" for rung in ladder if rung.is_on]


@action("facilitator", methods=("GET", "POST"))
def ladder(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The steps, on or off, and when they come; the texts beside."""
    on = clock.today()
    held = ladder_of(actor=actor, on=on)
    form = LadderForm(**sent(request), rungs=held)

    def write() -> None:
        try:
            set_ladder(actor=actor, rungs=form.rungs(), on=on)
        except Invalid as refused:
            raise Invalid({f"{step}_days": said for step, said in refused.errors.items()}) from refused

    if done(request, form, write, "Le calendrier des relances est enregistré."):
        return HttpResponseRedirect(href(actor, "reminders:ladder"))
    waited = _example(on)
    context = {
        "crumbs": _crumbs(actor), "form": form, "month": format_month(waited.month), "due": format_date(waited.due),
        "calendar": _calendar(held, waited), "texts": _texts(actor), "cancel": href(actor, "reminders:today"),
    }  # fmt: skip
    status = 400 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "reminders/ladder.html", context, status=status)


def _texts(actor: Actor) -> Table:
    columns: list[Column[TextSheet]] = [
        Column("Texte", lambda row: row.kind.label),
        Column("Objet", lambda row: row.wording.subject),
        Column("Écrit par", lambda row: Badge("votre structure", "info") if row.own else "Clausette"),
    ]
    rows = list(texts_of(actor=actor).values())
    return Table("Textes", columns, rows, row_href=lambda row: href(actor, "reminders:text", kind=row.kind.value))


def _kind(kind: str) -> LetterText:
    if kind not in LetterText.values:
        raise Http404
    return LetterText(kind)


@action("facilitator", methods=("GET", "POST"))
def text(request: HttpRequest, actor: Actor, *, kind: str) -> HttpResponse:
    """One text: typed, seen as it will be read, kept; or ours again."""
    which = _kind(kind)
    sheet = texts_of(actor=actor)[which]
    form = TextForm(**sent(request), initial={"subject": sheet.wording.subject, "body": sheet.wording.body})
    shown = sheet.wording
    if request.method == "POST" and form.is_valid() and request.POST.get("acte") == PREVIEW:
        shown = form.wording()
        _check(form, shown)
    elif done(request, form, lambda: set_text(actor=actor, kind=which, wording=form.wording()), "Le texte est gardé."):
        return HttpResponseRedirect(href(actor, "reminders:text", kind=kind))
    wrong = form.is_bound and bool(form.errors)
    context = {
        "crumbs": _crumbs(actor, Crumb("Calendrier et textes", href(actor, "reminders:ladder"))),
        "form": form, "title": which.label, "own": sheet.own, "fields": FIELDS.items(),
        "preview": None if wrong else _preview(actor, which, shown),
        "see": Button("Voir l'aperçu", "secondary", name="acte", value=PREVIEW),
        "usual_href": href(actor, "reminders:usual_text", kind=kind), "cancel": href(actor, "reminders:ladder"),
    }  # fmt: skip
    return TemplateResponse(request, "reminders/text.html", context, status=400 if wrong else 200)


def _check(form: TextForm, wording: Wording) -> None:
    try:
        check_wording(wording)
    except Refusal as refusal:
        add_refusal(form, refusal)


def _preview(actor: Actor, kind: LetterText, wording: Wording) -> Wording:
    """The letter as it would be read, about last month on a marché that does not exist."""
    on = clock.today()
    waited = _example(on)
    step = next((one for one in ReminderStep if one.value == kind.value), ReminderStep.AFTER)
    rungs = ladder_of(actor=actor, on=on)
    after = next((day_of(rung, waited) for rung in rungs if rung.step == step), waited.due)
    firm = "" if kind not in (LetterText.FACILITATOR, LetterText.BUYER) else "Bâti Exemple"
    line: Line | AnswerLine = Line("École de l'Exemple", [(waited.month, waited.due)], firm)
    if kind == LetterText.ANSWERED:
        line = AnswerLine("École de l'Exemple", [(waited.month, answers_told(1, 1, 0))])
    part = Part(kind, [line], next_step(rungs, waited, after=after))
    said = compose([part], {kind: wording}, organisme="Bâti Exemple", structure=actor.organisation_name)
    return Wording(said.subject, said.body.replace(ADDRESS, IN_ITS_PLACE))


@action("facilitator")
def usual(request: HttpRequest, actor: Actor, *, kind: str) -> HttpResponse:
    """Take ours again."""
    try:
        withdraw_text(actor=actor, kind=_kind(kind), at=clock.now())
        messages.success(request, "Notre texte sert de nouveau.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(href(actor, "reminders:text", kind=kind))
