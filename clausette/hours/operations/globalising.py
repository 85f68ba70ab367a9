"""Globalisation: validated hours worked on one contract are credited to another, under a signed act (MODEL §3).

The lines that say so are those of `crediting`; ceiling and dates are held by the database.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clausette.commitments.queries.visibility import acts_visible_to
from clausette.hours.operations.crediting import Ends, alone_with, credit
from clausette.hours.operations.mooting import end_of_lines
from clausette.hours.queries.acts import act_sheet, may_credit
from clausette.hours.queries.visible import lines_visible_to
from clausette.hours.rules.acts import refusal_of_act, taken_from
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.french import format_date
from clausette.kernel.operation import about, because, operation


@operation("hours.line.globalised")
def globalise(*, actor: Actor, act_uid: UUID, hours: Decimal, at: datetime, on: date) -> int:
    """Credit hours under an act, the oldest months first; return how many lines it took them from.

    The corrections that their declarants proposed on these lines have no object any more.

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
    ends = Ends(act.id, act.from_contract_id, act.to_contract_id, act.to_commitment_id)
    alone_with(actor, taken)
    changed: list[int] = []
    for line in lines_visible_to(actor).filter(pk__in=taken).order_by("id"):
        changed += credit(actor, ends, line, taken[line.pk], reason, on)
    end_of_lines(actor, at, changed)
    return len(taken)
