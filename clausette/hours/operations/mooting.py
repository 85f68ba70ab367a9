"""Corrections proposed that have no object any more: their line was corrected otherwise, or their month reopened."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from clausette.hours.enums import ProposalState
from clausette.hours.models import CorrectionProposal, HoursLine
from clausette.hours.queries.visible import proposals_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.operation import change, lock_all, operation


def end_without_object(
    actor: Actor, at: datetime, *, statement_id: int, line: HoursLine | None = None, answers: UUID | None = None
) -> None:
    """End the proposals that wait on a statement, or on one `line` of it, but the one that is being answered."""
    rows = proposals_visible_to(actor).filter(statement_id=statement_id, state=ProposalState.OPEN)
    if line is not None:
        rows = rows.filter(placement_id=line.placement_id, commitment_id=line.commitment_id, kind=line.kind)
    waiting = rows.exclude(uid=answers) if answers else rows
    if waiting.exists():
        _moot(actor=actor, rows=waiting, at=at)


@operation("hours.proposal.mooted")
def _moot(*, actor: Actor, rows: QuerySet[CorrectionProposal], at: datetime) -> None:
    for row in lock_all(rows):
        change(row, state=ProposalState.MOOT, ended_at=at)
