"""Parts shared by the desks."""

from collections.abc import Sequence
from decimal import Decimal

from clausette.agenda.queries import Engagement, YearFigures
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import equivalent, format_hours, format_short_date
from clausette.web.components.figures import Figure, Gauge
from clausette.web.components.tables import Table
from clausette.web.desk.words import href, lines_href


def year_figure(actor: Actor, year: YearFigures) -> Figure:
    """« 31 480 h validées sur 43 200 h dues en 2026 », in people, with its gauge."""
    due = (
        f"validées sur {format_hours(year.due.quantize(Decimal(1)))} dues en {year.year}"
        if year.due
        else f"validées en {year.year}"
    )
    return Figure(
        format_hours(year.validated),
        due,
        equivalent(year.validated),
        lines_href(actor, "validated", annee=year.year),
        "Heures des mois de l'année, validées à ce jour. Dues : ce que les calendriers demandent à l'année.",
        Gauge(year.due, year.validated, year.declared, year.elapsed) if year.due else None,
    )


def gauge_of(row: Engagement) -> Gauge | None:
    """The compact gauge of an engagement; None for a suivi sans objectif chiffré."""
    done = row.progress
    if done.due_firm is None:
        return None
    return Gauge(done.due_firm, done.validated, done.declared, row.elapsed, compact=True)


def place(row: Engagement) -> str:
    """« Gymnase des Acacias · lot 1 · Gros œuvre »."""
    return " · ".join(part for part in (row.contract_name, row.lot) if part)


def engagements_table(
    actor: Actor, caption: str, rows: Sequence[Engagement], *, with_contractor: bool
) -> Table:
    """A short table of engagements: due, validated, waiting, left; each number opens on its lines."""
    columns: list[Column[Engagement]] = [Column("Marché", place)]
    if with_contractor:
        columns.append(Column("Titulaire", lambda row: row.contractor_name))
    waiting: Column[Engagement] = Column("En attente", lambda row: row.progress.declared, "hours")
    columns += [
        Column("Dues", lambda row: row.progress.due_firm, "hours"),
        Column("Validées", lambda row: row.progress.validated, "hours"),
        *(() if with_contractor else (waiting,)),
        Column("Reste", lambda row: row.progress.remaining, "hours"),
        Column("Avancement", gauge_of),
        Column("Terme", lambda row: format_short_date(row.ends_on)),
    ]
    return Table(
        caption,
        columns,
        rows,
        row_href=lambda row: href(actor, "contracts:commitment", uid=row.uid),
        links={
            "Dues": lambda row: href(actor, "contracts:commitment", uid=row.uid),
            "Validées": lambda row: lines_href(actor, "validated", engagement=row.uid),
            "En attente": lambda row: lines_href(actor, "declared", engagement=row.uid),
            "Reste": lambda row: href(actor, "contracts:commitment", uid=row.uid),
        },
        narrow="cards",
    )
