"""Default rules of a structure, and the conditions written on one engagement, as their pages show them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Q

from clausette.commitments.enums import EttAdmission, Periodicity, WorkStudyCounting
from clausette.commitments.models import Commitment, StructureDefaults
from clausette.commitments.queries.visibility import commitments_visible_to, defaults_visible_to
from clausette.commitments.rules import Applied, Counting, applied, held_on
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.months import last_day
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
    controls_off: tuple[str, ...] = ()
    """Codes of the controls of hours that do not speak here."""
    confirmed_by_firm: bool = False
    """Hours that another body declares are confirmed by the titulaire, line by line."""


PROPOSED = ("ett", "periodicity", "due_day", "penalty_multiplier", "publics", "modalities", "confirmed_by_firm")
"""Copied on a new engagement; counting rules are not: they stay those of the structure until the market says them."""


@dataclass(frozen=True, slots=True)
class OwnConditions:
    """The conditions of one engagement beside the default rules of its structure, and the counting that applies."""

    own: Conditions
    structure: Conditions | None
    expected_from: date | None
    """First month whose statement is expected; None: that of the start."""
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
        controls_off=tuple(row.controls_off),
        confirmed_by_firm=row.confirmed_by_firm,
    )


def counting_said(row: Commitment | StructureDefaults) -> Counting:
    """The counting rules written on a row."""
    work_study = WorkStudyCounting(row.work_study) if row.work_study else None
    return Counting(row.cdi_months, work_study, row.training_cap, row.validity_months)


def default_conditions(*, actor: Actor, owner_org_id: int, on: date) -> Conditions | None:
    """Return the default rules of a structure on a day, None when it had written none yet (one query)."""
    rows = defaults_visible_to(actor).filter(owner_org_id=owner_org_id, withdrawn_on=None).order_by("id")
    row = held_on(rows, on)
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
    structure = default_conditions(actor=actor, owner_org_id=row.contract.owner_org_id, on=last_day(on))
    counting = usual_counting(on=on, structure=structure.counting if structure else None)
    return OwnConditions(said_on(row), structure, row.expected_from, counting)


def publics_admitted(*, actor: Actor, contract_uid: UUID) -> frozenset[str] | None:
    """Return the publics that the engagements of a contract admit, together; None when one of them says nothing.

    One query. A contract without engagement says nothing either.
    """
    return _admitted(actor, contract_uid, "publics")


def modalities_admitted(*, actor: Actor, contract_uid: UUID) -> frozenset[str] | None:
    """Return the modalities that the engagements of a contract admit, together; None when one of them says nothing."""
    return _admitted(actor, contract_uid, "modalities")


def _admitted(actor: Actor, contract_uid: UUID, column: str) -> frozenset[str] | None:
    rows = commitments_visible_to(actor).filter(contract__uid=contract_uid, closed_on=None).order_by("id")
    said = [frozenset(codes) for codes in rows.values_list(column, flat=True)]
    return frozenset().union(*said) if said and all(said) else None


@dataclass(frozen=True, slots=True)
class DefaultsLine:
    """Default rules of a structure from a day on (None: from the start), as their history shows them."""

    uid: UUID
    starts_on: date | None
    said: Conditions
    reason: str
    written_at: datetime
    withdrawn_on: date | None
    withdrawn_reason: str


def default_lines(*, actor: Actor) -> tuple[DefaultsLine, ...]:
    """Return all that the structure of the actor wrote, the latest day first, withdrawn rules too (one query)."""
    rows = defaults_visible_to(actor).filter(owner_org_id=actor.organisation_id)
    latest = rows.order_by(F("starts_on").desc(nulls_last=True), "-id")
    return tuple(
        DefaultsLine(
            row.uid, row.starts_on, said_on(row), row.reason, row.created_at, row.withdrawn_on, row.withdrawn_reason
        )
        for row in latest
    )


def default_line(*, actor: Actor, uid: UUID) -> DefaultsLine:
    """Return one of them. Raises Absent."""
    found = next((line for line in default_lines(actor=actor) if line.uid == uid), None)
    if found is None:
        raise Absent("commitments.StructureDefaults")
    return found


@dataclass(frozen=True, slots=True)
class Followers:
    """Engagements not settled of the contracts of a structure; `own`: those that say all the counting rules."""

    running: int
    own: int


def followers(*, actor: Actor) -> Followers:
    """Return how many engagements the default rules of the actor's structure bear on (one query)."""
    rows = commitments_visible_to(actor).filter(contract__owner_org_id=actor.organisation_id, closed_on=None)
    says = Q(cdi_months=None) | Q(work_study="") | Q(training_cap=None) | Q(validity_months=None)
    found = rows.order_by().aggregate(running=Count("id"), own=Count("id", filter=~says))
    return Followers(**found)
