"""Globalisation: validated hours worked on one contract are credited to another, under a signed act (MODEL §3).

A validated line never changes: what the act takes from it is a line that corrects it, what it credits a new line of the
other engagement that says where the hours were worked. The two make zero; ceiling and dates are held by the database.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.queries.visibility import acts_visible_to
from clausette.hours.enums import LineState
from clausette.hours.models import HoursLine
from clausette.hours.queries.acts import ActSheet, act_sheet, may_credit
from clausette.hours.queries.visible import lines_visible_to
from clausette.hours.rules.acts import refusal_of_act, taken_from
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date
from clausette.kernel.operation import about, because, created, operation


@operation("hours.line.globalised")
def globalise(*, actor: Actor, act_uid: UUID, hours: Decimal, on: date) -> int:
    """Credit hours under an act, the oldest months first; return how many lines it took them from.

    Raises Invalid (« hours »: ceiling, dates, hours available), NotAllowed (both contracts must be followed), Absent.
    """
    # alone with the act: what is left of it, and of the lines, is read under the lock
    list(acts_visible_to(actor).filter(uid=act_uid).select_for_update(of=("self",), no_key=True))
    act = act_sheet(actor=actor, uid=act_uid)
    demand(may_credit(actor, act))
    if sentence := refusal_of_act(act.facts, hours, act.available, on):
        raise Invalid({"hours": sentence})
    reason = f"Globalisation, acte signé le {format_date(act.facts.signed_on)}"
    about(contract_id=act.from_contract_id)
    because(reason)
    taken = dict(taken_from(act.creditable, hours))
    rows = lines_visible_to(actor).filter(pk__in=taken).order_by("id")
    for line in rows.select_for_update(of=("self",), no_key=True):
        _credit(actor, act, line, taken[line.pk], reason, on)
    return len(taken)


def _credit(actor: Actor, act: ActSheet, line: HoursLine, hours: Decimal, reason: str, on: date) -> None:
    """Take the hours from one line, give them to the other engagement."""
    shared = {
        "statement_id": line.statement_id, "worked_contract_id": act.from_contract_id, "act_id": act.id,
        "worked_month_id": line.worked_month_id, "placement_id": line.placement_id, "month": line.month,
        "declarant_id": line.declarant_id, "kind": line.kind, "state": LineState.VALIDATED, "reason": reason,
        "reporting_org_id": line.reporting_org_id, "added_on": on, "prior_id": line.prior_id,
    }  # fmt: skip
    created(
        HoursLine(
            contract_id=line.contract_id, commitment_id=line.commitment_id, hours=-hours, corrects_id=line.pk, **shared
        )
    )  # fmt: skip
    held = lines_visible_to(actor).filter(
        statement_id=line.statement_id, placement_id=line.placement_id, kind=line.kind, corrects=None,
        commitment_id=act.to_commitment_id,
    )  # fmt: skip
    created(
        HoursLine(
            contract_id=act.to_contract_id, commitment_id=act.to_commitment_id, hours=hours,
            corrects_id=held.order_by("id").values_list("pk", flat=True).first(), **shared,
        )
    )  # fmt: skip
