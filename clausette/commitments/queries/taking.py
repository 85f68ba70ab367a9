"""What engagements take, and when: what the controls of hours compare lines with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from clausette.commitments.enums import ActKind, PartStatus
from clausette.commitments.models import Commitment
from clausette.commitments.queries.figures import Schedules, schedules_in_force
from clausette.commitments.queries.visibility import acts_visible_to, commitments_visible_to
from clausette.commitments.rules import Pause, pauses_of
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared
from clausette.procurement.enums import ContractState
from clausette.procurement.queries import steps_visible_to

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Takes:
    """What an engagement takes. No modality, or no public: all are admitted. Days are the last ones, included.

    `parts`: first day, last day, firm or not. `row`: the columns ROW, for who counts its progress beside.
    """

    modalities: frozenset[str]
    publics: frozenset[str]
    ett: str
    settled_on: date | None
    notified_on: date | None
    terminated_on: date | None
    transferred_on: date | None
    pauses: tuple[Pause, ...]
    parts: tuple[tuple[date, date, bool], ...]
    row: Mapping[str, Any]


ROW = (
    "id", "contract_id", "contractor_id", "kind", "starts_on", "ends_on", "closed_on", "periodicity", "due_day",
    "expected_from",
)  # fmt: skip


@prepared
def _said(actor: Actor, ids: list[int]) -> QuerySet[Commitment, tuple[Any, ...]]:
    ended = steps_visible_to(actor).filter(contract_id=OuterRef("contract_id"), to_state=ContractState.TERMINATED)
    left = acts_visible_to(actor).filter(
        from_commitment_id=OuterRef("pk"), kind=ActKind.TRANSFER, withdrawn_on=None
    )
    rows = commitments_visible_to(actor).filter(Among("id", ids)).order_by()
    return rows.values_list(
        *ROW, "modalities", "publics", "ett", "contract__notified_on",
        Subquery(ended.order_by().values("contract_id").annotate(first=Min("on")).values("first")),
        Subquery(left.order_by().values("from_commitment_id").annotate(first=Min("starts_on")).values("first")),
    )  # fmt: skip


def takings_of(
    *, actor: Actor, commitment_ids: Collection[int], as_of: date, schedules: Schedules | None = None
) -> dict[int, Takes]:
    """Return what these visible engagements take, as known on `as_of`, by internal number (two queries).

    `schedules`: of these engagements on that day when already read: one query less.
    """
    ids = sorted(set(commitment_ids))
    if not ids:
        return {}
    parts, stops = schedules_in_force(actor, ids, as_of) if schedules is None else schedules
    return {
        row["id"]: Takes(
            frozenset(modalities), frozenset(publics), ett, row["closed_on"], notified, ended,
            left - _ONE_DAY if left else None,
            pauses_of(stops.get(row["id"], ())),
            tuple(
                (part.starts_on, part.ends_on, part.status == PartStatus.FIRM) for part in parts.get(row["id"], ())
            ),
            row,
        )
        for row, (modalities, publics, ett, notified, ended, left) in (
            (dict(zip(ROW, columns, strict=False)), columns[len(ROW):]) for columns in _said(actor, ids)
        )
    }  # fmt: skip
