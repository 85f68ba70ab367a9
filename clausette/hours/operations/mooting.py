"""Corrections proposed that have no object any more: their line was corrected otherwise, or changed by an act, or their
month reopened."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from clausette.hours.enums import ProposalState
from clausette.hours.models import CollectiveHours, CorrectionProposal, HoursLine
from clausette.hours.queries.visible import lines_visible_to, proposals_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.operation import change, lock_all, operation


def end_without_object(
    actor: Actor, at: datetime, *, statement_id: int, line: HoursLine | CollectiveHours | None = None,
    answers: UUID | None = None,
) -> None:  # fmt: skip
    """End the proposals that wait on a statement, or on one `line` of it, but the one that is being answered."""
    rows = proposals_visible_to(actor).filter(statement_id=statement_id, state=ProposalState.OPEN)
    if line is not None:
        placement = line.placement_id if isinstance(line, HoursLine) else None
        rows = rows.filter(at_place(placement), commitment_id=line.commitment_id, kind=line.kind)
    waiting = rows.exclude(uid=answers) if answers else rows
    if waiting.exists():
        _moot(actor=actor, rows=waiting, at=at)


def at_place(placement: int | None) -> Q:
    """The proposals on the lines of a work contract, or on hours without names."""
    return Q(placement__isnull=True) if placement is None else Q(placement_id=placement)


def end_of_lines(actor: Actor, at: datetime, lines: Collection[int]) -> None:
    """End the proposals that wait on lines that an act has just changed, by their numbers (original lines)."""
    same = lines_visible_to(actor).filter(
        pk__in=list(lines), statement_id=OuterRef("statement_id"), placement_id=OuterRef("placement_id"),
        commitment_id=OuterRef("commitment_id"), kind=OuterRef("kind"),
    )  # fmt: skip
    waiting = proposals_visible_to(actor).filter(Exists(same), state=ProposalState.OPEN)
    found = list(waiting.order_by().values_list("pk", flat=True))
    if found:
        _moot(actor=actor, rows=proposals_visible_to(actor).filter(pk__in=found), at=at)


@operation("hours.proposal.mooted")
def _moot(*, actor: Actor, rows: QuerySet[CorrectionProposal], at: datetime) -> None:
    for row in lock_all(rows):
        change(row, state=ProposalState.MOOT, ended_at=at)
