"""Hours without names on the page of a statement: told apart, taken away, not retained, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from clausette.hours.enums import LineState, StatementState
from clausette.hours.permissions import can_type, can_validate
from clausette.hours.queries import CollectiveLine, StatementSheet
from clausette.kernel.actor import Actor
from clausette.kernel.columns import Column
from clausette.kernel.french import format_hours
from clausette.web.components.buttons import LinkButton
from clausette.web.components.tables import Table
from clausette.web.hours.views.common import href, line_badge


@dataclass(frozen=True, slots=True)
class OpenWhole:
    """Hours without names that may still be taken away, or not retained: what is typed, and its refusal."""

    uid: str
    told: str
    refusal: str
    error: str
    refusable: bool
    remove_href: str


def whole_table(actor: Actor, sheet: StatementSheet, proposable: Mapping[UUID, str]) -> Table | None:
    """Hours attested as a whole, told apart from the lines. `proposable`: where another figure is proposed, by row."""
    if not sheet.collective:
        return None
    columns: list[Column[CollectiveLine]] = [
        Column("Engagement", lambda row: row.commitment_owner),
        Column("Heures", lambda row: row.hours, "hours"),
        Column("Personnes", lambda row: row.people, "int"),
        Column("Attestation", lambda row: row.document_name),
        Column("État", lambda row: line_badge(row.state)),
    ]
    if any(row.reason for row in sheet.collective):
        columns.append(Column("Motif", lambda row: f"correction : {row.reason}" if row.corrects else row.reason))
    if sheet.state == StatementState.VALIDATED and can_validate(sheet.part):
        columns.append(Column("Geste", lambda row: _correct(actor, row)))
    elif any(proposable.get(row.uid) for row in sheet.collective):
        columns.append(Column("Geste", lambda row: _propose(proposable.get(row.uid, ""), row)))

    def piece(row: CollectiveLine) -> str:
        return href(actor, "hours:evidence", uid=row.document_uid) if row.document_uid else ""

    return Table("Heures non nominatives", columns, sheet.collective, links={"Attestation": piece}, narrow="cards")


def _propose(address: str, row: CollectiveLine) -> LinkButton | None:
    about = f"pour les {format_hours(row.current)} non nominatives"
    return LinkButton("Proposer une correction", address, "quiet", about=about) if address else None


def _correct(actor: Actor, row: CollectiveLine) -> LinkButton | None:
    if row.state != LineState.VALIDATED or row.corrects is not None:
        return None
    address = href(actor, "hours:correct_collective", uid=row.uid)
    return LinkButton("Corriger", address, "quiet", about=f"les {format_hours(row.current)} non nominatives")


def whole_open(
    request: HttpRequest, actor: Actor, sheet: StatementSheet, errors: Mapping[str, str]
) -> list[OpenWhole]:
    """Return those that the actor may still take away, until the statement is validated."""
    handed = sheet.state == StatementState.SUBMITTED and bool(can_validate(sheet.part))
    begun = sheet.state in (StatementState.DRAFT, StatementState.RETURNED)
    if not handed and not (begun and can_type(actor, sheet.part, sheet.declarant_id)):
        return []
    return [
        OpenWhole(
            uid=str(row.uid),
            told=f"{format_hours(row.hours)} non nominatives",
            refusal=request.POST.get(f"refus-{row.uid}", ""),
            error=errors.get(str(row.uid), ""),
            refusable=handed,
            remove_href=href(actor, "hours:remove_collective", uid=row.uid),
        )
        for row in sheet.collective
        if row.state in (LineState.DRAFT, LineState.DECLARED)
    ]
