"""How the page of an accord-cadre shows what was ordered under it."""

from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_euros, format_percent, format_short_date
from clausette.procurement.queries import FrameworkOrders, LotCeiling, OrderLine
from clausette.procurement.rules import Ceiling
from clausette.web.components.lists import Fact, Facts
from clausette.web.components.notices import EmptyState
from clausette.web.components.tables import Table, Under
from clausette.web.contracts.views.common import href, state_badge


def left_told(ceiling: Ceiling) -> str:
    """« Il reste 120 000 € HT à commander sur 500 000 €. »"""
    if ceiling.maximum is None or ceiling.left is None:
        return "Le maximum de l'accord-cadre n'est pas renseigné."
    left, maximum = format_euros(ceiling.left), format_euros(ceiling.maximum)
    return f"Il reste {left} HT à commander sur {maximum} HT au plus."


def orders_table(actor: Actor, found: FrameworkOrders) -> Table:
    """What was ordered under an accord-cadre."""
    columns: list[Column[OrderLine]] = [
        Column("Commande", lambda row: row.common_name),
        Column("Titulaire", lambda row: ", ".join(row.contractors)),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("État", lambda row: state_badge(row.state)),
    ]
    why = "Un bon de commande ou un marché subséquent a sa propre fiche, son titulaire et son engagement."


    def told(row: OrderLine) -> str:
        lot = f"lot {row.lot_number}" if row.lot_number else ""
        return ", ".join(part for part in (row.kind_label, row.official_id, lot) if part)

    def notified(row: OrderLine) -> str:
        return f"notifiée le {format_short_date(row.notified_on)}" if row.notified_on else ""

    return Table(
        "Commandes et marchés subséquents",
        columns,
        found.orders,
        row_href=lambda row: href(actor, "contracts:show", uid=row.uid),
        under={"Commande": Under("Forme", told), "État": Under("Notification", notified)},
        totals={"Montant HT": sum(row.amount_ht or 0 for row in found.orders)} if len(found.orders) > 1 else {},
        empty=EmptyState("Aucune commande", why, icon="market"),
    )


def ceiling_facts(found: FrameworkOrders) -> Facts:
    """Ordered, maximum, left: of the accord-cadre, then of each lot that has a maximum."""
    whole = found.ceiling
    share = f" ({format_percent(whole.share)} du maximum)" if whole.share is not None else ""
    facts = [
        Fact("Commandé HT", f"{format_euros(whole.ordered)}{share}"),
        Fact("Maximum HT", format_euros(whole.maximum) if whole.maximum is not None else None),
        Fact("Reste à commander HT", format_euros(whole.left) if whole.left is not None else None),
    ]
    if found.typed:
        facts.append(Fact("Dont commandes sans fiche", format_euros(found.typed)))
    return Facts([*facts, *[Fact(f"Lot {lot.number}", _lot(lot)) for lot in found.lots]])


def _lot(lot: LotCeiling) -> str:
    ordered = format_euros(lot.ceiling.ordered)
    if lot.ceiling.maximum is None:
        return ordered
    return f"{ordered} sur {format_euros(lot.ceiling.maximum)}"
