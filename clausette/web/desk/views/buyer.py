"""The day of a maître d'ouvrage: its contracts, what is due, done and left, its documents. No person's name."""

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest

from clausette.agenda.queries import BuyerDay, Engagement, day_of_buyer
from clausette.hours.queries import total_of
from clausette.kernel import clock
from clausette.kernel.actor import Actor
from clausette.kernel.french import format_date, format_hours, format_percent, plural
from clausette.reports.queries import ReportLine, latest_reports
from clausette.web.components.badges import Badge
from clausette.web.components.buttons import LinkButton
from clausette.web.components.lists import NextAction, NextActions
from clausette.web.desk.views.common import engagements_table, year_figure
from clausette.web.desk.words import ahead, href, lines_href, long_date

SEVEN = 7
ZERO = Decimal(0)


def context(_request: HttpRequest, actor: Actor) -> dict[str, object]:
    """The page of the maître d'ouvrage."""
    on = clock.today()
    day = day_of_buyer(actor=actor, on=on)
    documents = latest_reports(actor=actor, limit=5)
    difficult = _difficult(actor, day.difficult)
    return {
        "today": long_date(on),
        "summary": _summary(day),
        "difficult": difficult if difficult.rows else "",
        "table": _table(actor, day),
        "documents": _documents(actor, documents),
        "documents_href": href(actor, "reports:list"),
        "year": year_figure(actor, day.year),
        "validated_href": lines_href(actor, "validated"),
    }


def _summary(day: BuyerDay) -> str:
    total = total_of([row.progress for row in day.rows])
    if not day.rows:
        return ""
    owed = plural(len(day.rows), "engagement d'insertion", "engagements d'insertion")
    return f"{owed}, {format_hours(total.validated)} validées sur {format_hours(total.due_firm)} dues"


def _difficult(actor: Actor, rows: Sequence[Engagement]) -> NextActions:
    shown = [
        NextAction(
            row.contract_name,
            f"il reste {format_hours(row.progress.remaining or ZERO)}",
            f"terme {ahead(row.ends_on, row.as_of)}",
            " · ".join(part for part in (row.lot, row.contractor_name) if part),
            href(actor, "contracts:commitment", uid=row.uid),
            Badge(
                f"{format_percent(row.progress.raw or ZERO, places=0)} réalisé, "
                f"{format_percent(row.elapsed, places=0)} du temps",
                "warn",
            ),
            action=LinkButton(
                "Voir", href(actor, "contracts:commitment", uid=row.uid), about=row.contract_name
            ),
        )
        for row in rows[:SEVEN]
    ]
    return NextActions("À surveiller", shown, "le temps passe plus vite que les heures", len(rows))


def _table(actor: Actor, day: BuyerDay) -> object:
    if not day.rows:
        return ""
    return engagements_table(actor, "Vos marchés", day.rows, with_contractor=True)


def _documents(actor: Actor, rows: Sequence[ReportLine]) -> list[tuple[str, str, str]]:
    """(label, detail, address of the PDF) of the last documents."""
    return [
        (
            f"{row.kind_label} {row.number}",
            f"{row.contract_name}, {format_date(row.issued_on)}",
            href(actor, "reports:pdf", uid=row.uid),
        )
        for row in rows
    ]
