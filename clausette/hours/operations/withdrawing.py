"""Hours that a file wrote are taken back, until they are controlled: of one statement as of three thousand.

By sets, as they were filled (ADR 0019): the event of each statement tells its lines, those taken away without hours.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Sum

from clausette.hours.enums import HoursKind, LineState, StatementState
from clausette.hours.models import HoursLine, Statement
from clausette.hours.operations.certifying import UNCERTIFIED
from clausette.hours.operations.common import ZERO, plain_text
from clausette.hours.operations.filling_parts import HANDED, beyond, take_away
from clausette.hours.permissions import can_type
from clausette.hours.queries.filling import reported_by
from clausette.hours.queries.visible import (
    collective_visible_to,
    contract_parts,
    lines_visible_to,
    statements_visible_to,
    worked_months_visible_to,
)
from clausette.kernel.actor import Actor
from clausette.kernel.bulk import insert, numbers, update
from clausette.kernel.decision import demand
from clausette.kernel.errors import NotAllowed, WrongState
from clausette.kernel.french import of_month
from clausette.kernel.operation import because, beside, lock_all, operation

READ_ONLY = "Votre organisation peut lire ceci, mais pas le modifier."
Key = tuple[int, int, str]


@dataclass(slots=True)
class WrittenLine:
    """A line as it was written; `before`: the hours it had, None when it was not there. Not changed once made."""

    placement_id: int
    commitment_id: int
    kind: HoursKind
    hours: Decimal
    before: Decimal | None

    @property
    def key(self) -> Key:
        """Who, on which engagement, of which nature."""
        return self.placement_id, self.commitment_id, self.kind.value


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was written in one statement. `give_back`: handed over with these lines, it goes back to its declarant."""

    statement_id: int
    lines: Sequence[WrittenLine]
    give_back: bool


class StatementStays(WrongState):
    """A statement is validated, or changed since: which one."""

    def __init__(self, message: str, statement_id: int) -> None:
        super().__init__(message, "state")
        self.statement_id = statement_id


@dataclass(slots=True)
class _Held:
    """A line that is there, and the hours that it is given back (None: it goes)."""

    id: int
    uid: UUID
    statement_id: int
    placement_id: int
    commitment_id: int
    worked_month_id: int
    kind: str
    hours: Decimal | None
    """None: it was taken away, and comes back."""
    state: str
    target: Decimal | None = field(default=None)


@operation("hours.statements.withdrawn")
def withdraw_filled(*, actor: Actor, filled: Sequence[Withdrawn], reason: str) -> int:
    """Give lines of statements not validated the hours they had before; those that were not there go.

    `filled`: from the last written to the first; a statement filled twice is there twice. Returns how many statements
    changed. Raises StatementStays (one is validated, or changed since: nothing is taken back), Invalid (« reason »),
    NotAllowed.
    """
    text = plain_text(reason, field="reason", least=5, most=500, missing="Dites pourquoi ces heures sont retirées.")
    because(text)
    statements = _locked(actor, {one.statement_id for one in filled})
    lines = _targets(actor, statements, filled)
    _find_totals(actor, [one for one in lines if one.hours is None], statements)
    _move_totals(actor, lines, statements)
    _write(lines, statements)
    for given in filled:
        if not all(line.hours for line in given.lines):
            statements[given.statement_id].is_nil = False
    _give_back(actor, statements, {one.statement_id for one in filled if one.give_back}, text)
    told: dict[int, list[list[Any]]] = defaultdict(list)
    for one in lines:
        told[one.statement_id].append([
            str(one.uid), one.id, one.placement_id, one.commitment_id, one.worked_month_id, one.kind,
            None if one.target is None else str(one.target), None if one.hours is None else str(one.hours),
        ])  # fmt: skip
    for pk, row in statements.items():
        beside(row, lines=told[pk])
    return len(statements)


def _locked(actor: Actor, asked: set[int]) -> dict[int, Statement]:
    """The statements, locked, that the actor may type in. Raises NotAllowed, StatementStays."""
    found = {row.pk: row for row in lock_all(statements_visible_to(actor).filter(pk__in=asked))}
    if len(found) < len(asked):
        raise NotAllowed(READ_ONLY)
    parts = contract_parts(actor, {row.contract_id for row in found.values()})
    for row in found.values():
        demand(can_type(actor, parts[row.contract_id], row.declarant_id))
        if row.state == StatementState.VALIDATED:
            told = f"Le relevé {of_month(row.month)} est validé : ses heures ne se retirent plus."
            raise StatementStays(told, row.pk)
    return found


def _targets(actor: Actor, statements: Mapping[int, Statement], filled: Sequence[Withdrawn]) -> list[_Held]:
    """The lines to change, with the hours that they had before. Raises StatementStays: one is not as it was written."""
    columns = (
        "id", "uid", "statement_id", "placement_id", "commitment_id", "worked_month_id", "kind", "hours", "state",
    )  # fmt: skip
    rows = lines_visible_to(actor).filter(statement_id__in=list(statements), corrects=None).order_by("id")
    held: dict[int, dict[Key, _Held]] = defaultdict(dict)
    for cells in rows.values_list(*columns):
        line = _Held(*cells)
        line.target = line.hours
        held[line.statement_id][line.placement_id, line.commitment_id, line.kind] = line
    touched: dict[UUID, _Held] = {}
    for one in filled:
        there = held[one.statement_id]
        for written in one.lines:
            line_there = there.get(written.key)
            if line_there is None and not written.hours:  # taken away, or nothing was there
                placement, owed, kind = written.key
                line_there = _Held(0, uuid4(), one.statement_id, placement, owed, 0, kind, None, "")
                there[written.key] = line_there
            if (
                line_there is None or line_there.target != (written.hours or None)
                or line_there.state == LineState.REFUSED
            ):
                month = of_month(statements[one.statement_id].month)
                raise StatementStays(
                    f"Le relevé {month} a été modifié depuis : corrigez-le dans Clausette.", one.statement_id
                )
            line_there.target = written.before
            touched[line_there.uid] = line_there
    return [line for line in touched.values() if line.target != line.hours]


def _find_totals(actor: Actor, lines: Sequence[_Held], statements: Mapping[int, Statement]) -> None:
    """The total of each line that comes back. Raises StatementStays."""
    if not lines:
        return
    rows = worked_months_visible_to(actor).filter(
        placement_id__in={one.placement_id for one in lines},
        month__in={statements[one.statement_id].month for one in lines},
    ).order_by()  # fmt: skip
    known = {(placement, month): pk for pk, placement, month in rows.values_list("pk", "placement_id", "month")}
    for one in lines:
        month = statements[one.statement_id].month
        found = known.get((one.placement_id, month))
        if found is None:
            raise StatementStays(f"Le relevé {of_month(month)} a été modifié depuis.", one.statement_id)
        one.worked_month_id = found


def _move_totals(actor: Actor, lines: Sequence[_Held], statements: Mapping[int, Statement]) -> None:
    """Each total follows its lines; one that was stated stays, and holds them. Raises StatementStays."""
    gaps: dict[int, Decimal] = defaultdict(lambda: ZERO)
    of_statement: dict[int, int] = {}
    for line in lines:
        gaps[line.worked_month_id] += (line.target or ZERO) - (line.hours or ZERO)
        of_statement[line.worked_month_id] = line.statement_id
    rows = worked_months_visible_to(actor).filter(pk__in=list(gaps)).order_by("placement_id", "month")
    locked = list(rows.select_for_update(of=("self",), no_key=True))
    grown = [row.pk for row in locked if row.is_stated and gaps[row.pk] > 0]
    sums = lines_visible_to(actor).filter(worked_month_id__in=grown).exclude(state=LineState.REFUSED)
    sums = sums.exclude(kind=HoursKind.BEFORE).order_by()
    known = dict(sums.values_list("worked_month_id").annotate(total=Sum("hours"))) if grown else {}
    moved = []
    for row in locked:
        if not row.is_stated and gaps[row.pk]:
            row.hours = max(ZERO, row.hours + gaps[row.pk])
            moved.append(row)
        elif row.pk in known and (told := beyond(row, known[row.pk] + gaps[row.pk])):
            raise StatementStays(told, of_statement[row.pk])
    update(moved, "hours")


def _write(lines: Sequence[_Held], statements: Mapping[int, Statement]) -> None:
    """Change, take away, and write again what was taken away. Raises WrongState when one changed meanwhile."""
    there = [line for line in lines if line.hours is not None]
    update([HoursLine(id=line.id, hours=line.target) for line in there if line.target is not None], "hours")
    if not take_away([line.id for line in there if line.target is None]):
        raise WrongState("Ces heures ont été modifiées depuis : corrigez-les dans Clausette.", "state")
    back = [(line, statements[line.statement_id]) for line in lines if line.hours is None]
    reported = reported_by(pairs={(line.commitment_id, row.month) for line, row in back}) if back else {}
    ids = numbers(HoursLine, len(back)) if back else []
    for (line, _), number in zip(back, ids, strict=True):
        line.id = number
    insert([
        HoursLine(
            id=line.id, uid=line.uid, statement_id=row.pk, contract_id=row.contract_id, declarant_id=row.declarant_id,
            worked_contract_id=row.contract_id, month=row.month, worked_month_id=line.worked_month_id,
            placement_id=line.placement_id, commitment_id=line.commitment_id, kind=line.kind, hours=line.target or ZERO,
            state=LineState.DECLARED if row.state == StatementState.SUBMITTED else LineState.DRAFT,
            reporting_org_id=reported[line.commitment_id, row.month],
        )
        for line, row in back
    ])  # fmt: skip


def _give_back(actor: Actor, statements: Mapping[int, Statement], asked: set[int], reason: str) -> None:
    """A version more; those handed over with these lines return to their declarant, and their lines with them."""
    back = [pk for pk in asked if statements[pk].state == StatementState.SUBMITTED]
    for pk in back:
        values = {"state": StatementState.RETURNED, "return_reason": reason, **UNCERTIFIED}
        for name, value in values.items():
            setattr(statements[pk], name, value)
    for row in statements.values():
        row.version += 1
    update(list(statements.values()), "version", "is_nil", *HANDED)
    if back:
        for rows in (lines_visible_to(actor), collective_visible_to(actor)):
            rows.filter(statement_id__in=back, state=LineState.DECLARED).update(state=LineState.DRAFT)
