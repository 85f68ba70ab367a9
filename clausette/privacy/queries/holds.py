"""Holds and notices: which exist for the actor, what they say of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from clausette.kernel.actor import Actor
from clausette.kernel.decision import Decision
from clausette.kernel.errors import Absent
from clausette.kernel.scope import narrow
from clausette.privacy.enums import HoldReason, NoticeMeans
from clausette.privacy.models import NoticeGiven, RetentionHold
from clausette.privacy.permissions import can_lift


def _own(actor: Actor) -> Q:
    return Q(owner_org_id=actor.organisation_id) if actor.can("facilitator") else Q(pk__in=[])


def holds_visible_to(actor: Actor) -> QuerySet[RetentionHold]:
    """Holds of the actor's structure."""
    return narrow(RetentionHold.objects.all(), _own(actor))


def notices_visible_to(actor: Actor) -> QuerySet[NoticeGiven]:
    """Notices handed over by the actor's structure."""
    return narrow(NoticeGiven.objects.all(), _own(actor))


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold as pages and purge tell it. `open_on`: whether it holds that day."""

    uid: UUID
    participant_id: int
    participant_uid: UUID
    person_name: str
    reason: HoldReason
    until: date
    review_on: date
    set_on: date
    set_by: str
    document_name: str
    lifted_on: date | None
    can_lift: Decision

    def open_on(self, day: date) -> bool:
        """Whether purge and erasure wait on that day."""
        return self.lifted_on is None and day <= self.until


def _line(actor: Actor, row: RetentionHold) -> HoldLine:
    person = row.participant
    return HoldLine(
        row.uid, person.pk, person.uid, f"{person.first_name} {person.last_name}", HoldReason(row.reason), row.until,
        row.review_on, row.set_on, row.set_by.full_name, row.document.name if row.document else "", row.lifted_on,
        can_lift(actor, owner_org_id=row.owner_org_id),
    )  # fmt: skip


def _lines(actor: Actor, rows: QuerySet[RetentionHold]) -> tuple[HoldLine, ...]:
    found = rows.select_related("participant", "set_by", "document").order_by("until", "id")
    return tuple(_line(actor, row) for row in found)


def holds_of(*, actor: Actor, participant_ids: Iterable[int], on: date) -> dict[int, tuple[HoldLine, ...]]:
    """Return the holds that hold on a day, by person (internal number): what purge and erasure ask. One query."""
    rows = holds_visible_to(actor).filter(participant_id__in=set(participant_ids), lifted_on=None, until__gte=on)
    found: dict[int, tuple[HoldLine, ...]] = {}
    for line in _lines(actor, rows):
        found[line.participant_id] = (*found.get(line.participant_id, ()), line)
    return found


def all_holds_of(*, actor: Actor, participant_id: int) -> tuple[HoldLine, ...]:
    """Return every hold of one person, ended and lifted ones included."""
    return _lines(actor, holds_visible_to(actor).filter(participant_id=participant_id))


def hold_of(*, actor: Actor, uid: UUID) -> HoldLine:
    """Return one hold of the structure. Raises Absent."""
    found = _lines(actor, holds_visible_to(actor).filter(uid=uid))
    if not found:
        raise Absent("privacy.RetentionHold")
    return found[0]


def open_holds(*, actor: Actor, on: date, limit: int = 200) -> tuple[HoldLine, ...]:
    """Return the holds of the structure that hold on a day, the one to look at first first."""
    rows = holds_visible_to(actor).filter(lifted_on=None, until__gte=on)
    found = rows.select_related("participant", "set_by", "document").order_by("review_on", "id")
    return tuple(_line(actor, row) for row in found[:limit])


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice handed over: when, by whom, how."""

    given_on: date
    given_by: str
    means: NoticeMeans
    wording: str


def notices_of(*, actor: Actor, participant_id: int) -> tuple[NoticeLine, ...]:
    """Return the notices that a person received, the latest first."""
    rows = notices_visible_to(actor).filter(participant_id=participant_id)
    return tuple(
        NoticeLine(row.given_on, row.given_by.full_name, NoticeMeans(row.means), row.wording)
        for row in rows.select_related("given_by").order_by("-given_on", "-id")
    )
