"""A programme whose studies are opened: one page to sort hundreds of lines by keyboard, and the workbook given back."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.advice.enums import StudyState, Verdict
from clausette.advice.operations import sort_studies
from clausette.advice.queries import SortedStudy, programme_sheet
from clausette.advice.rules import Reason, Screened, next_study_states
from clausette.files.queries import FileContent
from clausette.imports.queries.programmes import ScreenedProgramme, returned_file, screened_programme
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent, NotAllowed, Refusal
from clausette.kernel.french import format_euros, format_hours, format_percent, format_short_date, plural
from clausette.kernel.text import search_key
from clausette.web.advice.programme_forms import BANDS, GestureForm, SortForm
from clausette.web.advice.views.common import href, state_badge, verdict_badge
from clausette.web.advice.views.preview import preview_page
from clausette.web.advice.views.programmes import crumbs
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.paging import Pagination, page_number
from clausette.web.doors import action, page
from clausette.web.transfers import attachment

SIZE = 300
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Pair = tuple[SortedStudy, Screened]
_BANDS = dict(BANDS)
_GESTURES = (
    (StudyState.UNDER_STUDY, "Étudier", "e"),
    (StudyState.POINTLESS, "Sans objet", "s"),
    (StudyState.TO_STUDY, "Remettre à étudier", "r"),
)


@dataclass(frozen=True, slots=True)
class Gesture:
    """A button of a line: the state it gives, its key."""

    value: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line as shown."""

    uid: UUID
    title: str
    href: str
    under: str
    score: int
    band: str
    verdict: Badge
    test: str
    hours: str
    hours_under: str
    device: str
    device_told: str
    state: Badge
    due: str
    reason: str
    reasons: tuple[Reason, ...]
    gestures: tuple[Gesture, ...]
    error: str = ""


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The lines to sort; before they are opened, what the file says."""
    found = screened_programme(actor=actor, uid=uid, on=clock.today())
    if not found.rows:
        return preview_page(request, actor, uid)
    return _sort_page(request, actor, found)


def _sort_page(request: HttpRequest, actor: Actor, found: ScreenedProgramme) -> HttpResponse:
    form = SortForm(request.GET)
    kept = _ordered(_kept(found.rows, form), form)
    paging = Pagination(len(kept), page_number(request), "lignes", request.GET, size=SIZE)
    context = {
        "sheet": found.sheet,
        "crumbs": crumbs(actor),
        "lead": f"{found.sheet.buyer_name} · {_progress(found.rows)}",
        "form": form,
        "rows": [_row(actor, one) for one in kept[paging.offset : paging.offset + SIZE]],
        "pagination": paging,
        "move_href": href(actor, "advice:sort_programme", uid=found.sheet.uid),
        "typed": request.GET.urlencode(),
        "returned": LinkButton(
            "Renvoyer le classeur", href(actor, "advice:programme_return", uid=found.sheet.uid), "secondary"
        ),
        "remarks": [one for one in found.sheet.remarks if not one.get("kept")],
    }  # fmt: skip
    part = "#results" if request.headers.get("HX-Request") else ""
    return TemplateResponse(request, f"advice/programme_sort.html{part}", context)


def _progress(rows: Iterable[Pair]) -> str:
    states = [study.state for study, _ in rows]
    left = states.count(StudyState.TO_STUDY)
    return f"{plural(len(states), 'ligne')}, {plural(left, 'reste', 'restent')} à trier"


def _kept(rows: Iterable[Pair], form: SortForm) -> list[Pair]:
    said = form.cleaned_data if form.is_valid() else {}
    words = search_key(str(said.get("mots", ""))).split()

    def fits(study: SortedStudy, found: Screened) -> bool:
        verdict = found.test.verdict if found.test else Verdict.UNKNOWN
        key = search_key(f"{study.line.title} {study.reference} {study.line.place} {study.line.cpv}")
        return (
            said.get("etat") in ("", None, study.state)
            and said.get("clause") in ("", None, verdict)
            and said.get("score") in ("", None, found.band)
            and all(word in key for word in words)
        )

    return [one for one in rows if fits(*one)]


def _ordered(rows: list[Pair], form: SortForm) -> list[Pair]:
    asked = form.data.get("tri", "")
    if asked == "ligne":
        return rows
    if asked == "montant":
        return sorted(rows, key=lambda one: -(one[0].line.amount or Decimal(0)))
    return sorted(rows, key=lambda one: -one[1].score)


def _row(actor: Actor, pair: Pair, error: str = "") -> Row:
    study, found = pair
    line = study.line
    parts = (study.reference, format_euros(line.amount) + " HT" if line.amount else "", line.place, study.said_social)
    return Row(
        uid=study.uid,
        title=line.title,
        href=href(actor, "advice:study", uid=study.uid),
        under=" · ".join(part for part in parts if part),
        score=found.score,
        band=_BANDS[found.band.value],
        verdict=verdict_badge(found.test),
        test=found.test_told,
        hours=format_hours(found.hours[0].hours) if found.hours else "",
        hours_under=", ".join(f"{format_hours(at.hours)} à {format_percent(at.rate)}" for at in found.hours),
        device=str(found.device.label),
        device_told=found.device_told,
        state=state_badge(study.state),
        due=format_short_date(study.answer_due_on) if study.state == StudyState.UNDER_STUDY else "",
        reason=study.reason,
        reasons=found.reasons,
        gestures=_gestures(study),
        error=error,
    )


def _gestures(study: SortedStudy) -> tuple[Gesture, ...]:
    following = next_study_states(study.state)
    return tuple(
        Gesture(f"{state.value}:{study.uid}", label, key) for state, label, key in _GESTURES if state in following
    )  # fmt: skip


@action("facilitator")
def move(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Give a line its state; the answer is the line alone when the page asks for it."""
    programme_sheet(actor=actor, uid=uid)  # absent: 404, whatever is sent
    form = GestureForm(request.POST)
    form.is_valid()
    error = " ".join(str(sentence) for several in form.errors.values() for sentence in several)
    asked: tuple[StudyState, UUID] | None = form.cleaned_data.get("choice")
    if asked and not error:
        error = _moved(actor, uid, asked[1], asked[0], str(form.cleaned_data.get("motif") or ""))
    if request.headers.get("HX-Request") and asked:
        return _one_row(request, actor, uid, asked[1], error)
    if error:
        messages.warning(request, error)
    typed = request.POST.get("filtres", "")
    return HttpResponseRedirect(href(actor, "advice:programme", uid=uid) + (f"?{typed}" if typed else ""))


def _one_row(request: HttpRequest, actor: Actor, uid: UUID, study: UUID, error: str) -> HttpResponse:
    rows = screened_programme(actor=actor, uid=uid, on=clock.today(), only={study}).rows
    if not rows:
        raise Absent("advice.Study")
    context = {"row": _row(actor, rows[0], error), "move_href": request.path}
    return TemplateResponse(request, "advice/programme_row.html", context)  # refused or not, the line says it


def _moved(actor: Actor, uid: UUID, study: UUID, state: StudyState, reason: str) -> str:
    """Move one line; return why it cannot be. Left empty, the reason of a line without labour is that of its score."""
    rows = screened_programme(actor=actor, uid=uid, on=clock.today(), only={study}).rows
    if not rows:
        raise Absent("advice.Study")
    if state == StudyState.POINTLESS and not reason and not rows[0][1].score:
        reason = rows[0][1].reasons[0].sentence
    try:
        sort_studies(actor=actor, study_uids=[study], state=state, reason=reason, on=clock.today())
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refusal.message
    return ""


@page("facilitator")
def returned(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The buyer's rows with our columns added."""
    found = returned_file(actor=actor, uid=uid, on=clock.today())
    return attachment(FileContent(found.name, XLSX, found.data, ""))
