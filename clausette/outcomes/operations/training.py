"""Verbs of a training action: added, corrected, ended, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from clausette.commitments.queries import commitment_key
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Invalid
from clausette.kernel.operation import change, created, operation
from clausette.outcomes.enums import Obtained, TrainingKind
from clausette.outcomes.models import TrainingAction
from clausette.outcomes.operations.common import followed_person, kept, not_to_come, withdraw
from clausette.outcomes.queries.visibility import trainings_visible_to


@dataclass(frozen=True, slots=True)
class TrainingValues:
    """What is known of a training action; hours are planned ones. `commitment_uid`: None beside any engagement."""

    kind: TrainingKind
    provider: str
    starts_on: date
    ends_on: date | None = None
    hours_planned: Decimal | None = None
    qualification: str = ""
    commitment_uid: UUID | None = None


def _checked(actor: Actor, values: TrainingValues) -> dict[str, object]:
    errors: dict[str, str] = {}
    if values.ends_on is not None and values.ends_on < values.starts_on:
        errors["ends_on"] = "La fin prévue est avant le début."
    if values.hours_planned is not None and values.hours_planned <= 0:
        errors["hours_planned"] = "Les heures prévues sont supérieures à zéro."
    if errors:
        raise Invalid(errors)
    owed = commitment_key(actor, values.commitment_uid).id if values.commitment_uid else None
    return {
        "kind": values.kind, "provider": values.provider, "starts_on": values.starts_on, "ends_on": values.ends_on,
        "hours_planned": values.hours_planned, "qualification": values.qualification, "commitment_id": owed,
    }  # fmt: skip


@operation("outcomes.training.created")
def add_training(*, actor: Actor, participant_uid: UUID, values: TrainingValues) -> UUID:
    """Note a training action of a person; return its uid. Raises Absent, NotAllowed, Invalid."""
    key = followed_person(actor, participant_uid)
    row = TrainingAction(
        participant_id=key.id, owner_org_id=key.owner_org_id, noted_by_id=actor.account_id, **_checked(actor, values)
    )
    return created(row).uid


@operation("outcomes.training.changed")
def change_training(*, actor: Actor, uid: UUID, values: TrainingValues) -> None:
    """Correct a training action. Raises Absent, NotAllowed, Invalid."""
    row = kept(actor, trainings_visible_to(actor), uid)
    if row.ended_on is not None and row.ended_on < values.starts_on:
        raise Invalid({"starts_on": "Cette formation est déjà terminée avant cette date."})
    if row.obtained and not values.qualification:
        raise Invalid({"qualification": "Un résultat est noté : gardez la qualification visée."})
    change(row, **_checked(actor, values))


@operation("outcomes.training.ended")
def end_training(
    *, actor: Actor, uid: UUID, ended_on: date, hours_done: Decimal | None, obtained: Obtained | None, on: date
) -> None:
    """Note how a training action ended: its last day, the hours done, the qualification.

    Raises Absent, NotAllowed, Invalid.
    """
    row = kept(actor, trainings_visible_to(actor), uid)
    not_to_come(ended_on, on, "ended_on")
    if ended_on < row.starts_on:
        raise Invalid({"ended_on": "La fin est avant le début."})
    if obtained and not row.qualification:
        raise Invalid({"obtained": "Aucune qualification n'était visée : corrigez d'abord la formation."})
    change(row, ended_on=ended_on, hours_done=hours_done, obtained=obtained or "")


@operation("outcomes.training.withdrawn")
def withdraw_training(*, actor: Actor, uid: UUID, reason: str, at: datetime) -> None:
    """Withdraw a training action typed by mistake. Raises Absent, NotAllowed, Refusal."""
    withdraw(kept(actor, trainings_visible_to(actor), uid), reason=reason, at=at)
