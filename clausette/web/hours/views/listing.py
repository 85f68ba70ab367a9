"""The list of statements; what a firm has still to declare."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse

from clausette.hours.enums import StatementState
from clausette.hours.queries import (
    StatementFilters,
    StatementLine,
    StatementPage,
    list_statements,
    months_to_declare,
    statements_and_waiting,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_month, plural
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton, PostButton
from clausette.web.components.lists import NextAction, NextActions, Tab, Tabs
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.querystring import with_params
from clausette.web.components.tables import Sort, Table
from clausette.web.doors import page
from clausette.web.hours.forms.choices import StatementFilter, uid_in
from clausette.web.hours.views.common import href, month_badge, statement_badge

READERS = ("facilitator", "contractor", "employer")


@page(*READERS)
def statements(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Statements, those to validate first for a facilitator; the months to declare for a firm."""
    on, form = clock.today(), StatementFilter(request.GET)
    sort = Sort.asked(request, {"Mois": "mois", "Transmis": "attente"}, default="-mois")
    filters = StatementFilters(
        form.state(), form.month(), uid_in(request.GET.get("marche", "")), uid_in(request.GET.get("declarant", "")),
        sort=f"-{sort.current}" if sort.descending else sort.current,
    )  # fmt: skip
    number = page_number(request)
    found, waiting = _found(actor, filters, on, (number - 1) * 50)
    context = {
        "tabs": _tabs(request, form.state()),
        "form": form,
        "table": _table(actor, found.rows, sort),
        "pagination": Pagination(found.total, number, "relevés", request.GET),
        "clean": _clean(request, actor, waiting) if actor.can("facilitator") else None,
        "desk_href": href(actor, "hours:waiting") if actor.can("facilitator") else "",
        "to_declare": _to_declare(actor),
        "files_href": href(actor, "hours:files:start"),
        "confirm_href": href(actor, "hours:confirm") if actor.can("contractor") else "",
        "year_href": href(actor, "hours:year") if actor.can("facilitator") else "",
    }
    return TemplateResponse(request, "hours/list.html", context)


def _found(
    actor: Actor, filters: StatementFilters, on: date, offset: int
) -> tuple[StatementPage, tuple[StatementLine, ...]]:
    """The page, and for a facilitator what waits for validation."""
    if actor.can("facilitator"):
        return statements_and_waiting(actor=actor, filters=filters, on=on, offset=offset)
    return list_statements(actor=actor, filters=filters, on=on, offset=offset), ()


def _tabs(request: HttpRequest, current: StatementState | None) -> Tabs:
    words: dict[StatementState | None, str] = {
        None: "Tous",
        **{state: str(state.label) for state in StatementState},
    }
    return Tabs(
        tuple(
            Tab(
                word,
                with_params(request.GET, etat=state.value if state else "", page=None) or "?",
                state == current,
            )
            for state, word in words.items()
        ),
        label="États",
    )


def _clean(
    request: HttpRequest, actor: Actor, waiting: tuple[StatementLine, ...]
) -> tuple[PostButton, int, int]:
    """The button that validates all that is clean, how many, and how many wait with remarks."""
    clean = [row for row in waiting if row.is_clean]
    return PostButton(
        f"Valider {plural(len(clean), 'relevé')} sans remarque" if clean else "Valider les relevés sans remarque",
        href(actor, "hours:validate_many"),
        disabled="" if clean else "Aucun relevé n'attend sans remarque.",
        fields={"releves": ",".join(str(row.uid) for row in clean)},
        token=get_token(request),
    ), len(clean), len(waiting) - len(clean)  # fmt: skip


def _to_declare(actor: Actor) -> NextActions | None:
    if not actor.capabilities & {"contractor", "employer"}:
        return None
    months = months_to_declare(actor=actor, on=clock.today())
    rows = [
        NextAction(
            one.contract_name, format_month(one.month), badge=month_badge(one.status),
            action=LinkButton(
                "Déclarer", href(actor, "hours:month", uid=one.contract_uid, month=one.month), "primary",
                about=f"{format_month(one.month)}, {one.contract_name}",
            ),
        )
        for one in months[:12]
    ]  # fmt: skip
    return NextActions("À déclarer", rows, total=len(months)) if rows else None


def _table(actor: Actor, rows: tuple[StatementLine, ...], sort: Sort) -> Table:
    columns: list[Column[StatementLine]] = [
        Column("Marché", lambda row: row.contract_name),
        Column("Mois", lambda row: row.month, "month"),
        Column("Déclarant", lambda row: row.declarant_name),
        Column("Heures", lambda row: row.hours, "hours"),
        Column("Personnes", lambda row: row.people, "int"),
        Column("État", lambda row: statement_badge(row.state, is_nil=row.is_nil)),
    ]
    if actor.can("facilitator"):
        columns.append(Column("Remarques", _remarks))
    return Table(
        "Relevés d'heures", columns, rows, row_href=lambda row: href(actor, "hours:statement", uid=row.uid), sort=sort,
        empty=EmptyState(
            "Aucun relevé ici",
            "Un relevé dit les heures d'un mois, pour un marché et un déclarant. Il arrive de l'entreprise, ou vous le "
            "saisissez dans la grille du marché.",
            icon="clock",
        ),
    )  # fmt: skip


def _remarks(row: StatementLine) -> object:
    if row.state != StatementState.SUBMITTED:
        return None
    if row.stops:
        return Badge(plural(row.stops, "erreur"), "danger")
    if row.asks:
        return Badge(f"{row.asks} à justifier", "warn")
    return Badge("tardif, à motiver", "warn") if row.is_late else Badge("sans remarque", "ok")
