"""What a firm or an employer has to declare: its contracts, month by month, and where its engagements stand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from clausette.commitments.queries import commitments_visible_to
from clausette.hours.enums import MonthStatus, StatementState
from clausette.hours.queries.progress import Total, progress_of, total_of
from clausette.hours.queries.visible import (
    contract_parts,
    lines_visible_to,
    openings_visible_to,
    statements_visible_to,
)
from clausette.hours.rules import StatementFacts, month_status, months_expected
from clausette.hours.rules.openings import covers
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.months import add_months, first_day, months_between
from clausette.placements.queries import allocations_visible_to

if TYPE_CHECKING:
    from clausette.placements.models import Allocation

HANDED = (MonthStatus.DECLARED, MonthStatus.VALIDATED, MonthStatus.NIL)


@dataclass(frozen=True, slots=True)
class ToDeclare:
    """A month of a contract for which the actor's organisation has not handed anything over."""

    contract_uid: UUID
    contract_name: str
    month: date
    status: MonthStatus


def months_to_declare(*, actor: Actor, on: date, depth: int = 6) -> tuple[ToDeclare, ...]:
    """Return what the actor's organisation has still to declare, the oldest first, `depth` months back at most.

    For the people it hosts, and those it employs and has already declared itself. A constant number of queries.
    """
    own = actor.organisation_id
    declared = lines_visible_to(actor).filter(declarant_id=own).order_by()
    mine = set(declared.values_list("placement_id", flat=True).distinct())
    rows = allocations_visible_to(actor).filter(Q(host_company_id=own) | Q(employer_id=own)).order_by()
    wanted = _wanted(actor, rows, mine, on, add_months(first_day(on), -depth))
    parts = contract_parts(actor, wanted)
    known = _known(actor, own)
    found = [
        ToDeclare(part.uid, part.name, month, known.get((pk, month), MonthStatus.UNKNOWN))
        for pk, part in parts.items()
        if part.declares
        for month in wanted[pk]
        if known.get((pk, month)) not in HANDED
    ]
    return tuple(sorted(found, key=lambda one: (one.month, one.contract_name)))


def _wanted(
    actor: Actor, rows: "QuerySet[Allocation]", mine: set[int], on: date, oldest: date
) -> dict[int, set[date]]:
    """Months expected of each contract, at the rhythm (month, quarter) of the engagement people work for."""
    owed = commitments_visible_to(actor).order_by().values_list("id", "periodicity", "due_day", "expected_from")
    rhythm = {pk: said for pk, *said in owed}
    openings = openings_visible_to(actor).filter(withdrawn_at=None).order_by()
    taken_over = dict(openings.values_list("commitment_id", "as_of"))
    wanted: dict[int, set[date]] = defaultdict(set)
    for contract, owed_id, placement, host, start, end, ended in rows.values_list(
        "contract_id", "commitment_id", "placement_id", "host_company_id", "starts_on", "ends_on",
        "placement__ended_on",
    ):  # fmt: skip
        if host == actor.organisation_id or placement in mine:
            last = min((day for day in (end, ended) if day is not None), default=None)
            expected = months_expected(start, last, on, *rhythm.get(owed_id, ()))
            until = taken_over.get(owed_id)
            wanted[contract].update(
                month for month in expected if month >= oldest and not covers(until, month)
            )
    return wanted


def _known(actor: Actor, declarant_id: int) -> dict[tuple[int, date], MonthStatus]:
    rows = statements_visible_to(actor).filter(declarant_id=declarant_id).order_by()
    return {
        (contract, month): month_status(StatementFacts(month, StatementState(state), nil))
        for contract, month, state, nil in rows.values_list("contract_id", "month", "state", "is_nil")
    }


def own_months(
    *, actor: Actor, contract_id: int, first: date, last: date
) -> tuple[tuple[date, MonthStatus], ...]:
    """Return what is known of each month of a contract, by the statements of the actor's organisation.

    From its first person at work on: before, nothing is expected.
    """
    own = Q(host_company_id=actor.organisation_id) | Q(employer_id=actor.organisation_id)
    at_work = allocations_visible_to(actor).filter(own, contract_id=contract_id).order_by()
    start = at_work.aggregate(first=Min("starts_on"))["first"] or last
    rows = (
        statements_visible_to(actor)
        .filter(contract_id=contract_id, declarant_id=actor.organisation_id)
        .order_by()
    )
    known = {
        month: month_status(StatementFacts(month, StatementState(state), nil))
        for month, state, nil in rows.values_list("month", "state", "is_nil")
    }
    return tuple(
        (month, known.get(month, MonthStatus.UNKNOWN))
        for month in months_between(max(first, first_day(start)), last)
    )


def place_of(*, actor: Actor, uid: UUID) -> tuple[UUID, date]:
    """Return the contract and the month of a visible statement. Raises Absent. One query."""
    row = statements_visible_to(actor).filter(uid=uid).values_list("contract__uid", "month").first()
    if row is None:
        raise Absent("hours.Statement")
    return row


def own_progress(*, actor: Actor, contract_id: int, as_of: date) -> tuple[Total, date] | None:
    """Return where the engagements owed by the actor's organisation on a contract stand, and their last term."""
    owed = commitments_visible_to(actor).filter(contract_id=contract_id, contractor_id=actor.organisation_id)
    terms = dict(owed.order_by().values_list("id", "ends_on"))
    if not terms:
        return None
    found = progress_of(actor=actor, commitment_ids=list(terms), as_of=as_of)
    return total_of(list(found.values())), max(terms.values())
