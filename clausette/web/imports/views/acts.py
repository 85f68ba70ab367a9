"""Deciding, applying, giving up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.imports import permissions
from clausette.imports.enums import BatchState, RowChoice
from clausette.imports.errors import Stale
from clausette.imports.operations import (
    IN_REQUEST,
    READ_IN_REQUEST,
    Applied,
    apply_batch,
    cancel_batch,
    choose,
    choose_all,
    compare_again,
    hand_over,
    hand_over_reading,
)
from clausette.imports.queries import BatchSheet, batch_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import NotAllowed, Refusal
from clausette.kernel.french import plural
from clausette.web.components.notices import Confirm
from clausette.web.doors import action
from clausette.web.imports.forms import DecisionForm
from clausette.web.imports.views.common import BEING_READ, TABS, show_href
from clausette.web.imports.views.show import batch_page

BOTH = ("GET", "POST")


@action("facilitator")
def decide(request: HttpRequest, actor: Actor, *, uid: UUID, position: int) -> HttpResponse:
    """Keep the decision for one record, and come back to it."""
    tab, page = request.POST.get("voir", ""), request.POST.get("page", "1")
    form = DecisionForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(str(next(iter(form.errors.values()))[0]))
        choose(actor=actor, batch_uid=uid, position=position, decision=form.decision())
    except NotAllowed:
        raise
    except Refusal as refusal:
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        errors = {position: refusal.message}
        return batch_page(request, actor, uid, tab=tab, number=max(number, 1), errors=errors, status=400)
    return HttpResponseRedirect(show_href(actor, uid, tab=tab, page=page, position=position))


@action("facilitator")
def decide_all(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Keep one decision for all the records of a tab."""
    tab, asked = request.POST.get("voir", ""), request.POST.get("choice", "")
    choice = (
        RowChoice.ATTACH if asked == "accept" else RowChoice(asked) if asked in RowChoice.values else None
    )
    if tab not in TABS or choice is None:
        raise Refusal("Choisissez ce que deviennent ces enregistrements.")
    count = choose_all(actor=actor, batch_uid=uid, fate=TABS[tab][0], choice=choice, accept=asked == "accept")
    messages.success(request, f"Décision gardée pour {plural(count, 'enregistrement')}.")
    return HttpResponseRedirect(show_href(actor, uid, tab=tab))


@action("facilitator", methods=BOTH)
def apply(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say what will be written, then write it."""
    sheet = batch_sheet(actor=actor, uid=uid)
    pending = sheet.to_create + sheet.to_attach
    demand(permissions.can_hand_over(actor, sheet.line.state, pending, sheet.undecided))
    again = sheet.line.state is BatchState.APPLYING
    back = show_href(actor, uid)
    if request.method != "POST":
        confirm = Confirm(_question(sheet), "Relancer" if again else "Appliquer", back, _consequences(sheet))
        return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})
    if again or _is_long(sheet):
        hand_over(actor=actor, batch_uid=uid)
        messages.success(request, "L'import est en cours. Vous pouvez quitter cette page et y revenir.")
        return HttpResponseRedirect(back)
    try:
        done = apply_batch(actor=actor, batch_uid=uid, at=clock.now(), on=clock.today())
    except Stale as stale:
        compare_again(actor=actor, batch_uid=uid)
        messages.warning(request, stale.message)
        return batch_page(request, actor, uid, tab="", number=1, status=409)
    _tell(request, done)
    return HttpResponseRedirect(back)


@action("facilitator")
def again(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask again for a reading that seems to have stopped."""
    hand_over_reading(actor=actor, batch_uid=uid)
    if batch_sheet(actor=actor, uid=uid).line.state is BatchState.READING:
        messages.success(request, BEING_READ)
    return HttpResponseRedirect(show_href(actor, uid))


@action("facilitator", methods=BOTH)
def cancel(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask, then give the import up."""
    sheet = batch_sheet(actor=actor, uid=uid)
    demand(permissions.can_cancel(actor, state=sheet.line.state, made=sheet.line.made))
    if request.method == "POST":
        cancel_batch(actor=actor, batch_uid=uid)
        messages.success(request, "L'import est abandonné. Rien n'a été écrit dans vos marchés.")
        return HttpResponseRedirect(show_href(actor, uid))
    told = (
        "Rien ne sera écrit dans vos marchés.",
        "Le fichier reste gardé ; vous pourrez l'importer de nouveau.",
    )
    question = f"Abandonner l'import de « {sheet.line.file_name} » ?"
    confirm = Confirm(question, "Abandonner l'import", show_href(actor, uid), told, danger=True)
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})


def _is_long(sheet: BatchSheet) -> bool:
    """Whether the worker writes: many records to write, or a file long to read again."""
    return sheet.to_create + sheet.to_attach > IN_REQUEST or sheet.file_size > READ_IN_REQUEST


def _question(sheet: BatchSheet) -> str:
    if sheet.line.state is BatchState.APPLYING:
        return f"Relancer l'import de « {sheet.line.file_name} » ?"
    return f"Appliquer l'import de « {sheet.line.file_name} » ?"


def _consequences(sheet: BatchSheet) -> tuple[str, ...]:
    told = []
    if sheet.line.state is BatchState.APPLYING:
        told.append("Rien n'est écrit deux fois, même si le premier essai finit par aboutir.")
    elif _is_long(sheet):
        told.append("Cela prendra quelques minutes : vous pourrez quitter la page.")
    if sheet.to_create:
        told.append(f"{plural(sheet.to_create, 'marché sera créé', 'marchés seront créés')}.")
        told.append("Un organisme inconnu est enregistré sous son SIRET : vous compléterez son nom.")
    if sheet.to_attach:
        attached = plural(sheet.to_attach, "marché connu sera complété", "marchés connus seront complétés")
        told.append(
            f"{attached} : ce que vous avez saisi reste, sauf les valeurs que vous avez choisi de prendre."
        )
    if sheet.undecided:
        waiting = plural(sheet.undecided, "marché à rapprocher attendra", "marchés à rapprocher attendront")
        told.append(f"{waiting} votre décision.")
    return tuple(told) or ("Il n'y a plus rien à écrire : l'import sera terminé.",)


def _tell(request: HttpRequest, done: Applied) -> None:
    parts = [
        plural(done.created, "marché créé", "marchés créés") if done.created else "",
        plural(done.attached, "marché relié", "marchés reliés") if done.attached else "",
    ]
    told = " et ".join(part for part in parts if part) or "L'import est terminé"
    messages.success(request, f"{told}.")
    if done.refused:
        refused = plural(
            done.refused, "enregistrement n'a pas pu être repris", "enregistrements n'ont pas pu être repris"
        )
        messages.warning(request, f"{refused} : voyez l'onglet « À corriger ».")
