"""The first page of who declares without an account: the months to declare, the statements sent, the contracts."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from clausette.hours.enums import MonthStatus
from clausette.hours.queries import (
    StatementFilters,
    StatementLine,
    ToDeclare,
    list_statements,
    months_to_declare,
)
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_month
from clausette.kernel.months import first_day
from clausette.procurement.queries import contracts_visible_to
from clausette.web.addresses import address_of as href
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.components.tables import Table
from clausette.web.doors import page
from clausette.web.hours.views.common import month_badge, statement_badge

LAST = 6
"""Statements shown: half a year; the months before are reached from the page of a month."""


@page("contractor", "employer", deposit=True)
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What to declare. A member of the firm has a day of their own."""
    if not actor.deposit:
        return HttpResponseRedirect(href(actor, "desk:day"))
    on = clock.today()
    waited = months_to_declare(actor=actor, on=on)
    rows = contracts_visible_to(actor).order_by("common_name", "id").values_list("uid", "common_name")
    context = {
        "waited": NextActions("Mois à déclarer", [_waited(actor, one) for one in waited], "le plus ancien d'abord"),
        "nothing": not waited,
        "contracts": [(name, href(actor, "hours:month", uid=uid, month=first_day(on))) for uid, name in rows],
        "month": first_day(on),
        "heading": "Les heures à déclarer" if actor.mandate else "Vos heures",
        "whose": "Ses marchés" if actor.mandate else "Vos marchés",
        "opened_by": "Ceux que le mandat ouvre." if actor.mandate else "Ceux que le facilitateur a ouverts pour vous.",
        "statements": _statements(actor),
        "files_href": href(actor, "hours:files:start") if actor.mandate else "",
    }
    return TemplateResponse(request, "deposits/home.html", context)


def _waited(actor: Actor, one: ToDeclare) -> NextAction:
    address = href(actor, "hours:month", uid=one.contract_uid, month=one.month)
    about = f"{format_month(one.month)}, {one.contract_name}"
    return NextAction(
        one.contract_name, format_month(one.month),
        badge=None if one.status == MonthStatus.UNKNOWN else month_badge(one.status),
        action=LinkButton("Déclarer", address, "primary", about=about),
    )  # fmt: skip


def _statements(actor: Actor) -> Table | None:
    found = list_statements(actor=actor, filters=StatementFilters(sort="-mois"), on=clock.today())
    columns: list[Column[StatementLine]] = [
        Column("Mois", lambda row: format_month(row.month)),
        Column("Marché", lambda row: row.contract_name),
        Column("Heures", lambda row: row.hours, "hours"),
        Column("État", lambda row: statement_badge(row.state, is_nil=row.is_nil)),
    ]

    def address(row: StatementLine) -> str:
        return href(actor, "hours:statement", uid=row.uid)

    return Table("Vos derniers relevés", columns, found.rows[:LAST], row_href=address) if found.rows else None
