"""Default rules of a structure, and the conditions written on one engagement, as their pages show them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from clausette.commitments.enums import EttAdmission, Periodicity, WorkStudyCounting
from clausette.commitments.models import Commitment, StructureDefaults
from clausette.commitments.queries.visibility import commitments_visible_to, defaults_visible_to
from clausette.commitments.rules import Applied, Counting, applied
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.reference.queries import parameters_on


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is written on a row. No public, or no modality: all are admitted. Counting rules: None where nothing is."""

    ett: EttAdmission = EttAdmission.ON_APPROVAL
    periodicity: Periodicity = Periodicity.MONTHLY
    due_day: int = 10
    penalty_multiplier: Decimal = Decimal(2)
    publics: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    counting: Counting = field(default_factory=Counting)


PROPOSED = ("ett", "periodicity", "due_day", "penalty_multiplier", "publics", "modalities")
"""Copied on a new engagement; counting rules are not: they stay those of the structure until the market says them."""


@dataclass(frozen=True, slots=True)
class OwnConditions:
    """The conditions of one engagement beside the default rules of its structure, and the counting that applies."""

    own: Conditions
    structure: Conditions | None
    inherited: Applied
    """Counting rules as they would apply if the engagement said nothing."""


def said_on(row: Commitment | StructureDefaults) -> Conditions:
    """What a row says."""
    return Conditions(
        ett=EttAdmission(row.ett),
        periodicity=Periodicity(row.periodicity),
        due_day=row.due_day,
        penalty_multiplier=row.penalty_multiplier,
        publics=tuple(row.publics),
        modalities=tuple(row.modalities),
        counting=counting_said(row),
    )


def counting_said(row: Commitment | StructureDefaults) -> Counting:
    """The counting rules written on a row."""
    work_study = WorkStudyCounting(row.work_study) if row.work_study else None
    return Counting(row.cdi_months, work_study, row.training_cap, row.validity_months)


def default_conditions(*, actor: Actor, owner_org_id: int) -> Conditions | None:
    """Return the default rules of a structure, None when it never wrote any (one query)."""
    row = defaults_visible_to(actor).filter(owner_org_id=owner_org_id).first()
    return said_on(row) if row else None


def usual_counting(*, on: date, structure: Counting | None = None) -> Applied:
    """Return the counting rules of the engagements that say nothing: the structure's, else the dated parameters."""
    months = int(parameters_on(on)["hours_validity_months"])
    return applied(Counting(), structure or Counting(), validity_months=months)


def conditions_of(*, actor: Actor, uid: UUID, on: date) -> OwnConditions:
    """Return the conditions of a visible engagement (four queries). Raises Absent."""
    row = commitments_visible_to(actor).filter(uid=uid).prefetch_related("contract").first()
    if row is None:
        raise Absent("commitments.Commitment")
    structure = default_conditions(actor=actor, owner_org_id=row.contract.owner_org_id)
    counting = usual_counting(on=on, structure=structure.counting if structure else None)
    return OwnConditions(said_on(row), structure, counting)
