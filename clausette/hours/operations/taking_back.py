"""A declarant takes back what it handed over, as long as nobody validated it."""

from uuid import UUID

from clausette.hours.enums import LineState, StatementState
from clausette.hours.operations.certifying import UNCERTIFIED
from clausette.hours.operations.common import StatementRef, check_version, locked_statement
from clausette.hours.permissions import can_take_back
from clausette.hours.queries.visible import collective_visible_to, lines_visible_to
from clausette.hours.queries.written import written_of
from clausette.hours.rules.life import check_transition
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.operation import about, change, operation


@operation("hours.statement.taken_back")
def take_back(*, actor: Actor, uid: UUID, version: int | None) -> StatementRef:
    """Make a statement handed over a draft again; « aucune heure ce mois-ci » is undone. Twice changes nothing.

    Raises Conflict, WrongState (validated, returned), NotAllowed, Absent.
    """
    statement, part = locked_statement(actor, uid)
    demand(can_take_back(actor, part, statement.declarant_id))
    if statement.state == StatementState.DRAFT:
        return StatementRef(statement.uid, statement.version, already=True)
    check_transition(StatementState(statement.state), StatementState.DRAFT)
    if version is not None and statement.version != version:
        check_version(statement, version, written_of(actor=actor, statement_id=statement.pk))
    about(contract_id=part.id)
    for rows in (lines_visible_to(actor), collective_visible_to(actor)):
        rows.filter(statement_id=statement.pk, state=LineState.DECLARED).update(state=LineState.DRAFT)
    change(
        statement, state=StatementState.DRAFT, submitted_at=None, submitted_by_id=None, is_nil=False,
        version=statement.version + 1, **UNCERTIFIED,
    )  # fmt: skip
    return StatementRef(statement.uid, statement.version)
