"""The table of hours validated outside the counting rules of today."""

from collections.abc import Sequence
from decimal import Decimal

from clausette.hours.queries import OutsideHours
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_month
from clausette.web.addresses import address_of as href
from clausette.web.components.buttons import LinkButton
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table, Under

COLUMNS: tuple[Column[OutsideHours], ...] = (
    Column("Personne", lambda row: row.person or "Toutes les personnes"),
    Column("Mois", lambda row: row.month, "month"),
    Column("Heures", lambda row: row.found.hours, "hours"),
    Column("Compté", lambda row: row.found.counted),
)


def outside_table(actor: Actor, rows: Sequence[OutsideHours], *, gestures: bool = True) -> Table:
    """One row by line, with the way to correct it; hours beyond a cap of training lead to their lines."""

    def gesture(row: OutsideHours) -> LinkButton:
        if row.may_be_corrected and row.line_uid is not None and row.month is not None:
            about = f"{row.person}, {format_month(row.month)}"
            return LinkButton("Corriger", href(actor, "hours:correct", uid=row.line_uid), "quiet", about=about)
        query = {"engagement": str(row.commitment_uid), "etat": "validated"}
        return LinkButton("Voir les lignes", href(actor, "hours:lines", query=query), "quiet", about=row.contract_name)

    def page(row: OutsideHours) -> str:
        return href(actor, "hours:outside", uid=row.commitment_uid)

    return Table(
        "Heures validées hors des règles",
        (*COLUMNS, Column("Geste", gesture)) if gestures else COLUMNS,
        rows,
        under={"Personne": Under("Marché", lambda row: row.contract_name, page)},
        totals={"Heures": sum((row.found.hours for row in rows), Decimal(0))} if rows else {},
        empty=EmptyState("Toutes les heures validées sont dans les règles", "Il n'y a rien à corriger."),
        narrow="cards",
    )
