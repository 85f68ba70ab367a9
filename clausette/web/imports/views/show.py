"""One import: its records by fate, what was read, what would be done."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.access.queries import count_nameless
from clausette.files.queries import read_file
from clausette.imports import permissions
from clausette.imports.enums import BatchState, RowChoice, RowFate
from clausette.imports.queries import (
    AttachableLine,
    BatchSheet,
    RowLine,
    attachable,
    batch_sheet,
    list_rows,
    proposed_matches,
)
from clausette.kernel import clock, progress
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_number, plural
from clausette.kernel.siret import format_siret
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts, Tab, Tabs
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.doors import page
from clausette.web.imports.views.common import READERS, TABS, fate_badge, href, show_href, state_badge
from clausette.web.imports.views.matching import matches_table
from clausette.web.transfers import attachment

SIRET_DIGITS = 14
RUNNING = (BatchState.READING, BatchState.APPLYING)
ROWLESS = (BatchState.READING, BatchState.UNREADABLE, BatchState.CANCELLED)  # given up before it was read
EMPTY = {
    "": "Ce fichier ne contient aucun enregistrement.",
    "a-rapprocher": "Aucun enregistrement ne ressemble à un marché que vous avez saisi.",
    "nouveaux": "Aucun marché nouveau dans ce fichier.",
    "modifies": "Aucun marché connu n'est modifié par ce fichier.",
    "a-corriger": "Tous les enregistrements ont pu être lus.",
    "identiques": "Aucun enregistrement identique à ce que vous avez.",
    "mis-de-cote": "Aucun enregistrement n'est mis de côté.",
    "repris": "Aucun marché n'est encore repris de ce fichier.",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button of a record."""

    value: str
    label: str
    detail: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A record on screen: what it is, what may be decided, what was refused to the person."""

    row: RowLine
    badge: Badge
    options: tuple[Option, ...]
    attachable: tuple[AttachableLine, ...]
    decide_href: str
    result_href: str
    attach_href: str
    error: str = ""

    @property
    def buyer(self) -> str:
        """The buyer's SIRET by groups of digits, as written when it is none."""
        number = self.row.buyer_siret
        return format_siret(number) if len(number) == SIRET_DIGITS else number

    @property
    def told(self) -> bool:
        """Whether the remarks are what there is to read: they are not folded."""
        return self.row.fate in (RowFate.REFUSED, RowFate.SET_ASIDE)

    @property
    def open(self) -> bool:
        """Whether something may still be decided."""
        return bool(self.options)


@page(*READERS)
def show(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The records of an import, fifty a page."""
    return batch_page(request, actor, uid, tab=request.GET.get("voir", ""), number=page_number(request))


@page(*READERS)
def file(request: HttpRequest, actor: Actor, *, uid: UUID) -> HttpResponse:
    """The file, as it was sent."""
    return attachment(read_file(actor=actor, uid=batch_sheet(actor=actor, uid=uid).file_uid))


def batch_page(
    request: HttpRequest,
    actor: Actor,
    uid: UUID,
    *,
    tab: str,
    number: int,
    errors: dict[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an import; `errors`: what was refused, by position."""
    sheet = batch_sheet(actor=actor, uid=uid)
    tab = tab if tab in EMPTY else ""
    rows, total = _rows(actor, uid, tab, number)
    paging = Pagination(total, number, "enregistrements", request.GET)
    if number > paging.pages:
        rows, _ = _rows(actor, uid, tab, paging.current)
    decision = permissions.can_decide(actor, state=sheet.line.state)
    ties = attachable(actor=actor, rows=rows) if decision else {}
    shown = [_shown(actor, uid, row, ties, decision.ok, (errors or {}).get(row.position, "")) for row in rows]
    rowed = sheet.line.state not in ROWLESS or sheet.line.records > 0
    context = {
        "sheet": sheet,
        "shown": shown,
        "lead": f"apporté le {format_date(sheet.line.brought_at.astimezone(clock.PARIS))} par {sheet.line.brought_by}",
        "state": state_badge(sheet.line.state),
        "tabs": _tabs(actor, sheet, tab) if rowed else "",
        "tab": tab,
        "page_number": paging.current,
        "pagination": paging if total else "",
        "empty": EmptyState(EMPTY[tab]) if rowed else "",
        "crumbs": Breadcrumb((Crumb("Imports", href(actor, "imports:list")),)),
        "facts": _facts(actor, sheet),
        "apply": _apply_button(actor, sheet),
        "cancel": _cancel_button(actor, sheet),
        **_where(actor, sheet),
        "matches": _matches(request, actor, uid) if rowed else None,
        "nameless": _nameless(actor, sheet),
        "nameless_href": f"{href(actor, 'directory:list')}?voir=a-completer",
        "decide_all_href": href(actor, "imports:decide_all", uid=uid),
        "bulk": _bulk(sheet, tab) if decision else (),
    }
    part = "#results" if request.headers.get("HX-Request") and request.method == "GET" else ""
    response = TemplateResponse(request, f"imports/show.html{part}", context, status=status)
    if request.headers.get("HX-Target") == "en-cours" and not context["running"]:
        response["HX-Refresh"] = "true"  # it ended: the whole page changes
    return response


def _matches(request: HttpRequest, actor: Actor, uid: UUID) -> Table | None:
    """The records of this file that may be purchases awaited."""
    rows = proposed_matches(actor=actor, batch_uid=uid)
    return matches_table(request, actor, rows) if rows else None


def _where(actor: Actor, sheet: BatchSheet) -> dict[str, object]:
    """What the worker does of it, or could not do."""
    state, uid = sheet.line.state, sheet.line.uid
    return {
        "running": _running(sheet) if state in RUNNING else "",
        "reading": state is BatchState.READING,
        "unreadable": state is BatchState.UNREADABLE,
        "again_href": href(actor, "imports:again", uid=uid),
        "create_href": href(actor, "imports:create"),
        "reload_href": show_href(actor, uid),
    }


def _running(sheet: BatchSheet) -> str:
    """How far the worker is: told outside its transaction, while its rows are not there to be read."""
    where = progress.heard(sheet.line.uid)
    if sheet.line.state is BatchState.READING:
        if where is None:
            return "La lecture attend son tour, ou le fichier s'ouvre."
        at = where.at.astimezone(clock.PARIS)
        told = plural(where.total, "enregistrement lu", "enregistrements lus")
        return f"{format_number(where.done)} sur {told}, à {at:%H} h {at:%M}."
    if where is None:
        waiting = plural(sheet.to_create + sheet.to_attach, "marché attend", "marchés attendent")
        return f"{waiting} d'être écrits : la tâche va commencer."
    at = where.at.astimezone(clock.PARIS)
    return f"{format_number(where.done)} sur {plural(where.total, 'marché')}, à {at:%H} h {at:%M}."


def _nameless(actor: Actor, sheet: BatchSheet) -> str:
    """The next step once contracts are taken: bodies that an official file names by a number only."""
    count = count_nameless(actor=actor) if sheet.line.made else 0
    return plural(count, "organisme à compléter", "organismes à compléter") if count else ""


def _rows(actor: Actor, uid: UUID, tab: str, number: int) -> tuple[tuple[RowLine, ...], int]:
    fate = TABS[tab][0] if tab in TABS else ""
    only = tab if tab == "repris" else ""
    return list_rows(actor=actor, batch_uid=uid, fate=fate, only=only, offset=(number - 1) * 50)


def _tabs(actor: Actor, sheet: BatchSheet, current: str) -> Tabs:
    uid, counts = sheet.line.uid, sheet.line.fates
    tabs = [Tab("Tous", show_href(actor, uid), current == "", sheet.line.records)]
    tabs += [
        Tab(label, show_href(actor, uid, tab=word), current == word, counts[fate])
        for word, (fate, label) in TABS.items()
        if counts.get(fate) or current == word
    ]
    if sheet.line.made or current == "repris":
        tabs.append(Tab("Repris", show_href(actor, uid, tab="repris"), current == "repris", sheet.taken))
    return Tabs(tabs, label="Enregistrements par comparaison")


def _shown(
    actor: Actor,
    uid: UUID,
    row: RowLine,
    ties: dict[int, tuple[AttachableLine, ...]],
    decidable: bool,
    error: str,
) -> ShownRow:
    others = ties.get(row.position, ())
    return ShownRow(
        row=row,
        badge=fate_badge(row.fate),
        options=_options(row, others) if decidable and row.result is None else (),
        attachable=others,
        decide_href=href(actor, "imports:decide", uid=uid, position=row.position),
        result_href=href(actor, "contracts:show", uid=row.result.uid) if row.result else "",
        attach_href=href(actor, "contracts:show", uid=row.attach_to.uid) if row.attach_to else "",
        error=error,
    )


def _options(row: RowLine, others: tuple[AttachableLine, ...]) -> tuple[Option, ...]:
    """What may be decided; the decision in force is checked."""
    skip = Option("skip", "Ne pas reprendre", checked=row.choice == RowChoice.SKIP)
    create = Option("create", "Créer le marché", checked=row.choice == RowChoice.CREATE)
    tied = row.attach_to.uid if row.attach_to and row.choice == RowChoice.ATTACH else None
    if row.fate == RowFate.AMBIGUOUS:
        candidates = [
            Option(f"attach:{one.uid}", f"C'est « {one.name} »", ", ".join(one.reasons), tied == one.uid)
            for one in row.candidates
        ]
        new = Option("create", "C'est un autre marché : le créer", checked=row.choice == RowChoice.CREATE)
        return (*candidates, new, skip)
    if row.fate == RowFate.ADDED:
        attach = Option("attach", "C'est un marché déjà saisi", checked=tied is not None)
        return (create, attach, skip) if others else (create, skip)
    if row.fate in (RowFate.CHANGED, RowFate.SAME) and row.attach_to and not _settled(row):
        name = row.attach_to.name
        return (Option("attach", f"Compléter « {name} »", checked=tied is not None), skip)
    return ()


def _settled(row: RowLine) -> bool:
    """Identical to the last import: there is nothing to decide."""
    return row.fate == RowFate.SAME and row.choice == RowChoice.SKIP


def _facts(actor: Actor, sheet: BatchSheet) -> Facts:
    line = sheet.line
    facts = [
        Fact("Source", line.kind_label),
        Fact("Fichier", line.file_name, href(actor, "imports:file", uid=line.uid)),
    ]
    if line.state in ROWLESS and not line.records:
        return Facts(facts)
    facts += [
        Fact(
            "Marchés à créer", plural(sheet.to_create, "marché"), show_href(actor, line.uid, tab="nouveaux")
        ),
        Fact(
            "À compléter ou relier",
            plural(sheet.to_attach, "marché"),
            show_href(actor, line.uid, tab="modifies"),
        ),
        Fact("À décider", plural(sheet.undecided, "marché"), show_href(actor, line.uid, tab="a-rapprocher")),
    ]
    if line.state is BatchState.APPLIED and line.applied_at:
        when = format_date(line.applied_at.astimezone(clock.PARIS))
        facts = [*facts[:2], Fact("Appliqué", f"le {when} par {sheet.applied_by}")]
        facts.append(
            Fact("Marchés repris", plural(line.made, "marché"), show_href(actor, line.uid, tab="repris"))
        )
    return Facts(facts)


def _apply_button(actor: Actor, sheet: BatchSheet) -> LinkButton | str:
    if sheet.line.state is BatchState.APPLYING:
        return LinkButton("Relancer", href(actor, "imports:apply", uid=sheet.line.uid), "quiet")
    if sheet.line.state is not BatchState.READ:
        return ""
    reason = permissions.can_apply(
        actor, sheet.line.state, sheet.to_create + sheet.to_attach, sheet.undecided
    ).reason
    return LinkButton("Appliquer", href(actor, "imports:apply", uid=sheet.line.uid), "primary", reason)


def _cancel_button(actor: Actor, sheet: BatchSheet) -> LinkButton | str:
    if sheet.line.state not in (BatchState.READ, BatchState.READING):
        return ""
    reason = permissions.can_cancel(actor, state=sheet.line.state, made=sheet.line.made).reason
    return LinkButton("Abandonner", href(actor, "imports:cancel", uid=sheet.line.uid), "quiet", reason)


def _bulk(sheet: BatchSheet, tab: str) -> tuple[tuple[str, str], ...]:
    """Decisions that may be made for a whole tab: (value, label)."""
    if not sheet.line.fates.get(TABS[tab][0] if tab in TABS else RowFate.REFUSED):
        return ()
    return {
        "nouveaux": (("create", "Tous les créer"), ("skip", "N'en reprendre aucun")),
        "modifies": (
            ("accept", "Prendre toutes les valeurs publiées"),
            ("attach", "Garder toutes les valeurs saisies"),
        ),
        "a-rapprocher": (("skip", "Ne pas reprendre ceux qui restent à décider"),),
    }.get(tab, ())
