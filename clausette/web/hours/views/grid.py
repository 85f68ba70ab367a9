"""The grid people × months of one contract, for the structures in charge."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import PieceLeft, StatementSource
from clausette.hours.operations import Upload, save_grid
from clausette.hours.permissions import can_validate
from clausette.hours.queries import Grid, grid
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from clausette.kernel.french import format_month, plural
from clausette.kernel.months import add_months, first_day, months_between
from clausette.web.components.buttons import LinkButton
from clausette.web.components.querystring import with_params
from clausette.web.doors import action
from clausette.web.hours.forms.board import board, line_key
from clausette.web.hours.forms.cells import Typed, beside, read_cells, sheets_of
from clausette.web.hours.forms.choices import Evidence, Piece, month_in
from clausette.web.hours.views.common import contract_crumbs, href, say_piece

SPAN = 4


def shown_months(request: HttpRequest, on: date) -> list[date]:
    """The months shown: four, the last one asked by `?jusqu-a=`, the running month when it is missing."""
    last = month_in(request.GET.get("jusqu-a", "")) or first_day(on)
    return months_between(add_months(last, 1 - SPAN), last)


@action("facilitator", methods=("GET", "POST"))
def type_hours(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Show the grid, or write what was typed."""
    on = clock.today()
    training = request.GET.get("formation") == "1"
    shown = grid(actor=actor, contract_uid=uid, months=shown_months(request, on), on=on, training=training)
    demand(can_validate(shown.part))
    if request.method != "POST":
        return _page(request, actor, shown, Piece())
    form = Piece(request.POST, request.FILES)
    typed = read_cells(request.POST, shown)
    if typed.errors or not form.is_valid():
        return _page(request, actor, shown, form, typed, status=400)
    submit = request.POST.get("acte") == "transmettre"
    sheets = sheets_of(typed, shown, submit=submit)
    if form.cleaned_data["evidence"] and not sheets:
        form.add_error("evidence", "Aucune heure n'a changé : joignez cette pièce depuis la page du relevé.")
        return _page(request, actor, shown, form, typed, status=400)
    try:
        refs = save_grid(
            actor=actor, contract_uid=uid, sheets=sheets, evidence=upload_of(form),
            source=StatementSource.PAPER if form.cleaned_data["evidence"] else StatementSource.GRID, submit=submit,
            left=PieceLeft.SEEN if request.POST.get("acte") == "vue" else None, on=on, at=clock.now(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except Conflict as refusal:
        return _conflict(request, actor, shown, form, typed, refusal)
    except Refusal as refusal:
        place_refusal(refusal, form, typed)
        return _page(request, actor, shown, form, typed, status=400)
    messages.success(request, told(len(refs), submitted=submit))
    say_piece(request, refs)
    return HttpResponseRedirect(request.get_full_path())


def told(count: int, *, submitted: bool) -> str:
    """« 2 relevés enregistrés et transmis. »"""
    if not count:
        return "Rien n'a changé."
    ending = "s" if count > 1 else ""
    return f"{plural(count, 'relevé')} enregistré{ending}{' et transmis' if submitted else ''}."


def upload_of(form: Evidence) -> Upload | None:
    """The piece chosen, read."""
    held = form.cleaned_data["evidence"]
    return Upload(held.name, held.read(), form.cleaned_data.get("valid_until")) if held else None


def place_refusal(refusal: Refusal, form: Evidence, typed: Typed) -> None:
    """Put each refusal where it belongs: at its cell, at the piece, or at the head of the page."""
    if refusal.field in ("evidence", "evidence_2"):
        form.refuse(refusal)
        return
    errors = refusal.errors if isinstance(refusal, Invalid) else {refusal.field: refusal.message}
    for name, sentence in errors.items():
        if name in typed.entries:
            typed.errors[name] = sentence
        else:
            form.add_error("evidence" if name in ("evidence", "file") else None, sentence)


def _conflict(
    request: HttpRequest, actor: Actor, shown: Grid, form: Evidence, typed: Typed, refusal: Conflict
) -> HttpResponse:
    """Both versions: what was typed stays in the cells, what was written meanwhile is said under each."""
    for month in shown.months:
        theirs = {
            (line.worker.placement_uid, line.worker.commitment_uid, line.kind): cell.hours
            for line in shown.lines
            for cell in line.cells
            if cell.month == month and cell.hours
        }
        typed.errors |= beside(typed, theirs, shown, month)
    form.add_error(
        None, f"{refusal.message} Vos chiffres sont gardés : enregistrez de nouveau pour les retenir."
    )
    return _page(request, actor, shown, form, typed, status=409)


def _page(
    request: HttpRequest,
    actor: Actor,
    shown: Grid,
    form: Evidence,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    note_reading(request, ReadingKind.IDENTITY, {line.worker.participant_uid for line in shown.lines})
    last, on = shown.months[-1], clock.today()
    before, later = add_months(last, -SPAN), min(add_months(last, SPAN), first_day(on))
    context = {
        "crumbs": contract_crumbs(actor, shown.part.uid, shown.part.name),
        "part": shown.part,
        "board": board(
            shown, f"Heures du marché {shown.part.name}", typed=typed, details=_details(shown), begin=typed is None
        ),
        "form": form,
        "refused": len(typed.errors) if typed else 0,
        "first": shown.months[0],
        "last": last,
        "earlier": LinkButton("Mois précédents", with_params(request.GET, **{"jusqu-a": f"{before:%Y-%m}"}), "quiet"),
        "later": LinkButton(
            "Mois suivants", with_params(request.GET, **{"jusqu-a": f"{later:%Y-%m}"}), "quiet",
            disabled="" if last < first_day(on) else f"{format_month(on).capitalize()} est le dernier mois commencé.",
        ),
        "training": with_params(request.GET, formation=None if request.GET.get("formation") else 1),
        "with_training": request.GET.get("formation") == "1",
        "statements": [
            (statement, href(actor, "hours:statement", uid=statement.uid)) for statement in shown.statements.values()
        ],
        "attest_href": f"{href(actor, 'hours:attest', uid=shown.part.uid)}?mois={last:%Y-%m}",
        "prior_href": f"{href(actor, 'hours:declare_prior', uid=shown.part.uid)}?mois={last:%Y-%m}",
        "place_button": LinkButton("Voir les participants", href(actor, "people:list"), "primary"),
    }  # fmt: skip
    return TemplateResponse(request, "hours/grid.html", context, status=status)


def _details(shown: Grid) -> dict[str, str]:
    """Under each name: the job, who employs, who declares."""
    told_of = {}
    for line in shown.lines:
        worker = line.worker
        parts = [worker.job, worker.host_name]
        if worker.employer_id != worker.host_id:
            parts.append(f"salarié de {worker.employer_name}")
        if line.declarant_name != worker.host_name:
            parts.append(f"déclaré par {line.declarant_name}")
        told_of[line_key(line)] = " · ".join(part for part in parts if part)
    return told_of
