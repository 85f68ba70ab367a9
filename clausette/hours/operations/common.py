"""What the operations of the room share: locks in one order, totals of worked months, free text.

Order of the locks, the same everywhere, so that two writers never wait for each other: the statement, then the
worked months by work contract, then the lines. Whoever holds the statement is alone with its lines.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet, Sum

from clausette.files.queries import NOTHING, Received
from clausette.hours.enums import HoursKind, LineState, StatementSource, StatementState
from clausette.hours.models import HoursLine, Statement, WorkedMonth
from clausette.hours.permissions import ContractPart, can_amend_handed
from clausette.hours.queries.visible import (
    contract_parts,
    lines_visible_to,
    statements_visible_to,
    worked_months_visible_to,
)
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert_missing
from clausette.kernel.decision import ALLOWED, Decision
from clausette.kernel.errors import Conflict, Invalid, WrongState
from clausette.kernel.french import format_hours, of_month
from clausette.kernel.nir import find_nir
from clausette.kernel.operation import created, isolated, lock
from clausette.kernel.prepared import Among, prepared
from clausette.kernel.text import collapse

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Held:
    """A statement that an operation leaves locked, as it wrote it, for the one that follows in the same transaction.

    `lines`: how many lines it has, when it is new: all of them have just been written, with hours, as handed over.
    """

    row: Statement
    part: ContractPart
    lines: int | None


@dataclass(frozen=True, slots=True)
class StatementRef:
    """A statement as an operation leaves it. `already`: it was so before, nothing was done again. `piece`: what
    became of the one just handed in. `held`: the row itself, for who is still in the same transaction."""

    uid: UUID
    version: int
    already: bool = False
    piece: Received = NOTHING
    held: Held | None = field(default=None, compare=False, repr=False)


def may_change(statement: Statement, part: ContractPart) -> Decision:
    """Say whether a statement may be changed. Raises WrongState once it is validated."""
    if statement.state == StatementState.VALIDATED:
        raise WrongState(
            f"Le relevé {of_month(statement.month)} est validé : corrigez-le par une nouvelle ligne.", "state"
        )
    return can_amend_handed(part) if statement.state == StatementState.SUBMITTED else ALLOWED


def locked_statement(actor: Actor, uid: UUID) -> tuple[Statement, ContractPart]:
    """Lock a visible statement; return it with the parts the actor takes in its contract. Raises Absent, NotAllowed."""
    statement = lock(statements_visible_to(actor), uid=uid)
    return statement, contract_parts(actor, [statement.contract_id])[statement.contract_id]


def statement_of_month(
    actor: Actor, part: ContractPart, declarant_id: int, month: date, source: StatementSource
) -> Statement:
    """The statement of the month, locked, or a new one. Raises Conflict when somebody makes it at the same time."""
    rows = statements_visible_to(actor)
    lookup = {"contract_id": part.id, "declarant_id": declarant_id, "month": month}
    held = rows.filter(**lookup).values_list("uid", flat=True).first()
    if held is not None:
        return lock(rows, uid=held)
    new = Statement(contract_id=part.id, declarant_id=declarant_id, month=month, source=source)
    try:
        with isolated():
            return created(new)
    except IntegrityError as error:
        raise Conflict("Ce relevé vient d'être saisi par quelqu'un d'autre. Rouvrez la page.") from error


def check_version(statement: Statement, version: int | None, theirs: object | None = None) -> None:
    """Raise Conflict when the statement is no more the one that the person had on screen."""
    if version is not None and statement.version != version:
        raise Conflict(
            "Ce relevé a été modifié entre-temps. Comparez les deux versions avant d'enregistrer.", theirs
        )


def plain_text(text: str, *, field: str, least: int = 1, most: int, missing: str) -> str:
    """Return the text cleaned. Raises Invalid: too short (`missing` is said), too long, or with a NIR."""
    cleaned = collapse(text)
    if len(cleaned) < least:
        raise Invalid({field: missing})
    if len(cleaned) > most:
        raise Invalid({field: f"Ce texte est trop long : {most} caractères au plus."})
    found = find_nir(cleaned)
    if found is not None and found.certainty == "certain":
        raise Invalid({field: found.sentence})
    return cleaned


class Employed(Protocol):
    """A work contract, as its total needs it."""

    @property
    def placement_id(self) -> int: ...
    @property
    def employer_id(self) -> int: ...
    @property
    def owner_org_id(self) -> int: ...


def lock_worked_months(workers: Collection[Employed], month: date, actor: Actor) -> dict[int, WorkedMonth]:
    """Make the missing totals of the month, lock all of them, return them by work contract."""
    by_placement = {worker.placement_id: worker for worker in workers}
    WorkedMonth.objects.bulk_create(
        [
            WorkedMonth(
                placement_id=pk,
                employer_id=w.employer_id,
                owner_org_id=w.owner_org_id,
                month=month,
                hours=ZERO,
            )
            for pk, w in sorted(by_placement.items())
        ],
        ignore_conflicts=True,
    )
    return locked_months(by_placement.keys(), month, actor)


def months_credited(
    workers: Collection[Employed], month: date, moved: Mapping[int, Decimal], actor: Actor
) -> tuple[dict[int, WorkedMonth], frozenset[int]]:
    """Return the totals of the month by work contract, locked, and the work contracts of those just made.

    One just made already has the hours of its lines (`moved`): nobody else may have any in it.
    """
    by_placement = {worker.placement_id: worker for worker in workers}
    new = [
        WorkedMonth(placement_id=pk, employer_id=w.employer_id, owner_org_id=w.owner_org_id, month=month,
                    hours=max(ZERO, moved.get(pk, ZERO)), is_stated=False)
        for pk, w in sorted(by_placement.items())
    ]  # fmt: skip
    made = {row.placement_id: row for row in insert_missing(new)}
    there = by_placement.keys() - made.keys()
    return made | (locked_months(there, month, actor) if there else {}), frozenset(made)


def locked_months(placements: Collection[int], month: date, actor: Actor) -> dict[int, WorkedMonth]:
    """Lock the totals of these work contracts in the month, by work contract, in its order."""
    return {row.placement_id: row for row in _locked_months(actor, list(placements), month)}


@prepared
def _locked_months(actor: Actor, placements: list[int], month: date) -> QuerySet[WorkedMonth]:
    rows = worked_months_visible_to(actor).filter(Among("placement_id", placements), month=month)
    return rows.order_by("placement_id").select_for_update(of=("self",), no_key=True)


def credited(actor: Actor, worked: Collection[WorkedMonth]) -> dict[int, Decimal]:
    """Return the hours of the visible lines of these totals that are not refused, by work contract.

    Training before hiring is not worked: it is no part of the total.
    """
    return dict(_credited(actor, [row.pk for row in worked])) if worked else {}


@prepared
def _credited(actor: Actor, worked_months: list[int]) -> QuerySet[HoursLine, tuple[int, Decimal]]:
    rows = lines_visible_to(actor).filter(Among("worked_month_id", worked_months))
    rows = rows.exclude(state=LineState.REFUSED).exclude(kind=HoursKind.BEFORE).order_by()
    return rows.values_list("placement_id").annotate(total=Sum("hours"))


def move_totals(
    worked: Mapping[int, WorkedMonth], before: Mapping[int, Decimal], after: Mapping[int, Decimal]
) -> None:
    """Keep each total equal to the sum of its lines; a total that was stated stays: its lines do not exceed it.

    Lines of other declarants may be hidden from the actor: the total moves by what the visible lines moved.
    """
    moved = []
    for placement, row in worked.items():
        change = after.get(placement, ZERO) - before.get(placement, ZERO)
        if change and not row.is_stated:
            row.hours = max(ZERO, row.hours + change)
            moved.append(row)
    WorkedMonth.objects.bulk_update(moved, ["hours"])


def beyond_stated(worked: Mapping[int, WorkedMonth], after: Mapping[int, Decimal]) -> dict[int, str]:
    """Return, by work contract, why its lines exceed the total that was stated for the month."""
    return {
        placement: (
            f"Le total déclaré du mois est de {format_hours(row.hours)} et {format_hours(after[placement])} seraient "
            "créditées : corrigez d'abord ce total, depuis la page de la personne."
        )
        for placement, row in worked.items()
        if row.is_stated and after.get(placement, ZERO) > row.hours
    }
