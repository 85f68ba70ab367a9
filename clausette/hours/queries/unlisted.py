"""People whom firms declared and who are not in their list: what is told of each, who they may be."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from clausette.hours.enums import StatementState, UnlistedState
from clausette.hours.models import UnlistedPerson
from clausette.hours.permissions import ContractPart
from clausette.hours.queries.people import Worker, workers
from clausette.hours.queries.visible import (
    PILOTS,
    contract_parts,
    lines_visible_to,
    statements_visible_to,
    unlisted_visible_to,
)
from clausette.hours.rules.unlisted import confidence
from clausette.kernel.actor import Actor
from clausette.kernel.errors import Absent
from clausette.kernel.prepared import Among, prepared
from clausette.participants.queries import resembling
from clausette.procurement.queries import takes_part

ZERO = Decimal(0)
HANDED = (StatementState.SUBMITTED, StatementState.VALIDATED)
_ROW = (
    "uid", "statement_id", "last_name", "first_name", "birth_date", "employer_name", "starts_on", "ends_on", "hours",
    "note", "state", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnlistedLine:
    """One person named apart. Matched: no name any more, the hours line says who."""

    uid: UUID
    name: str
    birth_date: date | None
    employer_name: str
    starts_on: date | None
    ends_on: date | None
    hours: Decimal
    note: str
    state: UnlistedState
    reason: str

    @property
    def waits(self) -> bool:
        """Whether somebody must still say who it is."""
        return self.state == UnlistedState.WAITING


def unlisted_of(*, actor: Actor, statement_ids: Collection[int]) -> dict[int, tuple[UnlistedLine, ...]]:
    """Return the people named apart in these statements, matched ones left out, by name. One query."""
    rows = (
        unlisted_visible_to(actor).filter(statement_id__in=statement_ids).exclude(state=UnlistedState.MATCHED)
    )
    found: dict[int, list[UnlistedLine]] = defaultdict(list)
    for row in rows.order_by("sort_key", "id").values(*_ROW):
        found[row["statement_id"]].append(_line(row))
    return {pk: tuple(lines) for pk, lines in found.items()}


def _line(row: dict[str, Any]) -> UnlistedLine:
    return UnlistedLine(
        row["uid"], f"{row['last_name']} {row['first_name']}".strip(), row["birth_date"], row["employer_name"],
        row["starts_on"], row["ends_on"], row["hours"], row["note"], UnlistedState(row["state"]), row["reason"],
    )  # fmt: skip


def unlisted_in(*, actor: Actor, statement_uid: UUID) -> tuple[UnlistedLine, ...]:
    """Return the people named apart in one statement, matched ones left out, by name. Two queries."""
    pk = statements_visible_to(actor).filter(uid=statement_uid).values_list("pk", flat=True).first()
    return unlisted_of(actor=actor, statement_ids=[pk or 0]).get(pk or 0, ())


def waiting_in(actor: Actor, statement_id: int) -> QuerySet[UnlistedPerson]:
    """The people of a statement who are still to be matched."""
    return unlisted_visible_to(actor).filter(statement_id=statement_id, state=UnlistedState.WAITING)


def count_waiting(actor: Actor, statement_id: int) -> int:
    """How many people of a statement are still to be matched. One query."""
    return len(_waiting(actor, statement_id))


@prepared
def _waiting(actor: Actor, statement_id: int) -> QuerySet[UnlistedPerson, tuple[int]]:
    return waiting_in(actor, statement_id).order_by("id").values_list("id")


@dataclass(frozen=True, slots=True)
class Apart:
    """How many people of a statement are to be matched, and their hours: in no total."""

    people: int
    hours: Decimal


NOBODY = Apart(0, ZERO)


def apart_of(*, actor: Actor, statement_ids: Collection[int]) -> dict[int, Apart]:
    """Return who is to be matched in these statements, absent where nobody is. One query."""
    return {pk: Apart(people, total) for pk, people, total in _counted(actor, list(statement_ids))}


@prepared
def _counted(actor: Actor, statement_ids: list[int]) -> QuerySet[UnlistedPerson, tuple[Any, ...]]:
    rows = unlisted_visible_to(actor).filter(Among("statement_id", statement_ids), state=UnlistedState.WAITING)
    return rows.order_by().values_list("statement_id").annotate(people=Count("id"), total=Sum("hours"))


def waiting_hours(*, actor: Actor, statement_id: int) -> Decimal:
    """Return the hours of the people of a statement who are still to be matched: credited to nobody. One query."""
    total = waiting_in(actor, statement_id).order_by().aggregate(total=Sum("hours"))["total"]
    return total or ZERO


@dataclass(frozen=True, slots=True)
class ToMatch:
    """Somebody who waits, handed over, on a contract piloted."""

    uid: UUID
    name: str
    hours: Decimal
    month: date
    contract_name: str
    declarant_name: str
    since: datetime | None


def unlisted_waiting(*, actor: Actor) -> tuple[ToMatch, ...]:
    """Return who is to be matched in the statements handed over, validated ones too, the oldest first. One query."""
    rows = unlisted_visible_to(actor).filter(
        takes_part(actor, *PILOTS), state=UnlistedState.WAITING, statement__state__in=HANDED
    )
    named = rows.order_by("statement__submitted_at", "id").values_list(
        "uid", "last_name", "first_name", "hours", "month", "contract__common_name", "declarant__name",
        "statement__submitted_at",
    )  # fmt: skip
    return tuple(ToMatch(row[0], f"{row[2]} {row[1]}", *row[3:]) for row in named)


@dataclass(frozen=True, slots=True)
class MayBe:
    """A person at work for the declarant who may be the one named. `sure`: in French, « » when nothing is alike."""

    worker: Worker
    birth_date: date
    score: int
    sure: str
    why: str
    in_dates: bool
    held: Decimal | None
    """Hours that this person has already in the statement."""

    @property
    def key(self) -> str:
        """What a form sends."""
        return f"{self.worker.placement_uid}.{self.worker.commitment_uid}"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A person known who may be the one named and has no work contract there: it is to be created."""

    uid: UUID
    name: str
    birth_date: date
    sure: str
    why: str


@dataclass(frozen=True, slots=True)
class UnlistedSheet:
    """One person named apart, the statement, who they may be; `own`: the structure may create work contracts."""

    line: UnlistedLine
    part: ContractPart
    month: date
    statement_uid: UUID
    statement_state: StatementState
    declarant_name: str
    people: tuple[MayBe, ...]
    elsewhere: tuple[Elsewhere, ...]


def unlisted_sheet(*, actor: Actor, uid: UUID) -> UnlistedSheet:
    """Return somebody named apart on a contract piloted, with who they may be, the most alike first. Raises Absent."""
    rows = unlisted_visible_to(actor).filter(takes_part(actor, *PILOTS), uid=uid)
    row = rows.values(*_ROW, "contract_id", "month", "declarant_id", "declarant__name").first()
    owner = statements_visible_to(actor).filter(pk=row["statement_id"] if row else 0)
    statement = owner.values_list("uid", "state").first()
    if row is None or statement is None:
        raise Absent("hours.UnlistedPerson")
    line = _line(row)
    known = workers(actor=actor, contract_id=row["contract_id"], declarant_id=row["declarant_id"])
    among = {worker.participant_uid for worker in known}
    alike = (
        resembling(
            actor=actor, last_name=row["last_name"], first_name=row["first_name"], birth_date=row["birth_date"],
            among=among,
        )
        if line.name
        else ()
    )  # fmt: skip
    born = row["birth_date"] is not None
    by_uid = {found.uid: found for found in alike}
    people = [
        MayBe(
            worker, by_uid[worker.participant_uid].birth_date, score := by_uid[worker.participant_uid].likeness.score,
            confidence(score, born=born), by_uid[worker.participant_uid].likeness.told,
            worker.works_in(row["month"]), held,
        )
        for worker, held in _with_hours(actor, row["statement_id"], known)
        if worker.participant_uid in by_uid
    ]  # fmt: skip
    elsewhere = [
        Elsewhere(
            one.uid, one.name, one.birth_date, confidence(one.likeness.score, born=born), one.likeness.told
        )
        for one in alike
        if one.uid not in among
    ]
    return UnlistedSheet(
        line, contract_parts(actor, [row["contract_id"]])[row["contract_id"]], row["month"], statement[0],
        StatementState(statement[1]), row["declarant__name"],
        tuple(sorted(people, key=lambda one: (-one.score, not one.in_dates, one.worker.name))), tuple(elsewhere),
    )  # fmt: skip


def _with_hours(actor: Actor, statement_id: int, known: list[Worker]) -> list[tuple[Worker, Decimal | None]]:
    lines = lines_visible_to(actor).filter(statement_id=statement_id, corrects=None, kind="work").order_by()
    held = {
        (place, owed): hours
        for place, owed, hours in lines.values_list("placement_id", "commitment_id", "hours")
    }
    return [(worker, held.get((worker.placement_id, worker.commitment_id))) for worker in known]
