"""The page of a firm or an employer for one month, made for a phone."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import PieceLeft, StatementSource, StatementState
from clausette.hours.operations import Sheet, Signer, StatementRef, save_grid
from clausette.hours.queries import (
    Grid,
    GridStatement,
    firm_month,
    last_signer,
    own_months,
    own_progress,
    statement_sheet,
    unlisted_in,
    whole_in,
)
from clausette.hours.queries.surroundings import lapsed_on
from clausette.hours.rules.pieces import asked_pieces
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Conflict, NotAllowed, Refusal
from clausette.kernel.french import HARD, format_date, format_hours, of_month
from clausette.kernel.months import add_months, first_day
from clausette.reference.queries import piece_rows
from clausette.web.components.figures import Gauge
from clausette.web.components.lists import Tab, Tabs
from clausette.web.components.tables import Table
from clausette.web.doors import action
from clausette.web.hours.forms.board import SHORT, Board, board, line_key
from clausette.web.hours.forms.cells import Typed, beside, read_cells, sheets_of
from clausette.web.hours.forms.choices import uid_in
from clausette.web.hours.forms.handing import Handing
from clausette.web.hours.forms.unlisted import UnlistedForm
from clausette.web.hours.views.common import MONTH_WORDS, contract_crumbs, href, say_piece, take_back_label
from clausette.web.hours.views.grid import place_refusal, upload_of
from clausette.web.hours.views.proposed import ShownProposals, proposable_table, shown_proposals

ADD, TAKE_AWAY = "ajouter", "retirer "  # somebody who is not in the list
WITHOUT = "sans-piece"  # the gesture: hand the hours over without their piece
OPEN = (StatementState.DRAFT, StatementState.RETURNED)
DONE = {
    "aucune": "« Aucune heure ce mois-ci » est envoyé pour le relevé {}. Une erreur ? Annulez plus bas.",
    ADD: "La personne est ajoutée au relevé {}, à rapprocher par le facilitateur. Il n'est pas encore envoyé.",
    "enregistrer": "Le relevé {} est enregistré. Il n'est pas encore envoyé.",
    "envoyer": "Le relevé {} est envoyé. Merci.",
}


@action("contractor", "employer", methods=("GET", "POST"), deposit=True)
def declare(request: HttpRequest, actor: Actor, *, uid: UUID, month: date) -> HttpResponse:
    """Show the month of the actor's organisation, or write it: save, hand over, or « aucune heure ce mois-ci »."""
    on = clock.today()
    if month > add_months(first_day(on), 12):
        raise Absent("month")
    shown = firm_month(actor=actor, contract_uid=uid, month=month, on=on)
    demand(shown.may_type)
    if request.method != "POST":
        return _page(request, actor, shown, Handing(signer=last_signer(actor=actor)))
    form = Handing(request.POST, request.FILES)
    act = request.POST.get("acte", "envoyer")
    typed, missing = read_cells(request.POST, shown), UnlistedForm(request.POST, asked=act == ADD)
    if act == "aucune":
        typed.errors.clear()
        form, missing = Handing(signer=last_signer(actor=actor), data={}), UnlistedForm({})
    if not all((not typed.errors, form.is_valid(), missing.is_valid())):
        return _page(request, actor, shown, form, typed, missing, status=400)
    try:
        signer = form.signer() if act in ("envoyer", WITHOUT) else None
        refs = _write(actor, shown, typed, missing, act, form, signer)
    except NotAllowed:
        raise
    except Conflict as refusal:
        return _conflict(request, actor, shown, form, typed, missing, refusal)
    except Refusal as refusal:
        if not missing.refuse(refusal):
            place_refusal(refusal, form, typed)
        return _page(request, actor, shown, form, typed, missing, status=400)
    act = "enregistrer" if act.startswith(TAKE_AWAY) else act
    messages.success(request, DONE.get(act, DONE["envoyer"]).format(of_month(month)))
    say_piece(request, refs)
    return HttpResponseRedirect(request.path)


def _write(
    actor: Actor, shown: Grid, typed: Typed, missing: UnlistedForm, act: str, form: Handing,
    signer: Signer | None,
) -> tuple[StatementRef, ...]:
    upload, others = upload_of(form), form.others()
    own, month = shown.declarants[0][0], shown.months[0]
    held = shown.statements.get((own, month))
    if act == "aucune":
        version = typed.versions.get((own, month), held.version if held else None)
        sheets = [Sheet(own, month, version, (), is_nil=True)]
    else:
        submits = act in ("envoyer", WITHOUT)
        sheets = sheets_of(typed, shown, submit=submits)
        person, gone = missing.person(), _taken_away(act)
        if not sheets and held is None and person is None:
            raise Refusal("Indiquez les heures, ou choisissez « Aucune heure ce mois-ci ».")
        if not sheets and (upload is not None or others or person or gone or (submits and held and held.state in OPEN)):
            version, is_nil = (held.version, held.is_nil) if held else (None, False)
            sheets = [Sheet(own, month, version, (), is_nil=is_nil)]
        if person or gone:
            named = (person,) if person else ()
            sheets = [replace(one, is_nil=one.is_nil and not named, unlisted=named, withdrawn=gone) for one in sheets]
    return save_grid(
        actor=actor, contract_uid=shown.part.uid, sheets=sheets, evidence=upload, others=others,
        source=StatementSource.PORTAL, left=PieceLeft.WITHHELD if act == WITHOUT else None,
        submit=act in ("envoyer", "aucune", WITHOUT),
        signer=signer, on=clock.today(), at=clock.now(),
    )  # fmt: skip


def _taken_away(act: str) -> tuple[UUID, ...]:
    """Who is taken back: one gesture at their line."""
    uid = uid_in(act.removeprefix(TAKE_AWAY)) if act.startswith(TAKE_AWAY) else None
    return (uid,) if uid else ()


def _conflict(
    request: HttpRequest, actor: Actor, shown: Grid, form: Handing, typed: Typed, missing: UnlistedForm,
    refusal: Conflict,
) -> HttpResponse:
    theirs = {
        (line.worker.placement_uid, line.worker.commitment_uid, line.kind): cell.hours
        for line in shown.lines
        for cell in line.cells
        if cell.hours
    }
    typed.errors |= beside(typed, theirs, shown, shown.months[0])
    form.add_error(None, f"{refusal.message} Vos chiffres sont gardés : envoyez de nouveau pour les retenir.")
    return _page(request, actor, shown, form, typed, missing, status=409)


def _page(
    request: HttpRequest,
    actor: Actor,
    shown: Grid,
    form: Handing,
    typed: Typed | None = None,
    missing: UnlistedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    month, on = shown.months[0], clock.today()
    note_reading(request, ReadingKind.IDENTITY, {line.worker.participant_uid for line in shown.lines})
    statement = shown.statements.get((shown.declarants[0][0], month))
    proposed, proposable = _proposed(request, actor, statement, on)
    progress = own_progress(actor=actor, contract_id=shown.part.id, as_of=on)
    total, term = progress or (None, None)
    context = {
        "crumbs": contract_crumbs(actor, shown.part.uid, shown.part.name),
        "part": shown.part,
        "month": month,
        "tabs": _months(actor, shown, on),
        "statement": statement,
        "statement_href": href(actor, "hours:statement", uid=statement.uid) if statement else "",
        "told": _told(statement),
        "paper_href": href(actor, "hours:month_paper", uid=shown.part.uid, month=month),
        "prior_href": _prior_href(actor, shown.part.uid, month),
        "proposed": proposed,
        "proposable": proposable,
        "take_back": _take_back(statement),
        "take_back_href": href(actor, "hours:take_back", uid=statement.uid) if statement else "",
        "is_open": (statement is None or statement.state in OPEN) and month <= first_day(on),
        "is_future": month > first_day(on),
        "board": _board(actor, shown, statement, typed),
        "form": form,
        "lapsed": lapsed_on(actor=actor, contract_id=shown.part.id, month=month),
        "missing": missing or UnlistedForm(),
        "named": unlisted_in(actor=actor, statement_uid=statement.uid) if statement else (),
        "asked": asked_pieces(piece_rows(month), {line.worker.modality for line in shown.lines}),
        "refused": len(typed.errors) if typed else 0,
        "total": total,
        "term": term,
        "counted": total.validated + total.declared if total else None,
        "remaining": max(total.due_firm - total.validated - total.declared, total.due_firm * 0)
        if total
        else None,
        "gauge": Gauge(total.due_firm, total.validated, total.declared) if total and total.due_firm else None,
        "previous": add_months(month, -1),
    }
    return TemplateResponse(request, "hours/month.html", context, status=status)


def _board(actor: Actor, shown: Grid, statement: GridStatement | None, typed: Typed | None) -> Board:
    """The hours of each person, and those attested as a whole: the total is of all of them."""
    month = shown.months[0]
    whole = whole_in(actor=actor, statement_uid=statement.uid) if statement else ()
    return board(
        shown, f"Heures {of_month(month)}", typed=typed, details=_details(shown, month), long=True,
        begin=typed is None, whole=whole,
    )  # fmt: skip


def _proposed(
    request: HttpRequest, actor: Actor, statement: GridStatement | None, on: date
) -> tuple[ShownProposals | None, Table | None]:
    """Corrections proposed on the month, and the lines of a validated one on which another may be."""
    if statement is None or statement.state != StatementState.VALIDATED:
        return None, None
    sheet = statement_sheet(actor=actor, uid=statement.uid, on=on)
    shown = shown_proposals(request, actor, sheet)
    return shown, proposable_table(sheet, shown)


def _told(statement: GridStatement | None) -> str:
    """What is said of the statement at the head of the page."""
    if statement is None or statement.state == StatementState.DRAFT:
        return ""
    if statement.state == StatementState.RETURNED:
        return f"Ce relevé vous est renvoyé : {statement.return_reason}"
    if statement.state == StatementState.VALIDATED:
        when = f" le {format_date(statement.validated_on)}" if statement.validated_on else ""
        return f"Ce relevé est validé{when}. Une erreur ? Proposez une correction plus bas."
    if statement.is_nil:
        return "Vous avez déclaré : aucune heure ce mois-ci."
    return "Ce relevé est envoyé. Il attend la validation du facilitateur."


def _prior_href(actor: Actor, contract: UUID, month: date) -> str:
    """Where a training before hiring is declared; not in a deposit, which opens the month alone."""
    return "" if actor.deposit else f"{href(actor, 'hours:declare_prior', uid=contract)}?mois={month:%Y-%m}"


def _take_back(statement: GridStatement | None) -> str:
    """The label of what undoes a sending, as long as nobody validated it."""
    if statement is None or statement.state != StatementState.SUBMITTED:
        return ""
    return take_back_label(is_nil=statement.is_nil)


def _months(actor: Actor, shown: Grid, on: date) -> Tabs:
    """Three months around the one shown, with what is known of each."""
    month = shown.months[0]
    last = min(add_months(month, 1), first_day(on))
    first = add_months(max(last, month), -2)
    known = own_months(actor=actor, contract_id=shown.part.id, first=first, last=max(last, month))
    return Tabs(
        tuple(
            Tab(
                f"{SHORT[one.month - 1].capitalize()} · {MONTH_WORDS[status]}",
                href(actor, "hours:month", uid=shown.part.uid, month=one), current=one == month,
            )
            for one, status in known
        ),
        label="Mois",
    )  # fmt: skip


def _details(shown: Grid, month: date) -> dict[str, str]:
    """Under each name: the job, who employs, the hours of the month before."""
    before = SHORT[add_months(month, -1).month - 1]
    told_of = {}
    for line in shown.lines:
        worker = line.worker
        parts = [worker.job]
        if worker.employer_id != worker.host_id:
            parts.append(worker.employer_name)
        parts += [cell.locked for cell in line.cells if cell.locked.startswith(("déjà", "hors"))]
        if line.previous is not None:
            parts.append(f"{before}{HARD}: {format_hours(line.previous)}")
        told_of[line_key(line)] = " · ".join(part for part in parts if part)
    return told_of
