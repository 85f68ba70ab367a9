"""The valuation rules that engagements say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from clausette.commitments.enums import ValuedMatter
from clausette.commitments.models import ValuedRule
from clausette.commitments.queries.visibility import commitments_visible_to, valued_visible_to
from clausette.commitments.rules import Valued
from clausette.files.queries import files_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent


@dataclass(frozen=True, slots=True)
class ValuedLine:
    """One rule as it is shown; `document_uid`: of the paper that the actor may read."""

    uid: UUID
    commitment_uid: UUID
    rule: Valued
    document_uid: UUID | None
    withdrawn_on: date | None
    withdrawn_reason: str


_SAID = (
    "matter", "starts_on", "admitted", "person_most", "hours_most", "share_most", "days_most", "source",
    "months", "control",
)  # fmt: skip


def _rule(said: tuple[Any, ...]) -> Valued:
    return Valued(ValuedMatter(said[0]), *said[1:])


_NUMBERS = ("person_most", "hours_most", "share_most")


def valued_told(actor: Actor) -> ArraySubquery:
    """The same for each engagement of a query, in one of its columns: to be read by `valued_read`."""
    rows = valued_visible_to(actor).filter(commitment_id=OuterRef("pk"), withdrawn_on=None).order_by("starts_on")
    said = {name: Cast(name, TextField()) if name in _NUMBERS else name for name in _SAID}
    return ArraySubquery(rows.values(said=JSONObject(**said)))


def valued_read(told: Iterable[dict[str, Any]]) -> tuple[Valued, ...]:
    """Return the rules of an engagement from the column that `valued_told` makes."""
    found = []
    for said in told:
        values = dict(said, matter=ValuedMatter(said["matter"]), starts_on=date.fromisoformat(said["starts_on"]))
        for name in _NUMBERS:
            values[name] = None if said[name] is None else Decimal(said[name])
        found.append(Valued(**values))
    return tuple(found)


def valued_by(*, actor: Actor, commitment_ids: Iterable[int]) -> dict[int, tuple[Valued, ...]]:
    """Return the rules in force or to come of these engagements, by internal number (one query)."""
    rows = valued_visible_to(actor).filter(commitment_id__in=set(commitment_ids), withdrawn_on=None)
    found: dict[int, list[Valued]] = defaultdict(list)
    for owed, *said in rows.order_by("starts_on").values_list("commitment_id", *_SAID):
        found[owed].append(_rule(tuple(said)))
    return {owed: tuple(rules) for owed, rules in found.items()}


def valued_lines(*, actor: Actor, commitment_id: int) -> tuple[ValuedLine, ...]:
    """Return what an engagement says of each matter, the latest first, withdrawn rules included (one query)."""
    rows = valued_visible_to(actor).filter(commitment_id=commitment_id).order_by("matter", "-starts_on", "-id")
    return tuple(_lines(actor, rows))


def valued_line(*, actor: Actor, uid: UUID) -> ValuedLine:
    """Return one visible rule. Raises Absent."""
    found = _lines(actor, valued_visible_to(actor).filter(uid=uid).order_by("id"))
    if not found:
        raise Absent("commitments.ValuedRule")
    return found[0]


def _lines(actor: Actor, rows: QuerySet[ValuedRule]) -> list[ValuedLine]:
    owed = commitments_visible_to(actor).filter(pk=OuterRef("commitment_id")).values("uid")
    papers = files_visible_to(actor).filter(pk=OuterRef("document_id")).values("uid")
    told = rows.annotate(owed=Subquery(owed), paper=Subquery(papers))
    columns = ("uid", "owed", "paper", "withdrawn_on", "withdrawn_reason", *_SAID)
    return [
        ValuedLine(uid, commitment, _rule(tuple(said)), paper, gone, reason)
        for uid, commitment, paper, gone, reason, *said in told.values_list(*columns)
    ]
