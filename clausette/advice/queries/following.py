"""From a study to its contract: what each lot will owe, as the last calculation kept says; the study of a contract."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from clausette.advice.enums import Method, StudyState
from clausette.advice.models import Study, StudyCalibration
from clausette.advice.queries.visibility import (
    calibrations_visible_to,
    studies_visible_to,
    study_lots_visible_to,
)
from clausette.advice.rules import FOLLOWABLE, Kept, kept_of
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import prepared


@dataclass(frozen=True, slots=True)
class LotPlan:
    """A lot to award, or the whole purchase (`number` « »); amount in euros without tax.

    `kept`: the last calculation kept for it, None when there is none.
    """

    number: str
    title: str
    amount_ht: Decimal | None
    kept: Kept | None
    arithmetic: str


@dataclass(frozen=True, slots=True)
class FollowSheet:
    """A study on its way to its contract."""

    uid: UUID
    title: str
    state: StudyState
    buyer_uid: UUID | None
    buyer_name: str
    buyer_siret: str
    duration_months: int | None
    contract_uid: UUID | None
    contract_name: str
    plans: tuple[LotPlan, ...]

    @property
    def followable(self) -> bool:
        """Whether the study may become a contract now."""
        return self.contract_uid is None and self.state in FOLLOWABLE

    @property
    def awardable(self) -> bool:
        """Whether its contract waits for its titulaires."""
        return self.contract_uid is not None and self.state in FOLLOWABLE


def last_kept(actor: Actor, study_id: int) -> dict[int | None, StudyCalibration]:
    """Return the last calculation kept for each lot, None being the whole purchase (one query)."""
    rows = calibrations_visible_to(actor).filter(study_id=study_id).order_by("id")
    return {row.lot_id: row for row in rows}


def kept_of_row(row: StudyCalibration) -> Kept:
    """Return a calculation kept as the rules of the engagement take it."""
    return kept_of(Method(row.method), row.inputs, row.hours, row.result)


def follow_sheet(*, actor: Actor, uid: UUID) -> FollowSheet:
    """Return a study with what each of its lots will owe. Raises Absent."""
    row = studies_visible_to(actor).filter(uid=uid).select_related("buyer", "contract").first()
    if row is None:
        raise Absent("advice.Study")
    kept = last_kept(actor, row.pk)
    lots = list(study_lots_visible_to(actor).filter(study_id=row.pk).order_by("id"))
    plans = [_plan(lot.number, lot.title, lot.amount_ht, kept.get(lot.pk)) for lot in lots]
    if not plans:
        plans = [_plan("", row.title, row.amount_ht, kept.get(None))]
    return FollowSheet(
        row.uid, row.title, StudyState(row.state), row.buyer.uid if row.buyer else None, row.buyer_name,
        row.buyer.siret or "" if row.buyer else "", row.duration_months, row.contract.uid if row.contract else None,
        row.contract.common_name if row.contract else "", tuple(plans),
    )  # fmt: skip


def _plan(number: str, title: str, amount: Decimal | None, row: StudyCalibration | None) -> LotPlan:
    return LotPlan(number, title, amount, kept_of_row(row) if row else None, row.arithmetic if row else "")


@dataclass(frozen=True, slots=True)
class StudyLink:
    """A study, as the page of its contract names it."""

    uid: UUID
    title: str
    asked_on: date


@prepared
def _of_contract(actor: Actor, contract_id: int) -> QuerySet[Study]:
    return studies_visible_to(actor).filter(contract_id=contract_id).order_by("id")


def study_of_contract(*, actor: Actor, contract_id: int) -> StudyLink | None:
    """Return the study from which a contract came, None when it came from none (one query)."""
    row = next(iter(_of_contract(actor, contract_id)), None)
    return StudyLink(row.uid, row.title, row.asked_on) if row else None
