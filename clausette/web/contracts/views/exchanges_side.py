"""The last exchanges with the firms of a contract, on its page."""

from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import ContractSheet, ExchangeLine, exchanges_of
from clausette.web.components.buttons import LinkButton
from clausette.web.components.tables import Table
from clausette.web.contracts.views.common import href

LAST = 5
FIRMS = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR, PartyRole.EMPLOYER)


def firms_of(sheet: ContractSheet) -> dict[str, str]:
    """The firms that take part today, titulaires first."""
    held = [row for row in sheet.parties if row.revoked_at is None and row.role in FIRMS]
    held.sort(key=lambda row: FIRMS.index(PartyRole(row.role)))
    return {str(row.organisation.uid): row.organisation.name for row in held}


def exchanges_context(actor: Actor, sheet: ContractSheet, *, keeps: bool) -> dict[str, object]:
    """What the page of the contract says of the last exchanges."""
    if not keeps:
        return {"note_exchange": None, "exchanges": None}
    rows = exchanges_of(actor=actor, contract_id=sheet.id)[:LAST]
    columns: list[Column[ExchangeLine]] = [
        Column("Jour", lambda row: row.on, "date"),
        Column("Échange", lambda row: row.kind.label),
        Column("Entreprise", lambda row: row.organisation_name),
        Column("Note", lambda row: row.note),
        Column("Noté par", lambda row: row.noted_by),
    ]
    nobody = "" if firms_of(sheet) else "Attribuez d'abord le marché : un échange a lieu avec une entreprise."
    address = href(actor, "contracts:note_exchange", uid=sheet.uid)
    return {
        "exchanges": Table("Derniers échanges", columns, rows, narrow="cards") if rows else None,
        "note_exchange": LinkButton("Noter un contact", address, disabled=nobody),
    }
