"""One statement: its lines, what the controls say of it, validation, return."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import PieceLeft, StatementState
from clausette.hours.operations import (
    LATE,
    Upload,
    attach_evidence,
    leave_piece,
    return_statement,
    submit_statement,
    take_piece_away,
    validate_statement,
)
from clausette.hours.permissions import can_take_back, can_type, can_validate, can_validate_input
from clausette.hours.queries import (
    StatementSheet,
    statement_sheet,
)
from clausette.hours.queries.pieces import SheetPiece
from clausette.hours.rules import is_regularisation
from clausette.hours.rules.pieces import asked_pieces, lapsed_since
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Conflict, Invalid, NotAllowed, Refusal, WrongState
from clausette.kernel.french import format_date
from clausette.reference.queries import piece_rows
from clausette.web.components.lists import Fact, Facts
from clausette.web.doors import action, page
from clausette.web.hourfiles.filled import facts_of_files
from clausette.web.hours.forms.answers import by_line, reserves_typed, typed
from clausette.web.hours.forms.choices import Joined, Return, uid_in
from clausette.web.hours.views.common import (
    contract_crumbs,
    href,
    say_piece,
    statement_badge,
    take_back_label,
)
from clausette.web.hours.views.confirming import confirmation_table
from clausette.web.hours.views.priors import priors_shown
from clausette.web.hours.views.proposed import shown_proposals
from clausette.web.hours.views.reopened import reopened_of
from clausette.web.hours.views.shown import asked_of, general_codes, lines_of, remarks_of
from clausette.web.hours.views.unlisted import unlisted_table
from clausette.web.hours.views.versions import meanwhile, seen_text
from clausette.web.hours.views.waiting import BACK, back_here
from clausette.web.hours.views.whole import whole_open, whole_table
from clausette.web.refusals import add_refusal

LEFT = {
    PieceLeft.SEEN: "C'est noté : vous avez vu la pièce, elle n'est pas conservée.",
    PieceLeft.WITHHELD: "C'est noté : le facilitateur sait que ce relevé est remis sans sa pièce.",
}
TAKE_OFF = "retirer "  # a piece beside the proof of the hours
READERS = ("facilitator", "contractor", "employer")


@page(*READERS, deposit=True)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The statement."""
    sheet = statement_sheet(actor=actor, uid=uid, on=clock.today())
    note_reading(
        request, ReadingKind.IDENTITY, {line.participant_uid for line in sheet.lines if line.participant_uid}
    )
    return _page(request, actor, sheet)


@action("facilitator")
def validate(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Validate, with a justification by code and the lines not retained."""
    try:
        ref = validate_statement(
            actor=actor, uid=uid, version=version_of(request), justifications=typed(request, "motif-"),
            refusals=by_line(request, "refus-"), reserves=reserves_typed(request), late=by_line(request, "retard-"),
            at=clock.now(), on=clock.today(),
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _refused(request, actor, uid, refusal)
    if ref.already:
        messages.info(request, "Ce relevé était déjà validé.")
    else:
        messages.success(request, "Le relevé est validé. Ses lignes ne changent plus.")
    if request.POST.get("retour") == BACK:
        return HttpResponseRedirect(back_here(actor, "hours:waiting", request.POST.get("filtres", "")))
    return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))


@action("facilitator", "contractor", "employer", deposit=True)
def submit(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Hand the statement over as it is."""
    try:
        ref = submit_statement(actor=actor, uid=uid, version=version_of(request), at=clock.now(), on=clock.today())
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _refused(request, actor, uid, refusal)
    if ref.already:
        messages.info(request, "Ce relevé était déjà transmis.")
    else:
        messages.success(request, "Le relevé est transmis : il attend sa validation.")
    return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))


@action("facilitator")
def send_back(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Return the statement to its declarant with a reason."""
    form = Return(request.POST)
    if not form.is_valid():
        return _page(
            request, actor, statement_sheet(actor=actor, uid=uid, on=clock.today()), form, status=400
        )
    try:
        ref = return_statement(
            actor=actor,
            uid=uid,
            version=version_of(request),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        sheet, status = statement_sheet(actor=actor, uid=uid, on=clock.today()), _status(refusal)
        return _page(request, actor, sheet, form, status=status)
    if ref.already:
        messages.info(request, "Ce relevé était déjà renvoyé.")
    else:
        messages.success(request, "Le relevé est renvoyé à son déclarant avec votre motif.")
    return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))


@action("facilitator", "contractor", "employer", deposit=True)
def join(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Join a piece to the statement, or say that it has none."""
    if request.POST.get("acte") == "sans-piece":
        return _leave(request, actor, uid)
    if request.POST.get("acte", "").startswith(TAKE_OFF):
        return _take_off(request, actor, uid)
    form = Joined(request.POST, request.FILES)
    form.fields["evidence"].required = True
    if form.is_valid():
        held = form.cleaned_data["evidence"]
        upload = Upload(held.name, held.read(), form.cleaned_data["valid_until"], form.cleaned_data["kind"])
        try:
            ref = attach_evidence(actor=actor, uid=uid, evidence=upload)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if not ref.piece.waiting:
                messages.success(request, "La pièce est jointe au relevé.")
            say_piece(request, [ref])
            return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))
    sheet = statement_sheet(actor=actor, uid=uid, on=clock.today())
    return _page(request, actor, sheet, piece=form, status=400)


def _leave(request: HttpRequest, actor: Actor, uid: UUID) -> HttpResponse:
    how = PieceLeft.SEEN if actor.can("facilitator") else PieceLeft.WITHHELD
    try:
        ref = leave_piece(actor=actor, uid=uid, how=how, on=clock.today())
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _refused(request, actor, uid, refusal)
    if not ref.already:
        messages.success(request, LEFT[how])
    return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))


def _take_off(request: HttpRequest, actor: Actor, uid: UUID) -> HttpResponse:
    """Take a piece beside the proof of the hours off the statement."""
    piece = uid_in(request.POST["acte"].removeprefix(TAKE_OFF)) or UUID(int=0)
    try:
        take_piece_away(actor=actor, uid=uid, piece=piece)
    except NotAllowed:
        raise
    except WrongState as refusal:
        return _refused(request, actor, uid, refusal)
    messages.success(request, "La pièce est retirée du relevé.")
    return HttpResponseRedirect(href(actor, "hours:statement", uid=uid))


def version_of(request: HttpRequest) -> int | None:
    raw = request.POST.get("version", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 8 else 0


def _refused(request: HttpRequest, actor: Actor, uid: UUID, refusal: Refusal) -> HttpResponse:
    sheet = statement_sheet(actor=actor, uid=uid, on=clock.today())
    errors: Mapping[str, str] = refusal.errors if isinstance(refusal, Invalid) else {}
    general = "" if isinstance(refusal, Invalid) else refusal.message
    return _page(request, actor, sheet, errors=errors, general=general, status=_status(refusal))


def _status(refusal: Refusal) -> int:
    return 409 if isinstance(refusal, Conflict) else 400


def _page(
    request: HttpRequest,
    actor: Actor,
    sheet: StatementSheet,
    form: Return | None = None,
    *,
    piece: Joined | None = None,
    errors: Mapping[str, str] | None = None,
    general: str = "",
    status: int = 200,
) -> HttpResponse:
    remarks, common = remarks_of(sheet), general_codes(sheet)
    proposed = shown_proposals(request, actor, sheet, reopened=bool((reopened := reopened_of(actor, sheet)).told))
    late = sheet.state == StatementState.SUBMITTED and is_regularisation(sheet.month, clock.today())
    context = {
        "crumbs": contract_crumbs(actor, sheet.part.uid, sheet.part.name),
        "sheet": sheet,
        "badge": statement_badge(sheet.state, is_nil=sheet.is_nil),
        "facts": _facts(actor, sheet),
        "lines": lines_of(request, actor, sheet, remarks, errors or {}, proposed.links),
        "proposed": proposed,
        "general_remarks": [next(r for r in remarks if r.finding.code == code) for code in sorted(common)],
        "asked": asked_of(request, sheet, errors or {}, late=late),
        "stops": sum(1 for remark in remarks if remark.finding.stops),
        "waiting": sheet.state == StatementState.SUBMITTED,
        "may_validate": can_validate(sheet.part),
        "own_input": can_validate_input(actor, sheet.part, sheet.submitted_by_id).reason,
        "late_code": LATE,
        "form": form or Return(),
        "piece": piece or Joined(),
        "join_href": href(actor, "hours:join", uid=sheet.uid) if _type_href(actor, sheet) else "",
        "removable": sheet.beside if _type_href(actor, sheet) else (),
        "leave_label": _leave_label(actor, sheet),
        "general": general,
        "meanwhile": meanwhile(request, sheet) if status == 409 else None,
        "seen": seen_text(sheet),
        "confirmations": confirmation_table(actor, sheet),
        "reopened": reopened,
        "unlisted": unlisted_table(actor, sheet),
        "total_change": sheet.total - sheet.previous_total if sheet.previous_total is not None else None,
        "errors": len(errors or {}),
        "validate_href": href(actor, "hours:validate", uid=sheet.uid),
        "return_href": href(actor, "hours:return", uid=sheet.uid),
        "add_href": _add_href(actor, sheet),
        "type_href": _type_href(actor, sheet),
        "whole": whole_table(actor, sheet, proposed.links),
        "whole_open": () if actor.deposit else whole_open(request, actor, sheet, errors or {}),
    }
    context |= priors_shown(actor, sheet) | _sending(actor, sheet)
    return TemplateResponse(request, "hours/statement.html", context, status=status)


def _add_href(actor: Actor, sheet: StatementSheet) -> str:
    """Where a person forgotten is added, once validated."""
    may = sheet.state == StatementState.VALIDATED and can_validate(sheet.part)
    return href(actor, "hours:add", uid=sheet.uid) if may else ""


def _sending(actor: Actor, sheet: StatementSheet) -> dict[str, str]:
    """The gestures of its declarant: hand it over, take it back."""
    return {
        "submit_href": _submit_href(actor, sheet),
        "take_back": _take_back(actor, sheet),
        "take_back_href": href(actor, "hours:take_back", uid=sheet.uid),
    }


def _take_back(actor: Actor, sheet: StatementSheet) -> str:
    """The label of what undoes a sending, for its declarant until control; who validates changes the hours at once."""
    may = can_take_back(actor, sheet.part, sheet.declarant_id) and not sheet.part.piloted
    return take_back_label(is_nil=sheet.is_nil) if sheet.state == StatementState.SUBMITTED and may else ""


def _submit_href(actor: Actor, sheet: StatementSheet) -> str:
    """Where a statement begun is handed over, for those who may."""
    begun = sheet.state in (StatementState.DRAFT, StatementState.RETURNED)
    may = begun and can_type(actor, sheet.part, sheet.declarant_id)
    filled = sheet.lines or sheet.collective or sheet.apart
    return href(actor, "hours:submit", uid=sheet.uid) if may and filled else ""


def _leave_label(actor: Actor, sheet: StatementSheet) -> str:
    """The gesture of those who have no piece to join; "" when there is one, or when it is said."""
    if (sheet.piece and not sheet.piece.is_gone) or sheet.left:
        return ""
    return PieceLeft.SEEN.label if sheet.part.piloted else "Remettre sans la pièce"


def _type_href(actor: Actor, sheet: StatementSheet) -> str:
    """Where these hours are typed: the grid of the structures in charge, or the declarant's own month."""
    if sheet.state == StatementState.VALIDATED:
        return ""
    if sheet.part.piloted:
        return f"{href(actor, 'hours:grid', uid=sheet.part.uid)}?jusqu-a={sheet.month:%Y-%m}"
    if sheet.state == StatementState.SUBMITTED or sheet.declarant_id != actor.organisation_id:
        return ""
    return href(actor, "hours:month", uid=sheet.part.uid, month=sheet.month)


def _facts(actor: Actor, sheet: StatementSheet) -> Facts:
    facts = [
        Fact("Déclarant", sheet.declarant_name),
        Fact("Saisie", sheet.source.label),
        *facts_of_files(actor, sheet.uid),
        _piece(actor, sheet),
        *(_beside(actor, sheet, piece) for piece in sheet.beside),
        Fact("Document", "Relevé d'heures (PDF)", href(actor, "hours:statement_paper", uid=sheet.uid)),
    ]
    asked = asked_pieces(piece_rows(sheet.month), {line.modality for line in sheet.lines})
    if asked and sheet.state != StatementState.VALIDATED:
        facts.append(Fact("Pièces attendues", asked))
    facts += [
        Fact("Copie gardée", f"Masqué : {piece.masked}. L'original est détruit.")
        for piece in (sheet.piece, *sheet.beside)
        if piece and piece.masked
    ]
    if sheet.submitted_at:
        by = f", {sheet.handed.sentence}" if sheet.handed else ""
        facts.append(Fact("Transmis", _signed(sheet.submitted_at, sheet.submitted_by) + by))
    if sheet.certified:
        facts.append(Fact("Certifié en ligne", sheet.certified.sentence(sheet.total + sheet.apart)))
    if sheet.validated_at:
        facts.append(Fact("Validé", _signed(sheet.validated_at, sheet.validated_by)))
    if sheet.state == StatementState.RETURNED:
        facts.append(Fact("Renvoyé", sheet.return_reason))
    return Facts(tuple(facts))


def _piece(actor: Actor, sheet: StatementSheet) -> Fact:
    """The piece, with its address when it may be opened, or why there is none."""
    title, piece = "Pièce justificative", sheet.piece
    if piece is None:
        return Fact(title, sheet.left or "Aucune pièce jointe")
    if piece.state:
        return Fact(title, f"{piece.name}. {piece.state}.")
    return Fact(title, piece.name, href(actor, "hours:evidence", uid=piece.uid), help=_valid(piece, sheet.month))


def _beside(actor: Actor, sheet: StatementSheet, piece: SheetPiece) -> Fact:
    """A piece beside the proof of the hours, under its kind."""
    if piece.state:
        return Fact(piece.kind.label, f"{piece.name}. {piece.state}.")
    address = href(actor, "hours:evidence", uid=piece.uid)
    return Fact(piece.kind.label, piece.name, address, help=_valid(piece, sheet.month))


def _valid(piece: SheetPiece, month: date) -> str:
    """« Valable jusqu'au 30 septembre 2026 », or since when it is no more."""
    if piece.valid_until is None:
        return ""
    since = lapsed_since(month, [(month, piece.valid_until)])
    if since:
        return f"Cette pièce n'est plus valable depuis le {format_date(since)}"
    return f"Valable jusqu'au {format_date(piece.valid_until)}"


def _signed(at: datetime, name: str) -> str:
    """« le 3 mars 2026 par Zoé Martin »."""
    return f"le {format_date(at.astimezone(clock.PARIS).date())} par {name}"
