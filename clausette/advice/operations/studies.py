"""Verbs of a study: opened, moved, a calculation kept."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Unpack
from uuid import UUID

from clausette.advice.enums import StudyState
from clausette.advice.models import Study, StudyCalibration
from clausette.advice.operations.following import carry
from clausette.advice.operations.purchases import DUE, PurchaseFacts, StudiedLot, columns, write_lots
from clausette.advice.permissions import can_study
from clausette.advice.queries.facts import calibration_of
from clausette.advice.queries.visibility import studies_visible_to, study_lots_visible_to
from clausette.advice.rules import WITH_REASON, Ask, Completed, answer_due, check_move
from clausette.kernel.actor import Actor
from clausette.kernel.decision import demand
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import because, change, created, lock, operation
from clausette.reference.queries import months_of, parameters_on


@operation("advice.study.created")
def create_study(
    *,
    actor: Actor,
    buyer_name: str,
    title: str,
    asked_on: date,
    answer_due_on: date | None = None,
    lots: Sequence[StudiedLot] = (),
    **facts: Unpack[PurchaseFacts],
) -> UUID:
    """Open a study with what is known of the purchase; its answer is due in four weeks unless told otherwise.

    Raises NotAllowed, Invalid, Absent (buyer).
    """
    demand(can_study(actor))
    due = answer_due_on or answer_due(asked_on, months_of(parameters_on(asked_on), "study_answer_days"))
    if due < asked_on:
        raise Invalid({"answer_due_on": DUE})
    values = columns(actor, {**facts, "buyer_name": buyer_name, "title": title})
    row = created(
        Study(owner_org_id=actor.organisation_id, asked_on=asked_on, answer_due_on=due, **values)
    )  # fmt: skip
    write_lots(row, lots)
    return row.uid


@operation("advice.study.moved")
def move_study(
    *, actor: Actor, study_uid: UUID, state: StudyState, reason: str = "", on: date | None = None
) -> None:
    """Move a study along its life, and with it the contract it became, on that day when it is given.

    Raises Absent, NotAllowed, WrongState, Invalid (a refusal has its reason).
    """
    demand(can_study(actor))
    row = lock(studies_visible_to(actor).select_related("contract"), uid=study_uid)
    check_move(StudyState(row.state), state, reason=reason)
    because(reason)
    change(row, state=state, reason=reason if state in WITH_REASON else "")
    if on is not None:
        carry(actor, row, state, reason=reason or state.label, on=on)


@operation("advice.calibration.kept")
def keep_calibration(
    *, actor: Actor, study_uid: UUID, completed: Completed, on: date, lot_uid: UUID | None = None
) -> UUID:
    """Calculate again and keep: the figures, the result, the rules, who and when. Raises Absent, CannotCalibrate."""
    demand(can_study(actor))
    study = lock(studies_visible_to(actor), uid=study_uid)
    lot = lock(study_lots_visible_to(actor).filter(study_id=study.id), uid=lot_uid) if lot_uid else None
    found = calibration_of(completed.ask, on=on)
    row = StudyCalibration(
        owner_org_id=actor.organisation_id,
        study=study,
        lot=lot,
        method=found.method,
        inputs=_inputs(completed.ask) | {"on": on.isoformat(), "proposed": list(completed.told)},
        result={
            name: str(value)
            for name in ("raw", "labour_hours", "per_100k", "rate", "cost", "potential", "amount")
            if (value := getattr(found, name)) is not None
        }
        | {"warnings": [one.code for one in found.warnings]},
        hours=found.hours,
        arithmetic=found.arithmetic,
        rule_version=found.rule_version,
        kept_by_id=actor.account_id,
    )
    return created(row).uid


def _inputs(ask: Ask) -> dict[str, object]:
    """The figures asked with, as text: a Decimal stays exact."""
    return {name: str(value) for name, value in asdict(ask).items() if value is not None}
