"""The hours of a year: each one once, at the structure that reports it and the contract where it was worked."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.hours.queries import YearHours, YearRow, hours_of_year, year_table
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, format_hours, plural
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Breadcrumb, Crumb, Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.querystring import with_params
from clausette.web.components.tables import Table
from clausette.web.doors import page
from clausette.web.hours.forms.choices import year_in
from clausette.web.hours.views.common import href

ZERO = Decimal(0)
SIZE = 50


@page("facilitator")
def year(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The year asked, the running one when none is."""
    on = clock.today()
    asked = min(year_in(request.GET.get("annee", "")) or on.year, on.year)
    rows, whole = (
        year_table(actor=actor, year=asked, as_of=on),
        hours_of_year(actor=actor, year=asked, as_of=on),
    )
    number = page_number(request)
    context = {
        "crumbs": Breadcrumb((Crumb("Heures", href(actor, "hours:list")),)),
        "year": asked,
        "told": _told(whole),
        "table": _table(actor, rows, rows[(number - 1) * SIZE : number * SIZE], asked, on),
        "pagination": Pagination(len(rows), number, "lignes", request.GET),
        "structures": _structures(actor, rows, asked, on),
        "earlier": LinkButton(f"Année {asked - 1}", with_params(request.GET, annee=asked - 1, page=None), "quiet"),
        "later": LinkButton(
            f"Année {asked + 1}", with_params(request.GET, annee=asked + 1, page=None), "quiet",
            disabled="" if asked < on.year else f"{on.year} est l'année en cours.",
        ),
    }  # fmt: skip
    return TemplateResponse(request, "hours/year.html", context)


def _told(whole: YearHours) -> str:
    total = format_hours(whole.worked + whole.catch_up + whole.opening)
    people = plural(whole.people, "personne")
    return (
        f"{total} validées au {format_date(whole.as_of)}, {people}. Chaque heure est comptée une seule fois."
    )


def _behind(actor: Actor, year: int, on: date, **params: object) -> str:
    asked = {"etat": "validated", "annee": year, "au": on.isoformat(), **params}
    return href(actor, "hours:lines") + with_params(None, **asked)


def _structures(actor: Actor, rows: tuple[YearRow, ...], year: int, on: date) -> Facts | None:
    """What each structure puts in its own figures."""
    sums: dict[tuple[object, str], Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        sums[row.structure_uid, row.structure_name] += row.total
    facts = [
        Fact(name, format_hours(hours), _behind(actor, year, on, structure=uid)) for (uid, name), hours in sums.items()
    ]  # fmt: skip
    if len(facts) > 1:
        facts.append(Fact("Ensemble", format_hours(sum(sums.values(), ZERO))))
    return Facts(facts) if facts else None


def _table(actor: Actor, rows: tuple[YearRow, ...], shown: tuple[YearRow, ...], year: int, on: date) -> Table:
    columns: list[Column[YearRow]] = [
        Column("Marché", lambda row: row.contract_name or "Un marché d'une autre structure"),
    ]
    if len({row.structure_uid for row in rows}) > 1:
        columns.append(Column("Structure déclarante", lambda row: row.structure_name))
    apart: list[Column[YearRow]] = [
        Column("Non nominatives", lambda row: row.collective, "hours"),
        Column("Rattrapages", lambda row: row.catch_up, "hours"),
        Column("Reprises", lambda row: row.opening, "hours"),
    ]
    counted: list[Column[YearRow]] = [
        Column(f"Heures de {year}", lambda row: row.named, "hours"),
        *(column for column in apart if any(column.value(row) for row in rows)),
        Column("Total", lambda row: row.total, "hours"),
    ]

    def lines(row: YearRow) -> str:
        if row.contract_uid is None:
            return ""
        return _behind(actor, year, on, structure=row.structure_uid, travail=row.contract_uid)

    totals = {column.label: sum((column.value(row) for row in rows), ZERO) for column in counted}
    return Table(
        f"Heures de {year} par marché", [*columns, *counted], shown, row_href=lines, totals=totals if rows else {},
        narrow="cards",
        empty=EmptyState(
            f"Aucune heure validée en {year}",
            "Une heure est comptée dans l'année du mois travaillé, dès que son relevé est validé.", icon="clock",
        ),
    )  # fmt: skip
