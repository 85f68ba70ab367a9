"""FSE+ operations: list, entry, page with completeness and indicators, workbook."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.errors import Absent, Refusal
from clausette.kernel.french import format_date, plural
from clausette.outcomes import operations
from clausette.outcomes.queries import (
    EntryLine,
    OperationLine,
    entries_of_operation,
    funded_operation,
    funded_operations,
    thresholds_on,
)
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table, Under
from clausette.web.desk.sheets import Sheet, as_book
from clausette.web.doors import action, page
from clausette.web.outcomes.forms.fse import OperationForm
from clausette.web.outcomes.fse import (
    ENTRY_SHEET,
    EXIT_SHEET,
    INDICATOR_COLUMNS,
    MISSING_COLUMNS,
    entry_badge,
    exit_badge,
    indicator_lines,
    missing_fields,
)
from clausette.web.people.common import crumbs, form_page, href
from clausette.web.refusals import add_refusal
from clausette.web.typed import posted

LIST = "Opérations FSE+"


def _dates(row: OperationLine) -> str:
    start = format_date(row.starts_on)
    return f"du {start} au {format_date(row.ends_on)}" if row.ends_on else f"depuis le {start}"


@page("facilitator")
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The funded operations of the structure."""
    columns: tuple[Column[OperationLine], ...] = (
        Column("Opération", lambda row: row.name),
        Column("Numéro", lambda row: row.code),
        Column("Financeur", lambda row: row.funder),
        Column("Dates", _dates),
        Column("Entrées", lambda row: row.entries if row.assists_people else None, "int"),
    )
    create = LinkButton("Nouvelle opération", href(actor, "outcomes:create_operation"), "primary")
    why = "Une opération financée par le FSE+ compte ses entrées et ses sorties, chacune avec son questionnaire."
    table = Table(
        LIST, columns, funded_operations(actor=actor),
        row_href=lambda row: href(actor, "outcomes:operation", uid=row.uid),
        empty=EmptyState("Aucune opération", why, create, icon="report"),
    )  # fmt: skip
    context = {"crumbs": crumbs(actor), "table": table, "create": create}
    return TemplateResponse(request, "outcomes/operations.html", context)


@action("facilitator", methods=("GET", "POST"))
def create(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Record an operation."""
    form = OperationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            uid = operations.create_operation(actor=actor, values=form.values())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L'opération est enregistrée.")
            return HttpResponseRedirect(href(actor, "outcomes:operation", uid=uid))
    return _form(request, actor, form, "Nouvelle opération FSE+", href(actor, "outcomes:operations"))


@action("facilitator", methods=("GET", "POST"))
def change(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Correct an operation."""
    line = funded_operation(actor=actor, uid=uid)
    names = ("name", "code", "funder", "starts_on", "ends_on", "assists_people", "last_paid_on")
    form = OperationForm(posted(request), initial={name: getattr(line, name) for name in names})
    back = href(actor, "outcomes:operation", uid=uid)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_operation(actor=actor, uid=uid, values=form.values())
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L'opération est corrigée.")
            return HttpResponseRedirect(back)
    return _form(request, actor, form, f"Corriger « {line.name} »", back)


def _form(request: HttpRequest, actor: Actor, form: OperationForm, title: str, back: str) -> HttpResponse:
    context = {
        "title": title, "verb": "Enregistrer", "lead": "", "cancel": back, "known": "",
        "crumbs": crumbs(actor, Crumb(LIST, href(actor, "outcomes:operations"))),
    }  # fmt: skip
    return form_page(request, "people/form.html", form, context)


@page("facilitator")
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """An operation: what is missing by person and by field, its indicators."""
    today = clock.today()
    line = funded_operation(actor=actor, uid=uid)
    entries = entries_of_operation(actor=actor, operation_id=line.id, on=today)
    pages = Pagination(len(entries), page_number(request), "entrées", request.GET)
    shown = entries[pages.offset : pages.offset + pages.size]
    note_reading(request, ReadingKind.IDENTITY, [one.participant_uid for one in shown])
    columns: tuple[Column[EntryLine], ...] = (
        Column("Personne", lambda row: row.person_name),
        Column("Entrée le", lambda row: row.entered_on, "date"),
        Column("Sortie le", lambda row: row.left_on, "date"),
    )
    under = {
        "Personne": Under("Entrée", lambda row: f"entrée n° {row.rank}"),
        "Entrée le": Under("Questionnaire d'entrée", entry_badge),
        "Sortie le": Under("Questionnaire de sortie", lambda row: exit_badge(row, today)),
    }
    why = "Ouvrez le parcours d'une personne, puis « Entrer dans une opération FSE+ »."
    context = {
        "crumbs": crumbs(actor, Crumb(LIST, href(actor, "outcomes:operations"))),
        "title": line.name,
        "line": line,
        "facts": _facts(line),
        "entries": Table(
            "Entrées", columns, shown, row_href=lambda row: href(actor, "outcomes:entry", uid=row.uid),
            empty=EmptyState("Aucune entrée", why, icon="people"), under=under,
        ),
        "count": len(entries),
        "pagination": pages if entries else "",
        "complete": _complete(entries),
        "missing": Table("Réponses qui manquent", MISSING_COLUMNS, missing_fields(entries), narrow="plain")
        if missing_fields(entries)
        else None,
        "indicators": Table(
            "Indicateurs communs", INDICATOR_COLUMNS, indicator_lines(entries, thresholds_on(today))
        ),
        "change": LinkButton("Corriger", href(actor, "outcomes:change_operation", uid=uid), "secondary"),
        "book": LinkButton("Classeur", href(actor, "outcomes:operation_book", uid=uid), "secondary")
        if entries
        else "",
    }  # fmt: skip
    return TemplateResponse(request, "outcomes/operation.html", context)


def _facts(line: OperationLine) -> Facts:
    kept = f"jusqu'au {format_date(line.kept_until)}" if line.kept_until else "au moins jusqu'au dernier paiement"
    rule = "Cinq ans à compter du 31 décembre de l'année du dernier paiement (règlement (UE) 2021/1060, art. 82)."
    return Facts(
        [
            Fact("Numéro", line.code),
            Fact("Financeur", line.funder),
            Fact("Dates", _dates(line)),
            Fact("Assistance aux personnes", "oui" if line.assists_people else "non : ni entrée ni questionnaire"),
            Fact("Dernier paiement", format_date(line.last_paid_on) if line.last_paid_on else "pas encore"),
            Fact("Dossiers conservés", kept, help=rule),
        ]
    )


def _complete(entries: tuple[EntryLine, ...]) -> str:
    """« 3 entrées, 2 questionnaires d'entrée complets… »."""
    first = sum(1 for one in entries if not one.missing_entry)
    left = [one for one in entries if one.left_on is not None]
    last = sum(1 for one in left if not one.missing_exit)
    return (
        f"Questionnaires d'entrée complets : {first} sur {len(entries)}. "
        f"Questionnaires de sortie complets : {last} sur {plural(len(left), 'sortie')}."
    )


@page("facilitator")
def book(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """Entries, exits and indicators in one workbook: names and sensitive answers, noted for each person as both."""
    today = clock.today()
    line = funded_operation(actor=actor, uid=uid)
    entries = entries_of_operation(actor=actor, operation_id=line.id, on=today)
    if not entries:
        raise Absent("outcomes.FundedEntry")
    persons = [one.participant_uid for one in entries]
    note_reading(request, ReadingKind.EXPORT, persons)
    note_reading(request, ReadingKind.REASONS, persons)
    told = f"{line.name}, {line.code}. État au {format_date(today)}."
    source = "Indicateurs communs : règlement (UE) 2021/1057, annexe I. Une personne compte une fois."
    left = [one for one in entries if one.left_on is not None]
    counted = indicator_lines(entries, thresholds_on(today))
    return as_book(
        "fse-plus.xlsx",
        [
            Sheet("Entrées", ENTRY_SHEET, entries, note=told, wrap=True),
            Sheet("Sorties", EXIT_SHEET, left, note=told, wrap=True),
            Sheet("Indicateurs", INDICATOR_COLUMNS, counted, note=f"{told} {source}", wrap=True),
        ],
    )  # fmt: skip
