"""Another structure reports the hours of an engagement: each hour is reported by one structure only, always."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from clausette.hours.models import ReportingChange
from clausette.hours.operations.common import plain_text
from clausette.hours.queries.reporting import reporting_sheet
from clausette.hours.queries.visible import collective_visible_to, lines_visible_to
from clausette.hours.rules.reporting import refusals_of_change
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import about, because, created, operation
from clausette.reference.queries import parameters_on


@operation("hours.reporting.changed")
def change_reporting(
    *, actor: Actor, commitment_uid: UUID, structure_uid: UUID, from_month: date, reason: str, on: date
) -> UUID:
    """Let a structure in charge of the contract report the hours of an engagement from a month on; return its uid.

    Hours already written for these months follow, validated ones too; those typed later do by themselves.
    Raises Invalid (« structure », « from_month », « reason »), NotAllowed, Absent.
    """
    sheet = reporting_sheet(actor=actor, commitment_uid=commitment_uid, on=on)
    demand(sheet.may_change)
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi la structure déclarante change."
    )
    chosen = next((one for one in sheet.structures if one.uid == structure_uid), None)
    if chosen is None:
        raise Invalid({"structure": "Choisissez une structure en charge du marché."})
    refused = refusals_of_change(
        from_month, sheet.commitment.ends_on, on, closing_month=int(parameters_on(on)["year_closing_month"]),
        same=all(sheet.reports(month) == chosen.id for month in sheet.turns(from_month)),
    )  # fmt: skip
    if refused:
        raise Invalid(refused)
    about(contract_id=sheet.commitment.contract.id)
    because(text)
    row = created(
        ReportingChange(
            contract_id=sheet.commitment.contract.id, commitment_id=sheet.commitment.id, reporting_org_id=chosen.id,
            from_month=from_month, reason=text, decided_on=on, decided_by_id=actor.account_id,
        )
    )  # fmt: skip
    worked_here = Q(commitment_id=sheet.commitment.id, act=None) | Q(
        act__from_commitment_id=sheet.commitment.id
    )
    of_months = Q(month__gte=from_month) & ~Q(reporting_org_id=chosen.id)
    lines_visible_to(actor).filter(worked_here, of_months).update(reporting_org_id=chosen.id)
    whole = collective_visible_to(actor).filter(of_months, commitment_id=sheet.commitment.id)
    whole.update(reporting_org_id=chosen.id)
    return row.uid
