"""« Sorties »: those of a period, their rates, the workbook."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from clausette.journal.enums import ReadingKind
from clausette.journal.readings import note_reading
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, format_percent, plural
from clausette.outcomes.enums import ExitClass, FollowUpPoint
from clausette.outcomes.queries import ExitLine, ExitPage, exits_of_period
from clausette.outcomes.rules import PointRate, Rates
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.paging import Pagination, page_number
from clausette.web.components.tables import Table
from clausette.web.desk.sheets import as_xlsx
from clausette.web.doors import page
from clausette.web.outcomes.forms.path import PeriodForm
from clausette.web.people.common import crumbs, href

NEUTRAL = "Retraits neutres : comptés à part, dans aucun taux"


def _at(point: FollowUpPoint) -> Callable[[ExitLine], str]:
    return lambda row: row.answers[point].label if point in row.answers else ""


COLUMNS: tuple[Column[ExitLine], ...] = (
    Column("Personne", lambda row: row.person_name),
    Column("Sortie le", lambda row: row.exited_on, "date"),
    Column("Situation à la sortie", lambda row: row.reason.label),
    Column("Famille", lambda row: row.family.label),
    *(Column(point.label, _at(point)) for point in FollowUpPoint),
)
POINTS: tuple[Column[PointRate], ...] = (
    Column("Point de suivi", lambda row: row.point.label),
    Column("Sorties à suivre", lambda row: row.due, "int"),
    Column("Personnes jointes", lambda row: row.reached, "int"),
    Column("En emploi", lambda row: row.employed, "int"),
    Column("En emploi ou en formation", lambda row: row.well, "int"),
    Column("Part des jointes", lambda row: row.of_reached, "percent"),
    Column("Part de toutes", lambda row: row.of_all, "percent"),
)


def _read(request: HttpRequest, actor: Actor) -> tuple[PeriodForm, date, date, ExitPage]:
    today = clock.today()
    form = PeriodForm(request.GET)
    first, last = form.span(today)
    if form.is_valid():  # the fields show the days that are read, those of the civil year included
        form = PeriodForm({"du": first.isoformat(), "au": last.isoformat()})
    return form, first, last, exits_of_period(actor=actor, first=first, last=last, on=today)


@page("facilitator")
def listing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The exits of a period and their rates."""
    form, first, last, found = _read(request, actor)
    pages = Pagination(len(found.rows), page_number(request), "sorties", request.GET)
    shown = found.rows[pages.offset : pages.offset + pages.size]
    note_reading(request, ReadingKind.IDENTITY, [row.participant_uid for row in shown])
    why = "Une sortie se propose après 90 jours sans contrat de travail, puis se confirme sur la page de la personne."
    table = Table(
        "Sorties", COLUMNS, shown, row_href=lambda row: href(actor, "outcomes:path", uid=row.participant_uid),
        empty=EmptyState("Aucune sortie sur cette période", why, icon="people"),
    )  # fmt: skip
    query = {"du": first.isoformat(), "au": last.isoformat()}
    context = {
        "crumbs": crumbs(actor),
        "form": form,
        "period": f"Du {format_date(first)} au {format_date(last)}.",
        "total": len(found.rows),
        "table": table,
        "pagination": pages if found.rows else "",
        "facts": _facts(found.rates),
        "points": Table("Taux par point de suivi", POINTS, found.rates.points),
        "xlsx": LinkButton("Classeur", href(actor, "outcomes:exits_xlsx", query=query), "secondary")
        if found.rows
        else "",
    }
    name = "outcomes/exits.html#results" if request.headers.get("HX-Request") else "outcomes/exits.html"
    return TemplateResponse(request, name, context)


def _percent(share: Decimal | None) -> str:
    return format_percent(share) if share is not None else "sans objet"


def _facts(rates: Rates) -> Facts:
    dynamic = (ExitClass.DURABLE, ExitClass.TRANSITION, ExitClass.POSITIVE)
    detail = ", ".join(f"{family.label.lower()} : {rates.by_class[family]}" for family in dynamic)
    known = rates.counted - rates.unknown
    unknown = f"Dont {rates.unknown} de situation inconnue."
    return Facts(
        [
            Fact("Sorties comptées", plural(rates.counted, "sortie"), help=unknown),
            Fact("Sorties dynamiques", plural(rates.dynamic, "sortie"), help=f"{detail[:1].upper()}{detail[1:]}."),
            Fact("Part de toutes les sorties", _percent(rates.of_all)),
            Fact("Part des situations connues", _percent(rates.of_known), help=f"Sur {plural(known, 'sortie')}."),
            Fact("Retraits neutres", str(rates.by_class[ExitClass.NEUTRAL]), help="Comptés à part, dans aucun taux."),
        ]
    )  # fmt: skip


@page("facilitator")
def xlsx(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same exits as a workbook; names are in it, so the reading is noted as an export."""
    _, first, last, found = _read(request, actor)
    note_reading(request, ReadingKind.EXPORT, [row.participant_uid for row in found.rows])
    rates = found.rates
    note = (
        f"Sorties du {format_date(first)} au {format_date(last)}. Sorties dynamiques : {rates.dynamic} sur "
        f"{rates.counted}, {_percent(rates.of_all)} de toutes, {_percent(rates.of_known)} des situations connues. "
        f"{NEUTRAL} ({rates.by_class[ExitClass.NEUTRAL]})."
    )
    return as_xlsx("sorties.xlsx", "Sorties", COLUMNS, found.rows, totals={}, note=note)
