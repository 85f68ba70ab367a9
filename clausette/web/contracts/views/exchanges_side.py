"""The last exchanges with the firms of a contract, read after its page."""

from clausette.advice.queries import study_of_contract
from clausette.agenda.queries import reminders_of
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import ContractSheet, ExchangeLine, exchanges_of
from clausette.web.components.buttons import LinkButton
from clausette.web.components.tables import Table
from clausette.web.contracts.views.common import href
from clausette.web.contracts.views.reminded import reminders_table

LAST = 5
FIRMS = (PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR, PartyRole.EMPLOYER)


def firms_of(sheet: ContractSheet) -> dict[str, str]:
    """The firms that take part today, titulaires first."""
    held = [row for row in sheet.parties if row.revoked_at is None and row.role in FIRMS]
    held.sort(key=lambda row: FIRMS.index(PartyRole(row.role)))
    return {str(row.organisation.uid): row.organisation.name for row in held}


def note_button(actor: Actor, sheet: ContractSheet) -> LinkButton:
    """« Noter un contact », or why there is nobody to call."""
    nobody = "" if firms_of(sheet) else "Attribuez d'abord le marché : un échange a lieu avec une entreprise."
    return LinkButton("Noter un contact", href(actor, "contracts:note_exchange", uid=sheet.uid), disabled=nobody)


def exchanges_context(actor: Actor, sheet: ContractSheet) -> dict[str, object]:
    """What is read after the page: its last exchanges, the study it came from, its reminders (four queries)."""
    rows = exchanges_of(actor=actor, contract_id=sheet.id)[:LAST]
    columns: list[Column[ExchangeLine]] = [
        Column("Jour", lambda row: row.on, "date"),
        Column("Échange", lambda row: row.kind.label),
        Column("Entreprise", lambda row: row.organisation_name),
        Column("Note", lambda row: row.note),
        Column("Noté par", lambda row: row.noted_by),
    ]
    reminded = reminders_of(actor=actor, contract_id=sheet.id, limit=LAST)
    ours = sheet.owner_org_id == actor.organisation_id
    study = study_of_contract(actor=actor, contract_id=sheet.id) if ours else None
    return {
        "reminded": reminders_table(actor, reminded, "Dernières relances") if reminded else None,
        "reminders_href": href(actor, "contracts:reminders", uid=sheet.uid),
        "exchanges": Table("Derniers échanges", columns, rows, narrow="cards") if rows else None,
        "study": (study.title, href(actor, "advice:study", uid=study.uid)) if study else None,
    }
