"""Hours without names of statements, as pages show them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from clausette.commitments.queries import commitments_visible_to
from clausette.files.queries import files_visible_to
from clausette.hours.enums import HoursKind, LineState
from clausette.hours.queries.visible import collective_visible_to
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent

NONE: tuple[UUID | None, str] = (None, "")
"""Of an attestation that the actor may not open."""


@dataclass(frozen=True, slots=True)
class CollectiveLine:
    """Hours of a month attested as a whole, credited to one engagement."""

    uid: UUID
    commitment_uid: UUID | None
    commitment_owner: str
    kind: HoursKind
    hours: Decimal
    people: int
    state: LineState
    reason: str
    document_uid: UUID | None
    document_name: str
    corrects: UUID | None
    current: Decimal
    """What it is worth today, with the rows that correct it."""


def collective_lines(*, actor: Actor, statement_id: int) -> tuple[CollectiveLine, ...]:
    """Return the hours without names of a statement, with their attestations where the actor may open them.

    Three queries, one when there are none.
    """
    rows: list[Any] = list(
        collective_visible_to(actor).filter(statement_id=statement_id).order_by("id").values_list(
            "uid", "commitment_id", "kind", "hours", "people", "state", "reason", "document_id", "id", "corrects_id",
        )
    )  # fmt: skip
    if not rows:
        return ()
    files = files_visible_to(actor).filter(pk__in={row[7] for row in rows}).order_by()
    papers = {pk: (uid, name) for pk, uid, name in files.values_list("id", "uid", "name")}
    owed = commitments_visible_to(actor).filter(pk__in={row[1] for row in rows}).order_by()
    uids = {row[8]: row[0] for row in rows}
    worth: dict[int, Decimal] = {}
    for row in rows:
        origin = row[8] if row[9] is None else row[9]
        worth[origin] = worth.get(origin, Decimal(0)) + row[3]
    known = {pk: (uid, name) for pk, uid, name in owed.values_list("id", "uid", "contractor__name")}
    return tuple(
        CollectiveLine(
            uid, known.get(commitment, (None, ""))[0], known.get(commitment, (None, ""))[1], HoursKind(kind), hours,
            people, LineState(state), reason, papers.get(document, NONE)[0], papers.get(document, NONE)[1],
            None if corrects is None else uids.get(corrects), worth.get(pk, hours),
        )
        for uid, commitment, kind, hours, people, state, reason, document, pk, corrects in rows
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WholeHours:
    """What hours attested as a whole are worth today: of one engagement, of one kind."""

    kind: HoursKind
    people: int
    hours: Decimal


def whole_in(*, actor: Actor, statement_uid: UUID) -> tuple[WholeHours, ...]:
    """Return what the hours without names of a statement are worth, corrections counted, those refused left out."""
    rows = collective_visible_to(actor).filter(statement__uid=statement_uid).exclude(state=LineState.REFUSED)
    found: dict[tuple[int, str], WholeHours] = {}
    for commitment, kind, people, hours in rows.order_by("id").values_list("commitment_id", "kind", "people", "hours"):
        before = found[commitment, kind].hours if (commitment, kind) in found else 0
        found[commitment, kind] = WholeHours(HoursKind(kind), people, before + hours)
    return tuple(found.values())


def collective_line(*, actor: Actor, uid: UUID) -> tuple[UUID, CollectiveLine]:
    """Return the uid of the statement that holds hours without names, and these. Raises Absent."""
    held = collective_visible_to(actor).filter(uid=uid).values_list("statement_id", "statement__uid").first()
    if held is None:
        raise Absent("hours.CollectiveHours")
    lines = collective_lines(actor=actor, statement_id=held[0])
    return held[1], next(line for line in lines if line.uid == uid)
