"""Signed acts of an engagement, and the globalisations that may credit it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from clausette.commitments.enums import ActKind
from clausette.commitments.models import CommitmentAct
from clausette.commitments.queries.visibility import acts_visible_to, commitments_visible_to
from clausette.files.queries import files_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import prepared


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act; the firm and the engagement of an end that the actor may not see stay empty."""

    id: int
    uid: UUID
    kind: ActKind
    owner_org_id: int
    from_id: int
    from_uid: UUID | None
    from_name: str
    to_id: int
    to_uid: UUID | None
    to_name: str
    hours: Decimal | None
    ceiling: Decimal | None
    starts_on: date
    ends_on: date | None
    signed_on: date
    reason: str
    document_uid: UUID | None
    withdrawn_on: date | None
    withdrawn_reason: str
    from_place: str = ""
    to_place: str = ""
    """Names of use of the two marchés, where the actor may see them."""

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        over = self.ends_on is not None and self.ends_on < on
        return self.withdrawn_on is None and self.starts_on <= on and not over


_COLUMNS = (
    "pk", "uid", "kind", "owner_org_id", "from_commitment_id", "seen_from", "name_from", "to_commitment_id",
    "seen_to", "name_to", "hours", "ceiling", "starts_on", "ends_on", "signed_on", "reason", "document_uid",
    "withdrawn_on", "withdrawn_reason", "place_from", "place_to",
)  # fmt: skip


def _told(actor: Actor, rows: QuerySet[CommitmentAct]) -> QuerySet[CommitmentAct, dict[str, Any]]:
    def end(side: str, column: str) -> Subquery:
        return Subquery(
            commitments_visible_to(actor).filter(pk=OuterRef(f"{side}_commitment_id")).values(column)
        )

    named = rows.annotate(
        seen_from=end("from", "uid"),
        name_from=end("from", "contractor__name"),
        seen_to=end("to", "uid"),
        name_to=end("to", "contractor__name"),
        place_from=end("from", "contract__common_name"),
        place_to=end("to", "contract__common_name"),
        document_uid=Subquery(files_visible_to(actor).filter(pk=OuterRef("document_id")).values("uid")),
    )
    told: QuerySet[CommitmentAct, dict[str, Any]] = named.order_by("-signed_on", "-id").values(*_COLUMNS)
    return told


def _line(row: dict[str, Any]) -> ActLine:
    renamed = {
        "id": row.pop("pk"),
        "kind": ActKind(row.pop("kind")),
        "from_id": row.pop("from_commitment_id"),
        "from_uid": row.pop("seen_from"),
        "from_name": row.pop("name_from") or "",
        "to_id": row.pop("to_commitment_id"),
        "to_uid": row.pop("seen_to"),
        "to_name": row.pop("name_to") or "",
        "from_place": row.pop("place_from") or "",
        "to_place": row.pop("place_to") or "",
    }
    return ActLine(**renamed, **row)


def _lines(rows: Iterable[dict[str, Any]]) -> tuple[ActLine, ...]:
    return tuple(_line(dict(row)) for row in rows)


@prepared
def _of(actor: Actor, commitment_id: int) -> QuerySet[CommitmentAct, dict[str, Any]]:
    either = Q(from_commitment_id=commitment_id) | Q(to_commitment_id=commitment_id)
    return _told(actor, acts_visible_to(actor).filter(either))


def acts_of(*, actor: Actor, commitment_id: int) -> tuple[ActLine, ...]:
    """Return the acts that name an engagement, the latest first, withdrawn ones included (one query)."""
    return _lines(_of(actor, commitment_id))


def acts_crediting(*, actor: Actor, commitment_id: int, on: date | None = None) -> tuple[ActLine, ...]:
    """Return the globalisations by which hours worked elsewhere may be credited to an engagement (one query).

    Withdrawn ones are left out; `on`: only those in force that day.
    """
    rows = acts_visible_to(actor).filter(
        kind=ActKind.GLOBALISATION, to_commitment_id=commitment_id, withdrawn_on=None
    )
    found = _lines(_told(actor, rows))
    return found if on is None else tuple(act for act in found if act.in_force(on))


def act_line(*, actor: Actor, uid: UUID) -> ActLine:
    """Return one visible act. Raises Absent."""
    found = _lines(_told(actor, acts_visible_to(actor).filter(uid=uid)))
    if not found:
        raise Absent("commitments.CommitmentAct")
    return found[0]
