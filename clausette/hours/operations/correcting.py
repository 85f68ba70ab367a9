"""Correction of a validated line: a new line that cites it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from clausette.hours.enums import LineState
from clausette.hours.errors import CorrectionImpossible, ErrorsRemain
from clausette.hours.models import HoursLine
from clausette.hours.operations.common import (
    ZERO,
    credited,
    locked_months,
    locked_statement,
    move_totals,
    plain_text,
)
from clausette.hours.permissions import can_validate
from clausette.hours.queries.findings import findings_of
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.hours.rules import correction_delta
from clausette.hours.rules.entries import refusal_of
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import about, because, created, operation


@operation("hours.line.corrected")
def correct_line(
    *, actor: Actor, line_uid: UUID, new_hours: Decimal, reason: str, at: datetime, on: date
) -> UUID:
    """Bring a validated line to `new_hours` by a new validated line that cites it; return the uid of the new line.

    The line cited never changes; several corrections add up. Raises CorrectionImpossible, ErrorsRemain (the correction
    would break a control), Invalid, NotAllowed, Absent.
    """
    line = lines_visible_to(actor).filter(uid=line_uid).first()
    if line is None:
        raise Absent("hours.HoursLine")
    uid = statements_visible_to(actor).filter(pk=line.statement_id).values_list("uid", flat=True).first()
    if uid is None:
        raise Absent("hours.Statement")
    statement, part = locked_statement(actor, uid)
    demand(can_validate(part))
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi cette ligne est corrigée."
    )
    if line.corrects_id is not None:
        raise CorrectionImpossible("Corrigez la ligne d'origine, pas sa correction.", "hours")
    if line.state != LineState.VALIDATED:
        raise CorrectionImpossible("Seule une ligne validée se corrige ainsi.", "hours")
    if sentence := refusal_of(new_hours):
        raise Invalid({"hours": sentence})
    worked = locked_months([line.placement_id], line.month, actor)
    before = credited(actor, worked.values())
    delta = correction_delta(_worth(actor, line), new_hours)
    about(contract_id=part.id)
    because(text)
    new = created(
        HoursLine(
            statement_id=line.statement_id, contract_id=line.contract_id, commitment_id=line.commitment_id,
            worked_month_id=line.worked_month_id, placement_id=line.placement_id, declarant_id=line.declarant_id,
            month=line.month, kind=line.kind, hours=delta, state=LineState.VALIDATED, corrects_id=line.pk, reason=text,
        )
    )  # fmt: skip
    move_totals(worked, before, credited(actor, worked.values()))
    if delta > 0:
        _demand_no_error(actor, statement.pk, {line.uid, new.uid}, on)
    return new.uid


def _worth(actor: Actor, line: HoursLine) -> Decimal:
    """What the line is worth today: its hours and those of the lines that correct it."""
    corrections = lines_visible_to(actor).filter(corrects_id=line.pk).order_by().aggregate(total=Sum("hours"))
    return line.hours + (corrections["total"] or ZERO)


def _demand_no_error(actor: Actor, statement_id: int, uids: set[UUID], on: date) -> None:
    for finding in findings_of(actor=actor, statement_ids=[statement_id], on=on).get(statement_id, ()):
        if finding.stops and uids & set(finding.line_uids):
            raise ErrorsRemain(f"{finding.sentence} {finding.fix}", "hours")
