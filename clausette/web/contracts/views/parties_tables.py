"""Tables of the page of a contract: lots, awards, who takes part."""


from collections.abc import Mapping
from uuid import UUID

from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_date, format_percent, format_short_date
from clausette.kernel.siret import format_siret
from clausette.procurement import permissions
from clausette.procurement.enums import PartyRole
from clausette.procurement.queries import (
    AwardLine,
    ContractSheet,
    LotLine,
    PartyLine,
    SubcontractLine,
    subcontracts_of,
)
from clausette.procurement.rules import rank_of
from clausette.web.components.buttons import LinkButton
from clausette.web.components.tables import Table, Under
from clausette.web.contracts.views.common import href


def lots_table(actor: Actor, sheet: ContractSheet, reason: str) -> Table:
    """The lots, who holds each; `reason`: why nothing may be changed."""

    def held(row: LotLine) -> object:
        if row.contractors:
            return ", ".join(firm.name for firm in row.contractors)
        if reason:
            return "Non attribué"
        address = href(actor, "contracts:award", uid=sheet.uid, query={"lot": row.uid})
        return LinkButton("Attribuer", address, "quiet", about=f"le lot {row.number}")

    columns: list[Column[LotLine]] = [
        Column("Lot", lambda row: f"{row.number} · {row.title}"),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("Titulaire", held),
    ]
    return Table("Lots", columns, sheet.lots)


def awards_table(actor: Actor, sheet: ContractSheet, reason: str) -> Table | None:
    """The awards, those that ended included."""
    def ending(row: AwardLine) -> object:
        if row.ended_on is not None:
            return f"Terminée le {format_short_date(row.ended_on)}"
        if not actor.can("facilitator"):
            return "En cours"
        about = f"l'attribution à {row.contractor.name}"
        return LinkButton(
            "Terminer", href(actor, "contracts:end_award", uid=row.uid), "quiet", reason, about=about
        )

    def passing(row: AwardLine) -> object:
        if row.ended_on is not None:
            return None
        about = f"l'attribution à {row.contractor.name}"
        return LinkButton("Transférer", href(actor, "contracts:transfer", uid=row.uid), "quiet", about=about)

    def told(row: AwardLine) -> str:
        lot = f"lot {row.lot_number}" if row.lot_number else ""
        former = next((one for one in sheet.awards if one.uid == row.replaces_uid), None)
        after = f"succède à {former.contractor.name}" if former is not None else ""
        day = f"acte signé le {format_short_date(row.signed_on)}" if row.signed_on else ""
        return ", ".join(part for part in (lot, row.group_label.lower(), after, day) if part)

    def notified(row: AwardLine) -> str:
        return f"notifiée le {format_short_date(row.notified_on)}" if row.notified_on else ""

    passed: Column[AwardLine] = Column("Transfert", passing)
    columns: list[Column[AwardLine]] = [
        Column("Titulaire", lambda row: row.contractor.name),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("État", ending),
        *([] if reason else [passed]),
    ]
    below = {
        "Titulaire": Under("Précision", told),
        "Montant HT": Under("Notification", notified),
        "État": Under("Motif", lambda row: row.end_reason),
    }
    return Table("Attributions", columns, sheet.awards, under=below) if sheet.awards else None


def _place(row: PartyLine, heads: Mapping[UUID, UUID | None]) -> str:
    told = [f"lot {row.lot_number}"] if row.lot_number else []
    below = row.role == PartyRole.SUBCONTRACTOR and row.head_uid is not None
    told += [f"rang {rank_of(row.organisation.uid, heads)}"] if below else []
    told += [f"pour {row.head_name}"] if row.head_name else []
    told += [f"part {format_percent(row.share)}"] if row.share is not None else []
    told += [f"jusqu'au {format_date(row.valid_to)}"] if row.valid_to else []
    return ", ".join(told)


def parties_table(actor: Actor, sheet: ContractSheet, reason: str) -> Table:
    """Who takes part today, with rank, share and last day."""
    shown = [row for row in sheet.parties if row.revoked_at is None]
    heads = {row.organisation.uid: row.head_uid for row in shown if row.role == PartyRole.SUBCONTRACTOR}

    def ending(row: PartyLine) -> object:
        may = permissions.can_end_party(
            actor, owner_org_id=sheet.owner_org_id, state=sheet.state, role=row.role, ended=row.valid_to is not None,
            main_buyer=row.role == PartyRole.BUYER and row.organisation.uid == sheet.buyer.uid,
        )  # fmt: skip
        address = href(actor, "contracts:end_party", uid=row.uid)
        about = f"le rôle de {row.organisation.name}"
        return LinkButton("Terminer", address, "quiet", about=about) if may else None

    def sharing(row: PartyLine) -> object:
        if row.role != PartyRole.BUYER or row.valid_to is not None:
            return None
        address = href(actor, "contracts:set_share", uid=row.uid)
        return LinkButton("Part", address, "quiet", about=f"de {row.organisation.name}")

    several = sum(row.role == PartyRole.BUYER for row in shown) > 1
    shared: Column[PartyLine] = Column("Groupement", sharing)
    ended: Column[PartyLine] = Column("Fin du rôle", ending)
    columns: list[Column[PartyLine]] = [
        Column("Organisme", lambda row: row.organisation.name),
        Column("Rôle", lambda row: row.role_label),
        Column("Précision", lambda row: _place(row, heads)),
        *([shared] if several and not reason else []),
        *([] if reason else [ended]),
    ]

    def card(row: PartyLine) -> str:
        if row.role == PartyRole.BUYER:
            return href(actor, "contracts:buyer", uid=row.organisation.uid)
        firm = row.role in {PartyRole.CONTRACTOR, PartyRole.GROUP_MEMBER, PartyRole.SUBCONTRACTOR}
        return href(actor, "contracts:firm", uid=row.organisation.uid) if firm else ""

    def number(row: PartyLine) -> str:
        return format_siret(row.organisation.siret) if row.organisation.siret else ""

    below = {"Organisme": Under("SIRET", number)}
    return Table("Intervenants", columns, shown, row_href=card, under=below)


def subcontracts_table(actor: Actor, sheet: ContractSheet) -> Table | None:
    """The acts of sub-contracting."""
    if all(row.role != PartyRole.SUBCONTRACTOR for row in sheet.parties):
        return None  # an act brings its firm: nothing to ask
    rows = subcontracts_of(actor=actor, contract_id=sheet.id)
    columns: list[Column[SubcontractLine]] = [
        Column("Acte", lambda row: f"{row.number}, modifié" if row.revises else str(row.number)),
        Column("Sous-traitant", lambda row: row.firm_name),
        Column("Notifié le", lambda row: row.notified_on, "date"),
        Column("Montant HT", lambda row: row.amount_ht, "euros"),
        Column("Durée", lambda row: f"{row.duration_months} mois" if row.duration_months else None),
    ]
    return Table("Actes de sous-traitance", columns, rows) if rows else None
