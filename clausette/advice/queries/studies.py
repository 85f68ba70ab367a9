"""Studies of a structure: the list, and one with its lots and the calculations kept."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from clausette.advice.enums import Method, StudyState
from clausette.advice.models import Study
from clausette.advice.queries.visibility import (
    calibrations_visible_to,
    studies_visible_to,
    study_lots_visible_to,
)
from clausette.advice.rules import OPEN, days_late
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One study of the list."""

    uid: UUID
    title: str
    buyer_name: str
    state: StudyState
    asked_on: date
    answer_due_on: date
    reason: str

    def late(self, on: date) -> int:
        """How many days ago the answer was due; 0 when it is given or not yet due."""
        return days_late(self.state, self.answer_due_on, on)


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot studied; amount in euros without tax, None when not known."""

    uid: UUID
    number: str
    title: str
    amount_ht: Decimal | None
    cpv: str


@dataclass(frozen=True, slots=True)
class KeptCalibration:
    """A calculation as it was kept: hours rounded (None where the method gives none), who, when, which rules."""

    uid: UUID
    lot_number: str
    method: Method
    hours: Decimal | None
    arithmetic: str
    rule_version: str
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class StudySheet:
    """A study, its lots in their order, its calculations from the last one."""

    line: StudyLine
    lots: tuple[LotLine, ...]
    kept: tuple[KeptCalibration, ...]


_STILL_IN_PROGRAMME = Q(programme__isnull=False, state__in=(StudyState.TO_STUDY, StudyState.POINTLESS))
"""Lines of a programme that nobody took in study: they are sorted on its page, hundreds at a time."""


def list_studies(*, actor: Actor, page: int = 1, size: int = 50) -> tuple[tuple[StudyLine, ...], int]:
    """Return the studies of a page and how many there are: those that await an answer first, the soonest due on top."""
    awaited = Case(When(state__in=OPEN, then=0), default=1)
    rows: QuerySet[Study] = studies_visible_to(actor).exclude(_STILL_IN_PROGRAMME)
    rows = rows.order_by(awaited, "answer_due_on", "id")
    return tuple(_line(row) for row in rows[(page - 1) * size : page * size]), rows.count()


def study_sheet(*, actor: Actor, uid: UUID) -> StudySheet:
    """Return a study with its lots and calculations. Raises Absent."""
    row = studies_visible_to(actor).filter(uid=uid).order_by("id").first()
    if row is None:
        raise Absent("advice.Study")
    lots = study_lots_visible_to(actor).filter(study_id=row.id).order_by("id")
    kept = calibrations_visible_to(actor).filter(study_id=row.id).select_related("lot", "kept_by").order_by("-id")
    return StudySheet(
        _line(row),
        tuple(LotLine(lot.uid, lot.number, lot.title, lot.amount_ht, lot.cpv) for lot in lots),
        tuple(
            KeptCalibration(
                one.uid, one.lot.number if one.lot else "", Method(one.method), one.hours, one.arithmetic,
                one.rule_version, one.kept_by.full_name, one.created_at,
            )
            for one in kept
        ),
    )  # fmt: skip


def _line(row: Study) -> StudyLine:
    return StudyLine(
        row.uid, row.title, row.buyer_name, StudyState(row.state), row.asked_on, row.answer_due_on, row.reason
    )
