"""The grid people × months of a contract, and the firm's own page for one month: the same cells."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from clausette.access.queries import OrganisationCard, own_organisation
from clausette.hours.enums import HoursKind, LineState, StatementState
from clausette.hours.permissions import ContractPart, can_amend_handed, can_type
from clausette.hours.queries.people import Worker, workers
from clausette.hours.queries.pieces import beside_name, beside_of, piece_name
from clausette.hours.queries.visible import contract_part, lines_visible_to, statements_visible_to
from clausette.hours.rules.entries import cell_name
from clausette.kernel.actor import Actor
from clausette.kernel.clock import PARIS
from clausette.kernel.decision import Decision
from clausette.kernel.french import format_date
from clausette.kernel.months import add_months, first_day


@dataclass(frozen=True, slots=True)
class GridStatement:
    """The statement of one declarant and one month."""

    uid: UUID
    version: int
    declarant_uid: UUID
    declarant_name: str
    month: date
    state: StatementState
    is_nil: bool
    return_reason: str
    piece: str
    validated_on: date | None
    beside: tuple[str, ...] = ()  # pieces other than the proof of the hours, each with its kind


@dataclass(frozen=True, slots=True)
class Cell:
    """Hours of one person on one engagement in one month. `locked`: why they cannot be typed."""

    name: str
    month: date
    hours: Decimal | None
    locked: str
    declarant_uid: UUID
    statement: GridStatement | None


@dataclass(frozen=True, slots=True)
class GridLine:
    """One person on one engagement; `declarant_name`: who usually declares them."""

    worker: Worker
    kind: HoursKind
    declarant_name: str
    cells: tuple[Cell, ...]
    previous: Decimal | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines × months of one contract, with the statements that hold them."""

    part: ContractPart
    months: tuple[date, ...]
    lines: tuple[GridLine, ...]
    statements: Mapping[tuple[UUID, date], GridStatement]
    declarants: tuple[tuple[UUID, str], ...]
    may_type: Decision

    @property
    def cells(self) -> dict[str, tuple[GridLine, Cell]]:
        """Each cell with its line, by name."""
        return {cell.name: (line, cell) for line in self.lines for cell in line.cells}


Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Held:
    """What the contract holds: hours by person, engagement, kind, month and declarant; who declares whom."""

    hours: Mapping[tuple[Key, date], dict[int, Decimal]]
    usual: Mapping[tuple[int, int], int]
    bodies: Mapping[int, tuple[UUID, str]]


def grid(
    *, actor: Actor, contract_uid: UUID, months: Sequence[date], on: date, training: bool = False
) -> Grid:
    """Return the people at work in these months on a contract, whoever declares them. Raises Absent.

    For the structures in charge; others see only their own people and lines. `training`: also an open line of
    formation for each person. A constant number of queries.
    """
    part = contract_part(actor, contract_uid)
    declarant = None if part.piloted else actor.organisation_id
    kinds = (HoursKind.WORK, HoursKind.TRAINING) if training else (HoursKind.WORK,)
    return _grid(actor, part, months, declarant, own_organisation(actor=actor), on, kinds)


def firm_month(*, actor: Actor, contract_uid: UUID, month: date, on: date) -> Grid:
    """Return the people that the actor's organisation employs or hosts in a month: its own page. Raises Absent."""
    own = own_organisation(actor=actor)
    return _grid(actor, contract_part(actor, contract_uid), [month], own.id, own, on)


def _grid(
    actor: Actor,
    part: ContractPart,
    months: Sequence[date],
    declarant_id: int | None,
    own: OrganisationCard,
    on: date,
    kinds: Collection[HoursKind] = (HoursKind.WORK,),
) -> Grid:
    at_work = workers(actor=actor, contract_id=part.id, declarant_id=declarant_id)
    held = _held(actor, part, at_work, own)
    statements = _statements(actor, part, months)
    lines = [
        line
        for worker in at_work
        for kind in HoursKind
        if (line := _line(worker, kind, part, months, held, statements, declarant_id, on, kinds)) is not None
    ]
    declarants = {cell.declarant_uid: held_name for line in lines for cell in line.cells
                  if (held_name := _name(held, cell.declarant_uid))}  # fmt: skip
    if declarant_id is not None:
        declarants = {own.uid: own.name}
    return Grid(
        part=part,
        months=tuple(months),
        lines=tuple(lines),
        statements=statements,
        declarants=tuple(sorted(declarants.items(), key=lambda body: body[1])),
        may_type=can_type(actor, part, actor.organisation_id),
    )


def _name(held: _Held, uid: UUID) -> str:
    return next((name for known, name in held.bodies.values() if known == uid), "")


def _held(actor: Actor, part: ContractPart, at_work: Collection[Worker], own: OrganisationCard) -> _Held:
    rows = lines_visible_to(actor).filter(contract_id=part.id).exclude(state=LineState.REFUSED).order_by()
    summed = rows.values_list(
        "placement_id", "commitment_id", "kind", "month", "declarant_id", "declarant__uid", "declarant__name"
    )
    hours: dict[tuple[Key, date], dict[int, Decimal]] = defaultdict(dict)
    latest: dict[tuple[int, int], tuple[date, int]] = {}
    bodies: dict[int, tuple[UUID, str]] = {own.id: (own.uid, own.name)}
    for placement, commitment, kind, month, declarant, uid, name, total in summed.annotate(
        total=Sum("hours")
    ):
        hours[(placement, commitment, kind), month][declarant] = total
        latest[placement, commitment] = max(
            latest.get((placement, commitment), (month, declarant)), (month, declarant)
        )
        bodies[declarant] = (uid, name)
    for worker in at_work:
        bodies.setdefault(worker.host_id, (worker.host_uid, worker.host_name))
        bodies.setdefault(worker.employer_id, (worker.employer_uid, worker.employer_name))
    return _Held(hours, {key: declarant for key, (_, declarant) in latest.items()}, bodies)


def _statements(
    actor: Actor, part: ContractPart, months: Collection[date]
) -> dict[tuple[UUID, date], GridStatement]:
    rows = statements_visible_to(actor).filter(contract_id=part.id, month__in=months).order_by("id")
    columns = (
        "uid", "version", "declarant__uid", "declarant__name", "month", "state", "is_nil", "return_reason",
        "evidence__name", "validated_at", "evidence__treatment", "id",
    )  # fmt: skip
    found = list(rows.values_list(*columns))
    beside = beside_of(actor=actor, statement_ids=[row[11] for row in found]) if found else {}
    return {
        (row[2], row[4]): GridStatement(
            uid=row[0],
            version=row[1],
            declarant_uid=row[2],
            declarant_name=row[3],
            month=row[4],
            state=StatementState(row[5]),
            is_nil=row[6],
            return_reason=row[7],
            piece=piece_name(row[8], row[10]),
            validated_on=row[9].astimezone(PARIS).date() if row[9] else None,
            beside=tuple(beside_name(piece) for piece in beside.get(row[11], ())),
        )
        for row in found
    }


def _line(
    worker: Worker,
    kind: HoursKind,
    part: ContractPart,
    months: Sequence[date],
    held: _Held,
    statements: Mapping[tuple[UUID, date], GridStatement],
    declarant_id: int | None,
    on: date,
    kinds: Collection[HoursKind],
) -> GridLine | None:
    """The line of a person; None when not at work in these months and without hours in them."""
    key = (worker.placement_id, worker.commitment_id, kind.value)
    typed = any((key, month) in held.hours for month in months)
    if not typed and (kind not in kinds or not any(worker.works_in(month) for month in months)):
        return None
    # proposed: who declared them last, else the company where they work
    usual = declarant_id or held.usual.get(key[:2], worker.host_id)
    cells = []
    for month in months:
        by = held.hours.get((key, month), {})
        declarant = usual if usual in by or not by else next(iter(by))
        statement = statements.get((held.bodies[declarant][0], month))
        locked = _locked(worker, part, month, by.get(declarant), statement, on)
        if kind == HoursKind.BEFORE:
            locked = locked or "formation avant l'embauche : elle se saisit sur sa page"
        if declarant_id is not None and declarant != declarant_id:
            locked = f"déjà déclaré par {held.bodies[declarant][1]}"
        cells.append(
            Cell(
                cell_name(worker.placement_uid, worker.commitment_uid, month, kind), month, by.get(declarant), locked,
                held.bodies[declarant][0], statement,
            )
        )  # fmt: skip
    before = held.hours.get((key, add_months(months[0], -1)), {})
    previous = sum(before.values(), Decimal(0)) if before else None
    return GridLine(worker, kind, held.bodies[usual][1], tuple(cells), previous)


def _locked(
    worker: Worker,
    part: ContractPart,
    month: date,
    hours: Decimal | None,
    statement: GridStatement | None,
    on: date,
) -> str:
    if month > first_day(on):
        return "mois à venir"
    if statement is not None and statement.state == StatementState.VALIDATED:
        return f"validé le {format_date(statement.validated_on)}" if statement.validated_on else "validé"
    if statement is not None and statement.state == StatementState.SUBMITTED and not can_amend_handed(part):
        return "transmis"
    if hours is None and not worker.works_in(month):
        return "hors des dates du contrat de travail"
    return ""
