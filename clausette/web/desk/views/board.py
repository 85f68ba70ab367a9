"""« Tableau de suivi »: on screen, in CSV, in XLSX; the same columns, the same rows."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.agenda.queries import STATES, Board, BoardFilters, Engagement, Subtotal, board
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_percent, format_short_date, plural
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.querystring import with_params
from clausette.web.components.tables import Sort, Table, Under
from clausette.web.desk.sheets import as_csv, as_xlsx
from clausette.web.desk.words import href, hrefs, lines_hrefs, long_date
from clausette.web.doors import page

NAME: Column[Engagement] = Column("Marché", lambda row: row.contract_name)
COLUMNS: tuple[Column[Engagement], ...] = (
    Column("Marché", lambda row: row.contract_name),
    Column("Lot", lambda row: row.lot or None),
    Column("Maître d'ouvrage", lambda row: row.buyer_name),
    Column("Titulaire", lambda row: row.contractor_name),
    Column("Fin", lambda row: row.ends_on, "date"),
    Column("Dues fermes", lambda row: row.progress.due_firm, "hours"),
    Column("Validées", lambda row: row.progress.validated, "hours"),
    Column("En attente", lambda row: row.progress.declared, "hours"),
    Column("Reste", lambda row: row.progress.remaining, "hours"),
    Column("Réalisé", lambda row: row.progress.raw, "percent"),
    Column("Temps écoulé", lambda row: row.elapsed, "percent"),
    Column("Dernier relevé", lambda row: row.progress.last_statement, "month"),
    Column("Référent", lambda row: row.followed_by),
    Column("Opération", lambda row: row.operation_name or None),
)
STATE: Column[Engagement] = Column("Suivi", lambda row: state_badge(row))
STATE_WORD: Column[Engagement] = Column("Suivi", lambda row: state_badge(row).word)
_SHORT: dict[str, Column[Engagement]] = {
    "Fin": Column("Fin", lambda row: format_short_date(row.ends_on)),
    "Dernier relevé": Column("Dernier relevé", lambda row: short_month(row.progress.last_statement)),
}
# on screen, eleven columns and four second lines: all is seen at 1280 px without scrolling
_BELOW = {"Lot", "Opération", "Temps écoulé", "Référent"}
SCREEN = tuple(
    _SHORT.get(column.label, column) for column in (*COLUMNS, STATE) if column.label not in _BELOW
)
SORT_KEYS = {
    "Marché": "nom",
    "Lot": "lot",
    "Maître d'ouvrage": "mo",
    "Opération": "operation",
    "Titulaire": "titulaire",
    "Fin": "fin",
    "Dues fermes": "dues",
    "Validées": "validees",
    "En attente": "attente",
    "Reste": "reste",
    "Réalisé": "taux",
    "Temps écoulé": "temps",
    "Dernier relevé": "releve",
    "Référent": "referent",
}


def short_month(month: date | None) -> str | None:
    """« 10/2026 »."""
    return f"{month:%m/%Y}" if month else None


def state_badge(row: Engagement) -> Badge:
    """Where an engagement stands, in a word."""
    if row.closed_on is not None:
        return Badge("soldé", "neutral")
    if row.is_difficult:
        return Badge("en difficulté", "danger")
    if row.progress.remaining == 0:
        return Badge("tenu", "ok")
    if not row.is_running:
        return Badge("à solder", "wait")
    if row.late_months:
        return Badge("relevé attendu", "warn")
    return Badge("en cours", "info")


class BoardForm(forms.Form):
    """Filters of the board; they live in the address."""

    mots = forms.CharField(label="Marché, lot, entreprise, numéro", required=False, max_length=100)
    mo = forms.ChoiceField(label="Maître d'ouvrage", required=False)
    operation = forms.ChoiceField(label="Opération", required=False)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *STATES.items()])
    miens = forms.BooleanField(label="Mes marchés seulement", required=False)
    difficulte = forms.BooleanField(label="En difficulté seulement", required=False)
    tri = forms.CharField(required=False, widget=forms.HiddenInput)

    def choose(self, found: Board) -> None:
        """Offer the maîtres d'ouvrage and operations met in the rows."""
        buyers = [("", "Tous"), *((str(uid), name) for uid, name in found.buyers)]
        operations = [("", "Toutes"), *((name, name) for name in found.operations)]
        for name, choices in (("mo", buyers), ("operation", operations)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


def _asked(request: HttpRequest, actor: Actor) -> tuple[BoardFilters, Sort]:
    sort = Sort.asked(request, SORT_KEYS, default="mo")
    state = request.GET.get("etat", "")
    return BoardFilters(
        words=request.GET.get("mots", "")[:100],
        buyer_uid=_uid(request.GET.get("mo", "")),
        operation=request.GET.get("operation", ""),
        state=state if state in STATES else "",
        difficult=request.GET.get("difficulte", "") not in ("", "0", "false"),
        referent_id=actor.account_id if request.GET.get("miens", "") not in ("", "0", "false") else None,
        sort=f"-{sort.current}" if sort.descending else sort.current,
    ), sort


def _uid(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None


@page("facilitator")
def board_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One row per lot and titulaire, fifty a page, subtotals by maître d'ouvrage on all pages."""
    filters, sort = _asked(request, actor)
    found = board(actor=actor, filters=filters, on=clock.today())
    form = BoardForm(request.GET)
    form.choose(found)
    pages = Pagination(len(found.rows), page_number(request), "lignes", request.GET)
    context = {
        "today": long_date(clock.today()),
        "count": plural(len(found.rows), "ligne"),
        "form": form,
        "table": _table(actor, found, sort, pages, filtered=len(found.rows) != found.followed),
        "pagination": pages,
        "subtotals": _subtotals(actor, found) if len(found.subtotals) > 1 else "",
        "csv": LinkButton(
            "CSV", f"{href(actor, 'desk:board_csv')}{_kept(request)}", about="le tableau affiché"
        ),
        "xlsx": LinkButton(
            "Excel", f"{href(actor, 'desk:board_xlsx')}{_kept(request)}", about="le tableau affiché"
        ),
    }
    return TemplateResponse(request, "desk/board.html", context)


def _kept(request: HttpRequest) -> str:
    return with_params(request.GET, page=None) if request.GET else ""


def _links(actor: Actor) -> dict[str, Callable[[Engagement], str]]:
    sheet = hrefs(actor, "contracts:commitment")
    buyer, firm = hrefs(actor, "contracts:buyer"), hrefs(actor, "contracts:firm")
    grid = hrefs(actor, "hours:grid")
    validated = lines_hrefs(actor, "engagement", "validated")
    declared = lines_hrefs(actor, "engagement", "declared")
    return {
        **dict.fromkeys(("Dues fermes", "Reste", "Réalisé"), lambda row: sheet(row.uid)),
        "Validées": lambda row: validated(row.uid),
        "En attente": lambda row: declared(row.uid),
        "Maître d'ouvrage": lambda row: buyer(row.buyer_uid),
        "Titulaire": lambda row: firm(row.contractor_uid),
        "Dernier relevé": lambda row: grid(row.contract_uid) if row.progress.last_statement else "",
    }


def _under(actor: Actor) -> dict[str, Under]:
    """The second lines: which lot, whose operation, how much of the time is gone, who follows."""
    sheet = hrefs(actor, "contracts:commitment")
    return {
        "Marché": Under("Lot", lambda row: row.lot, lambda row: sheet(row.uid)),
        "Maître d'ouvrage": Under("Opération", lambda row: row.operation_name),
        "Réalisé": Under("Temps écoulé", lambda row: format_percent(row.elapsed)),
        "Suivi": Under("Référent", lambda row: row.followed_by),
    }


def _table(actor: Actor, found: Board, sort: Sort, pages: Pagination, *, filtered: bool) -> Table:
    show = hrefs(actor, "contracts:show")
    return Table(
        "Tableau de suivi",
        SCREEN,
        found.rows[pages.offset : pages.offset + pages.size],
        row_href=lambda row: show(row.contract_uid),
        links=_links(actor),
        under=_under(actor),
        sort=sort,
        totals=_totals(found)
        | {
            "Marché": "Total des lignes retenues",
            "Dernier relevé": short_month(found.total.last_statement),
        }
        if found.rows
        else {},
        empty=_empty(actor, filtered=filtered),
    )


def _totals(found: Board) -> dict[str, object]:
    total = found.total
    return {
        "Dues fermes": total.due_firm,
        "Validées": total.validated,
        "En attente": total.declared,
        "Reste": found.remaining,
        "Réalisé": total.capped,
        "Dernier relevé": total.last_statement,
    }


def _empty(actor: Actor, *, filtered: bool) -> EmptyState:
    if filtered:
        return EmptyState("Aucune ligne ne correspond", "Enlevez un filtre ou un mot.", icon="search")
    button = LinkButton("Voir les marchés", href(actor, "contracts:list"), "primary")
    why = "Une ligne apparaît ici dès qu'un marché porte un engagement d'insertion : dues, validées, reste, temps."
    return EmptyState("Aucun engagement suivi", why, button, icon="board")


def _of_buyer(address: Callable[[UUID], str]) -> Callable[[Subtotal], str]:
    return lambda row: address(row.buyer_uid)


def _subtotals(actor: Actor, found: Board) -> Table:
    columns: tuple[Column[Subtotal], ...] = (
        Column("Maître d'ouvrage", lambda row: row.buyer_name),
        Column("Lignes", lambda row: row.total.commitments, "int"),
        Column("Dues fermes", lambda row: row.total.due_firm, "hours"),
        Column("Validées", lambda row: row.total.validated, "hours"),
        Column("En attente", lambda row: row.total.declared, "hours"),
        Column("Reste", lambda row: row.remaining, "hours"),
        Column("Réalisé brut", lambda row: row.total.raw, "percent"),
        Column("Réalisé plafonné", lambda row: row.total.capped, "percent"),
    )
    followed: Column[Subtotal] = Column("Suivi", lambda row: row.total.followed.validated, "hours")
    voluntary: Column[Subtotal] = Column("Hors clause", lambda row: row.total.voluntary.validated, "hours")
    apart = [followed] if found.total.followed.commitments else []
    apart += [voluntary] if found.total.voluntary.commitments else []
    buyer = hrefs(actor, "contracts:buyer")
    natures = (
        ("Validées", "validated", "clause"),
        ("En attente", "declared", "clause"),
        ("Suivi", "validated", "suivi"),
        ("Hors clause", "validated", "hors-clause"),
    )
    return Table(
        "Sommes des lignes retenues",
        (*columns, *apart),
        found.subtotals,
        row_href=lambda row: buyer(row.buyer_uid),
        links={
            label: _of_buyer(lines_hrefs(actor, "mo", state, nature)) for label, state, nature in natures
        },
        narrow="scroll",
    )


def _name(suffix: str) -> str:
    return f"tableau-de-suivi-{clock.today().isoformat()}.{suffix}"


@page("facilitator")
def board_csv(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is seen, all pages, in CSV."""
    found = board(actor=actor, filters=_asked(request, actor)[0], on=clock.today())
    return as_csv(_name("csv"), (*COLUMNS, STATE_WORD), found.rows)


@page("facilitator")
def board_xlsx(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is seen, all pages, in a workbook, with its total line."""
    found = board(actor=actor, filters=_asked(request, actor)[0], on=clock.today())
    return as_xlsx(
        _name("xlsx"),
        "Tableau de suivi",
        (*COLUMNS, STATE_WORD),
        found.rows,
        totals={"Marché": "Total"} | _totals(found),
        note=f"Chiffres arrêtés au {long_date(clock.today()).lower()}. {actor.organisation_name}.",
    )
