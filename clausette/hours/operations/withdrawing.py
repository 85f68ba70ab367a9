"""Hours that a file wrote are taken back, until they are controlled."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import HoursKind, LineState, StatementState
from clausette.hours.models import Statement
from clausette.hours.operations.common import StatementRef, locked_statement, plain_text
from clausette.hours.operations.typing import write_lines
from clausette.hours.permissions import can_type
from clausette.hours.queries.people import workers
from clausette.hours.queries.visible import collective_visible_to, lines_visible_to
from clausette.hours.queries.written import written_of
from clausette.hours.rules.entries import Entry
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import WrongState
from clausette.kernel.french import of_month
from clausette.kernel.operation import about, because, change, operation


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line as it was written; `before`: the hours it had, None when it was not there."""

    placement_uid: UUID
    commitment_uid: UUID
    kind: HoursKind
    hours: Decimal
    before: Decimal | None


@operation("hours.lines.withdrawn")
def withdraw_lines(
    *, actor: Actor, statement_uid: UUID, lines: Sequence[WrittenLine], give_back: bool, reason: str
) -> StatementRef:
    """Give lines of a statement not validated the hours they had before; those that were not there go.

    `give_back`: the statement, handed over with these lines, goes back to its declarant. Raises WrongState (validated,
    or changed since), Invalid (« reason »), NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, statement_uid)
    demand(can_type(actor, part, statement.declarant_id))
    text = plain_text(reason, field="reason", least=5, most=500, missing="Dites pourquoi ces heures sont retirées.")
    if statement.state == StatementState.VALIDATED:
        raise WrongState(f"Le relevé {of_month(statement.month)} est validé : ses heures ne se retirent plus.", "state")
    _demand_same(actor, statement, lines)
    about(contract_id=part.id)
    because(text)
    known = {worker.key: worker for worker in workers(actor=actor, contract_id=part.id)}
    entries = [Entry(one.placement_uid, one.commitment_uid, one.before, one.kind) for one in lines]
    write_lines(actor, statement, entries, known, erase=False)
    values: dict[str, object] = {"version": statement.version + 1}
    if give_back and statement.state == StatementState.SUBMITTED:
        values |= {"state": StatementState.RETURNED, "return_reason": text}
        for rows in (lines_visible_to(actor), collective_visible_to(actor)):
            rows.filter(statement_id=statement.pk, state=LineState.DECLARED).update(state=LineState.DRAFT)
    change(statement, **values)
    return StatementRef(statement.uid, statement.version)


def _demand_same(actor: Actor, statement: Statement, lines: Sequence[WrittenLine]) -> None:
    held = written_of(actor=actor, statement_id=statement.pk).hours
    if any(held.get((one.placement_uid, one.commitment_uid, one.kind)) != one.hours for one in lines):
        raise WrongState(
            f"Le relevé {of_month(statement.month)} a été modifié depuis : corrigez-le dans Clausette.", "state"
        )
