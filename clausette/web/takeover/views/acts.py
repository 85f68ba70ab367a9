"""Taking over, with its progress; undoing, with what prevents it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.imports import permissions
from clausette.imports.enums_takeover import LineFate, LineKind, TakeoverState
from clausette.imports.errors import Stale
from clausette.imports.operations.takeover import (
    IN_REQUEST,
    READ_IN_REQUEST,
    Applied,
    hand_over_takeover,
    hand_over_undo,
    read_again,
    take_over,
    undo_takeover,
)
from clausette.imports.queries.takeover import Blocker, TakeoverSheet, blockers_of, takeover_sheet
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.french import plural
from clausette.web.components.notices import Confirm
from clausette.web.doors import action, page
from clausette.web.takeover.common import READERS, href, under_way
from clausette.web.takeover.views.preview import confirm_page, preview_page

BOTH = ("GET", "POST")
UNDO_IN_REQUEST = 500  # lines; above, the worker undoes
KINDS = {
    LineKind.CONTRACT: ("marché ou lot", "marchés ou lots"),
    LineKind.PERSON: ("personne", "personnes"),
    LineKind.WORK: ("contrat de travail", "contrats de travail"),
    LineKind.HOURS: ("ligne d'heures", "lignes d'heures"),
}


@action(*READERS, methods=BOTH)
def apply(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say what will be written and what will be left, then write it."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    again = sheet.state is TakeoverState.APPLYING
    new, undecided = sheet.count(LineFate.NEW), sheet.count(LineFate.ASK)
    demand(permissions.can_take_over(actor, state=sheet.state, new=new, undecided=undecided, again=again))
    back = href(actor, "show", uid=uid)
    if request.method != "POST":
        verb = "Relancer" if again else f"Reprendre {plural(new, 'ligne')}"
        return confirm_page(request, Confirm(_question(sheet), verb, back, _consequences(sheet)))
    if again or _is_long(sheet):
        hand_over_takeover(actor=actor, batch_uid=uid)
        messages.success(request, "La reprise est en cours. Vous pouvez quitter cette page et y revenir.")
        return HttpResponseRedirect(back)
    try:
        done = take_over(actor=actor, batch_uid=uid, at=clock.now(), on=clock.today())
    except Stale as stale:
        read_again(actor=actor, batch_uid=uid, on=clock.today())
        messages.warning(request, stale.message)
        return preview_page(request, actor, takeover_sheet(actor=actor, uid=uid), status=409)
    _tell(request, done)
    return HttpResponseRedirect(back if sheet.persons_only else href(actor, "reconciliation", uid=uid))


def _is_long(sheet: TakeoverSheet) -> bool:
    """Whether the worker writes: many lines to write, or a workbook long to read again."""
    return sheet.count(LineFate.NEW) > IN_REQUEST or sheet.size > READ_IN_REQUEST


def _question(sheet: TakeoverSheet) -> str:
    if sheet.state is TakeoverState.APPLYING:
        return f"Relancer la reprise de « {sheet.file_name} » ?"
    return f"Reprendre « {sheet.file_name} » ?"


def _consequences(sheet: TakeoverSheet) -> tuple[str, ...]:
    told = []
    if sheet.state is TakeoverState.APPLYING:
        told.append("Rien n'est écrit deux fois, même si le premier essai finit par aboutir.")
    parts = [
        plural(sheet.count(LineFate.NEW, kind), *words)
        for kind, words in KINDS.items()
        if sheet.count(LineFate.NEW, kind)
    ]
    hours = " Les heures sont validées comme reprises." if sheet.count(LineFate.NEW, LineKind.HOURS) else ""
    told.append(f"Seront écrits ou complétés : {', '.join(parts)}.{hours}")
    if sheet.aside:
        left = plural(
            sheet.aside, "ligne à corriger ne sera pas reprise", "lignes à corriger ne seront pas reprises"
        )
        told.append(f"{left}. Pour tout refuser, annulez : rien ne sera écrit.")
    if sheet.count(LineFate.DIFFERS):
        told.append(f"{plural(sheet.count(LineFate.DIFFERS), 'écart')} : ce qui est dans Clausette reste.")
    if _is_long(sheet):
        told.append("Cela prendra quelques minutes : vous pourrez quitter la page.")
    told.append("Vous pourrez défaire cette reprise tant que rien d'autre ne repose sur elle.")
    return tuple(told)


def _tell(request: HttpRequest, done: Applied) -> None:
    messages.success(request, f"{plural(done.written, 'ligne reprise', 'lignes reprises')}.")
    if done.refused:
        refused = plural(done.refused, "ligne n'a pas pu être reprise", "lignes n'ont pas pu être reprises")
        messages.warning(request, f"{refused} : voyez l'onglet « À corriger ».")


@page(*READERS)
def advance(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """How far the reading or the writing has come: a fragment that asks for itself again, until it ends."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    running = (TakeoverState.READING, TakeoverState.APPLYING)
    if sheet.state not in running and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": href(actor, "show", uid=uid)})
    context = {"sheet": sheet, **under_way(uid), "advance": href(actor, "advance", uid=uid),
               "back": href(actor, "show", uid=uid)}  # fmt: skip
    return TemplateResponse(request, "takeover/advance.html", context)


@action(*READERS, methods=BOTH)
def undo(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Say what will go, or what prevents it; then take it all away."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    demand(permissions.can_undo(actor, state=sheet.state))
    blockers = blockers_of(actor=actor, batch_uid=uid)
    if request.method != "POST":
        return _undo_page(request, actor, sheet, blockers)
    if blockers:
        return _undo_page(request, actor, sheet, blockers, status=409)
    if sheet.lines > UNDO_IN_REQUEST:
        hand_over_undo(actor=actor, batch_uid=uid)
        messages.success(
            request,
            "La reprise va être défaite. Cela prend quelques minutes : vous pouvez quitter cette page.",
        )
        return HttpResponseRedirect(href(actor, "show", uid=uid))
    gone = undo_takeover(actor=actor, batch_uid=uid, at=clock.now())
    messages.success(
        request,
        f"La reprise est défaite : "
        f"{plural(sum(gone.values()), 'enregistrement retiré', 'enregistrements retirés')}.",
    )
    return HttpResponseRedirect(href(actor, "show", uid=uid))


def _undo_page(
    request: HttpRequest,
    actor: Actor,
    sheet: TakeoverSheet,
    blockers: tuple[Blocker, ...],
    *,
    status: int = 200,
) -> HttpResponse:
    back = href(actor, "show", uid=sheet.uid)
    if blockers:
        context = {"sheet": sheet, "blockers": blockers, "back": back}
        return TemplateResponse(request, "takeover/blocked.html", context, status=status)
    told = (
        "Tout ce que cette reprise a écrit est retiré : marchés, personnes, contrats de travail, heures, soldes.",
        "Les organismes qui servent ailleurs restent, et ce qui a complété des fiches déjà là.",
        "Le journal garde la trace de ce qui était là.",
        "Vous pourrez envoyer de nouveau le même classeur.",
    )
    question = f"Défaire la reprise de « {sheet.file_name} » ?"
    return confirm_page(request, Confirm(question, "Défaire la reprise", back, told, danger=True))
