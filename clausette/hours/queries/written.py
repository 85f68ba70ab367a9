"""What a statement holds, to be set beside what somebody else has just typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from clausette.hours.enums import HoursKind, StatementState
from clausette.hours.queries.visible import lines_visible_to, statements_visible_to
from clausette.kernel.actor import Actor

Key = tuple[UUID, UUID, HoursKind]


@dataclass(frozen=True, slots=True)
class Written:
    """The content of a statement: hours by work contract, engagement and kind, corrections left out."""

    uid: UUID
    version: int
    state: StatementState
    is_nil: bool
    hours: Mapping[Key, Decimal]


def written_of(*, actor: Actor, statement_id: int) -> Written:
    """Return what a visible statement holds."""
    uid, version, state, nil = (
        statements_visible_to(actor).values_list("uid", "version", "state", "is_nil").get(pk=statement_id)
    )
    rows = lines_visible_to(actor).filter(statement_id=statement_id, corrects=None).order_by("id")
    hours = {
        (placement, commitment, HoursKind(kind)): total
        for placement, commitment, kind, total in rows.values_list(
            "placement__uid", "commitment__uid", "kind", "hours"
        )
    }
    return Written(uid, version, StatementState(state), nil, hours)
