"""A workbook read: its totals, its lines with what is said of each, persons to decide."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clausette.imports import permissions
from clausette.imports.enums_takeover import LineFate, TakeoverState
from clausette.imports.operations.takeover import (
    READ_IN_REQUEST,
    cancel_takeover,
    decide_person,
    hand_over_reading,
    read_again,
)
from clausette.imports.queries.takeover import (
    ContractTotal,
    ReadLine,
    TakeoverSheet,
    Totals,
    codes_said,
    list_lines,
    takeover_sheet,
    totals_of,
)
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.decision import demand
from clausette.kernel.french import format_hours, plural
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import Confirm, EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import action, page
from clausette.web.takeover.common import (
    BEING_READ,
    LISTS,
    READERS,
    crumbs,
    facts,
    fate_badge,
    href,
    lines_href,
    state_badge,
    tabs,
    under_way,
)
from clausette.web.takeover.forms import LinesForm

EMPTY = {
    "a-corriger": "Toutes les lignes peuvent être reprises.",
    "a-decider": "Aucune personne à décider.",
    "ecarts": "Aucun écart avec ce qui est dans Clausette.",
    "remarques": "Aucune remarque.",
}
_HOURS: tuple[Column[ContractTotal], ...] = (
    Column("Lignes d'heures", lambda row: row.lines, "int"),
    Column("Dans le classeur", lambda row: row.workbook, "hours"),
    Column("Déjà dans Clausette", lambda row: row.same, "hours"),
    Column("À reprendre", lambda row: row.new, "hours"),
    Column("Mises de côté", lambda row: row.aside, "hours"),
)
BY_CONTRACT: tuple[Column[ContractTotal], ...] = (
    Column("Marché", lambda row: row.name),
    Column("Numéro", lambda row: row.number),
    *_HOURS,
    Column("Solde de reprise", lambda row: row.opening, "hours"),
)
BY_YEAR: tuple[Column[ContractTotal], ...] = (Column("Année", lambda row: row.name), *_HOURS)


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The totals of a workbook, by marché and by year."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    if sheet.state is TakeoverState.COLUMNS:
        return HttpResponseRedirect(href(actor, "columns", uid=uid))
    if sheet.state is TakeoverState.READING:
        return _reading_page(request, actor, sheet)
    return preview_page(request, actor, sheet)


def _reading_page(request: HttpRequest, actor: Actor, sheet: TakeoverSheet) -> HttpResponse:
    """The page of a workbook that the worker reads."""
    context = {
        "sheet": sheet,
        "state": state_badge(sheet.state),
        "lead": f"{plural(sheet.size, 'ligne')} dans le classeur.",
        "crumbs": crumbs(actor, sheet),
        "facts": facts(actor, sheet),
        "cancel": LinkButton("Abandonner", href(actor, "cancel", uid=sheet.uid), "quiet"),
        "again": href(actor, "again", uid=sheet.uid),
        "advance": href(actor, "advance", uid=sheet.uid),
        **under_way(sheet.uid),
    }
    return TemplateResponse(request, "takeover/reading.html", context)


def preview_page(
    request: HttpRequest, actor: Actor, sheet: TakeoverSheet, *, status: int = 200
) -> HttpResponse:
    """The page of the totals."""
    totals = totals_of(actor=actor, batch_uid=sheet.uid)
    context = head(actor, sheet, "") | {
        "contracts": _table("Heures par marché", BY_CONTRACT, totals.contracts, totals),
        "years": _table("Heures par année", BY_YEAR, list(totals.years.values()), totals),
        "counts": figures(actor, sheet),
        "persons_only": sheet.persons_only,
        "done_title": "Ce qui a été fait" if sheet.state is TakeoverState.APPLIED else "Ce qui sera fait",
        "again": href(actor, "again", uid=sheet.uid) if sheet.state is TakeoverState.READ else "",
        "hours": format_hours(totals.whole.workbook),
        "opening": format_hours(totals.whole.opening) if totals.whole.opening else "",
        "unreadable": plural(sheet.unreadable, "case d'heures illisible", "cases d'heures illisibles")
        if sheet.unreadable
        else "",
    }
    return TemplateResponse(request, "takeover/show.html", context, status=status)


def _table(
    caption: str, columns: tuple[Column[ContractTotal], ...], rows: list[ContractTotal], totals: Totals
) -> Table:
    whole = {
        column.label: column.value(totals.whole) for column in columns if column.kind in ("hours", "int")
    }
    return Table(caption, columns, rows, totals=whole if len(rows) > 1 else {}, narrow="scroll")


def head(actor: Actor, sheet: TakeoverSheet, current: str) -> dict[str, Any]:
    """What every page of a workbook shows around its content."""
    changing = permissions.can_change_takeover(actor, state=sheet.state)
    open_ = sheet.state in (TakeoverState.READ, TakeoverState.COLUMNS)
    running = sheet.state is TakeoverState.APPLYING
    new, undecided = sheet.count(LineFate.NEW), sheet.count(LineFate.ASK)
    able = permissions.can_take_over(actor, state=sheet.state, new=new, undecided=undecided, again=running)
    take = LinkButton(
        "Relancer" if running else "Reprendre", href(actor, "apply", uid=sheet.uid), "primary", able.reason
    )
    return {
        "sheet": sheet,
        "state": state_badge(sheet.state),
        "lead": f"{plural(sheet.lines, 'ligne lue', 'lignes lues')}.",
        "crumbs": crumbs(actor, sheet),
        "tabs": tabs(actor, sheet, current),
        "facts": facts(actor, sheet),
        "columns": LinkButton("Colonnes", href(actor, "columns", uid=sheet.uid), "quiet", changing.reason)
        if open_
        else "",
        "cancel": LinkButton("Abandonner", href(actor, "cancel", uid=sheet.uid), "quiet") if open_ else "",
        "returned": LinkButton(
            "Télécharger les lignes à corriger" if sheet.aside else "Télécharger les remarques",
            f"{href(actor, 'returned', uid=sheet.uid)}?seulement=1",
        )
        if sheet.told
        else "",
        "take": take if open_ or running else "",
        "undo": LinkButton("Défaire", href(actor, "undo", uid=sheet.uid), "quiet")
        if sheet.state is TakeoverState.APPLIED
        else "",
        "running": running,
        **(under_way(sheet.uid) if running else {"progress": None, "counted": ""}),
        "advance": href(actor, "advance", uid=sheet.uid),
        "whole": href(actor, "returned", uid=sheet.uid),
    }


def figures(actor: Actor, sheet: TakeoverSheet) -> list[tuple[str, str, str]]:
    """What will become of the lines: (number, words, address)."""
    found = [
        (LineFate.NEW, "a-reprendre", "à reprendre"),
        (LineFate.SAME, "deja-la", "déjà là"),
        (LineFate.DIFFERS, "ecarts", "avec un écart"),
        (LineFate.ASK, "a-decider", "à décider"),
    ]
    known = [
        (plural(sheet.count(fate), "ligne"), words, lines_href(actor, sheet.uid, word))
        for fate, word, words in found
        if sheet.count(fate) or fate is LineFate.NEW
    ]
    return [*known, (plural(sheet.aside, "ligne"), "à corriger", lines_href(actor, sheet.uid, "a-corriger"))]


def said(row: ReadLine) -> SafeString:
    """What is said of a line: the sentence, what to do, the code small at the end."""
    parts = (
        (
            format_html("Colonne {} : ", one.column) if one.column else "",
            one.sentence,
            f" « {one.value} »." if one.value and one.value not in one.sentence else "",
            one.fix,
            one.code,
        )
        for one in row.findings
    )
    return format_html("<div>{}</div>", format_html_join("", "<p>{}{}{} {} <small>{}</small></p>", parts))


LINES: tuple[Column[ReadLine], ...] = (
    Column(
        "Ligne", lambda row: f"{row.sheet}, ligne {row.line}{f', colonne {row.column}' if row.column else ''}"
    ),
    Column("Quoi", lambda row: format_html("{}<br><small>{}</small>", row.title, row.kind.label)),
    Column("Détail", lambda row: row.detail),
    Column("Devenir", lambda row: fate_badge(row.fate, written=row.written)),
    Column("Ce qui est dit", said),
)


@page(*READERS)
def lines(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The lines of a workbook, fifty a page, with their filters."""
    return _lines(request, actor, uid)


def _lines(
    request: HttpRequest, actor: Actor, uid: UUID, *, word: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    sheet = takeover_sheet(actor=actor, uid=uid)
    if sheet.state is TakeoverState.READING:
        return HttpResponseRedirect(href(actor, "show", uid=uid))
    word = word or request.GET.get("voir", "a-corriger")
    word = word if word in LISTS else "toutes"
    number = page_number(request)
    rows, total = list_lines(
        actor=actor,
        batch_uid=uid,
        fate=LISTS[word][0],
        sheet=request.GET.get("feuille", "")[:120],
        only=request.GET.get("code", "")[:10],
        offset=(number - 1) * 50,
    )
    paging = Pagination(total, number, "lignes", request.GET)
    form = LinesForm(request.GET or {"voir": word})
    form.choose([plan.sheet for plan in sheet.plans], codes_said(actor=actor, batch_uid=uid))
    note_reading(request, ReadingKind.FILE, [uid])
    deciding = word == "a-decider" and sheet.state is TakeoverState.READ
    context = head(actor, sheet, word) | {
        "form": form,
        "table": Table(LISTS[word][1], LINES, rows, empty=EmptyState(EMPTY.get(word, "Aucune ligne."))),
        "pagination": paging if total else "",
        "deciding": [(row, href(actor, "decide", uid=uid, line=row.uid)) for row in rows] if deciding else [],
        "left": sheet.left if word in ("a-corriger", "toutes", "remarques") and number == 1 else (),
        "error": error,
    }
    part = "#results" if request.headers.get("HX-Request") and status == 200 else ""
    return TemplateResponse(request, f"takeover/lines.html{part}", context, status=status)


@action(*READERS)
def decide(request: HttpRequest, actor: Actor, *, uid: UUID, line: UUID) -> HttpResponse:
    """Say whether a person of the workbook is one that is held, or another."""
    answer = request.POST.get("answer", "")
    if not answer:
        return _lines(
            request,
            actor,
            uid,
            word="a-decider",
            error="Dites si c'est la même personne, ou une autre.",
            status=400,
        )
    decide_person(actor=actor, batch_uid=uid, line_uid=line, answer=answer, on=clock.today())
    sheet = takeover_sheet(actor=actor, uid=uid)
    left = sheet.count(LineFate.ASK) if sheet.state is not TakeoverState.READING else 0
    messages.success(request, "Décision gardée.")
    return HttpResponseRedirect(lines_href(actor, uid, "a-decider") if left else href(actor, "show", uid=uid))


@action(*READERS)
def again(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Compare again with what is held now; ask again for a reading that seems to have stopped."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    if sheet.state is TakeoverState.READING:
        hand_over_reading(actor=actor, batch_uid=uid)
    else:
        read_again(actor=actor, batch_uid=uid, on=clock.today())
    large = sheet.size > READ_IN_REQUEST
    messages.success(request, BEING_READ if large else "Le classeur est comparé de nouveau.")
    return HttpResponseRedirect(href(actor, "show", uid=uid))


@action(*READERS, methods=("GET", "POST"))
def cancel(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Ask, then give the workbook up."""
    sheet = takeover_sheet(actor=actor, uid=uid)
    demand(permissions.can_read_takeover(actor, state=sheet.state))
    if request.method == "POST":
        cancel_takeover(actor=actor, batch_uid=uid)
        messages.success(request, "La reprise est abandonnée. Rien n'a été écrit dans vos marchés.")
        return HttpResponseRedirect(href(actor, "start"))
    told = ("Rien ne sera écrit dans vos marchés.", "Vous pourrez envoyer de nouveau le même classeur.")
    return confirm_page(
        request,
        Confirm(
            f"Abandonner « {sheet.file_name} » ?",
            "Abandonner la reprise",
            href(actor, "show", uid=uid),
            told,
            danger=True,
        ),
    )


def confirm_page(request: HttpRequest, confirm: Confirm) -> HttpResponse:
    """The page that asks."""
    return TemplateResponse(request, "layout/confirm.html", {"confirm": confirm, "form": None})
