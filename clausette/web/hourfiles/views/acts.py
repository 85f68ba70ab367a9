"""Confirming a file of hours, with its progress; comparing it again, giving it up, undoing it."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFate, HoursFileState
from clausette.imports.errors import Stale
from clausette.imports.operations.hours_files import (
    IN_REQUEST,
    READ_IN_REQUEST,
    UNDO_IN_REQUEST,
    HoursApplied,
    apply_hours_file,
    cancel_hours_file,
    compare_hours_file,
    hand_over_hours_file,
    hand_over_hours_reading,
    hand_over_hours_undo,
    undo_hours_file,
)
from clausette.imports.queries.hours_files import HoursFileSheet, hours_file_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.kernel.french import format_hours, plural
from clausette.web.components.notices import Confirm
from clausette.web.doors import action, page
from clausette.web.hourfiles.common import BEING_READ, BOTH, READERS, href, under_way
from clausette.web.hourfiles.forms import ConfirmForm
from clausette.web.hourfiles.views.preview import preview_page


@action(*READERS, mandate=True, methods=BOTH)
def apply(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say what will be written and what will be left, ask what becomes of the statements, then write."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    again = sheet.state is HoursFileState.APPLYING
    demand(permissions.can_apply_hours_file(actor, state=sheet.state, new=sheet.new, again=again))
    form = ConfirmForm(request.POST) if request.method == "POST" else ConfirmForm()
    if not again and sheet.new == sheet.count(HoursFate.PROPOSED):
        form.without_statements()
    if request.method != "POST" or not form.is_valid():
        return _ask(request, actor, sheet, form, status=400 if request.method == "POST" else 200)
    submit, back = form.cleaned_data.get("submit", "oui") == "oui", href(actor, "show", uid=uid)
    if again or _is_long(sheet):
        hand_over_hours_file(actor=actor, batch_uid=uid, submit=submit)
        messages.success(request, "L'import est en cours. Vous pouvez quitter cette page et y revenir.")
        return HttpResponseRedirect(back)
    try:
        done = apply_hours_file(actor=actor, batch_uid=uid, submit=submit, at=clock.now(), on=clock.today())
    except Stale as stale:
        compare_hours_file(actor=actor, batch_uid=uid, on=clock.today())
        messages.warning(request, stale.message)
        return preview_page(request, actor, hours_file_sheet(actor=actor, uid=uid), status=409)
    _tell(request, done, submit=submit)
    return HttpResponseRedirect(back)


def _is_long(sheet: HoursFileSheet) -> bool:
    """Whether the worker writes: many lines to write, or a file long to read again."""
    return sheet.new > IN_REQUEST or sheet.size > READ_IN_REQUEST


def _ask(
    request: HttpRequest, actor: Actor, sheet: HoursFileSheet, form: ConfirmForm, *, status: int
) -> HttpResponse:
    again = sheet.state is HoursFileState.APPLYING
    written, proposed = sheet.new - sheet.count(HoursFate.PROPOSED), sheet.count(HoursFate.PROPOSED)
    verb = f"Écrire {plural(written, 'ligne')}" if written else f"Proposer {plural(proposed, 'correction')}"
    verb = "Relancer l'import" if again else verb
    asked = "Relancer l'import" if again else "Écrire les heures" if written else "Proposer les corrections"
    confirm = Confirm(
        f"{asked} de « {sheet.file_name} » ?", verb, href(actor, "show", uid=sheet.uid), _consequences(sheet),
    )  # fmt: skip
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": form}, status=status)


def _consequences(sheet: HoursFileSheet) -> tuple[str, ...]:
    told = []
    if sheet.state is HoursFileState.APPLYING:
        told.append("Rien n'est écrit deux fois, même si le premier essai finit par aboutir.")
    gap = sum((row.gap for row in sheet.totals), start=Decimal(0))
    months = len({(row.contract_uid, row.month) for row in sheet.totals if row.gap})
    sign = "+" if gap >= 0 else "\u2212"
    proposed = sheet.count(HoursFate.PROPOSED)
    if written := sheet.new - proposed:
        moved = f"{sign}\u00a0{format_hours(abs(gap))}"
        told.append(f"{plural(written, 'ligne')} sur {plural(months, 'relevé')} : {moved}.")
    if proposed:
        words = ("ligne validée est proposée comme correction", "lignes validées sont proposées comme corrections")
        told.append(f"{plural(proposed, *words)} : rien n'y change avant la réponse du facilitateur.")
    if changed := sheet.count(HoursFate.CHANGED, HoursFate.CORRECTION):
        told.append(f"{plural(changed, 'ligne remplace', 'lignes remplacent')} des heures déjà dans Clausette.")
    if sheet.stopping:
        words = ("ligne a un point qui empêche", "lignes ont un point qui empêche")
        told.append(f"{plural(sheet.stopping, *words)} sa validation : le facilitateur devra y répondre.")
    if left := sheet.count(HoursFate.REFUSED, HoursFate.UNMATCHED, HoursFate.ASK):
        told.append(f"{plural(left, 'ligne reste', 'lignes restent')} de côté : à corriger ou à rapprocher.")
    if _is_long(sheet):
        told.append("Cela prendra quelques minutes : vous pourrez quitter la page.")
    if written or not proposed:
        told.append("Vous pourrez défaire cet import tant que ses relevés ne sont pas validés.")
    else:
        told.append("Vous pourrez défaire cet import : les corrections encore sans réponse seront retirées.")
    return tuple(told)


def _tell(request: HttpRequest, done: HoursApplied, *, submit: bool) -> None:
    where = plural(done.statements, "relevé transmis", "relevés transmis") if submit else plural(
        done.statements, "relevé en brouillon", "relevés en brouillon"
    )
    if done.written:
        messages.success(request, f"{plural(done.written, 'ligne écrite', 'lignes écrites')} : {where}.")
    if done.proposed:
        sent = plural(done.proposed, "correction proposée", "corrections proposées")
        messages.success(request, f"{sent} : le facilitateur accepte ou refuse, les heures validées ne changent pas.")
    if done.refused:
        refused = plural(done.refused, "ligne n'a pas pu être écrite", "lignes n'ont pas pu être écrites")
        messages.warning(request, f"{refused} : voyez l'onglet « À corriger ».")


@page(*READERS, mandate=True)
def advance(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """How far the worker is; asked again by the page itself."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    back = href(actor, "show", uid=uid)
    if sheet.state not in (HoursFileState.READING, HoursFileState.APPLYING):
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": back})
        return HttpResponseRedirect(back)
    context = {"sheet": sheet, "back": back, "advance": request.path, **under_way(uid)}
    return TemplateResponse(request, "hourfiles/advance.html", context)


@action(*READERS, mandate=True)
def again(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Compare again with what is held now; ask again for a reading that seems to have stopped."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    if sheet.state is HoursFileState.READING:
        hand_over_hours_reading(actor=actor, batch_uid=uid)
    else:
        compare_hours_file(actor=actor, batch_uid=uid, on=clock.today())
    large = sheet.size > READ_IN_REQUEST
    messages.success(request, BEING_READ if large else "Le fichier est comparé de nouveau.")
    return HttpResponseRedirect(href(actor, "show", uid=uid))


@action(*READERS, mandate=True, methods=BOTH)
def cancel(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask, then give the file up."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    applied = sheet.applied_at is not None
    demand(permissions.can_cancel_hours_file(actor, state=sheet.state, applied=applied))
    if request.method == "POST":
        cancel_hours_file(actor=actor, batch_uid=uid)
        messages.success(request, "Le fichier est abandonné. Aucune heure n'est écrite.")
        return HttpResponseRedirect(href(actor, "start"))
    told = ("Aucune heure ne sera écrite.", "Vous pourrez envoyer de nouveau le même fichier.")
    return _confirm(
        request,
        Confirm(f"Abandonner « {sheet.file_name} » ?", "Abandonner le fichier", href(actor, "show", uid=uid), told,
                danger=True),
    )  # fmt: skip


@action(*READERS, mandate=True, methods=BOTH)
def undo(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask, then take back all the hours that the file wrote; say what prevents it."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    applied = sheet.applied_at is not None
    demand(permissions.can_undo_hours_file(actor, state=sheet.state, applied=applied))
    back = href(actor, "show", uid=uid)
    if request.method == "POST" and sheet.size > UNDO_IN_REQUEST:
        hand_over_hours_undo(actor=actor, batch_uid=uid)
        messages.success(
            request, "L'import va être défait. Cela prend quelques minutes : vous pouvez quitter cette page."
        )
        return HttpResponseRedirect(back)
    if request.method == "POST":
        try:
            undo_hours_file(actor=actor, batch_uid=uid, at=clock.now())
        except WrongState as refusal:
            messages.error(request, refusal.message)
            return preview_page(request, actor, hours_file_sheet(actor=actor, uid=uid), status=409)
        messages.success(request, "L'import est défait : ses heures sont retirées.")
        return HttpResponseRedirect(back)
    told = (
        "Les heures que ce fichier a écrites sont retirées ; celles qu'il a remplacées reviennent.",
        "Les relevés qu'il a transmis vous reviennent ; ses corrections proposées, sans réponse, sont retirées.",
        "Vous pourrez envoyer de nouveau le même fichier.",
    )
    return _confirm(
        request,
        Confirm(f"Défaire l'import de « {sheet.file_name} » ?", "Défaire l'import", back, told, danger=True),
    )


def _confirm(request: HttpRequest, confirm: Confirm) -> HttpResponse:
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})
