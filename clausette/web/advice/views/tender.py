"""« Vérifier le DCE »: hours and text of the tender beside our advice."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.advice.enums import Compared, TextKind
from clausette.advice.operations import CHECKED, Reading, check_tender
from clausette.advice.queries import BoughtStudy, TenderLine, bought_study, study_texts, tender_checks
from clausette.advice.rules import Difference, TenderReading, read_tender
from clausette.advice.texts.context import context_of
from clausette.advice.texts.filling import fill
from clausette.advice.texts.plain import sentences_of
from clausette.files.enums import Purpose
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Refusal
from clausette.kernel.french import format_hours
from clausette.web.advice.tender_forms import TenderForm
from clausette.web.advice.views.common import href
from clausette.web.advice.views.devices import study_crumbs
from clausette.web.components.badges import Badge, Tone
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.refusals import add_refusal
from clausette.web.transfers import limited_upload, refuse_cut

_TONES: dict[Compared, Tone] = {Compared.SAME: "ok", Compared.DIFFERENT: "wait", Compared.MISSING: "danger"}
_ONLY_SEE, _KEEP = "comparer", "garder"


def compared_badge(said: Compared) -> Badge:
    """« Identique à notre avis »."""
    return Badge(str(said.label), _TONES[said])


@limited_upload(Purpose.TENDER)
@action("facilitator", methods=("GET", "POST"))
def check(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The form; compared, what differs; kept, back to the study."""
    study = bought_study(actor=actor, uid=uid)
    if request.method != "POST":
        return _page(request, actor, study, TenderForm(initial={"kind": TextKind.CLAUSES.value}), None)
    form = TenderForm(request.POST, request.FILES)
    if refuse_cut(request, form):
        return _page(request, actor, study, form, None, status=413)
    if not form.is_valid():
        return _page(request, actor, study, form, None, status=400)
    found = _read(actor, study, form)
    if _KEEP not in request.POST:
        return _page(request, actor, study, _again(form), found)
    said = form.cleaned_data
    reading = Reading(study.hours, said["hours_found"], found.hours, found.text)
    try:
        check_tender(
            actor=actor, study_uid=uid, reading=reading, on=clock.today(), comment=said["comment"], move=said["move"]
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return _page(request, actor, study, form, found, status=400)
    messages.success(request, "La vérification du DCE est gardée.")
    return HttpResponseRedirect(href(actor, "advice:study", uid=uid))


def _read(actor: Actor, study: BoughtStudy, form: TenderForm) -> TenderReading:
    said = form.cleaned_data
    facts = study_texts(actor=actor, study=study, on=clock.today())
    advised = sentences_of(fill(TextKind(said["kind"]), context_of(facts)))
    return read_tender(
        advised_hours=study.hours, found_hours=said["hours_found"], advised=advised, found=said["texte"]
    )


def _again(form: TenderForm) -> TenderForm:
    """The same form, the text of the file written in its area: nothing is to be sent twice."""
    return TenderForm(initial={name: form.cleaned_data[name] for name in form.fields if name != "file"})


def _page(
    request: HttpRequest, actor: Actor, study: BoughtStudy, form: TenderForm, found: TenderReading | None, *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "study": study,
        "crumbs": study_crumbs(actor, study),
        "form": form,
        "found": found,
        "result": _result(study, form, found) if found else None,
        "differences": _differences(found.differences) if found and found.differences else None,
        "why_not": "" if study.state in CHECKED else "Le DCE se vérifie quand l'avis est accepté.",
        "past": _past(tender_checks(actor=actor, study_uid=study.uid)),
        "advised": Facts((Fact("Heures conseillées", "" if study.hours is None else format_hours(study.hours)),)),
        "cancel": href(actor, "advice:study", uid=study.uid),
    }
    return TemplateResponse(request, "advice/tender.html", context, status=status)


def _result(study: BoughtStudy, form: TenderForm, found: TenderReading) -> Facts:
    typed = form.cleaned_data if form.is_bound else form.initial
    hours = typed.get("hours_found")
    told = "aucune" if hours is None else format_hours(hours)
    return Facts(
        (
            Fact("Heures", compared_badge(found.hours), help=f"Lues : {told}."),
            Fact("Texte", compared_badge(found.text), help=f"{found.same} phrases sur {found.total} y sont."),
        )
    )


def _differences(found: tuple[Difference, ...]) -> Table:
    columns: list[Column[Difference]] = [
        Column("Dans notre texte", lambda one: one.advised),
        Column("Dans le DCE", lambda one: one.found or Badge("rien de semblable", "danger")),
    ]
    return Table("Phrases changées ou absentes", columns, found, narrow="cards")


def _past(lines: tuple[TenderLine, ...]) -> Table:
    columns: list[Column[TenderLine]] = [
        Column("Lu le", lambda one: one.checked_on, "date"),
        Column("Par", lambda one: one.checked_by),
        Column("Heures conseillées", lambda one: one.advised_hours, "hours"),
        Column("Heures lues", lambda one: one.hours_found, "hours"),
        Column("Heures", lambda one: compared_badge(one.hours)),
        Column("Texte", lambda one: compared_badge(one.text)),
        Column("Remarque", lambda one: one.comment),
    ]
    why = "Relisez la pièce avant sa publication : une heure ou un article perdus se rattrapent encore."
    return Table("Vérifications", columns, lines, narrow="cards", empty=EmptyState("Aucune vérification", why))
