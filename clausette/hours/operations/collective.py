"""« Heures non nominatives » (ESAT, detention, ACI attested as a whole): typed on the statement of a month."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from clausette.access.queries import get_organisation
from clausette.commitments.queries import CommitmentKey, commitment_key
from clausette.files.queries import file_id
from clausette.hours.enums import HoursKind, LineState, StatementSource, StatementState
from clausette.hours.errors import CorrectionImpossible
from clausette.hours.models import CollectiveHours, Statement
from clausette.hours.operations.common import (
    StatementRef,
    locked_statement,
    may_change,
    plain_text,
    statement_of_month,
)
from clausette.hours.operations.mooting import end_without_object
from clausette.hours.permissions import ContractPart, can_type, can_validate
from clausette.hours.queries.openings import taken_over_until
from clausette.hours.queries.visible import (
    collective_visible_to,
    contract_part,
    statements_visible_to,
)
from clausette.hours.rules import correction_delta
from clausette.hours.rules.collective import refusals_of
from clausette.hours.rules.openings import within_opening
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Absent, Invalid
from clausette.kernel.operation import about, because, change, created, lock, operation


@operation("hours.collective.saved")
def save_collective(
    *,
    actor: Actor,
    commitment_uid: UUID,
    declarant_uid: UUID,
    month: date,
    hours: Decimal,
    people: int,
    document_uid: UUID,
    kind: HoursKind = HoursKind.WORK,
    source: StatementSource,
    on: date,
) -> StatementRef:
    """Write the hours without names of one engagement in the statement of a month, in place of the former ones.

    The statement is made when there is none. Raises Invalid (« month », « hours », « people »), WrongState (the
    statement is validated), Conflict, NotAllowed, Absent.
    """
    key = commitment_key(actor, commitment_uid)
    part = contract_part(actor, key.contract_uid)
    declarant = get_organisation(actor=actor, uid=declarant_uid)
    demand(can_type(actor, part, declarant.id))
    _check(actor, key, hours, people, month, on)
    about(contract_id=part.id)
    statement = statement_of_month(actor, part, declarant.id, month, source)
    demand(may_change(statement, part))
    values = {"hours": hours, "people": people, "document_id": file_id(actor, document_uid)}
    rows = collective_visible_to(actor).filter(
        statement_id=statement.pk, commitment_id=key.id, kind=kind, corrects=None
    )
    held = rows.order_by("id").first()
    if held is not None:
        change(lock(rows, pk=held.pk), **values)
    else:
        state = LineState.DECLARED if statement.state == StatementState.SUBMITTED else LineState.DRAFT
        created(
            CollectiveHours(
                statement=statement, contract_id=part.id, commitment_id=key.id, declarant_id=declarant.id, month=month,
                kind=kind, state=state, **values,
            )
        )  # fmt: skip
    change(statement, version=statement.version + 1, is_nil=False)
    return StatementRef(statement.uid, statement.version)


@operation("hours.collective.removed")
def remove_collective(*, actor: Actor, uid: UUID) -> StatementRef:
    """Take hours without names away from a statement that is not validated.

    Raises WrongState, NotAllowed, Absent.
    """
    _, statement, part = _held(actor, uid)
    demand(can_type(actor, part, statement.declarant_id))
    demand(may_change(statement, part))
    about(contract_id=part.id)
    held = lock(collective_visible_to(actor), uid=uid)
    CollectiveHours.objects.filter(pk=held.pk).delete()
    vars(held)["hours"] = None  # said to the journal: there were hours, there are none
    change(statement, version=statement.version + 1)
    return StatementRef(statement.uid, statement.version)


@operation("hours.collective.corrected")
def correct_collective(
    *, actor: Actor, uid: UUID, new_hours: Decimal, reason: str, document_uid: UUID | None = None, at: datetime,
    on: date, answers: UUID | None = None,
) -> StatementRef:  # fmt: skip
    """Bring validated hours without names to `new_hours` by a new validated row that cites them.

    The row cited never changes; several corrections add up. `document_uid`: the new attestation, else the former one
    holds. `answers`: the proposal of the declarant that is being accepted; any other one that waits has no object any
    more. Raises CorrectionImpossible, Invalid (« hours », « reason »), NotAllowed, Absent.
    """
    row, statement, part = _held(actor, uid)
    demand(can_validate(part))
    text = plain_text(
        reason, field="reason", least=5, most=300, missing="Dites pourquoi ces heures sont corrigées."
    )
    if row.corrects_id is not None:
        raise CorrectionImpossible("Corrigez les heures d'origine, pas leur correction.", "hours")
    if row.state != LineState.VALIDATED:
        raise CorrectionImpossible("Seules des heures validées se corrigent ainsi.", "hours")
    if new_hours > 0 and (refused := refusals_of(new_hours, row.people, row.month, on)):
        raise Invalid(refused)
    about(contract_id=part.id)
    because(text)
    created(
        CollectiveHours(
            statement_id=row.statement_id, contract_id=row.contract_id, commitment_id=row.commitment_id,
            declarant_id=row.declarant_id, reporting_org_id=row.reporting_org_id, month=row.month, kind=row.kind,
            hours=correction_delta(worth_of_whole(actor, row), new_hours), people=row.people, state=LineState.VALIDATED,
            document_id=file_id(actor, document_uid) if document_uid else row.document_id, corrects_id=row.pk,
            reason=text, added_on=on,
        )
    )  # fmt: skip
    end_without_object(actor, at, statement_id=row.statement_id, line=row, answers=answers)
    return StatementRef(statement.uid, statement.version)


def _held(actor: Actor, uid: UUID) -> tuple[CollectiveHours, Statement, ContractPart]:
    """Hours without names, their statement locked, and the contract. Raises Absent."""
    row = collective_visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Absent("hours.CollectiveHours")
    owner = statements_visible_to(actor).filter(pk=row.statement_id).values_list("uid", flat=True).first()
    if owner is None:
        raise Absent("hours.Statement")
    return row, *locked_statement(actor, owner)


def worth_of_whole(actor: Actor, row: CollectiveHours) -> Decimal:
    """What the hours are worth today, with the rows that correct them."""
    later = collective_visible_to(actor).filter(corrects_id=row.pk).order_by().aggregate(total=Sum("hours"))
    return row.hours + (later["total"] or Decimal(0))


def _check(actor: Actor, key: CommitmentKey, hours: Decimal, people: int, month: date, on: date) -> None:
    refused = refusals_of(hours, people, month, on)
    until = taken_over_until(actor=actor, contract_id=key.contract_id)
    if sentence := within_opening(until.get(key.id), month):
        refused.setdefault("month", sentence)
    if refused:
        raise Invalid(refused)
