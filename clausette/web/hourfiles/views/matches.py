"""Whom and where the file means, when it is not sure: said once, kept for the sender's next files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFate
from clausette.imports.operations.hours_files import LEAVE, choose_matches
from clausette.imports.queries.hours_files import (
    HoursFileSheet,
    hours_file_sheet,
    line_to_match,
    subjects_to_match,
)
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.web.components.buttons import LinkButton
from clausette.web.doors import action
from clausette.web.hourfiles.common import (
    BOTH,
    READERS,
    crumbs,
    href,
    lines_href,
    state_badge,
    tabs,
    to_match,
)
from clausette.web.hourfiles.forms import choices_of

MOST = 200
"""Questions on one page: the next ones come once these are answered."""
NOTHING = "Choisissez au moins une réponse."
GONE = "Une de ces lignes n'est plus à rapprocher : la page montre celles qui restent."


@action(*READERS, mandate=True, methods=BOTH)
def matches(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask whom the file means where it is not sure; keep the answers and compare again."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    demand(permissions.can_change_hours_file(actor, state=sheet.state))
    answers = choices_of(request.POST) if request.method == "POST" else {}
    if request.method != "POST":
        return _page(request, actor, sheet)
    if not answers:
        return _page(request, actor, sheet, error=NOTHING, status=400)
    try:
        choose_matches(actor=actor, batch_uid=uid, answers=answers, on=clock.today())
    except Invalid as refusal:
        return _page(request, actor, sheet, error=next(iter(refusal.errors.values())), status=400)
    except Absent:
        return _page(request, actor, sheet, error=GONE, status=400)
    messages.success(request, "Rapprochements retenus : ils serviront à vos prochains fichiers.")
    left = to_match(hours_file_sheet(actor=actor, uid=uid))
    return HttpResponseRedirect(href(actor, "matches" if left else "show", uid=uid))


def _page(
    request: HttpRequest, actor: Actor, sheet: HoursFileSheet, *, error: str = "", status: int = 200
) -> HttpResponse:
    subjects = subjects_to_match(actor=actor, batch_uid=sheet.uid)
    note_reading(request, ReadingKind.FILE, [sheet.uid])
    context = _head(actor, sheet) | {
        "tabs": tabs(actor, sheet, "rapprochements"),
        "subjects": [(one, request.POST.get(f"choix-{one.line_uid}", _proposed(one))) for one in subjects[:MOST]],
        "more": max(len(subjects) - MOST, 0),
        "error": error,
        "unmatched": sheet.count(HoursFate.UNMATCHED),
        "to_lines": LinkButton("Voir les lignes non rapprochées", lines_href(actor, sheet.uid, "non-rapprochees")),
        "back": LinkButton("Voir les totaux", href(actor, "show", uid=sheet.uid), "quiet"),
    }
    return TemplateResponse(request, "hourfiles/matches.html", context, status=status)


def _head(actor: Actor, sheet: HoursFileSheet) -> dict[str, Any]:
    return {"sheet": sheet, "state": state_badge(sheet.state), "crumbs": crumbs(actor, sheet), "leave": LEAVE}


def _proposed(one: Any) -> str:
    """The only post that a likely match means is proposed; nothing else is."""
    return str(one.options[0]["token"]) if one.sure == "likely" and len(one.options) == 1 else ""


@action(*READERS, mandate=True, methods=BOTH)
def one(request: HttpRequest, actor: Actor, *, uid: UUID, line: UUID) -> HttpResponse:
    """Say whom one line means, among all the people of the declarant."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    subject = line_to_match(actor=actor, batch_uid=uid, line_uid=line)
    demand(permissions.can_change_hours_file(actor, state=sheet.state))
    note_reading(request, ReadingKind.FILE, [uid])
    answer, error = choices_of(request.POST).get(line, "") if request.method == "POST" else "", ""
    if request.method == "POST":
        try:
            choose_matches(actor=actor, batch_uid=uid, answers={line: answer}, on=clock.today())
        except Invalid as refusal:
            error = next(iter(refusal.errors.values()))
        else:
            messages.success(request, "Rapprochement retenu : il servira à vos prochains fichiers.")
            return HttpResponseRedirect(lines_href(actor, uid, "non-rapprochees"))
    context = _head(actor, sheet) | {
        "subject": subject, "answer": answer, "error": error,
        "back": LinkButton("Annuler", lines_href(actor, uid, "non-rapprochees"), "quiet"),
    }  # fmt: skip
    return TemplateResponse(request, "hourfiles/match_one.html", context, status=400 if error else 200)
