"""Statements under control: their lines and who works there, read once for all that is said of them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from clausette.hours.enums import LineState
from clausette.hours.models import HoursLine
from clausette.hours.queries.people import Person, persons_with_work
from clausette.hours.queries.visible import lines_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.prepared import Among, prepared

LINE = (
    "id", "uid", "statement_id", "placement_id", "declarant_id", "commitment_id", "contract_id", "month", "hours",
    "state", "kind", "corrects_id", "prior_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnderControl:
    """Statements, their lines (columns LINE), the persons of these in all their visible work contracts, by number."""

    statement_ids: tuple[int, ...]
    lines: list[dict[str, Any]]
    persons: Mapping[int, Person]

    def hours(self) -> Iterator[tuple[int, int, Decimal]]:
        """Yield statement, work contract and hours of each line that is not refused."""
        for line in self.lines:
            if line["state"] != LineState.REFUSED:
                yield line["statement_id"], line["placement_id"], line["hours"]


def under_control(*, actor: Actor, statement_ids: Collection[int]) -> UnderControl:
    """Return the visible lines of these statements and their persons. Two queries, none without a statement."""
    lines = _lines(actor, list(statement_ids)) if statement_ids else []
    asked = {line["placement_id"] for line in lines}
    persons = persons_with_work(actor=actor, placement_ids=asked) if asked else {}
    return UnderControl(tuple(statement_ids), lines, persons)


@prepared
def _lines(actor: Actor, statement_ids: list[int]) -> QuerySet[HoursLine, dict[str, Any]]:
    rows: QuerySet[HoursLine, dict[str, Any]] = lines_visible_to(actor).order_by("id").values(*LINE)
    return rows.filter(Among("statement_id", statement_ids))
