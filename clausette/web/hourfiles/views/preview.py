"""A file of hours read: totals before and after, lines with what is said of each."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from clausette.imports import permissions
from clausette.imports.enums_hours import HoursFate, HoursFileState
from clausette.imports.queries.hours_files import (
    HoursFileSheet,
    HoursLineRead,
    MonthTotal,
    hours_codes_said,
    hours_file_sheet,
    list_hours_lines,
)
from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_hours, plural
from clausette.web.addresses import address_of
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import page
from clausette.web.hourfiles.common import (
    LISTS,
    READERS,
    crumbs,
    facts,
    fate_badge,
    href,
    lines_href,
    state_badge,
    tabs,
    to_match,
    under_way,
)
from clausette.web.hourfiles.forms import LinesForm

EMPTY = {
    "a-corriger": "Rien n'est à corriger dans ce fichier.",
    "remarques": "Aucune remarque.",
}
TOTALS: tuple[Column[MonthTotal], ...] = (
    Column("Marché", lambda row: row.name),
    Column("Mois", lambda row: row.month, "month"),
    Column("Dans le fichier", lambda row: row.said, "hours"),
    Column("Avant", lambda row: row.before, "hours"),
    Column("Après", lambda row: row.after, "hours"),
    Column("Écart", lambda row: row.gap, "hours"),
)


@page(*READERS, mandate=True)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The totals of a file, by market and month, before and after."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    if sheet.state is HoursFileState.COLUMNS:
        return HttpResponseRedirect(href(actor, "columns", uid=uid))
    if sheet.state is HoursFileState.READING:
        return _reading_page(request, actor, sheet)
    return preview_page(request, actor, sheet)


def _reading_page(request: HttpRequest, actor: Actor, sheet: HoursFileSheet) -> HttpResponse:
    context = {
        "sheet": sheet,
        "state": state_badge(sheet.state),
        "lead": f"{plural(sheet.size, 'ligne')} dans le fichier.",
        "crumbs": crumbs(actor, sheet),
        "facts": facts(actor, sheet),
        "cancel": LinkButton("Abandonner", href(actor, "cancel", uid=sheet.uid), "quiet"),
        "again": href(actor, "again", uid=sheet.uid),
        "advance": href(actor, "advance", uid=sheet.uid),
        **under_way(sheet.uid),
    }
    return TemplateResponse(request, "hourfiles/reading.html", context)


def preview_page(
    request: HttpRequest, actor: Actor, sheet: HoursFileSheet, *, status: int = 200
) -> HttpResponse:
    """The page of the totals."""
    running = sheet.state is HoursFileState.APPLYING
    whole = {
        column.label: sum((column.value(row) for row in sheet.totals), start=0) for column in TOTALS[2:]
    }
    context = head(actor, sheet, "") | {
        "counts": _counts(actor, sheet),
        "totals": Table(
            "Heures par marché et par mois", TOTALS, sheet.totals, narrow="cards",
            row_href=lambda row: _market(actor, row),
            totals={column.label: whole[column.label] for column in TOTALS[2:]} if sheet.totals else {},
            empty=EmptyState("Aucune heure de ce fichier n'est rapprochée d'un marché."),
        ),
        "stopping": sheet.stopping,
        "running": running,
        "advance": href(actor, "advance", uid=sheet.uid),
        "facts": facts(actor, sheet),
        "again": href(actor, "again", uid=sheet.uid) if sheet.state in _OPEN else "",
        **(under_way(sheet.uid) if running else {}),
    }  # fmt: skip
    return TemplateResponse(request, "hourfiles/show.html", context, status=status)


def _market(actor: Actor, row: MonthTotal) -> str:
    """The page of the market; of its month, for who acts by a mandate."""
    if actor.mandate:
        return address_of(actor, "hours:month", uid=row.contract_uid, month=row.month)
    return address_of(actor, "contracts:show", uid=row.contract_uid)


_OPEN = (HoursFileState.READ, HoursFileState.APPLIED)


def head(actor: Actor, sheet: HoursFileSheet, current: str) -> dict[str, Any]:
    """What the pages of a file read show at their head."""
    may = permissions.can_apply_hours_file(actor, state=sheet.state, new=sheet.new, again=True)
    running = sheet.state is HoursFileState.APPLYING
    verb = "Relancer" if running else f"Confirmer {plural(sheet.new, 'ligne')}" if sheet.new else "Confirmer"
    ended = sheet.state in (HoursFileState.UNDONE, HoursFileState.CANCELLED)
    done = ended or sheet.state is HoursFileState.APPLIED or (sheet.applied_at and not sheet.new and not running)
    undo = permissions.can_undo_hours_file(actor, state=sheet.state, applied=sheet.applied_at is not None)
    return {
        "sheet": sheet,
        "state": state_badge(sheet.state),
        "lead": f"{sheet.declarant}, {plural(sheet.lines, 'ligne')} d'heures.",
        "crumbs": crumbs(actor, sheet),
        "tabs": tabs(actor, sheet, current),
        "take": "" if done else LinkButton(
            verb, href(actor, "apply", uid=sheet.uid), "primary", may.reason
        ),
        "columns": LinkButton("Colonnes", href(actor, "columns", uid=sheet.uid), "quiet") if not ended else "",
        "returned": LinkButton("Mon fichier avec les corrections", href(actor, "returned", uid=sheet.uid), "secondary")
        if sheet.told else "",
        "undo": LinkButton("Défaire", href(actor, "undo", uid=sheet.uid), "quiet") if undo else "",
        "cancel": LinkButton("Abandonner", href(actor, "cancel", uid=sheet.uid), "quiet")
        if sheet.state is HoursFileState.READ and not sheet.applied_at else "",
        "to_match": to_match(sheet),
        "matches": href(actor, "matches", uid=sheet.uid),
    }  # fmt: skip


def _counts(actor: Actor, sheet: HoursFileSheet) -> list[tuple[str, str, str]]:
    """How many lines become what, each a link to them: (number, words, address)."""
    words = {
        "nouvelles": ("nouvelle", "nouvelles"), "modifiees": ("modifiée", "modifiées"),
        "a-proposer": ("à proposer comme correction",) * 2, "deja-la": ("déjà là",) * 2,
        "non-rapprochees": ("non rapprochée", "non rapprochées"), "a-corriger": ("à corriger",) * 2,
        "laissees": ("laissée de côté", "laissées de côté"),
    }  # fmt: skip
    return [
        (
            plural(count, "ligne"),
            f"{word[count > 1]}, {format_hours(sheet.sum(*LISTS[name][1]))}",
            lines_href(actor, sheet.uid, name),
        )
        for name, word in words.items()
        if (count := sheet.count(*LISTS[name][1]))
    ]


def said(row: HoursLineRead) -> SafeString:
    """What is said of a line: the sentence, what to do, the code small at the end."""
    parts = (
        (format_html("Colonne {} : ", one.column) if one.column else "", one.sentence, one.fix, one.code)
        for one in row.findings
    )
    return format_html("<div>{}</div>", format_html_join("", "<p>{}{} {} <small>{}</small></p>", parts))


@page(*READERS, mandate=True)
def lines(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The lines of a file, fifty a page, with their filters."""
    sheet = hours_file_sheet(actor=actor, uid=uid)
    if sheet.state in (HoursFileState.READING, HoursFileState.COLUMNS):
        return HttpResponseRedirect(href(actor, "show", uid=uid))
    word = request.GET.get("voir", "a-corriger")
    word = word if word in LISTS else "toutes"
    number = page_number(request)
    rows, total = list_hours_lines(
        actor=actor, batch_uid=uid, fates=LISTS[word][1], told=word == "remarques",
        only=request.GET.get("code", "")[:10], offset=(number - 1) * 50,
    )  # fmt: skip
    form = LinesForm(request.GET or {"voir": word})
    form.choose(hours_codes_said(actor=actor, batch_uid=uid))
    note_reading(request, ReadingKind.FILE, [uid])
    context = head(actor, sheet, word) | {
        "form": form,
        "table": Table(
            LISTS[word][0], _columns(actor, uid, word), rows, narrow="cards",
            empty=EmptyState(EMPTY.get(word, "Aucune ligne.")),
        ),
        "pagination": Pagination(total, number, "lignes", request.GET) if total else "",
        "left": sheet.left if word in ("a-corriger", "toutes") and number == 1 else (),
    }  # fmt: skip
    part = "#results" if request.headers.get("HX-Request") else ""
    return TemplateResponse(request, f"hourfiles/lines.html{part}", context)


def _columns(actor: Actor, uid: UUID, word: str) -> tuple[Column[HoursLineRead], ...]:
    def fate(row: HoursLineRead) -> Any:
        badge = fate_badge(row.fate, written=row.written)
        if row.fate in (HoursFate.ASK, HoursFate.UNMATCHED):
            return format_html(
                '{}<br><a href="{}">Rapprocher<span class="visually-hidden"> {}</span></a>', badge.render(),
                href(actor, "match_one", uid=uid, line=row.uid), row.name,
            )  # fmt: skip
        return badge

    return (
        Column("Ligne", lambda row: _where(row)),
        Column("Personne", lambda row: format_html("{}<br><small>{}</small>", row.name, row.place)),
        Column("Mois", lambda row: row.month, "month"),
        Column("Heures", lambda row: row.hours, "hours"),
        Column("Clausette", lambda row: row.held, "hours"),
        Column("Devenir", fate),
        Column("Ce qui est dit", said),
    )


def _where(row: HoursLineRead) -> str:
    """« Heures, ligne 12, colonne E »."""
    sheet = f"{row.sheet}, " if row.sheet else ""
    return f"{sheet}ligne {row.line}{f', colonne {row.column}' if row.column else ''}"
