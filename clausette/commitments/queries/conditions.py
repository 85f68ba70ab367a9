"""Default rules of a structure, and the conditions written on one engagement, as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from clausette.commitments.enums import EttAdmission, Periodicity, ValuedMatter, WorkStudyCounting
from clausette.commitments.models import Commitment, StructureDefaults
from clausette.commitments.queries.valuing import valued_read, valued_told
from clausette.commitments.queries.visibility import commitments_visible_to, defaults_visible_to
from clausette.commitments.rules import Applied, Counting, Valued, applied, in_force
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
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
    return OwnConditions(said_on(row), structure, row.expected_from, counting)


@dataclass(frozen=True, slots=True)
class EngagementRules:
    """What the hours of one engagement must follow: its days, its counting rules. `cdi_months`: None where unsaid.

    `controls_off`: codes of the controls that the structure, or the engagement, switched off.
    """

    starts_on: date
    ends_on: date
    counting: Applied
    cdi_months: int | None
    controls_off: frozenset[str]
    valued: tuple[Valued, ...] = ()
    """What the engagement says by month, withdrawn rules left out."""

    def said(self, matter: ValuedMatter, month: date) -> Valued | None:
        """Return the dated rule that hours of a month follow; None when the engagement says none."""
        return in_force(self.valued, matter, month) if self.valued else None

    def cdi_at(self, month: date) -> int | None:
        """Return how many months of a CDI count for hours of a month; None: no limit, or nothing said."""
        rule = self.said(ValuedMatter.CDI, month)
        return rule.months if rule else self.cdi_months

    def company_only_at(self, month: date) -> bool:
        """Say whether, of a work-study contract, only the hours in the company count for a month."""
        rule = self.said(ValuedMatter.WORK_STUDY, month)
        return not rule.admitted if rule else self.counting.work_study == WorkStudyCounting.COMPANY

    def training_cap_at(self, month: date) -> Decimal | None:
        """Return the share of the hours due (0–1) that hours of training of a month may reach; None without a cap."""
        rule = self.said(ValuedMatter.TRAINING_CAP, month)
        if rule is None:
            return self.counting.training_cap
        return rule.share_most if rule.admitted else Decimal(0)


def rules_of(*, actor: Actor, commitment_ids: Iterable[int], on: date) -> dict[int, EngagementRules]:
    """Return the counting rules of the visible engagements among these internal numbers, by number (one query)."""
    months = int(parameters_on(on)["hours_validity_months"])
    return {
        row.pk: _rules(row, _counting_read(row.structure), months, row.structure, valued_read(row.dated))
        for row in _ruled(actor, sorted(set(commitment_ids)))
    }


@prepared
def _ruled(actor: Actor, ids: list[int]) -> QuerySet[Any]:
    structure = defaults_visible_to(actor).filter(owner_org_id=OuterRef("contract__owner_org_id"))
    said = JSONObject(
        cdi_months="cdi_months", work_study="work_study", validity_months="validity_months",
        training_cap=Cast("training_cap", TextField()), controls_off="controls_off",
    )  # fmt: skip
    rows: QuerySet[Any] = commitments_visible_to(actor).filter(Among("id", ids)).order_by("id")
    told: QuerySet[Any] = rows.annotate(structure=Subquery(structure.values(said=said)[:1]), dated=valued_told(actor))
    return told


def _counting_read(said: dict[str, Any] | None) -> Counting:
    """The counting rules of a structure as the database gives them in one column."""
    if said is None:
        return Counting()
    cap, work_study = said["training_cap"], said["work_study"]
    return Counting(
        said["cdi_months"],
        WorkStudyCounting(work_study) if work_study else None,
        None if cap is None else Decimal(cap),
        said["validity_months"],
    )


def _rules(
    row: Commitment, structure: Counting, months: int, said: dict[str, Any] | None, dated: tuple[Valued, ...]
) -> EngagementRules:
    own = counting_said(row)
    return EngagementRules(
        row.starts_on,
        row.ends_on,
        applied(own, structure, validity_months=months),
        structure.cdi_months if own.cdi_months is None else own.cdi_months,
        frozenset((*row.controls_off, *(said["controls_off"] if said else ()))),
        dated,
    )


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
